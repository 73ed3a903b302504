"""Findings about sheets that were not read: no known table, or reading failed by an error of the program."""

from __future__ import annotations

import re
import traceback
from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import PurePath

from ..core.finding import Finding, Severity
from .cell_values import is_blank, read_amount
from .grid import Grid, GridCell
from .head import Rows
from .table import table_finding

FIGURES = 4
"""A sheet with so many figures and no known title is reported; with fewer it is prose."""
_CHART = re.compile(r"^图[0-9]|图$")


def broken_sheet(grid: Grid, error: Exception) -> Finding:
    """Return the finding about a sheet in which reading failed by an error of the program."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    message = "读“{sheet}”时程序出错（{kind}，{line}），这张表没有读完"
    hint = "这是程序的毛病，不是表的错：把这张表报告给开发者；急用的，取消表里的合并单元格再导入一次"
    name, line = grid.name.strip(), f"{PurePath(last.filename).name}:{last.lineno}"
    return table_finding("XL129", Severity.ERROR, message, name, hint, sheet=name, kind=type(error).__name__, line=line)


def unknown_sheet(rows: Rows) -> Iterator[Finding]:
    """Yield the finding about a grid with figures that is no known table."""
    cells = [cell for row in rows.numbers for cell in rows.by_row[row].values()]
    found = figures(cells)
    first = next((str(cell.value) for cell in cells if not is_blank(cell)), "")
    if len(found) < FIGURES or _CHART.search(first.strip()):
        return
    message = "没有认出“{sheet}”是哪张表，其中 {count} 个数字没有读入"
    hint = "表的标题要写全，如“2026年部门支出预算总表”；本来不用读入的，不必理会"
    values = {"sheet": rows.grid.name.strip(), "count": str(len(found))}
    yield table_finding("XL130", Severity.WARNING, message, found[0].place, hint, **values)


def figures(cells: Iterable[GridCell]) -> list[GridCell]:
    """Return the cells that hold numbers, as numbers or written as texts, other than 0."""
    return [cell for cell in cells if _is_figure(cell)]


def _is_figure(cell: GridCell) -> bool:
    if isinstance(cell.value, bool) or is_blank(cell):
        return False
    return isinstance(cell.value, int | Decimal) or read_amount(cell).value not in (None, "0")
