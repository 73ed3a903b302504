"""What was asked of a face before: every document of a run asks for the same few thousand characters.

Kept as long as the face is; there are as many of each as the face has glyphs at most.
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .truetype import TrueType


class Widths(dict[str, float]):
    """Widths by character, filled as they are asked for; a character the face lacks is a ``KeyError``."""

    def __init__(self, face: TrueType) -> None:
        """The widths of ``face``."""
        super().__init__()
        self._face = face

    def __missing__(self, char: str) -> float:
        """The width of a character not asked for before."""
        width = self[char] = self._face.advance(self._face.glyphs[char])
        return width


class Numbers(dict[str, int]):
    """Glyphs by character, kept as :class:`Widths` are: every document that uses a character asks for its glyph."""

    def __init__(self, glyph_of: Mapping[int, int]) -> None:
        """The glyphs of a face."""
        super().__init__()
        self._glyph_of = glyph_of

    def __missing__(self, char: str) -> int:
        """The glyph of a character not asked for before."""
        glyph = self[char] = self._glyph_of[ord(char)]
        return glyph

    def has(self, char: str) -> bool:
        """Whether the face has the character."""
        return char in self or ord(char) in self._glyph_of


class Sums(dict[int, int]):
    """The sums of outlines (see :func:`word_sum`) by glyph."""

    def __init__(self, face: TrueType) -> None:
        """The outlines of ``face``."""
        super().__init__()
        self._face = face

    def __missing__(self, glyph: int) -> int:
        """The sum of an outline not asked for before."""
        total = self[glyph] = word_sum(self._face.outlines((glyph,))[0])
        return total


def word_sum(data: bytes) -> int:
    """The sum of ``data`` as big-endian words of 32 bits, filled up with zeros: what check sums of a face are made of.

    OpenType 1.9, "Calculating checksums", before the remainder is taken, so that sums of parts can be added.
    """
    words = array("I", data + bytes(-len(data) % 4))
    if sys.byteorder == "little":
        words.byteswap()
    return sum(words)
