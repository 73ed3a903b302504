"""The text on a page of a PDF file, by the stretches it is marked as (ISO 32000-1, 9.4 and 14.6).

Characters come from codes through the fonts' own maps, as they do for whoever copies the text out.
"""

from __future__ import annotations

import re
from codecs import utf_16_be_decode
from dataclasses import dataclass
from typing import Any

from ....tree.readback import Unreadable
from .file import NAME, STRING, PdfFile, Reference, value_of

_TAIL = NAME[1:]
_PROPERTIES = rf"<<(?:[^<>()]++|{STRING})*>>|{NAME}"
# What changes the text, with its operands: marks, fonts, strings shown. All else is passed over, strings and names
# as wholes, for anything may stand in them. One set of first characters, and then what may follow each of them, is
# what the engine looks for fastest.
_ACTION = re.compile(
    r"[/(<\[E](?:"
    rf"(?<=/)({_TAIL})(?:\s*+({_PROPERTIES})?\s*+B[DM]C\b|\s++([-+.\d]++)\s++Tf\b)"
    r"|(?<=E)(MC)\b"
    r"|(?<=<)([^<>]*+)>\s*+(?:Tj\b|['\"])"
    r"|(?<=\()((?:[^()\\]++|\\.)*\))\s*+(?:Tj\b|['\"])"
    rf"|(?<=\[)((?:[^\[\]()<>]++|{STRING})*)\]\s*+TJ\b"
    rf"|(?<=\()(?:[^()\\]++|\\.)*\)|(?<=/){_TAIL})",
    re.DOTALL,
)
_STRINGS = re.compile(STRING, re.DOTALL)
_MARK = re.compile(r"/MCID\s+(\d+)")
_MAPS = re.compile(r"beginbf(char|range)(.*?)endbf", re.DOTALL)
_CODES = re.compile(r"<([0-9A-Fa-f]{4})>\s*<([0-9A-Fa-f]+)>")
_RANGES = re.compile(r"<([0-9A-Fa-f]{4})>\s*<([0-9A-Fa-f]{4})>\s*<([0-9A-Fa-f]+)>")
_FIRST_SURROGATE = 0xD800
_LEADER = "."
"""What leads the eye from an entry of the contents to its page number, outside all elements."""


class Codes(dict[int, str]):
    """A font's map from codes to characters, as ``str.translate`` takes it."""

    def __missing__(self, code: int) -> str:
        """The character for a code that the font does not know."""
        return "\N{REPLACEMENT CHARACTER}"


@dataclass(slots=True)
class Page:
    """What stands on a page: texts by mark, what is repeated from an earlier page, what belongs to nothing."""

    marks: dict[int, str]
    repeated: list[str]
    loose: list[str]


class Fonts:
    """The maps from codes to characters, each read once."""

    def __init__(self, file: PdfFile) -> None:
        """The fonts of ``file``."""
        self._file = file
        self._known: dict[int, Codes] = {}

    def of(self, resources: Any) -> dict[str, Codes]:
        """The maps by the names that a page has for its fonts among its ``resources``."""
        fonts = self._file.get(self._file.get(resources).get("/Font", {}))
        return {name: self._codes(reference) for name, reference in fonts.items()}

    def _codes(self, reference: Reference) -> Codes:
        if reference not in self._known:
            font = self._file.get(reference)
            if font["/Encoding"] != "/Identity-H":
                raise Unreadable(f"a font whose codes are not two bytes: {font['/Encoding']}")
            self._known[reference] = _codes(self._file.stream(font["/ToUnicode"]).decode("latin-1"))
        return self._known[reference]


def _codes(text: str) -> Codes:
    """The map that a CMap writes."""
    found = Codes()
    for kind, part in _MAPS.findall(text):
        if kind == "char":
            found.update((int(code, 16), _characters(char)) for code, char in _CODES.findall(part))
            continue
        for first, last, char in _RANGES.findall(part):
            start, size = int(char, 16), len(char)
            for n, code in enumerate(range(int(first, 16), int(last, 16) + 1)):
                found[code] = _characters(f"{start + n:0{size}X}")
    if max(found, default=0) >= _FIRST_SURROGATE:
        raise Unreadable("a font of more than 55,295 characters")
    return found


def _characters(code: str) -> str:
    if len(code) == 4:
        return chr(int(code, 16))
    return bytes.fromhex(code).decode("utf-16-be")


def read_page(content: bytes, fonts: dict[str, Codes]) -> Page:
    """The text that ``content`` shows."""
    reader, codes = _Reader(), Codes()
    for name, properties, size, end, packed, string, strings in _ACTION.findall(content.decode("latin-1")):
        if packed:
            reader.shown.append(_text(packed, codes))
        elif size:
            codes = fonts[f"/{name}"]
        elif name:
            reader.begin(name, properties)
        elif end:
            reader.end()
        elif string or strings:
            written = _STRINGS.findall(strings) if strings else [f"({string}"]
            reader.shown.append("".join([_text(_packed(one), codes) for one in written]))
    return reader.page()


def _packed(string: str) -> str:
    """A string in hexadecimal, without brackets."""
    if string[0] == "<":
        return string[1:-1]
    found: str = value_of(string).hex()
    return found


def _text(packed: str, codes: Codes) -> str:
    return utf_16_be_decode(bytes.fromhex(packed), "surrogatepass")[0].translate(codes)


class _Reader:
    """Sorts what is shown by the stretches that it stands in."""

    def __init__(self) -> None:
        self._marks: dict[int, list[str]] = {}
        self._repeated: list[list[str]] = []
        self._loose: list[list[str]] = []
        self._open: list[tuple[list[str], bool]] = []
        self._is_artifact = False
        self.shown = self._new(self._loose)

    def begin(self, tag: str, properties: str) -> None:
        """A stretch begins. One without a mark belongs to the stretch around it, as all does within an artifact."""
        self._open.append((self.shown, self._is_artifact))
        if self._is_artifact:
            return
        mark = _MARK.search(properties)
        if mark:
            self.shown = self._marks.setdefault(int(mark[1]), [])
        elif tag == "Artifact":
            self._is_artifact = True
            self.shown = self._artifact(properties)
        elif len(self._open) == 1:
            self.shown = self._new(self._loose)

    def end(self) -> None:
        """A stretch ends."""
        self.shown, self._is_artifact = self._open.pop()
        if not self._open:
            self.shown = self._new(self._loose)

    def page(self) -> Page:
        """All that was shown; what stands under no mark is loose, but for page numbers."""
        marks = {mark: "".join(texts) for mark, texts in self._marks.items()}
        repeated, loose = (["".join(texts) for texts in lists if texts] for lists in (self._repeated, self._loose))
        return Page(marks, repeated, [text for text in loose if text.strip(_LEADER)])

    def _artifact(self, properties: str) -> list[str]:
        if "/Footer" in properties:
            return []
        return self._new(self._repeated if "/Header" in properties else self._loose)

    def _new(self, lists: list[list[str]]) -> list[str]:
        lists.append([])
        return lists[-1]
