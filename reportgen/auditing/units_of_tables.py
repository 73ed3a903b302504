"""Hold the unit line of each table against what else the document prints: 万元 in the place of 元, or the reverse."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from ..core.finding import Finding, Place, Severity
from ..recognise.prose.statement import Statement
from ..recognise.table import UNITS, RecognisedTable
from .report import AuditFinding

OTHER = {"元": "万元", "万元": "元"}
SIGNIFICANT = 3
"""Digits from which on a figure is no chance to be met elsewhere."""
FEWEST, SHARE, STRAY = 2, Decimal("0.5"), Decimal("0.2")
"""So many figures, and what share of a table's, have to be met in the other unit, and how few in its own.

The total of a table is enough if none of its figures is met in its own unit; so are two codes whose amounts, however
round, other tables have under the same codes.
"""


def check_units(tables: Sequence[RecognisedTable], statements: Iterable[Statement]) -> Iterator[AuditFinding]:
    """Yield a finding for each table whose figures the rest prints ten thousand times larger or smaller.

    The figures of a table are those of others, and of sentences, as amounts. If in its own unit hardly one is met
    elsewhere, and in the other unit most are, its unit line is wrong.
    """
    said = {amount.value for one in statements for part in one.all() if (amount := part.amount) is not None}
    own = {id(table): set(_amounts(table)) for table in tables if table.unit in OTHER}
    wrong = [table for table in tables if id(table) in own and _is_wrong(table, tables, own, said)]
    if len(wrong) > 1 and 2 * len(wrong) >= len(own):
        return  # the tables are two halves of the document in two units; none of them is known to be wrong
    for table in wrong:
        message = "“{table}”的单位写“{unit}”，表里的数和别处以“{other}”为单位的数一样"
        values = {"table": table.kind.name, "unit": table.unit, "other": OTHER[table.unit]}
        place = Place(printed=table.title, cell=table.unit_place or table.title_place)
        yield AuditFinding(Finding("AU126", Severity.ERROR, message, (place,), "核对表的金额单位", values), "likely")


def _is_wrong(
    table: RecognisedTable, tables: Sequence[RecognisedTable], own: dict[int, set[Decimal]], said: set[Decimal]
) -> bool:
    factor = Decimal(UNITS[OTHER[table.unit]]) / UNITS[table.unit]
    if _codes_are_met(table, tables, factor):
        return True
    elsewhere = said.union(*(amounts for key, amounts in own.items() if key != id(table)))
    figures = own.get(id(table), set())
    if not figures:
        return False
    met = len(figures & elsewhere)
    met_otherwise = sum(figure * factor in elsewhere for figure in figures)
    if not met and any(total * factor in elsewhere for total in _amounts(table, totals=True)):
        return True
    many = met_otherwise >= FEWEST and met_otherwise >= SHARE * len(figures)
    return many and met <= STRAY * len(figures)


def _codes_are_met(table: RecognisedTable, tables: Sequence[RecognisedTable], factor: Decimal) -> bool:
    """Whether a table of the rarer unit has at least two codes whose amounts others have in the other unit only."""
    units = Counter(one.unit for one in tables if one.unit in OTHER and one.rows)
    if units[table.unit] >= units[OTHER[table.unit]]:
        return False
    own = _by_code(table)
    others = {one for other in tables if other is not table and other.unit in OTHER for one in _by_code(other)}
    met = {code for code, value in own if (code, value * factor) in others}
    return len(met) >= FEWEST and not own & others


def _by_code(table: RecognisedTable) -> set[tuple[str, Decimal]]:
    return {
        (row.key, amount.value)
        for row in table.rows
        if row.kind == "code"
        for amount in row.amounts.values()
        if amount.value
    }


def _amounts(table: RecognisedTable, totals: bool = False) -> Iterator[Decimal]:
    for row in table.rows if not totals else [row for row in table.rows if row.kind in ("total", "unit")]:
        for amount in row.amounts.values():
            if _digits(amount.value) >= SIGNIFICANT - totals:
                yield amount.value


def _digits(value: Decimal) -> int:
    return len(value.normalize().as_tuple().digits)
