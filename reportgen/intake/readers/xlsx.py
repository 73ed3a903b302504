"""Read an XLSX workbook with openpyxl: values, formulas without a value, merged and hidden cells."""

from __future__ import annotations

import io
import warnings
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from ...core.errors import InputError
from ...recognise.grid import CellValue, Grid, GridCell, column_name
from .package_check import check_package

LAST_COLUMN = 16_384
_DAMAGED, _SAVE_AGAIN = "工作簿损坏，读不了", "在 Excel 或 WPS 里打开，另存为新的 .xlsx"


def read_xlsx(payload: bytes) -> tuple[tuple[Grid, ...], tuple[str, ...]]:
    """Return the sheets of a workbook, and the names of what it carries that is never read.

    Raises:
        InputError: it is damaged, or reading it is not safe.
    """
    summary = check_package(payload)
    values = _opened(payload, data_only=True)
    formulas = _opened(payload, data_only=False) if summary.formulas else None
    if len(values.sheetnames) != summary.sheets:
        raise InputError(_DAMAGED, _SAVE_AGAIN)  # openpyxl passes over a sheet whose part is missing
    grids = tuple(_grid(sheet, formulas[sheet.title] if formulas else None) for sheet in values.worksheets)
    return grids, summary.ignored


def _opened(payload: bytes, data_only: bool) -> Any:
    from openpyxl import load_workbook  # slow to import, and few runs need it

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about parts that are not read
            return load_workbook(io.BytesIO(payload), data_only=data_only, keep_links=False)
    except MemoryError:
        raise
    except Exception as error:  # openpyxl raises many kinds for a damaged part
        raise InputError(_DAMAGED, _SAVE_AGAIN) from error


def _grid(sheet: Any, formulas: Any) -> Grid:
    hidden = _hidden_lines(sheet)
    sources = {} if formulas is None else formulas._cells
    cells = {
        at: found  # only cells that the file has: to ask the sheet for its rows would make all up to the farthest
        for at, cell in sheet._cells.items()
        if (found := _cell(cell, sources.get(at), sheet.title, hidden)) is not None
    }
    merged = tuple((r.min_row, r.min_col, r.max_row, r.max_col) for r in sheet.merged_cells.ranges)
    return Grid(sheet.title, cells, merged, sheet.sheet_state != "visible")


def _hidden_lines(sheet: Any) -> tuple[set[int], set[int]]:
    """Return the numbers of the hidden rows and columns; columns of one width are kept as a group."""
    rows = {number for number, line in sheet.row_dimensions.items() if line.hidden}
    columns = set[int]()
    for line in sheet.column_dimensions.values():
        if line.hidden:
            columns.update(range(line.min or 0, min(line.max or 0, LAST_COLUMN) + 1))
    return rows, columns


def _cell(cell: Any, source: Any, sheet: str, hidden: tuple[set[int], set[int]]) -> GridCell | None:
    formula = source is not None and source.data_type == "f"
    if cell.value is None and (not formula or cell.data_type == "str"):
        return None  # ``str`` without a value is a formula that came to an empty text
    place = f"{sheet}!{column_name(cell.column)}{cell.row}"
    out_of_sight = cell.row in hidden[0] or cell.column in hidden[1]
    indent = int(cell.alignment.indent or 0) if cell.has_style and cell.alignment else 0
    if cell.value is None:
        return GridCell(str(source.value) if source else "", place, indent, out_of_sight, True, "not calculated")
    if cell.data_type == "e":
        return GridCell(str(cell.value), place, indent, out_of_sight, formula, "error")
    percent = cell.data_type == "n" and "%" in cell.number_format
    return GridCell(plain_value(cell.value), place, indent, out_of_sight, formula, percent=percent)


def plain_value(value: Any) -> CellValue:
    """Return a value of a library as a cell holds it; a binary number becomes its shortest decimal.

    >>> plain_value(12.5), plain_value(3.0), plain_value("甲")
    (Decimal('12.5'), 3, '甲')
    """
    if isinstance(value, bool | int | str | Decimal):
        return value
    if isinstance(value, float):
        exact = Decimal(repr(value))
        return int(exact) if exact.is_finite() and exact == exact.to_integral_value() else exact
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else str(value)
