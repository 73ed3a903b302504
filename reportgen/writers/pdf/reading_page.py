"""The text on a page of a PDF file, by the stretches it is marked as (ISO 32000-1, 9.4 and 14.6).

Characters come from codes through the fonts' own maps, as they do for whoever copies the text out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from ...tree.seen import Unreadable
from .reading_file import TOKEN, PdfFile, Reference, value_of

_MAPPING = re.compile(r"<([0-9A-Fa-f]{4})>\s*<([0-9A-Fa-f]+)>")
_UNKNOWN = "\N{REPLACEMENT CHARACTER}"
_LOOSE = -1

Codes = dict[str, str]
Owner = int | list[str]


@dataclass(slots=True)
class Page:
    """What stands on a page: texts by mark, what is repeated from an earlier page, what belongs to nothing."""

    marks: dict[int, str] = field(default_factory=dict)
    repeated: list[str] = field(default_factory=list)
    loose: list[str] = field(default_factory=list)


class Fonts:
    """The maps from codes to characters, each read once."""

    def __init__(self, file: PdfFile) -> None:
        """The fonts of ``file``."""
        self._file = file
        self._known: dict[int, Codes] = {}

    def of(self, page: dict[str, Any]) -> dict[str, Codes]:
        """The maps by the names that a page has for its fonts."""
        fonts = self._file.get(self._file.get(page["/Resources"])["/Font"])
        return {name: self._codes(reference) for name, reference in fonts.items()}

    def _codes(self, reference: Reference) -> Codes:
        if reference not in self._known:
            font = self._file.get(reference)
            if font["/Encoding"] != "/Identity-H":
                raise Unreadable(f"a font whose codes are not two bytes: {font['/Encoding']}")
            text = self._file.stream(font["/ToUnicode"]).decode("latin-1")
            pairs = text.partition("endcodespacerange")[2]
            self._known[reference] = {
                code.upper(): bytes.fromhex(char).decode("utf-16-be") for code, char in _MAPPING.findall(pairs)
            }
        return self._known[reference]


def read_page(content: bytes, fonts: dict[str, Codes]) -> Page:
    """The text that ``content`` shows."""
    page = Page()
    reader = _Reader(page, fonts)
    operands: list[str] = []
    for token in TOKEN.findall(content.decode("latin-1")):
        if not (token[0].isalpha() or token in "'\""):
            operands.append(token)
            continue
        if token in _ACTIONS:
            _ACTIONS[token](reader, operands)
        operands.clear()
    return page


class _Reader:
    def __init__(self, page: Page, fonts: dict[str, Codes]) -> None:
        self._page, self._fonts = page, fonts
        self._codes: Codes = {}
        self._owners: list[Owner] = []
        self._texts: list[list[str]] = []

    def begin(self, operands: list[str]) -> None:
        """Marked content begins; what is within an artifact belongs to the artifact."""
        if self._owners and not isinstance(self._owners[-1], int):
            self._owners.append(self._owners[-1])
        elif operands[0] == "/Artifact":
            self._owners.append(operands[1:])
        else:
            self._owners.append(int(operands[operands.index("/MCID") + 1]) if "/MCID" in operands else _LOOSE)
        self._texts.append([])

    def end(self, _: list[str]) -> None:
        """Marked content ends."""
        owner, text = self._owners.pop(), "".join(self._texts.pop())
        if isinstance(owner, int) and owner >= 0:
            self._page.marks[owner] = self._page.marks.get(owner, "") + text
        elif text and isinstance(owner, list) and "/Header" in owner:
            self._page.repeated.append(text)
        elif text and not (isinstance(owner, list) and "/Footer" in owner):
            self._page.loose.append(text)

    def font(self, operands: list[str]) -> None:
        """A font is chosen."""
        self._codes = self._fonts[operands[0]]

    def show(self, operands: list[str]) -> None:
        """Text is shown, in one string or in several with numbers between them."""
        codes = self._codes
        for operand in operands:
            if operand[0] not in "<(":
                continue
            data = operand[1:-1].upper() if operand[0] == "<" else value_of(operand).hex().upper()
            shown = "".join([codes.get(data[at : at + 4], _UNKNOWN) for at in range(0, len(data), 4)])
            if self._texts:
                self._texts[-1].append(shown)
            else:
                self._page.loose.append(shown)


_ACTIONS = {
    "BDC": _Reader.begin,
    "BMC": _Reader.begin,
    "EMC": _Reader.end,
    "Tf": _Reader.font,
    "Tj": _Reader.show,
    "TJ": _Reader.show,
    "'": _Reader.show,
    '"': _Reader.show,
}
