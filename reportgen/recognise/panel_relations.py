"""Sums of 类 and 款 on the side of expenditure of a balance (收支总表, 财政拨款收支总表)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile

from .cell_values import read_amount
from .grid import Grid
from .relation import Relation, kept
from .table import RecognisedRow, RecognisedTable


def panel_relations(table: RecognisedTable) -> Iterator[Relation]:
    """Yield the sums of 类 and 款 of the side of expenditure; its codes are known by their names only."""
    rows = [row for row in table.rows if row.side == "expenditure"]
    for column in dict.fromkeys(name for row in rows for name in row.amounts):
        known = [row for row in rows if column in row.amounts]
        yield from kept(list(_of_codes(table, known, column)), fewest=2)


def _of_codes(table: RecognisedTable, rows: Sequence[RecognisedRow], column: str) -> Iterator[Relation]:
    """Yield the relations of one column whose rows are all known: a row without a known label may be one of them.

    A code that is lower than the one before it was taken for that of another name.
    """
    assert table.grid is not None
    places = {cell.place: place for place, cell in table.grid.cells.items()}
    at = [places.get(row.amounts[column].place, (0, 0)) for row in rows]
    number = at[0][1]
    for n, row in enumerate(rows):
        below = _below(row, rows[n + 1 :])
        after = rows[n + 1 + len(below) :]
        last = at[n + 1 + len(below)][0] if after else at[-1][0] + 1
        misread = bool(after) and after[0].kind == "code" and after[0].key < row.key
        between = [r for r in table.numbers if at[n][0] < r < last and _has_amount(table.grid, r, number)]
        shortest = min((len(one.key) for one in below), default=0)
        parts = tuple(one.amounts[column] for one in below if len(one.key) == shortest)
        if parts and len(between) == len(below) and not misread:
            yield Relation("rows", f"{row.key} {row.name}", "", row.amounts[column], parts)


def _below(row: RecognisedRow, rows: Sequence[RecognisedRow]) -> list[RecognisedRow]:
    def is_below(one: RecognisedRow) -> bool:
        return one.kind == "code" and one.key.startswith(row.key) and one.key != row.key

    return list(takewhile(is_below, rows)) if row.kind == "code" else []


def _has_amount(grid: Grid, row: int, column: int) -> bool:
    cell = grid.cells.get((row, column))
    return cell is not None and read_amount(cell, "万元").value is not None
