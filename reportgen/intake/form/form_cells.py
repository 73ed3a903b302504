"""Where each value of a document stands in the fill-in workbook that is made of it, without making the workbook."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ...recognise.grid import CellValue, Grid, GridCell, column_name
from .plan import FIRST_ROW, HEAD_ROW, TITLE_ROW, SheetPlan
from .read import read_form
from .rows import Row, filled_sheets
from .sheet_kinds import ValueSheet
from .values import cell_value

Cells = Mapping[str, str]


def form_cells(data: Mapping[str, Any], names: Mapping[str, tuple[str, ...]] | None = None) -> tuple[Cells, Cells]:
    """Return the cell of each value by its JSON pointer, and the empty cell of each value that is not there.

    Args:
        data: the document as plain values of JSON.
        names: as for :func:`.write.workbook`.
    """
    grids = tuple(_grid(plan, rows) for plan, rows, _ in filled_sheets(data, names or {}))
    read = read_form(grids, whole=False)
    return read.cells, read.blanks


def _grid(plan: SheetPlan, rows: Sequence[Row]) -> Grid:
    """Return a sheet as it would be read, without what is not filled in."""
    name = plan.sheet.name
    cells = {(row, column): GridCell(value, f"{name}!{column_name(column)}{row}")
             for row, column, value in _values(plan, rows)}  # fmt: skip
    return Grid(name, cells)


def _values(plan: SheetPlan, rows: Sequence[Row]) -> Iterator[tuple[int, int, CellValue]]:
    """Yield title, heads and content: row, column, value."""
    yield TITLE_ROW, 1, plan.sheet.title
    for number, column in enumerate(plan.sheet.columns, plan.first_input):
        yield HEAD_ROW, number, column.head
        for n, row in enumerate(rows):
            value, is_label = row.get(column.head), plan.labelled and number == plan.first_input
            if value is not None:
                filled = plan.sheet.values[n] if isinstance(plan.sheet, ValueSheet) else column
                yield FIRST_ROW + n, number, value if is_label else cell_value(filled, value)
