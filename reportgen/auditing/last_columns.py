"""The columns of last year in a table, as a table of their own: what it would show if last year were this year.

A table that prints 上年预算数 or 2025年执行数 beside this year's amounts is read again with these columns alone. So its
rows and columns mean what they mean in last year's document, and are held against it like any other table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ..recognise.grid import Grid, GridCell
from ..recognise.head import Column
from ..recognise.prose.statement import BaseOf
from ..recognise.recognise import recognise
from ..recognise.table import RecognisedTable
from ..recognise.words import plain

NAMING = frozenset({"code", "class", "section", "item", "name", "item_label", "unit", "unit_code", "project"})
"""Meanings of columns that say what a row is."""
_OTHER = re.compile("增减|比上?年|比20|结转|结余|%|比例|增长|下降|幅")
"""Words of labels above amounts that are not those of last year, although they name it."""
_SPENT = re.compile("执行|决算|完成")
TOTAL = "预算数"
"""The label of a column of amounts that has no other."""


def last_year_tables(tables: Sequence[RecognisedTable], year: int) -> Iterator[tuple[BaseOf, RecognisedTable]]:
    """Yield the columns of last year of each table, those of budgets and of what was spent apart.

    ``year`` is that of the document; with 0 only columns that say 上年 are found.
    """
    for table in tables:
        if table.grid is None or table.head is None:
            continue
        by_kind: dict[BaseOf, list[Column]] = {}
        for column in table.head.columns:
            if (kind := _kind(column, year)) is not None:
                by_kind.setdefault(kind, []).append(column)
        for kind, columns in by_kind.items():
            for found in recognise([_alone(table, table.grid, columns, year)], year).tables:
                if found.kind is table.kind:
                    yield kind, replace(found, title=table.title, title_place=table.title_place)


def _kind(column: Column, year: int) -> BaseOf | None:
    """Return what the amounts of a column are, if they are those of last year."""
    labels = [plain(label) for label in column.labels]
    if any(_OTHER.search(label) for label in labels) or not any(_names_last(label, year) for label in labels):
        return None
    if any(_SPENT.search(label) for label in labels):
        return "execution"
    return "budget" if any("预算" in label for label in labels) else ""


def _names_last(label: str, year: int) -> bool:
    return "上年" in label or "去年" in label or bool(year and re.search(f"{year - 1}(?![0-9])", label))


def _alone(table: RecognisedTable, grid: Grid, columns: Sequence[Column], year: int) -> Grid:
    """Return a grid without the amounts that are not in ``columns``; these have the labels that this year's have."""
    assert table.head is not None
    head = table.head
    own = {column.number for column in columns}
    kept = own | {one.number for one in head.columns if one.meaning.rpartition(".")[2] in NAMING}
    cells: dict[tuple[int, int], GridCell] = {}
    for (row, column), cell in grid.cells.items():
        if row < head.top or (column in kept and not head.top <= row <= head.bottom):
            cells[row, column] = cell
        elif head.top <= row <= head.bottom and (column in kept or _reaches(grid, row, column, own)):
            cells[row, column] = replace(cell, value=_label(cell, year)) if column not in kept - own else cell
    return replace(grid, cells={place: cell for place, cell in cells.items() if cell.value != ""})


def _reaches(grid: Grid, row: int, column: int, columns: set[int]) -> bool:
    """Whether a merged cell reaches over one of the columns."""
    spans = (one for one in grid.merged if one[:2] == (row, column))
    return any(left <= number <= right for _, left, _, right in spans for number in columns)


def _label(cell: GridCell, year: int) -> str:
    """Return a label without the year that it names: 上年执行数 is 预算数, 2025年基本支出 is 基本支出."""
    label = plain(cell.value)
    if not _names_last(label, year):
        return str(cell.value)
    rest = re.sub(rf"上年度?|去年度?|{year - 1}年?度?|年初|调整", "", label)
    return (
        TOTAL if re.fullmatch("(?:预算|执行|决算|完成)?数?", rest) else re.sub("(?:预算|执行|决算|完成)数?", "", rest)
    )
