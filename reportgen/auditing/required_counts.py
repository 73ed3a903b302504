"""Counts that final accounts state beside the amounts of “三公”: groups abroad, vehicles kept, receptions (AU127).

The form of 部门决算公开 asks for 因公出国（境）团组数和人数, 公务用车保有量, 国内公务接待批次和人次, in sentences or in
a table of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..budget.terms import OVERSEAS, RECEPTION, VEHICLE_OPERATION
from ..core.finding import Finding, Place, Severity
from ..recognise.blocks import ReadDocument, ReadTable
from ..recognise.prose.statement import Prose, Statement
from .report import AuditFinding

COUNTED = {
    f"three_public.{OVERSEAS.key}": (
        "团组数和人数",
        re.compile("[0-9零]个?团|团组?(?:[（(]境[）)])?(?:数|[^。；]{0,6}[0-9零])"),
    ),
    f"three_public.{VEHICLE_OPERATION.key}": ("公务用车保有量", re.compile("保有")),
    f"three_public.{RECEPTION.key}": ("国内公务接待的批次和人次", re.compile("批次|批数|[0-9]批")),
}
"""Of each item: what is counted, and how a document says it."""


def missing_counts(read: ReadDocument, prose: Prose) -> Iterator[AuditFinding]:
    """Yield a finding for each item of “三公” in final accounts with an amount and without its counts."""
    spent: dict[str, Statement] = {}
    for statement in prose.all():
        if statement.amount is not None and statement.amount.value > 0:
            spent.setdefault(statement.subject.key, statement)
    said = "\n".join(_texts(read))
    for key, (counted, words) in COUNTED.items():
        found = spent.get(key)
        if found is not None and found.amount is not None and not words.search(said):
            values = {"name": found.subject.name, "amount": found.amount.text, "counted": counted}
            message, hint = "{name} {amount}，没有写明{counted}", "决算要写明数量；没有的写 0"
            where = (Place(cell=found.place),)
            yield AuditFinding(Finding("AU127", Severity.WARNING, message, where, hint, values), "likely")


def _texts(read: ReadDocument) -> Iterator[str]:
    for block in read.blocks:
        if isinstance(block, ReadTable):
            yield from (str(cell.value) for cell in block.grid.cells.values() if isinstance(cell.value, str))
        else:
            yield re.sub(r"\s", "", block.text)
