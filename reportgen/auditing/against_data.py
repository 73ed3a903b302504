"""Hold everything printed against the canonical document it was made from (``--data``)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..budget.model import Budget
from ..core.finding import Finding, Place, Severity
from ..pipeline import BudgetSource, LayoutSource
from ..recognise.blocks import ReadDocument
from ..recognise.prose.statement import Prose
from ..recognise.publishers import is_short_for
from ..recognise.table import RecognisedTable
from ..recognise.words import plain
from .composed import compose_document
from .data_prose import HINT, hold_prose
from .held_grids import hold_grids
from .held_tables import HeldTables, Reference, Wording, Words, hold_tables
from .report import AuditFinding

ERROR = Severity.ERROR
WORDING = Wording(
    Words("AU130", ERROR, "“{table}”「{row}」印的是 {printed}，数据里是 {right}", HINT),
    Words("AU131", ERROR, "“{table}”印有「{row}」{printed}，数据里没有这一行", "核对这一行的编码和名称"),
    Words("AU132", ERROR, "“{table}”没有印出数据里的「{row}」{right}", "漏了一行，或这一行的编码、名称印错了"),
    Words(
        "AU134", ERROR, "“{table}”的 {count} 个数里有 {differing} 个与数据不同，没有逐个列出",
        "检查是不是这份文件的数据、同一个口径的表",
    ),
)  # fmt: skip


def hold_against_data(
    read: ReadDocument, tables: Sequence[RecognisedTable], prose: Prose, year: int, data: BudgetSource,
    layout: LayoutSource | None = None,
) -> HeldTables:  # fmt: skip
    """Return the findings, the cells that were held, and how many figures of sentences were.

    Args:
        read: the published document.
        tables: its recognised tables.
        prose: what its sentences say.
        year: its year, 0 where it is not known.
        data: the canonical document.
        layout: the layout to compose it with, by default its own.

    Raises:
        InputError: the data cannot be read or breaks the contract.
        UsageError, LayoutError: there is no such layout, or something in it is wrong.
    """
    composed = compose_document(data, layout)
    if other := list(_other_document(composed.prepared.budget, tables, year)):
        return HeldTables(other)
    held = hold_tables(tables, Reference(composed.tables, composed.places, composed.figures, WORDING))
    beyond = hold_grids([table.grid for table in read.tables()], composed, held.places, WORDING.differs)
    held.places |= beyond.places
    held.findings += beyond.findings
    sentences = hold_prose(list(read.paragraphs()), prose.statements, composed)
    held.findings += sentences.findings
    held.figures = sentences.figures
    return held


def _other_document(budget: Budget, tables: Sequence[RecognisedTable], year: int) -> Iterator[AuditFinding]:
    """Yield a finding if the data is of another year or department: then nothing else is held against it."""
    hint = "换成这份文件的数据（--data）"
    if year and year != budget.year:
        message, values = "数据是 {year} 年的，文件是 {found} 年的", {"year": str(budget.year), "found": str(year)}
        yield _other(message, hint, values, (Place("/year"),))
    known = {budget.department.name, budget.department.short_name, budget.department.line_name}
    known |= {unit.name for unit in budget.department.units}
    codes = {budget.department.code, *(unit.code for unit in budget.department.units)}
    stated = [table for table in tables if table.publisher]
    if stated and not any(table.publisher_code in codes or _is_of(table.publisher, known) for table in stated):
        message = "数据是“{name}”的，文件的表是“{found}”的"
        values = {"name": budget.department.name, "found": stated[0].publisher}
        yield _other(message, hint, values, (Place("/department/name"), Place(cell=stated[0].publisher_place)))


def _is_of(publisher: str, names: set[str | None]) -> bool:
    return any(name and (plain(name) == plain(publisher) or is_short_for(publisher, name)) for name in names)


def _other(message: str, hint: str, values: dict[str, str], where: tuple[Place, ...]) -> AuditFinding:
    return AuditFinding(Finding("AU135", Severity.ERROR, message, where, hint, values), "likely")
