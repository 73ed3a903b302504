"""Codes of 功能分类 and 经济分类 in any style: one column or three, with the name in one cell, or by the name alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from ..budget.codes import Entry
from .grid import GridCell
from .words import plain, unnumbered

WIDTHS = (3, 5, 7)
"""Digits of a code by level: 类, 款, 项."""
_DIGITS = re.compile(r"[0-9]+(?:\.0+)?")
_CODE_AND_NAME = re.compile(r"[\[【(]([0-9]{3,7})[\]】)][-_—:]?(.*)|([0-9]{3,7})[-_—:]?([^0-9.,%].*)")
_LEADING = re.compile(r"^[ \u00a0\u3000]*")


class CodedName(NamedTuple):
    """A code, and the name beside it in the same cell."""

    code: str
    name: str


def digits(cell: GridCell | None) -> str:
    """Return the digits that a cell holds, "" for anything else: 205, "05", "０５ ", "205.0"."""
    if cell is None or isinstance(cell.value, bool):
        return ""
    found = _DIGITS.fullmatch(plain(cell.value))
    return found[0].partition(".")[0] if found else ""


def code_and_name(text: str) -> CodedName | None:
    """Return code and name of ``[2010301]行政运行`` or ``2010301-行政运行``, or None.

    >>> code_and_name("[2010301]行政运行")
    CodedName(code='2010301', name='行政运行')
    """
    found = _CODE_AND_NAME.fullmatch(plain(text))
    if found is None:
        return None
    return CodedName(found[1] or found[3], found[2] or found[4] or "")


def joined(parts: Sequence[str], before: str) -> str:
    """Return the code of a row whose 类, 款 and 项 stand in columns of their own.

    A part is the whole code so far or only its own digits; parts that are left out on the left are those of the row
    ``before`` (its code).

    >>> joined(("205", "02", "05"), ""), joined(("", "", "01"), "2050205"), joined(("205", "20502", ""), "")
    ('2050205', '2050201', '20502')
    """
    code = ""
    filled = [number for number, part in enumerate(parts) if part]
    for number, part in enumerate(parts[: filled[-1] + 1] if filled else ()):
        width = WIDTHS[number]
        if not part:
            if len(before) < width:
                return ""
            code = before[:width]
        elif len(part) == width:
            code = part
        else:
            code += part.zfill(3 if number == 0 else 2)
    return code


def indent_of(cell: GridCell) -> int:
    """Return how deep a text is indented: by the alignment of the cell and by blanks before the text."""
    blanks = _LEADING.match(str(cell.value))
    spaces = sum(2 if blank == "\u3000" else 1 for blank in blanks[0]) if blanks else 0
    return cell.indent * 2 + spaces


class Indents:
    """Levels by indent: each deeper text is one level below the last that is less deep."""

    def __init__(self, indents: Iterable[int]) -> None:
        """Note whether any text is indented at all; without that there are no levels."""
        self._known = len(set(indents)) > 1
        self._open: list[int] = []

    def level(self, indent: int) -> int:
        """Return the level of the next text, from 1; 0 if no text is indented."""
        if not self._known:
            return 0
        while self._open and self._open[-1] >= indent:
            self._open.pop()
        self._open.append(indent)
        return len(self._open)


class Names:
    """The codes of a book by their names."""

    def __init__(self, book: Mapping[str, Entry]) -> None:
        """Group the codes of ``book`` by plain name."""
        self.book = book
        self._codes: dict[str, list[str]] = {}
        for code, entry in book.items():
            self._codes.setdefault(plain(entry.name), []).append(code)

    def known(self) -> Iterable[str]:
        """Return all names."""
        return self._codes

    def candidates(self, name: str, level: int, before: str) -> list[str]:
        """Return the codes that a name may have: with its level and the code of the row ``before``, most likely one.

        The name is looked for below the last 款, below the last 类, among all 类, at last anywhere.
        """
        codes = sorted(self._codes.get(plain(name)) or self._codes.get(unnumbered(name)) or [])
        if level:
            codes = [code for code in codes if len(code) == WIDTHS[min(level, 3) - 1]] or codes
        for width, above in ((7, 5), (5, 3), (3, 0)):
            below = [
                code for code in codes if len(code) == width and code.startswith(before[:above]) and code != before
            ]
            if below and len(before) >= above:
                return below
        return codes
