"""Relations of tables that list units, projects or purchases: the total and its rows, units and theirs, a row's sum.

Such tables do not say which rows the total is of: all others, those of the highest level, or those without any below.
A sum counts as the table's own if it holds in most columns (:func:`.relation.kept`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from .codes import Indents, indent_of
from .head import Column
from .relation import Relation, kept
from .relations import Amounts, PrintedRow, column_sums, label_of, sums_of_columns
from .table import RecognisedTable
from .words import is_total, plain, unnumbered

LISTS = ("units", "records", "function")
FIRST = 4
"""The first so many columns may have a code or a name."""
_CODE = re.compile("[0-9]{3,15}")
_NAMES = ("name", "unit", "project", "item_label", "purchase_kind", "purchase_item", "label")


def list_relations(table: RecognisedTable) -> Iterator[Relation]:
    """Yield the relations of a table of units, projects or purchases; none of tables that list 功能分类."""
    lists_codes = any(row.kind == "code" for row in table.rows)
    if table.kind.rows not in LISTS or lists_codes or table.grid is None or table.head is None:
        return
    rows = printed_rows(table)
    cells = Amounts(table, table.grid)
    columns = [column for column in table.head.columns if cells.is_amounts(column, rows)]
    rows = [row for row in rows if cells.any(row.number, columns)]
    yield from _total(rows, columns, cells)
    yield from kept([one for row in rows for one in _of(row, _below(row, rows), columns, cells)], fewest=2)
    across = [list(sums_of_columns(rows, total, parts, cells)) for total, parts in column_sums(columns)]
    if table.kind.rows == "units":  # a row or two, whose years and funds repeat the same sums
        together = [one for relations in across for one in relations]
        telling = [one for one in together if not one.is_zero]
        is_half = table.kind.key == "three_public" and sum(one.holds for one in telling) * 2 >= len(telling)
        yield from together if is_half else kept(together, fewest=2)
    else:
        for relations in across:
            yield from kept(relations)


def _total(rows: Sequence[PrintedRow], columns: Sequence[Column], cells: Amounts) -> Sequence[Relation]:
    """Return the sums of the total, of those rows of which most columns add up to it."""
    totals = [row for row in rows if row.kind == "total"]
    others = [row for row in rows if row.kind != "total"]
    if len(totals) != 1 or not others:
        return ()
    top = [row for row in others if not any(_is_below(row, other) for other in others)]
    leaves = [row for row in others if not any(_is_below(other, row) for other in others)]
    highest = min(row.level for row in others)
    outer = [row for row in others if row.level == highest]
    for parts in (others, top, leaves, outer):
        if found := kept(list(_of(totals[0], parts, columns, cells)), fewest=1):
            return found
    return ()


def _of(
    whole: PrintedRow, parts: Sequence[PrintedRow], columns: Sequence[Column], cells: Amounts
) -> Iterator[Relation]:
    for column in columns if parts else ():
        amount = cells.at(whole.number, column)
        below = tuple(part for row in parts if (part := cells.at(row.number, column)) is not None)
        if amount is not None and below:
            yield Relation("rows", whole.name, label_of(column), amount, below)


def _below(row: PrintedRow, rows: Sequence[PrintedRow]) -> list[PrintedRow]:
    """Return the rows directly below a row, by codes: of 234 are 234001 and 234002."""
    below = [one for one in rows if _is_below(one, row)]
    return [one for one in below if not any(_is_below(one, other) for other in below)]


def _is_below(row: PrintedRow, upper: PrintedRow) -> bool:
    return bool(upper.code) and len(row.code) > len(upper.code) and row.code.startswith(upper.code)


def printed_rows(table: RecognisedTable) -> list[PrintedRow]:
    """Return the rows of the body, each with its name, its code and its level by indent."""
    assert table.grid is not None
    assert table.head is not None
    grid = table.grid.cells
    first = [column.number for column in table.head.columns if column.meaning in _NAMES] or [
        column.number for column in table.head.columns[:FIRST]
    ]
    coded = _column_of_codes(table)
    names = {
        n: next((grid[n, c] for c in first if isinstance(grid.get((n, c)) and grid[n, c].value, str)), None)
        for n in table.numbers
    }
    indents = Indents(indent_of(cell) for cell in names.values() if cell is not None)
    found = []
    for number in table.numbers:
        texts = [grid[number, c] for c in range(1, FIRST + 1) if (number, c) in grid]
        if any(is_total(str(cell.value)) for cell in texts):
            found.append(PrintedRow(number, "合计", "", 0, kind="total"))
            continue
        cell, code = names[number], grid.get((number, coded)) if coded else None
        name = unnumbered(cell.value) if cell is not None else ""
        level = indents.level(indent_of(cell)) if cell is not None else 0
        found.append(PrintedRow(number, name, plain(code.value) if code is not None else "", level, kind="listed"))
    return found


def _column_of_codes(table: RecognisedTable) -> int:
    """Return the column of the codes of units, in which one code begins another; 0 if there is none."""
    assert table.grid is not None
    for column in range(1, FIRST + 1):
        cells = [table.grid.cells[n, column] for n in table.numbers if (n, column) in table.grid.cells]
        codes = {text for cell in cells if _CODE.fullmatch(text := plain(cell.value))}
        if any(len(a) > len(b) and a.startswith(b) for a in codes for b in codes):
            return column
    return 0
