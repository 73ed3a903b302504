"""A worksheet that is filled from top to bottom."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ...tree.nodes import Align, Figure
from .cell_styles import Look, Looks
from .cells import BLANK, text
from .markup import letters
from .row_heights import TALLEST, pieces

Content = tuple[int, str]
"""A cell: the number of its look and its content as :mod:`.cells` writes it."""


class Named(NamedTuple):
    """A figure on the sheet: its place as the tree names it, and its cell (from 1)."""

    where: str
    figure: Figure
    row: int
    column: int


class Part(NamedTuple):
    """One text of a band without rules, and the number of columns that it is merged over."""

    text: str
    columns: int
    align: Align


class Paper:
    """Writes rows of cells, one below the other, and remembers what is to be merged."""

    def __init__(self, looks: Looks, widths: Sequence[float]) -> None:
        """Begin an empty sheet with columns of ``widths`` units."""
        self.looks = looks
        self.widths = tuple(widths)
        self.last = 0  # the number of the row written last
        self.height = 0.0  # points written so far
        self.figures: list[Named] = []
        self.rows: list[str] = []
        self.merged: list[str] = []
        self._letters = [letters(column) for column in range(1, len(widths) + 1)]

    def row(self, contents: Iterable[Content], height: float) -> None:
        """Write one sheet row of ``height`` points with a content for each column."""
        self.last += 1
        self.height += height
        number = self.last
        cells = [
            f'<c r="{letter}{number}" s="{look}"{content}'
            for letter, (look, content) in zip(self._letters, contents, strict=True)
        ]
        self.rows.append(f'<row r="{number}" ht="{height:g}" customHeight="1">{"".join(cells)}</row>')

    def merge(self, top: int, left: int, bottom: int, right: int) -> None:
        """Merge a range of cells (rows and columns from 1, all inclusive); a single cell stays as it is."""
        if (top, left) != (bottom, right):
            self.merged.append(f"{self._letters[left - 1]}{top}:{self._letters[right - 1]}{bottom}")

    def band(self, role: str, parts: Sequence[Part], height: float) -> None:
        """Write texts side by side, without rules, each over its columns and as many rows as Excel needs."""
        looks = [self.looks.number(Look(role, part.align, boxed=False)) for part in parts]
        first = self.last + 1
        for number, piece in enumerate(pieces(height, TALLEST)):
            contents: list[Content] = []
            for part, look in zip(parts, looks, strict=True):
                contents.append((look, BLANK if number else text(part.text)))
                contents += [(look, BLANK)] * (part.columns - 1)
            self.row(contents, piece)
        column = 1
        for part in parts:
            self.merge(first, column, self.last, column + part.columns - 1)
            column += part.columns

    @property
    def corner(self) -> str:
        """The address of the last cell, with ``$`` before its column and its row."""
        return f"${self._letters[-1]}${self.last}"
