"""A TrueType file, read in bulk: which glyph a character is, how wide it is, where its outline stands.

After the OpenType specification 1.9 (``cmap`` formats 4 and 12, ``head``, ``hhea``, ``hmtx``, ``loca``,
``OS/2``). Whole tables are unpacked by ``array`` over a memory map and characters looked up where they stand,
in half a millisecond a face, where reading number by number takes tens of them. Nothing is kept on disk: to
check what was kept against the file takes longer than to read the file. Widths are thousandths of the type size.
"""

from __future__ import annotations

import mmap
import struct
import sys
from array import array
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from .glyph_cache import Numbers, Sums, Widths


class FontError(ValueError):
    """The file is no typeface that can be embedded. The message names it and says what is missing."""


_NO_CHARACTERS = frozenset((0, 0xFEFF, 0xFFFE))
"""What no map back to characters may hold (ISO 14289-1, 7.21.7), so that no face has them for us."""


class Glyphs(Mapping[int, int]):
    """Glyphs by code points, looked up in the runs of ``cmap`` that hold them; a code without one is a ``KeyError``."""

    def __init__(self, firsts: Sequence[int], lasts: Sequence[int], glyphs: Sequence[int]) -> None:
        """For runs of code points, in order, each from a first to a last, with the glyph of the first."""
        self._firsts, self._lasts, self._glyphs = firsts, lasts, glyphs

    def __getitem__(self, code: int) -> int:
        """The glyph of a code point; the missing glyph, 0, is none."""
        n = bisect_right(self._firsts, code) - 1
        if n >= 0 and code <= self._lasts[n] and code not in _NO_CHARACTERS:
            glyph = self._glyphs[n] + code - self._firsts[n]
            if glyph:
                return glyph
        raise KeyError(code)

    def __iter__(self) -> Iterator[int]:
        """The code points that have a glyph."""
        for first, last in zip(self._firsts, self._lasts, strict=True):
            yield from (code for code in range(first, last + 1) if code in self)

    def __len__(self) -> int:
        """How many they are."""
        return sum(1 for _ in self)


class TrueType:
    """A face as it stands in its file: ``glyph_of`` a code point, ``widths`` of characters, outlines."""

    def __init__(self, path: Path) -> None:
        """Read the file at ``path``.

        Raises:
            FontError: it has no TrueType outlines or no Unicode character map.
        """
        with path.open("rb") as file:
            self.data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self.path = path
        self.places = _directory(self.data)
        for tag in ("glyf", "head", "hhea", "hmtx", "loca", "maxp"):
            if tag not in self.places:
                raise FontError(f"{path.name}: no table {tag!r}; only TrueType outlines can be embedded")
        self._read_metrics()
        self.glyph_of = self._characters()
        self.widths, self.glyphs, self.sums = Widths(self), Numbers(self.glyph_of), Sums(self)

    def table(self, tag: str) -> bytes:
        """The bytes of a table."""
        start, length = self.places[tag]
        return self.data[start : start + length]

    def advance(self, glyph: int) -> float:
        """The advance width of a glyph, in thousandths."""
        return self._pairs[2 * min(glyph, self._full - 1)] * self.scale

    def metric(self, glyph: int) -> tuple[int, int]:
        """Advance and left side bearing of a glyph as ``hmtx`` holds them, both as unsigned 16 bits."""
        if glyph < self._full:
            return self._pairs[2 * glyph], self._pairs[2 * glyph + 1]
        return self._pairs[2 * self._full - 2], self._pairs[self._full + glyph]

    def outlines(self, glyphs: Sequence[int]) -> list[bytes]:
        """The outlines of glyphs as ``glyf`` holds them, empty for blanks."""
        data, start, loca = self.data, self.places["glyf"][0], self._loca
        return [data[start + loca[glyph] : start + loca[glyph + 1]] for glyph in glyphs]

    def _read_metrics(self) -> None:
        head, hhea = self.table("head"), self.table("hhea")
        units, long_loca = _u16(head, 18), _u16(head, 50) == 1
        self.scale = 1000 / units
        self.box = tuple(round(v * self.scale) for v in struct.unpack_from(">4h", head, 36))
        self.ascent, self.descent = (v * self.scale for v in struct.unpack_from(">2h", hhea, 4))
        if "OS/2" in self.places:
            self.ascent, self.descent = (v * self.scale for v in struct.unpack_from(">2h", self.table("OS/2"), 68))
        self._full = _u16(hhea, 34)
        self._pairs = _words("H", self.table("hmtx"))
        loca = _words("I" if long_loca else "H", self.table("loca"))
        self._loca = loca if long_loca else [place * 2 for place in loca]

    def _characters(self) -> Mapping[int, int]:
        cmap = self.table("cmap") if "cmap" in self.places else bytes(4)
        formats = {}
        for record in range(_u16(cmap, 2)):
            platform, encoding, start = struct.unpack_from(">HHL", cmap, 4 + 8 * record)
            if platform == 0 or (platform == 3 and encoding in (1, 10)):
                formats[_u16(cmap, start)] = start
        if 12 in formats:
            return _format12(cmap, formats[12])
        if 4 in formats:
            return _format4(cmap, formats[4])
        raise FontError(f"{self.path.name}: no Unicode character map (cmap format 4 or 12)")


@cache
def face_at(path: Path) -> TrueType:
    """The face in the file at ``path``, read once a process."""
    return TrueType(path)


def _directory(data: mmap.mmap) -> dict[str, tuple[int, int]]:
    places = {}
    for n in range(_u16(data, 4)):
        tag, _, start, length = struct.unpack_from(">4sLLL", data, 12 + 16 * n)
        places[tag.decode("latin-1")] = (start, length)
    return places


def _u16(data: bytes | mmap.mmap, at: int) -> int:
    return int(struct.unpack_from(">H", data, at)[0])


def _words(code: str, data: bytes) -> array[int]:
    words: array[int] = array(code)
    words.frombytes(data[: len(data) - len(data) % words.itemsize])
    if sys.byteorder == "little":
        words.byteswap()
    return words


def _format12(cmap: bytes, start: int) -> Glyphs:
    count = struct.unpack_from(">L", cmap, start + 12)[0]
    words = _words("I", cmap[start + 16 : start + 16 + 12 * count])
    return Glyphs(words[0::3], words[1::3], words[2::3])


def _format4(cmap: bytes, start: int) -> dict[int, int]:
    length, segments = _u16(cmap, start + 2), _u16(cmap, start + 6) // 2
    words = _words("H", cmap[start + 14 : start + length])
    lasts, firsts = words[:segments], words[segments + 1 : 2 * segments + 1]
    deltas, offsets = words[2 * segments + 1 : 3 * segments + 1], 3 * segments + 1
    glyph_of: dict[int, int] = {}
    for n, (first, last, delta) in enumerate(zip(firsts, lasts, deltas, strict=True)):
        hop = words[offsets + n]
        for char in range(first, last + 1 if last < 0xFFFF else last):
            at = offsets + n + hop // 2 + char - first
            glyph = words[at] if hop and at < len(words) else (0 if hop else char)
            if glyph or not hop:
                glyph_of[char] = (glyph + delta) & 0xFFFF
    return {char: glyph for char, glyph in glyph_of.items() if glyph and char not in _NO_CHARACTERS}
