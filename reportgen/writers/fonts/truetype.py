"""A TrueType typeface, read by HarfBuzz: glyphs and widths of characters, extents, subsets.

The file is mapped into memory and characters are looked up in it, so opening a face takes a fraction of a millisecond
and nothing is kept on disk. Widths and extents are thousandths of the type size.
"""

from __future__ import annotations

import struct
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from functools import cache
from pathlib import Path

import uharfbuzz

from .file_check import REQUIRED, FontError, check_file

__all__ = ["FontError", "TrueType", "Widths", "face_at"]

_KEPT = frozenset((*REQUIRED, "cvt ", "fpgm", "prep"))
"""What a font file in a PDF holds (ISO 32000-1, 9.9); the PDF has its own map from characters to glyphs."""

_SUBSET_FLAGS = uharfbuzz.SubsetFlags.NO_LAYOUT_CLOSURE | uharfbuzz.SubsetFlags.NOTDEF_OUTLINE

_NOT_MAPPED = frozenset("\0\ufeff\ufffe")
"""Characters that a PDF's map back to Unicode must not hold (ISO 14289-1, 7.21.7): treated as missing in every face."""

_BLANK_CATEGORIES = ("Zs", "Zl", "Zp", "Cc", "Cf")
_BLANK_ALTHOUGH_LETTERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
_VARIATION_SELECTORS = (("\ufe00", "\ufe0f"), ("\U000e0100", "\U000e01ef"))

_HINT = "请在版式的 style.yaml 里换一个字体文件"


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
        check_file(path)
        self.path = path
        self._face = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(path))
        self._font = uharfbuzz.Font(self._face)
        if not self._face.unicodes:
            raise FontError("字体文件 {file} 没有 Unicode 字符映射表", _HINT, file=path.name)
        self._scale = 1000 / self._face.upem
        self.bbox = self._scaled(">4h", "head", 36)
        extents = ("OS/2", 68) if self._face.reference_table("OS/2") else ("hhea", 4)
        self.ascent, self.descent = self._scaled(">2h", *extents)
        self.widths = Widths(self)
        self._glyphs: dict[str, int] = {}

    def has(self, char: str) -> bool:
        """Return whether the face has a glyph for ``char``.

        Raises:
            FontError: the glyph is empty and ``char`` is no blank.
        """
        return char in self.widths or bool(self._glyphs.get(char) or self._glyph(char))

    def glyph(self, char: str) -> int:
        """Return the number of the glyph of ``char``; a character that the face lacks is a ``KeyError``.

        Raises:
            FontError: the glyph is empty and ``char`` is no blank.
        """
        glyph = self._glyphs.get(char)
        if glyph is None:
            glyph = self._glyphs[char] = self._glyph(char)
        if not glyph:
            raise KeyError(char)
        return glyph

    def advance(self, glyph: int) -> float:
        """Return the advance width of a glyph."""
        return float(self._font.get_glyph_h_advance(glyph) * self._scale)

    def subset(self, chars: Collection[str]) -> tuple[bytes, Mapping[int, int]]:
        """Return a TrueType file of the glyphs of ``chars`` (with 0, the missing glyph), and its glyph numbers.

        The numbers are by those of the face.

        Raises:
            FontError: the face is damaged.
            KeyError: the face lacks one of the characters.
        """
        glyphs = {self.glyph(char) for char in chars}
        try:
            file, numbers = self._subset(chars, ())
            # A glyph may have been found by another way than its character's own number, as in an old symbol face.
            return (file, numbers) if glyphs <= numbers.keys() else self._subset((), glyphs)
        except RuntimeError as error:
            raise self._damaged() from error

    def _subset(self, chars: Iterable[str], glyphs: Iterable[int]) -> tuple[bytes, Mapping[int, int]]:
        """Return a subset of characters or of glyphs; the first takes half the time, for the same file."""
        options = uharfbuzz.SubsetInput()
        options.flags = _SUBSET_FLAGS
        options.unicode_set.update(map(ord, chars))
        options.glyph_set.update(glyphs)
        options.drop_table_tag_set.clear()
        options.drop_table_tag_set.update([int.from_bytes(tag.encode("ascii")) for tag in _KEPT])
        options.drop_table_tag_set.invert()
        plan = uharfbuzz.SubsetPlan(self._face, options)
        return plan.execute().blob.data, dict(plan.old_to_new_glyph_mapping.items())

    def _glyph(self, char: str) -> int:
        """Return the number of the glyph of ``char``, 0 if the face lacks it.

        Raises:
            FontError: the glyph has no outline and ``char`` is no blank: it would be invisible.
        """
        glyph: int | None = None if char in _NOT_MAPPED else self._font.get_nominal_glyph(ord(char))
        if not glyph:
            return 0
        extents = self._font.get_glyph_extents(glyph)
        if not (extents and extents.width and extents.height) and not _is_blank(char):
            message = "字体文件 {file} 里的“{char}”（U+{code}）是空的，印出来看不见；没有写出文件"
            raise FontError(message, _HINT, file=self.path.name, char=char, code=f"{ord(char):04X}")
        return glyph

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


def _is_blank(char: str) -> bool:
    """Return whether ``char`` is printed without ink."""
    return (
        unicodedata.category(char) in _BLANK_CATEGORIES
        or char in _BLANK_ALTHOUGH_LETTERS
        or any(first <= char <= last for first, last in _VARIATION_SELECTORS)
    )


@cache
def face_at(path: Path) -> TrueType:
    """Return the face in the file at ``path``, opened once in a process."""
    return TrueType(path)
