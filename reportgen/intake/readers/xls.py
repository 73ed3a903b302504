"""Read a legacy workbook (.xls, and WPS's .et, which is the same) with xlrd: values, merged and hidden cells."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from ...core.errors import InputError
from ...recognise.grid import Grid, GridCell, column_name
from .package_check import MOST_CELLS
from .xlsx import plain_value

FORMULAS = "公式（{count} 格，读的是上次保存时算出的结果）"
FORMULA_RECORDS = frozenset({0x0006, 0x0206, 0x0406})
"""The records of a cell with a formula in BIFF 5 to 8, 3 and 4."""
_RECORD = struct.Struct("<HH")
_HINT = "在 Excel 或 WPS 里打开，另存为 .xlsx"


def read_xls(payload: bytes) -> tuple[tuple[Grid, ...], tuple[str, ...]]:
    """Return the sheets of a workbook. Of formulas the results are read; how many cells have one is known, not which.

    Raises:
        InputError: it is damaged or too large.
    """
    import xlrd  # few runs need it

    try:
        book = xlrd.open_workbook(file_contents=payload, formatting_info=True, logfile=io.StringIO())
        sheets = [book.sheet_by_index(n) for n in range(book.nsheets)]
    except MemoryError:
        raise
    except Exception as error:  # xlrd raises many kinds for a damaged file, assertions among them
        raise InputError("工作簿损坏或有密码，读不了", _HINT) from error
    if sum(sheet.nrows * sheet.ncols for sheet in sheets) > MOST_CELLS:
        raise InputError("工作簿的单元格（含合并的）多于 {most} 个，没有读", _HINT, most=str(MOST_CELLS))
    count = _formulas(payload)
    return tuple(_grid(book, sheet, xlrd) for sheet in sheets), (FORMULAS.format(count=count),) if count else ()


def _formulas(payload: bytes) -> int:
    """Return how many cells have a formula: the records of the workbook's stream that begin one."""
    from xlrd.compdoc import CompDoc

    try:
        document = CompDoc(payload, logfile=io.StringIO())
        streams = (document.locate_named_stream(name) for name in ("Workbook", "Book"))
        stream, at, size = next((found for found in streams if found[0]), (b"", 0, 0))
    except Exception:  # xlrd has read the workbook, but not by way of its compound document
        return 0
    count, end = 0, at + size
    while stream and at + _RECORD.size <= end:
        kind, length = _RECORD.unpack_from(stream, at)
        count += kind in FORMULA_RECORDS
        at += _RECORD.size + length
    return count


def _grid(book: Any, sheet: Any, xlrd: Any) -> Grid:
    cells = {(row + 1, column + 1): cell for row, column, cell in _cells(book, sheet, xlrd)}
    merged = tuple((top + 1, left + 1, bottom, right) for top, bottom, left, right in sheet.merged_cells)
    return Grid(sheet.name, cells, merged, sheet.visibility != 0)


def _cells(book: Any, sheet: Any, xlrd: Any) -> Iterator[tuple[int, int, GridCell]]:
    rows = {number for number, line in sheet.rowinfo_map.items() if line.hidden}
    columns = {number for number, line in sheet.colinfo_map.items() if line.hidden}
    for row in range(sheet.nrows):
        for column in range(sheet.ncols):
            cell = sheet.cell(row, column)
            if cell.ctype in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK) or cell.value == "":
                continue
            place = f"{sheet.name}!{column_name(column + 1)}{row + 1}"
            hidden = row in rows or column in columns
            indent = book.xf_list[cell.xf_index].alignment.indent_level
            if cell.ctype == xlrd.XL_CELL_ERROR:
                text = xlrd.error_text_from_code.get(cell.value, "#?")
                yield row, column, GridCell(text, place, indent, hidden, problem="error")
            else:
                percent = "%" in book.format_map[book.xf_list[cell.xf_index].format_key].format_str
                value = plain_value(_value(book, cell, xlrd))
                yield row, column, GridCell(value, place, indent, hidden, percent=percent)


def _value(book: Any, cell: Any, xlrd: Any) -> Any:
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(cell.value)
    if cell.ctype == xlrd.XL_CELL_DATE:
        try:
            return datetime(*xlrd.xldate_as_tuple(cell.value, book.datemode))
        except (ValueError, xlrd.xldate.XLDateError):  # a time without a day, or a day that no calendar has
            return cell.value
    return cell.value
