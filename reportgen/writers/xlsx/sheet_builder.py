"""A worksheet that is filled from top to bottom."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ...tree.nodes import Align, Figure
from .cell_styles import CellStyle, CellStyles
from .cells import BLANK, text_content
from .markup import letters
from .row_heights import TALLEST, split_height

CellContent = tuple[int, str]
"""A cell: the index of its style and its content as :mod:`.cells` writes it."""


class NamedFigure(NamedTuple):
    """A figure on the sheet: its location in the document, and its row and column on the sheet (from 1)."""

    where: str
    figure: Figure
    row: int
    column: int


class BandText(NamedTuple):
    """One text of a band without rules, and the number of columns that it is merged over."""

    text: str
    columns: int
    align: Align


class SheetBuilder:
    """Writes rows of cells, one below the other, and collects the ranges to merge and the figures to name."""

    def __init__(self, cell_styles: CellStyles, widths: Sequence[float]) -> None:
        """Begin an empty sheet with columns of ``widths`` units."""
        self.cell_styles = cell_styles
        self.widths = tuple(widths)
        self.last = 0  # the number of the row written last
        self.height = 0.0  # points written so far
        self.figures: list[NamedFigure] = []
        self.rows: list[str] = []
        self.merged: list[str] = []
        self.page_starts: list[int] = []  # rows that begin a printed page
        self.continued: list[tuple[int, int, int]] = []  # row, first and last column of cells that go on from above
        self.digits: list[tuple[int, int]] = []  # rows and columns of texts that read as numbers
        self._letters = [letters(column) for column in range(1, len(widths) + 1)]

    def row(self, contents: Iterable[CellContent], height: float) -> None:
        """Write one sheet row of ``height`` points with a content for each column."""
        self.last += 1
        self.height += height
        number = self.last
        cells = [
            f'<c r="{letter}{number}" s="{style}"{content}'
            for letter, (style, content) in zip(self._letters, contents, strict=True)
        ]
        self.rows.append(f'<row r="{number}" ht="{height:g}" customHeight="1">{"".join(cells)}</row>')

    def merge(self, top: int, left: int, bottom: int, right: int) -> None:
        """Merge a range of cells (rows and columns from 1, all inclusive); a single cell stays as it is."""
        if (top, left) != (bottom, right):
            self.merged.append(f"{self._letters[left - 1]}{top}:{self._letters[right - 1]}{bottom}")

    def band(self, role: str, texts: Sequence[BandText], height: float) -> None:
        """Write texts side by side, without rules, each over its columns and as many rows as Excel needs."""
        styles = [self.cell_styles.index(CellStyle(role, text.align, boxed=False)) for text in texts]
        first = self.last + 1
        for number, row_height in enumerate(split_height(height, TALLEST)):
            contents: list[CellContent] = []
            for text, style in zip(texts, styles, strict=True):
                contents.append((style, BLANK if number else text_content(text.text)))
                contents += [(style, BLANK)] * (text.columns - 1)
            self.row(contents, row_height)
        column = 1
        for text in texts:
            self.merge(first, column, self.last, column + text.columns - 1)
            column += text.columns

    def digit_ranges(self) -> list[str]:
        """Return for each column that has texts that read as numbers the range from the first to the last of them."""
        rows: dict[int, list[int]] = {}
        for row, column in self.digits:
            rows.setdefault(column, []).append(row)
        letters = self._letters
        return [
            f"{letters[column - 1]}{min(rows[column])}:{letters[column - 1]}{max(rows[column])}"
            for column in sorted(rows)
        ]

    def continued_ranges(self) -> list[str]:
        """Return the ranges of cells that go on with the text of the cell above, with ``$`` as a name needs it."""
        letters = self._letters
        return [
            f"${letters[first - 1]}${row}:${letters[last - 1]}${row}" for row, first, last in sorted(self.continued)
        ]

    @property
    def corner(self) -> str:
        """Return the address of the last cell, with ``$`` before its column and its row."""
        return f"${self._letters[-1]}${self.last}"
