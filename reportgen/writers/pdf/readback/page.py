"""The text on a page of a PDF file by its marked-content sequences (ISO 32000-1, 9.4 and 14.6).

Codes become characters through each font's ToUnicode map, as in a viewer when text is copied out. A code whose glyph
has no outline shows nothing (:mod:`.outlines`): if its character is no blank, it counts as a code without a character.
"""

from __future__ import annotations

import re
import unicodedata
from codecs import utf_16_be_decode
from dataclasses import dataclass
from typing import Any

from ....tree.readback import Unreadable
from .file import NAME, STRING, PdfFile, Reference, value_of
from .outlines import DrawnCodes

_TAIL = NAME[1:]
_PROPERTIES = rf"<<(?:[^<>()]++|{STRING})*>>|{NAME}"
# The operators that matter to the text, with their operands: marked content, fonts, strings shown. All else is skipped,
# strings and names as wholes, because they may hold anything. The engine is fastest with one set of first characters
# and then what may follow each of them.
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
_MCID = re.compile(r"/MCID\s+(\d+)")
_MAPS = re.compile(r"beginbf(char|range)(.*?)endbf", re.DOTALL)
_CODES = re.compile(r"<([0-9A-Fa-f]{4})>\s*<([0-9A-Fa-f]+)>")
_RANGES = re.compile(r"<([0-9A-Fa-f]{4})>\s*<([0-9A-Fa-f]{4})>\s*<([0-9A-Fa-f]+)>")
_WITHOUT_INK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0") | set(map(chr, range(0xFE00, 0xFE10)))
"""Letters, marks and symbols without ink: fillers of Hangul, variation selectors, the empty Braille pattern."""
_FIRST_SURROGATE = 0xD800
_LEADER_DOT = "."
"""What leader dots of the contents are made of; they are artifacts."""


class CodeMap(dict[int, str]):
    """A font's map from codes to characters, as ``str.translate`` takes it."""

    def __missing__(self, code: int) -> str:
        """Return the character for a code that the font does not map."""
        return "\N{REPLACEMENT CHARACTER}"


@dataclass(slots=True)
class PageText:
    """The text of a page: by MCID, as repeated from an earlier page, and without a tag."""

    marked: dict[int, str]
    repeated: list[str]
    untagged: list[str]


class FontMaps:
    """The maps from codes to characters of a file's fonts, each read once."""

    def __init__(self, file: PdfFile) -> None:
        """The fonts of ``file``."""
        self._file = file
        self._known: dict[int, CodeMap] = {}

    def of(self, resources: Any) -> dict[str, CodeMap]:
        """Return the maps by the names of the fonts in a page's ``resources``."""
        fonts = self._file.get(self._file.get(resources).get("/Font", {}))
        return {name: self._codes(reference) for name, reference in fonts.items()}

    def _codes(self, reference: Reference) -> CodeMap:
        if reference not in self._known:
            font = self._file.get(reference)
            if font["/Encoding"] != "/Identity-H":
                raise Unreadable(f"a font whose codes are not two bytes: {font['/Encoding']}")
            codes = _codes(self._file.stream(font["/ToUnicode"]).decode("latin-1"))
            drawn = DrawnCodes(self._file, font)
            for code in [code for code, text in codes.items() if code not in drawn and not _is_blank(text)]:
                del codes[code]
            self._known[reference] = codes
        return self._known[reference]


def _codes(text: str) -> CodeMap:
    """Return the map that a CMap stream defines."""
    code_map = CodeMap()
    for kind, part in _MAPS.findall(text):
        if kind == "char":
            code_map.update((int(code, 16), _characters(char)) for code, char in _CODES.findall(part))
            continue
        for first, last, char in _RANGES.findall(part):
            start, size = int(char, 16), len(char)
            for n, code in enumerate(range(int(first, 16), int(last, 16) + 1)):
                code_map[code] = _characters(f"{start + n:0{size}X}")
    if max(code_map, default=0) >= _FIRST_SURROGATE:
        raise Unreadable("a font of more than 55,295 characters")
    return code_map


def _characters(code: str) -> str:
    if len(code) == 4:
        return chr(int(code, 16))
    return bytes.fromhex(code).decode("utf-16-be")


def _is_blank(text: str) -> bool:
    """Return whether ``text`` is shown without ink."""
    return all(char.isspace() or unicodedata.category(char) in ("Cc", "Cf") or char in _WITHOUT_INK for char in text)


def read_page(content: bytes, fonts: dict[str, CodeMap]) -> PageText:
    """Return the text that a content stream shows."""
    reader, codes = _Reader(), CodeMap()
    for name, properties, size, end, hexadecimal, string, strings in _ACTION.findall(content.decode("latin-1")):
        if hexadecimal:
            reader.shown.append(_text(hexadecimal, codes))
        elif size:
            codes = fonts[f"/{name}"]
        elif name:
            reader.begin(name, properties)
        elif end:
            reader.end()
        elif string or strings:
            written = _STRINGS.findall(strings) if strings else [f"({string}"]
            reader.shown.append("".join([_text(_hexadecimal(string), codes) for string in written]))
    return reader.page()


def _hexadecimal(string: str) -> str:
    """Return a string object in hexadecimal, without brackets."""
    if string[0] == "<":
        return string[1:-1]
    digits: str = value_of(string).hex()
    return digits


def _text(hexadecimal: str, codes: CodeMap) -> str:
    return utf_16_be_decode(bytes.fromhex(hexadecimal), "surrogatepass")[0].translate(codes)


class _Reader:
    """Collects what is shown by the marked-content sequences around it."""

    def __init__(self) -> None:
        self._marked: dict[int, list[str]] = {}
        self._repeated: list[list[str]] = []
        self._untagged: list[list[str]] = []
        self._open: list[tuple[list[str], bool]] = []
        self._is_artifact = False
        self.shown = self._new(self._untagged)

    def begin(self, tag: str, properties: str) -> None:
        """Begin a sequence. One without an MCID belongs to the sequence around it, as does all within an artifact."""
        self._open.append((self.shown, self._is_artifact))
        if self._is_artifact:
            return
        mcid = _MCID.search(properties)
        if mcid:
            self.shown = self._marked.setdefault(int(mcid[1]), [])
        elif tag == "Artifact":
            self._is_artifact = True
            self.shown = self._artifact(properties)
        elif len(self._open) == 1:
            self.shown = self._new(self._untagged)

    def end(self) -> None:
        """End a sequence."""
        self.shown, self._is_artifact = self._open.pop()
        if not self._open:
            self.shown = self._new(self._untagged)

    def page(self) -> PageText:
        """Return all that was shown; text without an MCID is untagged, except page numbers and leader dots."""
        marked = {mcid: "".join(texts) for mcid, texts in self._marked.items()}
        repeated, untagged = (
            ["".join(texts) for texts in lists if texts] for lists in (self._repeated, self._untagged)
        )
        return PageText(marked, repeated, [text for text in untagged if text.strip(_LEADER_DOT)])

    def _artifact(self, properties: str) -> list[str]:
        if "/Footer" in properties:
            return []
        return self._new(self._repeated if "/Header" in properties else self._untagged)

    def _new(self, lists: list[list[str]]) -> list[str]:
        lists.append([])
        return lists[-1]
