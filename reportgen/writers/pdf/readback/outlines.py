"""Which codes of an embedded font draw something: from the code through ``CIDToGIDMap`` to the glyph's outline.

Outlines are those of the embedded TrueType file (ISO 32000-1, 9.7.4 and 9.9; OpenType, *glyf* and *loca*).
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from typing import Any

from ....tree.readback import Unreadable
from .file import PdfFile

_HAS_WORDS, _HAS_SCALE, _MORE, _HAS_TWO_SCALES, _HAS_MATRIX = 0x1, 0x8, 0x20, 0x40, 0x80
_DEEPEST = 8
"""Levels of glyphs made of other glyphs."""


class DrawnCodes:
    """The codes of one font; ``code in …`` is whether the code draws something."""

    def __init__(self, file: PdfFile, font: Mapping[str, Any]) -> None:
        """Read the outlines of ``font``, a composite font whose codes are glyph identifiers of two bytes.

        Raises:
            Unreadable: it embeds no TrueType file, or one whose tables are incomplete.
        """
        descendant = file.get(file.get(font["/DescendantFonts"])[0])
        outlines = file.get(descendant["/FontDescriptor"]).get("/FontFile2")
        if outlines is None:
            raise Unreadable("a font without embedded TrueType outlines")
        self._numbers = _numbers(file, descendant.get("/CIDToGIDMap", "/Identity"))
        try:
            self._glyphs = _Glyphs(file.stream(outlines))
        except (struct.error, KeyError) as error:
            raise Unreadable("a font whose TrueType file is damaged") from error

    def __contains__(self, code: int) -> bool:
        """Return whether the glyph of ``code`` has an outline."""
        if self._numbers is None:
            return self._glyphs.draws(code)
        return code < len(self._numbers) and self._glyphs.draws(self._numbers[code])


def _numbers(file: PdfFile, map: Any) -> tuple[int, ...] | None:
    """Return the glyph numbers by code, None if both are the same."""
    if map == "/Identity":
        return None
    stream = file.stream(map)
    return struct.unpack(f">{len(stream) // 2}H", stream[: len(stream) // 2 * 2])


class _Glyphs:
    """The glyphs of a TrueType file."""

    def __init__(self, data: bytes) -> None:
        count = int.from_bytes(data[4:6])
        records = struct.iter_unpack(">4s3L", data[12 : 12 + 16 * count])
        tables = {tag: data[start : start + size] for tag, _, start, size in records}
        self._glyf, loca = tables[b"glyf"], tables[b"loca"]
        (is_long,) = struct.unpack_from(">H", tables[b"head"], 50)
        size, factor = (4, 1) if is_long else (2, 2)
        places = struct.unpack(f">{len(loca) // size}{'L' if is_long else 'H'}", loca[: len(loca) // size * size])
        self._places = [place * factor for place in places]

    def draws(self, glyph: int, depth: int = 0) -> bool:
        """Return whether a glyph has a contour, of its own or of the glyphs that it is made of."""
        if glyph + 1 >= len(self._places) or depth > _DEEPEST:
            return False
        start, end = self._places[glyph : glyph + 2]
        if end - start < 10 or end > len(self._glyf):
            return False
        contours = int.from_bytes(self._glyf[start : start + 2], signed=True)
        if contours >= 0:
            return contours > 0
        return any(self.draws(part, depth + 1) for part in _components(self._glyf[start + 10 : end]))


def _components(data: bytes) -> list[int]:
    """Return the numbers of the glyphs that a composite glyph is made of; those after damaged data are left out."""
    glyphs, at, flags = [], 0, _MORE
    while flags & _MORE and at + 4 <= len(data):
        flags, glyph = struct.unpack_from(">HH", data, at)
        glyphs.append(glyph)
        scale = 2 if flags & _HAS_SCALE else 4 if flags & _HAS_TWO_SCALES else 8 if flags & _HAS_MATRIX else 0
        at += 4 + (4 if flags & _HAS_WORDS else 2) + scale
    return glyphs
