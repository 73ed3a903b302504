"""A TrueType typeface, read by HarfBuzz: glyphs and widths of characters, extents, subsets.

The file is mapped into memory and characters are looked up in it, so opening a face takes a fraction of a millisecond
and nothing is kept on disk. Widths and extents are thousandths of the type size.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

import uharfbuzz

from ...core.errors import LayoutError

_REQUIRED = ("glyf", "head", "hhea", "hmtx", "loca", "maxp")
_KEPT = frozenset((*_REQUIRED, "cvt ", "fpgm", "prep"))
"""What a font file in a PDF holds (ISO 32000-1, 9.9); the PDF has its own map from characters to glyphs."""

_SUBSET_FLAGS = uharfbuzz.SubsetFlags.NO_LAYOUT_CLOSURE | uharfbuzz.SubsetFlags.NOTDEF_OUTLINE

_NOT_MAPPED = frozenset("\0\ufeff\ufffe")
"""Characters that a PDF's map back to Unicode must not hold (ISO 14289-1, 7.21.7): treated as missing in every face."""


_HINT = "请在版式的 style.yaml 里换一个字体文件"


class FontError(LayoutError):
    """The file is damaged, or no typeface that can be embedded. The message names it and what is missing."""


class Widths(dict[str, float]):
    """Advance widths by character, looked up once each; a character that the face lacks is a ``KeyError``."""

    def __init__(self, face: TrueType) -> None:
        """Start without any width of ``face``."""
        super().__init__()
        self._face = face

    def __missing__(self, char: str) -> float:
        """Look up the width of ``char`` and keep it."""
        width = self[char] = self._face.advance(self._face.glyph(char))
        return width


class TrueType:
    """A typeface in a file: ``widths`` by character, ``ascent`` and ``descent``, ``bbox`` around all its glyphs."""

    def __init__(self, path: Path) -> None:
        """Open the file at ``path``.

        Raises:
            FontError: it is damaged, has no TrueType outlines or no Unicode character map.
            OSError: it cannot be opened.
        """
        path.open("rb").close()  # HarfBuzz does not give the system's reason
        self.path = path
        self._face = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(path))
        self._font = uharfbuzz.Font(self._face)
        self._require_outlines()
        if not self._face.unicodes:
            raise FontError("字体文件 {file} 没有 Unicode 字符映射表", _HINT, file=path.name)
        self._scale = 1000 / self._face.upem
        self.bbox = self._scaled(">4h", "head", 36)
        extents = ("OS/2", 68) if self._face.reference_table("OS/2") else ("hhea", 4)
        self.ascent, self.descent = self._scaled(">2h", *extents)
        self.widths = Widths(self)

    def has(self, char: str) -> bool:
        """Return whether the face has a glyph for ``char``."""
        return char in self.widths or (char not in _NOT_MAPPED and bool(self._font.get_nominal_glyph(ord(char))))

    def glyph(self, char: str) -> int:
        """Return the number of the glyph of ``char``; a character that the face lacks is a ``KeyError``."""
        glyph: int | None = self._font.get_nominal_glyph(ord(char))
        if not glyph or char in _NOT_MAPPED:
            raise KeyError(char)
        return glyph

    def advance(self, glyph: int) -> float:
        """Return the advance width of a glyph."""
        return float(self._font.get_glyph_h_advance(glyph) * self._scale)

    def subset(self, glyphs: Iterable[int]) -> tuple[bytes, Mapping[int, int]]:
        """Return a TrueType file of ``glyphs`` (with 0, the missing glyph), and its glyph numbers by those of the face.

        Raises:
            FontError: the face is damaged.
        """
        options = uharfbuzz.SubsetInput()
        options.flags = _SUBSET_FLAGS
        options.glyph_set.update(glyphs)
        options.drop_table_tag_set.clear()
        options.drop_table_tag_set.update([int.from_bytes(tag.encode("ascii")) for tag in _KEPT])
        options.drop_table_tag_set.invert()
        try:
            plan = uharfbuzz.SubsetPlan(self._face, options)
            return plan.execute().blob.data, dict(plan.old_to_new_glyph_mapping.items())
        except RuntimeError as error:
            raise self._damaged() from error

    def _require_outlines(self) -> None:
        lacking = [tag for tag in _REQUIRED if not self._face.reference_table(tag)]
        if lacking:
            message = "字体文件 {file} 没有 {tables} 表，不是带 TrueType 轮廓的字体，不能嵌入 PDF"
            raise FontError(message, _HINT, file=self.path.name, tables="、".join(lacking))
        (is_long,) = self._unpack(">H", "head", 50)
        last = self._face.glyph_count
        (end,) = self._unpack(">L", "loca", 4 * last) if is_long else self._unpack(">H", "loca", 2 * last)
        if end * (1 if is_long else 2) > len(self._face.reference_table("glyf")):
            raise self._damaged()

    def _damaged(self) -> FontError:
        return FontError("字体文件 {file} 已损坏", _HINT, file=self.path.name)

    def _scaled(self, format: str, tag: str, offset: int) -> tuple[float, ...]:
        return tuple(value * self._scale for value in self._unpack(format, tag, offset))

    def _unpack(self, format: str, tag: str, offset: int) -> tuple[int, ...]:
        """Return the numbers at an ``offset`` of a table."""
        try:
            return struct.unpack_from(format, self._face.reference_table(tag).data, offset)
        except struct.error as error:
            raise self._damaged() from error


@cache
def face_at(path: Path) -> TrueType:
    """Return the face in the file at ``path``, opened once in a process."""
    return TrueType(path)
