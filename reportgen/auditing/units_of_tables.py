"""Hold the unit line of each table against what else the document prints: 万元 in the place of 元, or the reverse."""

from __future__ import annotations

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

The total of a table is enough if none of its figures is met in its own unit.
"""


def check_units(tables: Sequence[RecognisedTable], statements: Iterable[Statement]) -> Iterator[AuditFinding]:
    """Yield a finding for each table whose figures the rest prints ten thousand times larger or smaller.

    The figures of a table are those of others, and of sentences, as amounts. If in its own unit hardly one is met
    elsewhere, and in the other unit most are, its unit line is wrong.
    """
    said = {amount.value for one in statements for part in one.all() if (amount := part.amount) is not None}
    own = {id(table): set(_amounts(table)) for table in tables if table.unit in OTHER}
    wrong = [table for table in tables if _is_wrong(table, own, said)]
    if len(wrong) > 1 and 2 * len(wrong) >= len(own):
        return  # the tables are two halves of the document in two units; none of them is known to be wrong
    for table in wrong:
        message = "“{table}”的单位写“{unit}”，表里的数和别处以“{other}”为单位的数一样"
        values = {"table": table.kind.name, "unit": table.unit, "other": OTHER[table.unit]}
        place = Place(printed=table.title, cell=table.unit_place or table.title_place)
        yield AuditFinding(Finding("AU126", Severity.ERROR, message, (place,), "核对表的金额单位", values), "likely")


def _is_wrong(table: RecognisedTable, own: dict[int, set[Decimal]], said: set[Decimal]) -> bool:
    figures = own.get(id(table), set())
    if not figures:
        return False
    elsewhere = said.union(*(amounts for key, amounts in own.items() if key != id(table)))
    factor = Decimal(UNITS[OTHER[table.unit]]) / UNITS[table.unit]
    met = len(figures & elsewhere)
    met_otherwise = sum(figure * factor in elsewhere for figure in figures)
    if not met and any(total * factor in elsewhere for total in _amounts(table, totals=True)):
        return True
    many = met_otherwise >= FEWEST and met_otherwise >= SHARE * len(figures)
    return many and met <= STRAY * len(figures)


def _amounts(table: RecognisedTable, totals: bool = False) -> Iterator[Decimal]:
    for row in table.rows if not totals else [row for row in table.rows if row.kind in ("total", "unit")]:
        for amount in row.amounts.values():
            if _digits(amount.value) >= SIGNIFICANT - totals:
                yield amount.value


def _digits(value: Decimal) -> int:
    return len(value.normalize().as_tuple().digits)
