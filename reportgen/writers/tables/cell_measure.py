"""Estimated heights of cells and rows, in points."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...tree.grid import Placed
from ...tree.style import TableStyle
from . import estimate
from .row_heights import TallCell, spread_tall_cells

PlacedRows = Sequence[Sequence[Placed]]
"""For each row the cell at each of its columns."""


class CellMeasure:
    """Estimates heights of cells in one table, in points."""

    def __init__(self, fit: estimate.TableFit, table: TableStyle) -> None:
        """Estimate for the type and the columns of ``fit`` with the padding of ``table``."""
        self.fit, self.table = fit, table

    def text_width(self, placed: Placed) -> float:
        """Return the width a cell leaves for text."""
        cell = placed.cell
        full = self.fit.width(placed.column, cell.colspan) - 2 * self.table.pad_x
        return max(self.fit.size, full - cell.indent * self.fit.size)

    def surely_fits(self, text: str, page: float) -> bool:
        """Return whether ``text`` fits on ``page`` in the narrowest cell: a line holds a character or more."""
        return (len(text) * estimate.LINE_BREAK_LOSS + 1) * self.fit.leading + 2 * self.table.pad_y <= page

    def height(self, placed: Placed) -> float:
        """Return the height a cell needs to show all its text."""
        count = estimate.line_count(placed.cell.text, self.text_width(placed), self.fit.size)
        return count * self.fit.leading + 2 * self.table.pad_y

    def lines_in(self, height: float) -> int:
        """Return how many lines go into ``height``."""
        return int((height - 2 * self.table.pad_y) / self.fit.leading)


def row_heights(grid: PlacedRows, first: int, last: int, measure: CellMeasure, page: float) -> list[float]:
    """Return row heights at which every span of the band has room; none is above ``page``."""
    heights = [measure.table.row_height] * (last - first + 1)
    tall: list[TallCell] = []
    for r in range(first, last + 1):
        for placed in origins(grid, r):
            if placed.cell.rowspan > 1:
                tall.append(TallCell(placed.row - first, placed.cell.rowspan, measure.height(placed)))
            else:
                heights[r - first] = min(page, max(heights[r - first], measure.height(placed)))
    spread_tall_cells(heights, tall, highest=page)
    return heights


def origins(grid: PlacedRows, row: int) -> Iterator[Placed]:
    """Return the cells that begin in ``row``."""
    for column, placed in enumerate(grid[row]):
        if (placed.row, placed.column) == (row, column):
            yield placed
