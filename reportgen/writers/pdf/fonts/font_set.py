"""The fonts of a document: which of them prints a character, and how wide a text is.

A character is printed in the face of its role; if that lacks it, in the fallback face; if both lack it, the run stops
and names character and block, because an empty box on an official page is worse.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

from ....core.errors import TypesettingError
from ....tree.style import Face, Style
from ...fonts.truetype import face_at
from .font import Font


class MissingGlyph(TypesettingError):
    """Neither the role's face nor the fallback has a character. The message names it and its block."""


@dataclass(slots=True, eq=False)
class MeasuredText:
    """A text, the width of each of its characters (thousandths of the type size), and its fonts as (end, font) pairs.

    ``natural`` is the width of the whole text.
    """

    text: str
    widths: tuple[float, ...]
    fonts: tuple[tuple[int, Font], ...]
    natural: float


class FontSet:
    """The fonts of one document, made at first use."""

    def __init__(self, style: Style) -> None:
        """Make the set for a document in ``style``; no face is opened yet."""
        self._style = style
        self._fonts: dict[Face, Font] = {}
        self._measured: dict[str, dict[str, MeasuredText]] = {name: {} for name in style.faces}

    @property
    def used(self) -> list[Font]:
        """The fonts in which something is printed, in order of first use."""
        return [font for font in self._fonts.values() if font.codes]

    def measure(self, text: str, face: str, block_id: str) -> MeasuredText:
        """Measure ``text`` (without line breaks) in the style's face of that name.

        Raises:
            MissingGlyph: no face has one of its characters; the message names the block.
        """
        known = self._measured[face]
        measured = known.get(text)
        if measured is None:
            measured = self._measure(text.replace("\t", " "), self._font(self._style.faces[face]), block_id)
            known[text] = measured
        return measured

    def measured(self, face: str) -> Mapping[str, MeasuredText]:
        """Return the texts measured so far in the style's face of that name."""
        return self._measured[face]

    def _font(self, face: Face) -> Font:
        if face not in self._fonts:
            self._fonts[face] = Font(f"F{len(self._fonts) + 1}", face_at(face.file))
        return self._fonts[face]

    def _measure(self, text: str, font: Font, block_id: str) -> MeasuredText:
        try:
            widths = tuple(map(font.widths.__getitem__, text))
            return MeasuredText(text, widths, ((len(text), font),), sum(widths))
        except KeyError:  # the face of the role lacks a character
            fonts = [self._font_of(char, font, block_id) for char in text]
        stretches, end = [], 0
        for same_font, chars in groupby(fonts):
            end += len(list(chars))
            stretches.append((end, same_font))
        widths = tuple(char_font.widths[char] for char, char_font in zip(text, fonts, strict=True))
        return MeasuredText(text, widths, tuple(stretches), sum(widths))

    def _font_of(self, char: str, font: Font, block_id: str) -> Font:
        """Return ``font``, or the fallback font if only that has the character."""
        for candidate in (font, self._font(self._style.fallback)):
            if candidate.face.has(char):
                return candidate
        name = unicodedata.name(char, "no name")
        raise MissingGlyph(
            "{where}：没有一种字体有字符 {char}（U+{code}，{name}）",
            "请换成通用规范汉字表内的字，或在版式的 style.yaml 里换一种字体",
            where=block_id, char=repr(char), code=f"{ord(char):04X}", name=name,
        )  # fmt: skip
