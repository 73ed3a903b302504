"""Hold the bases, in tables and sentences, against what was published last year (``--last``)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from ..core.errors import InputError
from ..core.finding import Finding, Place, Severity
from ..core.stored_data import read_regular
from ..intake.kinds import kind_of
from ..intake.readers.published import LARGEST, READABLE, read_document
from ..pipeline import BudgetSource, LayoutSource
from ..recognise.final_lines import is_final
from ..recognise.prose.statement import BaseOf, Printed, Prose, Statement
from ..recognise.recognise import recognise
from ..recognise.table import RecognisedTable
from .composed import compose_document
from .held_tables import HeldTables, Reference, Wording, Words, hold_tables
from .last_columns import last_year_tables
from .prose_tables import hold_against_tables
from .report import AuditFinding
from .statement_finding import like
from .years import year_of

HINT = "上年公开的数字不能改；有调整的，在文字里说明口径"
WORDING = Wording(
    Words("AU140", Severity.ERROR, "“{table}”「{row}」的上年数印的是 {printed}，上年公开的是 {right}", HINT),
    Words(
        "AU141", Severity.WARNING, "“{table}”「{row}」有上年数 {printed}，上年公开的表没有这一行",
        "核对这一行的编码；科目调整过的，在文字里说明",
    ),
    None,
    Words(
        "AU142", Severity.ERROR, "“{table}”的 {count} 个上年数里有 {differing} 个与上年公开的不同，没有逐个列出",
        "检查是不是同一个部门、同一个口径的上年文件",
    ),
    form_matters=False,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class LastYear:
    """What was published last year: its tables with the places of their cells, its year, budget or final accounts."""

    reference: Reference
    year: int
    final: bool


def read_last_year(source: BudgetSource, layout: LayoutSource | None = None, isolated: bool = True) -> LastYear:
    """Read last year's document: a PDF, DOCX or XLSX file as it was published, or its canonical JSON.

    Raises:
        InputError: it cannot be read, has no table that is recognised, or breaks the contract.
        UsageError: it is a PDF, and the extra ``reportgen[audit]`` is not installed.
    """
    payload = _payload(source)
    if payload is None or kind_of(payload) not in READABLE:
        composed = compose_document(source if payload is None else payload, layout)
        final = composed.prepared.budget.stage != "budget"
        places = {key: replace(one, printed=f"上年文件：{one.printed}") for key, one in composed.places.items()}
        reference = Reference(composed.tables, places, composed.figures, WORDING)
        return LastYear(reference, composed.prepared.year, final)
    read = read_document(payload, isolated)
    grids = [table.grid for table in read.tables()]
    tables = recognise(grids, year_of(read)).tables
    if not any(table.rows for table in tables):
        raise InputError("上年的文件里没有认出一张公开的表", "检查是不是上年公开的文件；也可以给出它的 JSON")
    places = {cell.place: Place(printed=f"上年文件：{cell.place}") for grid in grids for cell in grid.cells.values()}
    return LastYear(Reference(tables, places, {}, WORDING), year_of(read), is_final(tables))


def _payload(source: BudgetSource) -> bytes | None:
    """Return the content of a file; None for a document that is loaded already."""
    if isinstance(source, bytes):
        return source
    if not isinstance(source, str | Path):
        return None
    payload = read_regular(Path(source), LARGEST)
    if payload is None:
        message, hint = "读不了“{path}”，或超过 {most} MB", "检查路径、文件和权限"
        raise InputError(message, hint, path=str(source), most=str(LARGEST >> 20))
    return payload


def hold_against_last(tables: Sequence[RecognisedTable], prose: Prose, year: int, last: LastYear) -> HeldTables:
    """Compare the columns of last year, and the bases that sentences state or imply, with last year's document.

    Final accounts may also be held against the budget of their own year, which they state beside what was spent.
    """
    own_budget = last.year == year and not last.final and is_final(tables)
    if year and last.year and last.year != year - 1 and not own_budget:
        return HeldTables([_other_year(year, last.year)])
    held = HeldTables()
    for kind, table in last_year_tables(tables, year):
        if _comparable(kind, last):
            of_table = hold_tables([table], last.reference)
            held.places |= of_table.places
            held.findings += of_table.findings if kind else map(_likely, of_table.findings)
    bases = [one for statement in prose.statements if (one := _as_last_year(statement, year, last))]
    of_prose = hold_against_tables(bases, last.reference.tables)
    held.findings += [_of_prose(finding, last) for finding in of_prose.of_cells]
    held.findings += [AuditFinding(finding, "likely") for finding in of_prose.misread]
    held.figures = len(of_prose.tied)
    return held


def _comparable(kind: BaseOf, last: LastYear) -> bool:
    """Whether amounts of a kind can be those of last year's document; of what is not said it may be either."""
    return kind == "" or (kind == "execution") == last.final


def _as_last_year(statement: Statement, year: int, last: LastYear) -> Statement | None:
    """Return the statement with the amounts of last year in the place of this year's, None where it has none."""
    parts = tuple(one for part in statement.parts if (one := _as_last_year(part, year, last)))
    base = next(_bases(statement, year, last), None)
    if base is None and not parts:
        return None
    of, amount = base or ("", None)
    sure = statement.confidence if of else "likely"
    return replace(statement, amount=amount, change=None, share=None, bases=(), parts=parts, confidence=sure)


def _bases(statement: Statement, year: int, last: LastYear) -> Iterator[tuple[BaseOf, Printed]]:
    """Yield what the base of a statement is of, and its amount: as printed, else this year's without the change."""
    change = statement.change
    stated = [*statement.bases, *((change.base,) if change is not None and change.base is not None else ())]
    for base in stated:
        if base.amount is not None and _is_of(base.year, base.of, year, last):
            yield base.of, base.amount
    if change is None or change.base is None or statement.amount is None:
        return
    if not _is_of(change.base.year, change.base.of, year, last):
        return
    way = {"up": -1, "down": 1, "flat": 0}.get(change.direction)
    if way is None or (way and change.amount is None) or change.against:
        return
    delta = abs(change.amount.value) if way and change.amount is not None else Decimal(0)
    rounding = change.amount.rounding if way and change.amount is not None else Decimal(0)
    amount = statement.amount
    value = amount.value + way * delta
    text = like(value, amount)
    yield change.base.of, replace(amount, value=value, rounding=amount.rounding + rounding, text=text)


def _is_of(named: int, kind: BaseOf, year: int, last: LastYear) -> bool:
    """Whether a base of the year that is named (0: last year) is in last year's document."""
    of_year = named or year - 1
    return (not year or not last.year or of_year == last.year) and kind != "adjusted" and _comparable(kind, last)


def _of_prose(finding: Finding, last: LastYear) -> AuditFinding:
    message = "{subject}：按文字算，上年数是 {amount}，上年公开的“{row}”是 {right}"
    where = tuple(last.reference.places.get(place.cell, place) for place in finding.where)
    found = replace(finding, code="AU143", message=message, where=where, hint=HINT)
    return AuditFinding(found, "certain" if found.severity is Severity.ERROR else "likely")


def _likely(one: AuditFinding) -> AuditFinding:
    """Return a finding about amounts of which the head does not say whether they are the budget's."""
    return AuditFinding(replace(one.finding, severity=Severity.WARNING), "likely")


def _other_year(year: int, found: int) -> AuditFinding:
    message, values = "上年的文件是 {found} 年的，审核的是 {year} 年的", {"found": str(found), "year": str(year)}
    return AuditFinding(Finding("AU144", Severity.ERROR, message, (), "换成上一年的文件（--last）", values))
