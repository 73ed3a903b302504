"""Which columns of a table are compared together, and on which row a cell over several rows is compared."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate, pairwise

from ..tree.locations import TableCells
from ..tree.nodes import Table

Columns = tuple[int, ...]
CellKey = tuple[int, int]
"""Row and column of a cell's origin on the grid of the table's body, from 0."""


def merged_columns(cells: TableCells) -> set[int]:
    """Return the columns that have a cell over several rows."""
    return {c for line in cells.grid for c, placed in enumerate(line) if placed.cell.rowspan > 1}


def column_lists(table: Table, merged: set[int]) -> list[Columns]:
    """Return the columns of each list in a table.

    Lists side by side are as the layout has them. Where columns are ``merged`` over rows (a project over its
    indicators), these columns are one list, and so is each run of other columns between them.
    """
    if table.panels:
        edges = list(accumulate(table.panels, initial=0))
        return [tuple(range(start, stop)) for start, stop in pairwise(edges)]
    return [tuple(columns) for columns in _around_merged(len(table.columns), merged)]


def _around_merged(count: int, merged: set[int]) -> Iterator[list[int]]:
    if merged:
        yield sorted(merged)
    current: list[int] = []
    for c in range(count):
        if c not in merged:
            current.append(c)
        elif current:
            yield current
            current = []
    if current:
        yield current


def compared_rows(cells: TableCells, columns: Columns, kept_rows: set[int]) -> dict[CellKey, int]:
    """Return the row on which each cell is compared: its first row, or, if that is removed, the first one kept."""
    rows: dict[CellKey, int] = {}
    for r, line in enumerate(cells.grid):
        for column in columns:
            key = (line[column].row, column)
            is_better = key not in rows or (rows[key] not in kept_rows and r in kept_rows)
            if line[column].column == column and is_better:
                rows[key] = r
    return rows
