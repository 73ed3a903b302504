"""Sums inside a balance (收支总表) by the numbers of its labels: 一、 is 1、 and 2、, 本年合计 is 一、 and 二、.

They need no label to be known: each list is a column of labels and the columns of amounts to its right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .grid import Grid
from .relation import Relation, kept
from .relations import Amounts
from .table import RecognisedTable, StatedAmount
from .words import is_part, plain

_NUMBERS = (
    re.compile("[一二三四五六七八九十]{1,3}[、.]"),
    re.compile(r"\([一二三四五六七八九十]{1,3}\)"),
    re.compile(r"[0-9]{1,2}[、.](?![0-9])"),
    re.compile(r"\([0-9]{1,2}\)"),
)
_LINE_NUMBERS = re.compile("行次|序号|栏次")
_SUBTOTAL = re.compile("本年(?:收入|支出)?(?:合计|小计)|(?:收入|支出)合计")
_TOTAL = re.compile("(?:收入|支出)?总计")
FEWEST_LINES = 3
"""Labels of a list."""
_ENDS_WITH_FIGURE = re.compile(r"[0-9]\.[0-9]{2}$")


@dataclass(frozen=True, slots=True)
class _Line:
    """A row of one list: its row in the grid, its label without blanks, how it is numbered (-1: not)."""

    row: int
    label: str
    style: int


def balance_sums(table: RecognisedTable) -> Iterator[Relation]:
    """Yield the sums of each list of a balance, where most of them hold."""
    if table.kind.rows != "panels" or table.grid is None:
        return
    amounts = Amounts(table, table.grid)
    columns = sorted({column for _, column in table.grid.cells})
    labelled = [column for column in columns if len(_lines(table.grid, table.numbers, column)) >= FEWEST_LINES]
    for number, column in enumerate(labelled):
        lines = _lines(table.grid, table.numbers, column)
        following = labelled[number + 1] if number + 1 < len(labelled) else columns[-1] + 1
        beside = [one for one in range(column + 1, following) if not _has_numbers(table.grid, table.numbers, one)]
        yield from kept([one for column in beside for one in _sums(lines, column, amounts)])


def _has_numbers(grid: Grid, numbers: Sequence[int], column: int) -> bool:
    """Whether a column has the numbers of the lines (行次)."""
    texts = [plain(grid.text(row, column)) for row in range(1, min(numbers, default=1) + 1)]
    return any(_LINE_NUMBERS.fullmatch(text) for text in texts)


def _lines(grid: Grid, numbers: Sequence[int], column: int) -> list[_Line]:
    """Return the labels of a column, without parts (其中)."""
    cells = ((row, grid.cells[row, column]) for row in numbers if (row, column) in grid.cells)
    texts = ((row, plain(cell.value)) for row, cell in cells if isinstance(cell.value, str))
    return [_Line(row, text, _style(text)) for row, text in texts if re.search("[一-鿿]", text) and not is_part(text)]


def _style(label: str) -> int:
    return next((number for number, style in enumerate(_NUMBERS) if style.match(label)), -1)


def _sums(lines: Sequence[_Line], column: int, amounts: Amounts) -> Iterator[Relation]:
    """Yield the sums of one column; those of which a part is not read are left out."""
    subtotal = next((n for n, one in enumerate(lines) if _SUBTOTAL.fullmatch(one.label)), None)
    total = next((n for n, one in enumerate(lines) if _TOTAL.fullmatch(one.label)), None)
    body = lines[: subtotal if subtotal is not None else total]
    top = min((one.style for one in body if one.style >= 0), default=-1)
    for n, line in enumerate(body):
        if line.style >= 0:
            yield from _sum(line, _below(line, body[n + 1 :]), column, amounts)
    if subtotal is not None:
        yield from _sum(lines[subtotal], [one for one in body if one.style == top], column, amounts)
        if total is not None and total > subtotal:
            after = lines[subtotal + 1 : total]
            rest = [one for one in after if one.style < 0] or [one for one in after if one.style == top]
            yield from _sum(lines[total], [lines[subtotal], *rest], column, amounts)


def _below(line: _Line, after: Sequence[_Line]) -> list[_Line]:
    """Return the lines directly below one: those of the next style, up to one of its own or a higher one."""
    below: list[_Line] = []
    for one in after:
        if 0 <= one.style <= line.style:
            break
        if one.style >= 0:
            below.append(one)
    nearest = min((one.style for one in below), default=-1)
    return [one for one in below if one.style == nearest]


def _sum(whole: _Line, parts: Sequence[_Line], column: int, amounts: Amounts) -> Iterator[Relation]:
    found = amounts.in_column(whole.row, column)
    listed: list[StatedAmount] = []
    for part in parts:
        amount = amounts.in_column(part.row, column)
        if amount is None and _ENDS_WITH_FIGURE.search(part.label):
            return  # its figure stands in the cell of its label
        if amount is not None:
            listed.append(amount)
    if found is not None and listed:
        yield Relation("rows", whole.label, "", found, tuple(listed))
