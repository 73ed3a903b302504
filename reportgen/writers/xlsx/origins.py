"""The written cells of a table, each once, with what widths, heights and content ask of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ...tree.grid import Placed
from ...tree.nodes import Cell, Figure, Row, RowRole

_TEXT_ROLES: dict[RowRole, str] = {"head": "table-head", "number": "table-number", "total": "table-total"}


class Origin(NamedTuple):
    """A written cell: its top left place (from 0), the text role it is set in, its text.

    ``figure`` is the figure that the cell consists of, or None where it holds words, several runs or nothing.
    """

    row: int
    column: int
    cell: Cell
    role: str
    text: str
    figure: Figure | None


def origins(rows: Sequence[Row], grid: Sequence[Sequence[Placed]]) -> list[Origin]:
    """The written cells of ``rows``, line by line from left to right, as :func:`place` laid them out."""
    found = []
    for r, line in enumerate(grid):
        role = text_role(rows[r].role)
        for c, placed in enumerate(line):
            if placed.row == r and placed.column == c:
                found.append(_origin(placed, role))
    return found


def text_role(role: RowRole) -> str:
    """The text role of the style in which the cells of a row are set."""
    return _TEXT_ROLES.get(role, "table-cell")


def _origin(placed: Placed, role: str) -> Origin:
    runs = placed.cell.runs
    only = runs[0] if len(runs) == 1 else None
    text = only.text if only else placed.cell.text
    figure = only if isinstance(only, Figure) else None
    return Origin(placed.row, placed.column, placed.cell, role, text, figure)
