"""Check tables that print last year beside this year: the change is their difference, its rate that of last year.

Which columns are these is found in the table itself: a difference or a rate that most rows keep is the table's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from ..core.finding import Finding, Place, Severity
from ..core.money import rounded
from ..recognise.head import Column
from ..recognise.list_relations import printed_rows
from ..recognise.prose.rate import Interval, rate_between
from ..recognise.prose.statement import Printed
from ..recognise.relation import FEWEST, MOST, Relation, kept
from ..recognise.relations import Amounts, PrintedRow, label_of
from ..recognise.table import RecognisedTable, StatedAmount
from ..recognise.words import plain
from .report import AuditFinding

MOST_YEARS = 6
"""Columns that are tried as this year and last year, where no labels say which go together."""
_CHANGE = re.compile("增减|变动|变化|比上年|较上年|与上年|比20[0-9]{2}|较20[0-9]{2}|差额")
_RATE = re.compile("%|率|幅|百分比|比例")
_PERCENT = re.compile(r"[-+]?[0-9][0-9,]*(?:\.[0-9]+)?%?")


@dataclass(frozen=True, slots=True)
class Changes:
    """The columns of a table that go together: this year, last year, and the sums that they make with the change."""

    this: Column
    last: Column
    relations: tuple[Relation, ...]


def changes_of(table: RecognisedTable) -> Iterator[Changes]:
    """Yield the columns of this year, last year and a change that most rows of a table keep.

    Each relation says that this year is last year and the change. Under heads of several columns (of each “三公” item)
    those with one label go together.
    """
    if table.grid is None or table.head is None or table.kind.rows == "goals":
        return
    moved = [one for one in table.head.columns if _CHANGE.search(label_of(one)) and not _RATE.search(label_of(one))]
    if not moved:
        return
    rows, cells = printed_rows(table), Amounts(table, table.grid)
    columns = [column for column in table.head.columns if cells.is_amounts(column, rows)]
    years = [one for one in columns if not _CHANGE.search(label_of(one))]
    for change in (one for one in moved if one in columns):
        alike = [one for one in years if plain(one.labels[-1]) == plain(change.labels[-1])]
        candidates = alike if len(alike) > 1 else years[:MOST_YEARS]
        pairs = ((this, last) for last in candidates for this in candidates if this is not last)
        found = (Changes(*pair, tuple(kept(list(_sums(rows, *pair, change, cells))))) for pair in pairs)
        if (first := next((one for one in found if _tells(one.relations)), None)) is not None:
            yield first


def _sums(rows: Sequence[PrintedRow], this: Column, last: Column, change: Column, cells: Amounts) -> Iterator[Relation]:
    zero = StatedAmount(Decimal(0), "")
    for row in rows:
        amounts = [cells.at(row.number, column) for column in (this, last, change)]
        if any(one is not None and one.value for one in amounts):
            whole, *others = (one or zero for one in amounts)
            yield Relation("columns", row.name, label_of(this), whole, tuple(others))


def _tells(found: Sequence[Relation]) -> bool:
    """Whether something changed in some row: else any two equal columns would do, or one of zeros."""
    return any(one.holds and one.whole.value and all(part.value for part in one.parts) for one in found)


def rates_of(table: RecognisedTable, changes: Changes) -> Iterator[AuditFinding]:
    """Yield a finding for each rate of change that is not that of its row, where most rows have theirs."""
    assert table.grid is not None
    assert table.head is not None
    rows, cells = printed_rows(table), Amounts(table, table.grid)
    for column in table.head.columns:
        if not _RATE.search(label_of(column)) or not _CHANGE.search(label_of(column)):
            continue
        held = list(_rates(table, rows, column, changes, cells))
        right = sum(interval.has(rate) for _, rate, interval, _ in held)
        if right >= FEWEST and right >= MOST * len(held):
            yield from (_wrong_rate(table, *one) for one in held if not one[2].has(one[1]))


def _rates(
    table: RecognisedTable, rows: Sequence[PrintedRow], column: Column, changes: Changes, cells: Amounts
) -> Iterator[tuple[PrintedRow, Printed, Interval, str]]:
    """Yield the rate of each row, and those that its amounts allow."""
    assert table.grid is not None
    for row in rows:
        cell = table.grid.cells.get((row.number, column.number))
        this, last = cells.at(row.number, changes.this), cells.at(row.number, changes.last)
        rate = _percent(str(cell.value)) if cell is not None else None
        interval = rate_between(_as_printed(this), _as_printed(last)) if this and last else None
        if cell is not None and rate is not None and interval is not None:
            yield row, rate, interval, cell.place


def _as_printed(amount: StatedAmount) -> Printed:
    return Printed(amount.value, amount.rounding, "", "元")


def _percent(text: str) -> Printed | None:
    """Return a percentage of a cell, with or without its sign."""
    plain = text.strip().replace(" ", "").replace("％", "%")
    if not _PERCENT.fullmatch(plain):
        return None
    digits = plain.rstrip("%").replace(",", "")
    try:
        value = Decimal(digits)
    except InvalidOperation:
        return None
    decimals = len(digits.partition(".")[2])
    return Printed(value, Decimal(5).scaleb(-decimals - 1), plain, "%")


def _wrong_rate(table: RecognisedTable, row: PrintedRow, rate: Printed, interval: Interval, place: str) -> AuditFinding:
    middle = interval.middle if interval.middle is not None else interval.low
    right = rounded(middle.copy_sign(rate.value), len(rate.text.rstrip("%").partition(".")[2]))
    values = {"table": table.kind.name, "row": row.name, "rate": rate.text.rstrip("%"), "right": f"{right:f}"}
    message = "“{table}”「{row}」增减率印的是 {rate}%，应为 {right}%"
    severity = Severity.WARNING if interval.nearly(rate) else Severity.ERROR
    hint = "增减率 = 增减额 ÷ 上年数；核对这一行"
    return AuditFinding(Finding("AU110", severity, message, (Place(cell=place),), hint, values))
