"""Faults planted into the page contents of a PDF file, which is then written anew around them."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from random import Random

from pypdf import PdfReader

from .archives import Plant, another_digit, other_unit

_ROW = 7  # bytes of a cross reference
_STRETCH = re.compile(r"/(\w+) (<<.*?>>) BDC\n(.*?)EMC", re.DOTALL)
_STRING = re.compile(r"/(F\d+) [\d.]+ Tf|<([0-9A-F]+)>")


@dataclass(frozen=True)
class Stretch:
    """A stretch of marked content: where it stands on its page, its kind, its text."""

    start: int
    end: int
    kind: str
    properties: str
    body: str
    font: str
    text: str


class Contents:
    """The page contents of a file, to be looked at and to be changed."""

    def __init__(self, payload: bytes) -> None:
        self.payload = payload
        self._found: dict[int, list[Stretch]] = {}
        reader = PdfReader(BytesIO(payload))
        self.numbers = [page["/Contents"].indirect_reference.idnum for page in reader.pages]
        self.texts = [page["/Contents"].get_data().decode("ascii") for page in reader.pages]
        fonts = reader.pages[0]["/Resources"]["/Font"]
        self.characters = {name[1:]: _characters(font) for name, font in fonts.items()}
        self.codes = {name: {char: code for code, char in codes.items()} for name, codes in self.characters.items()}

    def stretches(self, page: int) -> list[Stretch]:
        if page in self._found:
            return self._found[page]
        found, font = self._found.setdefault(page, []), ""
        for match in _STRETCH.finditer(self.texts[page]):
            parts, used = [], ""
            for chosen, string in _STRING.findall(match[3]):
                font = chosen or font
                if string:
                    used = used or font
                    parts += [self.characters[font][string[n : n + 4]] for n in range(0, len(string), 4)]
            if parts:
                text = "".join(parts)
                found.append(Stretch(match.start(), match.end(), match[1], match[2], match[3], used, text))
        return found

    def replaced(self, page: int, *changes: tuple[Stretch, str]) -> bytes:
        """The file with other page contents in place of some stretches of a page."""
        text = self.texts[page]
        for stretch, content in sorted(changes, key=lambda change: -change[0].start):
            text = text[: stretch.start] + content + text[stretch.end :]
        return _rewritten(self.payload, self.numbers[page], text.encode("ascii"))

    def without(self, stretch: Stretch) -> str:
        """What is left in place of a stretch that is lost: the choice of fonts for all that follows."""
        return "".join(f"/{chosen} Tf " for chosen in re.findall(r"/(F\d+ [\d.]+) Tf", stretch.body))

    def said(self, stretch: Stretch, text: str) -> str | None:
        """A stretch that says something else in its first font; None if the font lacks a character."""
        codes = self.codes[stretch.font]
        if any(char not in codes for char in text):
            return None
        head = stretch.body[: stretch.body.index("Td") + 2]
        written = "".join(codes[char] for char in text)
        # the font stays what it was for all that follows: only what is shown changes
        tail = "".join(f" /{m} Tf" for m in re.findall(r"/(F\d+ [\d.]+) Tf", stretch.body)[1:])
        first = re.search(r"/F\d+ [\d.]+ Tf", stretch.body)
        chosen = f" {first.group()}" if first else ""
        return f"/{stretch.kind} {stretch.properties} BDC\n{head}{chosen} <{written}> Tj{tail} ET\nEMC"


@cache
def contents_of(payload: bytes) -> Contents:
    return Contents(payload)


def _characters(font) -> dict[str, str]:
    text = font["/ToUnicode"].get_data().decode("ascii").partition("endcodespacerange")[2]
    pairs = re.findall(r"<([0-9A-F]{4})> <([0-9A-F]+)>", text)
    return {code: bytes.fromhex(char).decode("utf-16-be") for code, char in pairs}


def _rewritten(payload: bytes, number: int, data: bytes) -> bytes:
    """The file with other data in the stream ``number``; the places of all objects after it move."""
    start = payload.index(b"\n%d 0 obj\n" % number) + 1
    end = payload.index(b"endobj\n", start) + len(b"endobj\n")
    packed = zlib.compress(data)
    made = b"%d 0 obj\n<< /Filter /FlateDecode /Length %d >>\nstream\n%b\nendstream\nendobj\n"
    made %= (number, len(packed), packed)
    at = int(payload[payload.rindex(b"startxref") + 9 :].split()[0])
    head, _, rest = payload[at:].partition(b"stream\n")
    length = int(re.search(rb"/Length (\d+)", head)[1])
    rows, shift, moved = zlib.decompress(rest[:length]), len(made) - (end - start), []
    above = bytes(_ROW)
    for n in range(0, len(rows), _ROW + 1):
        above = bytes((a + b) & 255 for a, b in zip(rows[n + 1 : n + 1 + _ROW], above, strict=True))
        place = int.from_bytes(above[1:5])
        moves = above[0] == 1 and place > start
        moved.append(above[:1] + (place + shift).to_bytes(4) + above[5:] if moves else above)
    body = payload[:start] + made + payload[end:at]
    plain = zlib.compress(b"".join(b"\2" + bytes((a - b) & 255 for a, b in zip(row, over, strict=True))
                                   for row, over in zip(moved, [bytes(_ROW), *moved], strict=False)))  # fmt: skip
    head = re.sub(rb"/Length \d+", b"/Length %d" % len(plain), head)
    return body + head + b"stream\n" + plain + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % len(body)


def _one(fits: Callable[[Stretch], bool], change: Callable[[str, Random], str]) -> Plant:
    """A fault in one stretch that ``fits``: its text changed, or the whole of it gone if the new text is empty."""

    def plant(payload: bytes, chance: Random) -> bytes | None:
        contents = contents_of(payload)
        chosen = [(page, s) for page in range(len(contents.texts)) for s in contents.stretches(page) if fits(s)]
        if not chosen:
            return None
        page, stretch = chance.choice(chosen)
        text = change(stretch.text, chance)
        said = contents.said(stretch, text) if text else contents.without(stretch)
        return None if said is None or text == stretch.text else contents.replaced(page, (stretch, said))

    return plant


def _two(kind: str) -> Plant:
    def plant(payload: bytes, chance: Random) -> bytes | None:
        contents = contents_of(payload)
        page = chance.randrange(len(contents.texts))
        chosen = [s for s in contents.stretches(page) if s.kind == kind]
        if len(chosen) < 2:
            return None
        one, other = chance.sample(chosen, 2)
        first, second = contents.said(one, other.text), contents.said(other, one.text)
        if first is None or second is None or one.text == other.text:
            return None
        return contents.replaced(page, (one, first), (other, second))

    return plant


def _lost_row(payload: bytes, chance: Random) -> bytes | None:
    """All cells that stand on one line."""
    contents = contents_of(payload)
    page = chance.randrange(len(contents.texts))
    cells = [s for s in contents.stretches(page) if s.kind == "TD"]
    if not cells:
        return None
    line = _height(chance.choice(cells))
    return contents.replaced(page, *((cell, contents.without(cell)) for cell in cells if _height(cell) == line))


def _height(stretch: Stretch) -> str:
    return stretch.body.split()[2]


def _untagged(payload: bytes, chance: Random) -> bytes | None:
    """Type that is on the page, but in no stretch that the structure knows."""
    contents = contents_of(payload)
    page = chance.randrange(len(contents.texts))
    chosen = [s for s in contents.stretches(page) if s.kind != "Artifact"]
    if not chosen:
        return None
    stretch = chance.choice(chosen)
    return contents.replaced(page, (stretch, stretch.body))


def _text_is(kind: str, digits: bool = False) -> Callable[[Stretch], bool]:
    return lambda s: s.kind == kind and (not digits or any(char in "0123456789" for char in s.text))


PDF: dict[str, Plant] = {
    "a digit in prose": _one(_text_is("P", digits=True), another_digit),
    "a digit in a table": _one(_text_is("TD", digits=True), another_digit),
    "a lost row": _lost_row,
    "two swapped cells": _two("TD"),
    "a lost paragraph": _one(_text_is("P"), lambda text, chance: ""),
    "two swapped paragraphs": _two("P"),
    "a wrong unit line": _one(_text_is("P"), lambda text, chance: other_unit(text)),
    "a wrong entry in the contents": _one(_text_is("Link"), lambda text, chance: text[:-1]),
    "a changed head": _one(_text_is("TH"), lambda text, chance: text[::-1]),
    "a lost note": _one(_text_is("Note"), lambda text, chance: ""),
    "a changed repeated head": _one(
        lambda s: s.kind == "Artifact" and "/Header" in s.properties, lambda text, chance: text[:-1]
    ),
    "text outside the structure": _untagged,
}
