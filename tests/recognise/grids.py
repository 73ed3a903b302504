"""Grids written down as rows of values, for tests."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from reportgen.recognise.grid import Grid, GridCell, column_name

LEFT, ABOVE = "<", "^"
"""In the place of a cell: it is merged with the one to the left, or above."""


def grid(rows: Sequence[Sequence[Any]], name: str = "表") -> Grid:
    """The grid of rows of values; None and "" are empty cells, a float is the decimal that it is written as."""
    cells: dict[tuple[int, int], GridCell] = {}
    corners: dict[tuple[int, int], list[int]] = {}
    owner: dict[tuple[int, int], tuple[int, int]] = {}
    for r, row in enumerate(rows, 1):
        for c, value in enumerate(row, 1):
            if value in (LEFT, ABOVE):
                corner = owner[(r, c - 1) if value == LEFT else (r - 1, c)]
                owner[r, c] = corner
                corners[corner] = [max(corners[corner][0], r), max(corners[corner][1], c)]
                continue
            owner[r, c], corners[r, c] = (r, c), [r, c]
            if value not in (None, ""):
                cells[r, c] = cell(value, f"{name}!{column_name(c)}{r}")
    merged = tuple((r, c, bottom, right) for (r, c), (bottom, right) in corners.items() if (bottom, right) != (r, c))
    return Grid(name, cells, merged)


def cell(value: Any, place: str) -> GridCell:
    if isinstance(value, dict):
        return GridCell(place=place, **value)
    return GridCell(Decimal(repr(value)) if isinstance(value, float) else value, place)
