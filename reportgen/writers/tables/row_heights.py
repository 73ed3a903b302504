"""Heights of rows that cells over several rows need."""

from __future__ import annotations

from collections.abc import Iterable
from math import inf
from typing import NamedTuple


class TallCell(NamedTuple):
    """A cell over several rows: its first row (from 0), the number of its rows, the height it needs."""

    row: int
    rows: int
    height: float


def spread_tall_cells(heights: list[float], cells: Iterable[TallCell], highest: float = inf) -> None:
    """Raise ``heights`` in place until every cell has the height it needs; no row grows above ``highest``.

    Cells over few rows come first. What a cell lacks is added to all its rows in equal shares.

    >>> heights = [10.0, 10.0, 10.0]
    >>> spread_tall_cells(heights, [TallCell(0, 3, 60.0), TallCell(1, 2, 30.0)])
    >>> [round(height, 2) for height in heights]
    [16.67, 21.67, 21.67]
    """
    for cell in sorted(cells, key=lambda cell: cell.rows):
        covered = range(cell.row, cell.row + cell.rows)
        missing = cell.height - sum(heights[row] for row in covered)
        if missing > 0:
            for row in covered:
                heights[row] = min(highest, heights[row] + missing / cell.rows)
