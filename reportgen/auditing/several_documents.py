"""Say that a file holds several disclosures: what one says is no measure for the other."""

from __future__ import annotations

from collections.abc import Sequence

from ..core.finding import Finding, Place, Severity
from ..recognise.table import RecognisedTable
from .report import AuditFinding

CORE = ("balance", "revenue", "expenditure", "appropriation_balance", "general_public", "three_public")
"""Tables that a disclosure has once."""
FEWEST = 4
"""So many of them stand twice in a file with several disclosures."""
WITHIN = frozenset((
    "AU101", "AU102", "AU103", "AU108", "AU110", "AU111", "AU112", "AU113", "AU114", "AU119", "AU120", "AU122",
    "AU123", "AU125", "AU190", "AU191", "AU193", "AU195",
))  # fmt: skip
"""What is held within one table or one sentence."""


def several_documents(tables: Sequence[RecognisedTable]) -> AuditFinding | None:
    """Return what is said of a file with several disclosures, None for one."""
    of_kind = {kind: [table for table in tables if table.kind.key == kind] for kind in CORE}
    twice = [found for found in of_kind.values() if len(found) > 1]
    if len(twice) < FEWEST:
        return None
    message = "文件里像是有几份公开的文件：{tables}各有几张"
    values = {"tables": "、".join(found[0].kind.name for found in twice)}
    where = tuple(Place(printed=table.title, cell=table.title_place) for table in twice[0])
    hint = "拆成一份一份的再审核：表与表、文字与表没有核对"
    return AuditFinding(Finding("AU194", Severity.WARNING, message, where, hint, values), "likely")


def of_several(findings: Sequence[AuditFinding], said: AuditFinding) -> list[AuditFinding]:
    """Return what is wrong within single tables and sentences, after what is ``said`` of the file."""
    return [said, *(one for one in findings if one.finding.code in WITHIN)]
