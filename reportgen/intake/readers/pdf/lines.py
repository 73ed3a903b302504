"""Characters to lines of text, in any part of a page: which characters stand beside each other, where blanks belong."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .geometry import Area, Char, area_of

APART = 1.6
"""A gap of so many ems in a line divides it into pieces that have nothing to do with each other."""
_GAP = 0.22
"""A gap of so many ems between Latin letters or digits is a blank."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters that stand beside each other without a large gap, from left to right."""

    chars: tuple[Char, ...]

    @property
    def area(self) -> Area:
        """The rectangle of its characters that are not blank."""
        return area_of([char for char in self.chars if not char.text.isspace()] or self.chars)

    @property
    def text(self) -> str:
        """The text, with its blanks, also before its first letter."""
        return text_of(self.chars)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text in its pieces."""

    pieces: tuple[Piece, ...]
    area: Area
    size: float
    bold: bool

    @property
    def text(self) -> str:
        """The text of all pieces, a blank between them."""
        return " ".join(piece.text.strip() for piece in self.pieces)


def rows_of(chars: Iterable[Char]) -> list[list[Char]]:
    """Return the characters by line, from top to bottom, each from left to right."""
    rows: list[list[Char]] = []
    middle, height = 0.0, 0.0
    for char in sorted(chars, key=lambda char: char.top + char.bottom):
        at, high = (char.top + char.bottom) / 2, char.bottom - char.top
        if rows and at - middle <= 0.45 * max(height, high, 1):
            rows[-1].append(char)
            if high >= height and not char.text.isspace():
                middle, height = at, high
        else:
            rows.append([char])
            middle, height = at, high
    for row in rows:
        row.sort(key=lambda char: char.left)
    return rows


def lines_of(chars: Iterable[Char]) -> list[Line]:
    """Return the lines of text, from top to bottom; lines of blanks are left out."""
    lines = []
    for row in rows_of(chars):
        pieces = tuple(piece for piece in _pieces(row) if piece.text.strip())
        if pieces:
            solid = [char for piece in pieces for char in piece.chars if not char.text.isspace()]
            wide = [char for char in solid if is_wide(char.text)] or solid
            size = sorted(char.size for char in wide)[len(wide) // 2]
            lines.append(Line(pieces, area_of(solid), size, sum(char.bold for char in solid) * 2 > len(solid)))
    return lines


def _pieces(row: Sequence[Char]) -> list[Piece]:
    """Return the pieces of a line; a row of blanks divides it as a gap does."""
    pieces: list[list[Char]] = [[]]
    end = None
    for char in row:
        if not char.text.isspace():
            if end is not None and char.left - end > APART * max(char.size, 4):
                pieces.append([])
            end = char.right if end is None else max(end, char.right)
        pieces[-1].append(char)
    return [Piece(tuple(_without_end(piece))) for piece in pieces]


def _without_end(chars: list[Char]) -> list[Char]:
    """Return characters without the blanks at their end."""
    while len(chars) > 1 and chars[-1].text.isspace():
        chars = chars[:-1]
    return chars


def is_wide(character: str) -> bool:
    """Whether a character is of Chinese script or punctuation, between which blanks mean nothing."""
    return character > "\u2e7f" or character in "“”‘’—…·"


def text_of(chars: Sequence[Char]) -> str:
    """Return the text of characters that stand beside each other, with a blank where Latin words are apart.

    The same character printed twice at the same place (an imitation of bold) counts once.
    """
    parts: list[str] = []
    before: Char | None = None
    for char in chars:
        if before is not None and not char.text.isspace():
            if char.text == before.text and abs(char.left - before.left) < 0.15 * max(char.size, 1):
                continue
            apart = char.left - before.right > _GAP * max(char.size, 1)
            if apart and not before.text.isspace() and not is_wide(char.text) and not is_wide(before.text):
                parts.append(" ")
        parts.append(char.text)
        before = char
    return "".join(parts)


def joined(lines: Iterable[str]) -> str:
    """Return the lines of one text as one: digits and Chinese go on without a blank, Latin words with one.

    >>> joined(["21,118.5", "1"]), joined(["行政", "运行"]), joined(["reportgen", "audit"])
    ('21,118.51', '行政运行', 'reportgen audit')
    """
    text = ""
    for line in lines:
        piece = line.strip() if text else line.rstrip()
        if (
            text
            and piece
            and text[-1].isalpha()
            and piece[0].isalpha()
            and not (is_wide(text[-1]) or is_wide(piece[0]))
        ):
            text += " "
        text += piece
    return text
