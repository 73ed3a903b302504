"""The origin cells of a table, each once, with what widths, heights and contents are computed from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ...tree.grid import starts
from ...tree.nodes import Cell, Figure, Row
from ..tables.roles import text_role


class OriginCell(NamedTuple):
    """An origin cell: its top left place (from 0), the text role it is set in, its text.

    ``figure`` is the figure that the cell consists of, or None where it holds text, several runs or nothing.
    """

    row: int
    column: int
    cell: Cell
    role: str
    text: str
    figure: Figure | None


def origin_cells(rows: Sequence[Row], columns: int) -> list[OriginCell]:
    """Return the origin cells of ``rows``, row by row from left to right, on a grid of so many ``columns``.

    Raises:
        SpanError: they do not fill it, or overlap.
    """
    cells = []
    for r, (row, begun) in enumerate(zip(rows, starts(rows, columns), strict=True)):
        role = text_role(row.role)
        cells += [_origin(r, column, cell, role) for column, cell in zip(begun, row.cells, strict=True)]
    return cells


def _origin(row: int, column: int, cell: Cell, role: str) -> OriginCell:
    runs = cell.runs
    only = runs[0] if len(runs) == 1 else None
    text = only.text if only else cell.text
    figure = only if isinstance(only, Figure) else None
    return OriginCell(row, column, cell, role, text, figure)
