"""Whether a table states another unit than its amounts are in: 元 under a line that says 万元, or the other way round.

All amounts of such a table are 10,000 times those of the others, so that each of its cells contradicts some other
one. It is said once, and the table is read in the unit that it is in, so that what else is wrong can be seen.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from ..core.finding import Finding, Severity
from ..core.money import exact
from .table import UNITS, RecognisedTable, StatedAmount, table_finding

LEAST = 1_000
"""元: smaller amounts are often alike by chance."""
USUAL = 2
CANDIDATES = ("元", "万元", "千元")
"""The units that a table may be in, and how many of them are usual. One amount is no sign of
another one: ten times is near."""
CLEAR = 100
"""How many times its rounding an amount must be to be known again."""
ENOUGH = 3
"""Amounts that tell the unit of a table whose largest is in no other one."""
FEN = Decimal("0.005")
"""What a figure with two decimals is rounded by, in its own unit."""


class _Amounts:
    """The amounts of tables, sorted; zero and small ones are left out."""

    def __init__(self, tables: Sequence[RecognisedTable], least: int = LEAST) -> None:
        every = (amount for table in tables for row in table.rows for amount in row.amounts.values())
        distinct = {amount.value: amount for amount in every if amount.value >= least}
        self.sorted = [distinct[value] for value in sorted(distinct)]
        self._values = [amount.value for amount in self.sorted]

    @property
    def largest(self) -> StatedAmount:
        return self.sorted[-1]

    def near(self, value: Decimal, rounding: Decimal) -> StatedAmount | None:
        """Return an amount that equals ``value`` but for rounding, which must be small beside it."""
        at = bisect_left(self._values, value)
        near = self.sorted[max(at - 1, 0) : at + 1]
        return next(
            (
                one
                for one in near
                if abs(one.value - value) <= rounding + one.rounding and value >= CLEAR * (rounding + one.rounding)
            ),
            None,
        )


@dataclass(frozen=True, slots=True)
class _Scaled:
    """A table that is in another unit than it says: an amount of it, the same one of another table, how many are so."""

    unit: str
    first: StatedAmount
    other: StatedAmount
    known: int


def in_own_unit(tables: Sequence[RecognisedTable], findings: list[Finding]) -> list[RecognisedTable]:
    """Return the tables, those in another unit than they say read in that unit; each of these is a finding."""
    result = list(tables)
    for _ in tables:
        found = _clearest(result)
        if found is None:
            break
        table, scaled = found
        findings.append(_finding(table, scaled))
        result[result.index(table)] = _converted(table, scaled.unit)
    return result


def _clearest(tables: Sequence[RecognisedTable]) -> tuple[RecognisedTable, _Scaled] | None:
    """Return the table of which most amounts show that it is in another unit than it says."""
    groups = _groups([table for table in tables if table.unit])
    best: tuple[RecognisedTable, _Scaled] | None = None
    for own in groups[1:]:
        reference = _Amounts([table for group in groups if group is not own for table in group])
        for table in own:
            scaled = _scaled(table, reference)
            if scaled is not None and (best is None or scaled.known > best[1].known):
                best = (table, scaled)
    return best


def _groups(tables: Sequence[RecognisedTable]) -> list[list[RecognisedTable]]:
    """Return the tables in groups of those that state the same amounts, the largest group first."""
    groups: list[list[tuple[RecognisedTable, _Amounts]]] = []
    for table in tables:
        own = _Amounts([table], 1)
        if own.sorted:
            tied = [group for group in groups if any(_tied(own, other) for _, other in group)]
            groups = [group for group in groups if group not in tied]
            groups.append([*(one for group in tied for one in group), (table, own)])
    return [[table for table, _ in group] for group in sorted(groups, key=len, reverse=True)]


def _tied(one: _Amounts, other: _Amounts) -> bool:
    """Whether the largest amount of one is in the other, or half of the amounts of the smaller one are."""
    pairs = ((one.largest, other), (other.largest, one))
    if any(amounts.near(largest.value, largest.rounding) is not None for largest, amounts in pairs):
        return True
    few, many = sorted((one, other), key=lambda amounts: len(amounts.sorted))
    shared = sum(many.near(amount.value, amount.rounding) is not None for amount in few.sorted)
    return 2 * shared >= len(few.sorted)


def _scaled(table: RecognisedTable, reference: _Amounts) -> _Scaled | None:
    """Return in which unit a table is, if its amounts are those of the others in that unit and not as they stand."""
    own = _Amounts([table], 1)
    same = sum(reference.near(one.value, one.rounding) is not None for one in own.sorted)
    for unit in CANDIDATES:
        yuan = UNITS[unit]
        factor, rounding = Decimal(yuan) / UNITS[table.unit], FEN * yuan
        large = [one for one in own.sorted if one.value * factor >= CLEAR * rounding]
        known = [(one, other) for one in large if (other := reference.near(one.value * factor, rounding)) is not None]
        enough = len(known) >= ENOUGH and 3 * len(known) >= len(large)
        largest = unit in CANDIDATES[:USUAL] and bool(known) and known[-1][0] is own.largest
        if unit != table.unit and known and len(known) > 3 * same and (enough or largest):
            return _Scaled(unit, *known[-1], len(known))
    return None


def _finding(table: RecognisedTable, scaled: _Scaled) -> Finding:
    times = UNITS[table.unit] / Decimal(UNITS[scaled.unit])
    message = (
        "“{sheet}”的金额都是别的表的 {times} 倍：写的是{stated}，实际是{unit}（如 {first}，别处是 {other}）"
        if times > 1
        else "“{sheet}”的金额都是别的表的 1/{times}：写的是{stated}，实际是{unit}（如 {first}，别处是 {other}）"
    )
    hint = "把这张表的“单位：{stated}”改成“单位：{unit}”，再导入一次"
    values = {
        "sheet": table.sheet.strip(), "stated": table.unit, "unit": scaled.unit,
        "times": f"{times if times > 1 else 1 / times:,f}",
        "first": exact(scaled.first.value, "元"), "other": exact(scaled.other.value, "元"),
    }  # fmt: skip
    places = (table.unit_place or table.title_place, scaled.first.place, scaled.other.place)
    return table_finding("XL149", Severity.ERROR, message, places, hint, **values)


def _converted(table: RecognisedTable, unit: str) -> RecognisedTable:
    factor = Decimal(UNITS[unit]) / UNITS[table.unit]
    rounding = Decimal(0) if unit == "元" else UNITS[unit] * FEN
    rows = tuple(
        replace(
            row,
            amounts={
                name: replace(amount, value=amount.value * factor, rounding=rounding)
                for name, amount in row.amounts.items()
            },
        )
        for row in table.rows
    )
    return replace(table, unit=unit, rows=rows)
