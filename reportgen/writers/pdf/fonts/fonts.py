"""The typefaces of a document: which face prints a character, and how wide it is there.

A character is printed in the face of its role; where that lacks it, in the fallback face; where both lack
it, the run stops and says which character of which block it was: an empty box on an official page is worse.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from itertools import groupby

from ....core.errors import TypesettingError
from ....tree.style import Face, Style
from ...fonts.truetype import TrueType, face_at


class MissingGlyph(TypesettingError):
    """Neither the role's face nor the fallback has a character. The message names it and its block."""


class Codes(dict[str, str]):
    """The codes of a font's characters as the page prints them (four hex digits), dealt out in order of use."""

    def __missing__(self, char: str) -> str:
        """The next code, for a character not used before."""
        code = self[char] = f"{len(self) + 1:04X}"
        return code


class Shown(dict[str, str]):
    """Texts as strings of a page, in the codes of a font; in a table most texts are printed more than once."""

    def __init__(self, codes: Codes) -> None:
        """Nothing printed yet."""
        super().__init__()
        self._codes = codes

    def __missing__(self, text: str) -> str:
        """A text not printed before."""
        written = self[text] = f"<{''.join(map(self._codes.__getitem__, text))}>"
        return written


class Font:
    """A face within one document: its ``name`` among the pages' resources, and what was printed of it.

    ``codes`` are the characters used so far, ``shown`` the texts.
    """

    def __init__(self, name: str, face: TrueType) -> None:
        """``face`` under the resource name ``name``, nothing of it used yet."""
        self.name = name
        self.face = face
        self.widths = face.widths
        self.middle = (face.ascent + face.descent) / 2000
        self.codes = Codes()
        self.shown = Shown(self.codes)


@dataclass(slots=True, eq=False)
class Measured:
    """Text with the width of each character (thousandths of the size) and its fonts: (end, font) pairs.

    ``natural`` is the width of the whole text.
    """

    text: str
    widths: tuple[float, ...]
    fonts: tuple[tuple[int, Font], ...]
    natural: float


class Fonts:
    """The fonts of one document, made when first used."""

    def __init__(self, style: Style) -> None:
        """For a document in ``style``; no face is read yet."""
        self._style = style
        self._made: dict[Face, Font] = {}
        self._measured: dict[str, dict[str, Measured]] = {name: {} for name in style.faces}

    @property
    def used(self) -> list[Font]:
        """The fonts in which something was printed, in order of first use."""
        return [font for font in self._made.values() if font.codes]

    def measure(self, text: str, face: str, where: str) -> Measured:
        """``text`` (one line, no breaks) in the face of that role.

        Raises:
            MissingGlyph: no face has one of its characters; ``where`` (a block's id) goes into the message.
        """
        known = self._measured[face]
        measured = known.get(text)
        if measured is None:
            measured = self._measure(text.replace("\t", " "), self._font(self._style.faces[face]), where)
            known[text] = measured
        return measured

    def _font(self, face: Face) -> Font:
        if face not in self._made:
            self._made[face] = Font(f"F{len(self._made) + 1}", face_at(face.file))
        return self._made[face]

    def _measure(self, text: str, font: Font, where: str) -> Measured:
        try:
            widths = tuple(map(font.widths.__getitem__, text))
            return Measured(text, widths, ((len(text), font),), sum(widths))
        except KeyError:
            chosen = [self._font_of(char, font, where) for char in text]
        fonts, end = [], 0
        for one, same in groupby(chosen):
            end += len(list(same))
            fonts.append((end, one))
        widths = tuple(one.widths[char] for char, one in zip(text, chosen, strict=True))
        return Measured(text, widths, tuple(fonts), sum(widths))

    def _font_of(self, char: str, font: Font, where: str) -> Font:
        for one in (font, self._font(self._style.fallback)):
            if one.face.has(char):
                return one
        name = unicodedata.name(char, "no name")
        raise MissingGlyph(
            "{where}：没有一种字体有字符 {char}（U+{code}，{name}）",
            "请换成通用规范汉字表内的字，或在版式的 style.yaml 里换一种字体",
            where=where, char=repr(char), code=f"{ord(char):04X}", name=name,
        )  # fmt: skip
