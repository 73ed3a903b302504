"""A font of one PDF: a face and the codes under which its characters are printed."""

from __future__ import annotations

from ...fonts.truetype import TrueType


class Codes(dict[str, str]):
    """The codes of characters (four hexadecimal digits), numbered in order of first use; 0 is the missing glyph."""

    def __missing__(self, char: str) -> str:
        """Give ``char`` the next code."""
        code = self[char] = f"{len(self) + 1:04X}"
        return code


class ShownTexts(dict[str, str]):
    """Texts as string objects in the codes of a font; most texts of a table are printed more than once."""

    def __init__(self, codes: Codes) -> None:
        """Start without any text."""
        super().__init__()
        self._codes = codes

    def __missing__(self, text: str) -> str:
        """Encode ``text`` and keep the string."""
        string = self[text] = f"<{''.join(map(self._codes.__getitem__, text))}>"
        return string


class Font:
    """A face within one PDF, under its resource name.

    ``codes`` and ``shown`` hold the characters and texts printed so far. ``middle`` is the height of the middle of the
    face above the base line, in type sizes.
    """

    def __init__(self, name: str, face: TrueType) -> None:
        """Make a font of which nothing is printed yet."""
        self.name = name
        self.face = face
        self.widths = face.widths
        self.middle = (face.ascent + face.descent) / 2000
        self.codes = Codes()
        self.shown = ShownTexts(self.codes)
