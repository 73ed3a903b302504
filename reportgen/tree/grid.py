"""Resolve spans for all writers: which origin cell covers which place of the grid.

Terms (as in ``docs/analysis/tables.md``): a *place* is a row and a column of the grid; the *origin* cell of
a place is the written cell that covers it; a place that is not the top left corner of its cell is *covered*.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import repeat
from typing import NamedTuple

from .nodes import Cell, Row


class SpanError(ValueError):
    """Cells overlap, leave a hole, or stick out of the grid. The message names the row and the column."""


class Placed(NamedTuple):
    """An origin cell and its top left place."""

    row: int
    column: int
    cell: Cell


def place(rows: Sequence[Row], columns: int) -> list[list[Placed]]:
    """Return the grid of ``rows``: one list per row with the cell that covers each of the ``columns`` places.

    Raises:
        SpanError: two cells meet in one place, a row has too few or too many cells, a span leaves the table.
    """
    grid: list[list[Placed | None]] = [[None] * columns for _ in rows]
    for r, (row, line) in enumerate(zip(rows, grid, strict=True)):
        c = 0
        for cell in row.cells:
            while c < columns and line[c] is not None:
                c += 1
            if c < columns and cell.rowspan == 1 and cell.colspan == 1:  # nearly every cell
                line[c] = Placed(r, c, cell)
            else:
                _cover(grid, Placed(r, c, cell), columns)
            c += cell.colspan
    return [_closed(line, r) for r, line in enumerate(grid)]


def starts(rows: Sequence[Row], columns: int) -> Sequence[Sequence[int]]:
    """Return the column in which each cell of each row begins, which is faster than :func:`place`.

    Raises:
        SpanError: as :func:`place`.
    """
    if all(map(is_plain, rows, repeat(columns))):
        return [range(columns)] * len(rows)
    grid = place(rows, columns)
    return [[c for c, placed in enumerate(line) if placed[:2] == (r, c)] for r, line in enumerate(grid)]


def is_plain(row: Row, columns: int) -> bool:
    """Whether a row has a cell for each of the ``columns`` and none spans anything, as in nearly every row."""
    return len(row.cells) == columns and all([cell.rowspan == 1 == cell.colspan for cell in row.cells])


def _cover(grid: list[list[Placed | None]], placed: Placed, columns: int) -> None:
    cell = placed.cell
    bottom, right = placed.row + cell.rowspan, placed.column + cell.colspan
    if bottom > len(grid) or right > columns or cell.rowspan < 1 or cell.colspan < 1:
        raise SpanError(f"row {placed.row + 1}, column {placed.column + 1}: cell {cell.text!r} leaves the table")
    for r in range(placed.row, bottom):
        for c in range(placed.column, right):
            if grid[r][c] is not None:
                raise SpanError(f"row {r + 1}, column {c + 1}: two cells meet, {cell.text!r} is one")
            grid[r][c] = placed


def _closed(line: list[Placed | None], row: int) -> list[Placed]:
    closed = [placed for placed in line if placed is not None]
    if len(closed) < len(line):
        raise SpanError(f"row {row + 1}, column {line.index(None) + 1}: no cell covers this place")
    return closed
