"""Rows that are printed again right below themselves, in tables that print no codes of functions (AU108)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from ..core.finding import Finding, Place, Severity
from ..recognise.table import RecognisedRow, RecognisedTable
from .places import row_of
from .report import AuditFinding


def printed_twice(tables: Sequence[RecognisedTable], said: Sequence[AuditFinding]) -> Iterator[AuditFinding]:
    """Yield a finding for each row that repeats the one above it, where a sum above both counts it once.

    Rows of functions are left out: a 款 may stand again in the place of its 项. What is ``said`` of a row already is
    not said again.
    """
    rows_said = {row_of(place.cell) for one in said for place in one.finding.where if place.cell}
    for table in tables:
        if table.kind.rows in ("function", "panels", "goals"):
            continue
        for n, (first, second) in enumerate(pairwise(table.rows)):
            if _is_same(first, second) and _is_counted_once(table.rows, n) and row_of(second.place) not in rows_said:
                message = "“{table}”「{row}」印了两遍，只算一次才加得起来"
                values = {"table": table.kind.name, "row": second.name}
                places = (Place(cell=second.place),)
                yield AuditFinding(Finding("AU108", Severity.ERROR, message, places, "删去重复的一行", values))


def _is_same(first: RecognisedRow, second: RecognisedRow) -> bool:
    """Whether two rows with a name say the same; the row of the only unit below its total has another kind."""
    amounts = [{column: one.value for column, one in row.amounts.items()} for row in (first, second)]
    texts = [{name: text.value for name, text in row.texts.items()} for row in (first, second)]
    same = bool(first.name) and (first.kind, first.name, first.unit) == (second.kind, second.name, second.unit)
    return same and amounts[0] == amounts[1] and texts[0] == texts[1] and any(amounts[0].values())


def _is_counted_once(rows: Sequence[RecognisedRow], n: int) -> bool:
    """Whether a row above is the sum of the rows below it if that of number ``n + 1``, the second one, is left out."""
    columns = [column for column, amount in rows[n].amounts.items() if amount.value]
    for above in range(n - 1, -1, -1):
        shared = [column for column in columns if column in rows[above].amounts]
        if shared and all(_is_sum(rows, above, n, column) for column in shared):
            return True
    return False


def _is_sum(rows: Sequence[RecognisedRow], above: int, n: int, column: str) -> bool:
    whole = rows[above].amounts[column]
    total, rounding = Decimal(0), whole.rounding
    for number in range(above + 1, len(rows)):
        part = rows[number].amounts.get(column)
        if number != n + 1 and part is not None:
            total, rounding = total + part.value, rounding + part.rounding
        if number >= n and number != n + 1 and abs(total - whole.value) <= rounding:
            return True
    return False
