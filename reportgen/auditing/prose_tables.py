"""Hold sentences against tables: an amount that names a row is the amount of that row, as both are rounded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from ..core.finding import Finding, Place, Severity
from ..recognise.prose.rate import Interval, rate_interval
from ..recognise.prose.statement import Printed, Statement
from ..recognise.prose.tied import NamedCell, TableCells, with_inherited_funds
from ..recognise.table import RecognisedTable
from .doubtful import MISREAD, misread_sentences
from .prose_alone import unit_slip
from .prose_budgets import hold_budgets
from .prose_limits import check_empty, check_limits
from .slips import is_slip, is_telling
from .statement_finding import finding, like

OF_CELLS = "AU121"
TOTALS = ("revenue", "expenditure", "both", "fund", "project")


@dataclass(frozen=True, slots=True)
class Held:
    """What came of it: the findings, and the statements that name a cell, whether they agree with it or not.

    ``agreeing`` are those whose amount is that of a cell, with the cell.
    """

    findings: tuple[Finding, ...]
    tied: tuple[Statement, ...]
    agreeing: tuple[tuple[Statement, NamedCell], ...] = ()

    @property
    def of_cells(self) -> tuple[Finding, ...]:
        """What is wrong in amounts that name a cell: the findings that name both."""
        return tuple(one for one in self.findings if one.code == OF_CELLS)

    @property
    def misread(self) -> tuple[Finding, ...]:
        """What is said in the place of amounts of which too many differ."""
        return tuple(one for one in self.findings if one.code == MISREAD)


def hold_against_tables(
    statements: Sequence[Statement], tables: Sequence[RecognisedTable], absent: frozenset[str] = frozenset()
) -> Held:
    """Compare the amount of each statement with the cells that its subject names.

    A statement agrees if any of the cells does. If none does, it is an error where the sentence or its heading says
    which table it is of. Where it does not, or where the tables print several amounts, it is a warning if the amount is
    one of the cells' but for a slip, or stands in the place of another amount of its paragraph; else nothing is said.
    Nor is anything said of an amount that may be of a table of a kind that is ``absent``.
    """
    cells = TableCells(tables, absent)
    findings: list[Finding] = []
    tied: list[Statement] = []
    agreeing: list[tuple[Statement, NamedCell]] = []
    unsure: list[tuple[Statement, Sequence[NamedCell]]] = []
    for statement, named in _named(statements, cells):
        agrees, found = _held(statement, named) if named else (False, _other_name(statement, cells))
        agreeing += [(statement, cell) for cell in named if cell.agrees(statement)][:1] if agrees else []
        if named and (agrees or found):
            tied.append(statement)
        elif named and unit_slip(statement) is None and not any(cell.elsewhere for cell in named):
            unsure.append((statement, named))
        findings += [found] if found else []
    places = {(one.place, one.start) for one in tied}
    untied = [one for top in statements for one in top.all() if (one.place, one.start) not in places]
    findings += [*_rates_of_cells(statements, cells), *hold_budgets(statements, cells)]
    findings += [*check_limits(statements, cells), *check_empty(statements, cells)]
    message = "文字里有 {count} 个数和表里的不同，多半是没有读对，没有逐处列出"
    return Held(
        (*misread_sentences(findings, len(tied), message), *_slips(unsure, untied)), tuple(tied), tuple(agreeing)
    )


def _named(statements: Iterable[Statement], cells: TableCells) -> Iterator[tuple[Statement, Sequence[NamedCell]]]:
    """Yield the statements of amounts with what may be their cells; there are none for a name that no table has."""
    for top in statements:
        for statement, inside in with_inherited_funds(top):
            if statement.amount is None:
                continue
            if named := cells.of_unit(top, statement):
                yield statement, named
            elif not inside and statement.subject.key:
                yield statement, cells.cells(statement)


def _slips(unsure: Sequence[tuple[Statement, Sequence[NamedCell]]], untied: Sequence[Statement]) -> Iterator[Finding]:
    """Yield a warning for each amount that is one of its cells' but for a digit, or changed places with another one."""
    for statement, named in unsure:
        assert statement.amount
        right = next((cell for cell in named if is_slip(statement.amount, cell.amount.value)), None)
        right = right or next(_changed_places(statement, named, untied), None)
        if right is not None:
            found = _finding(statement, right)
            yield replace(found, severity=min(found.severity, Severity.WARNING))


def _changed_places(
    statement: Statement, named: Sequence[NamedCell], untied: Sequence[Statement]
) -> Iterator[NamedCell]:
    """Yield the cell of a statement whose amount another one of its paragraph has, which has none of its own cells."""
    for other in untied:
        if other.place == statement.place and other.start != statement.start and other.amount is not None:
            yield from (cell for cell in named if is_telling(other.amount) and cell.agrees(other))


def _rates_of_cells(statements: Sequence[Statement], cells: TableCells) -> Iterator[Finding]:
    """Yield what is wrong in changes without their amounts, which tables and other sentences have."""
    amounts = [one for top in statements for one in top.all() if one.amount is not None]
    for top in statements:
        for statement, inside in with_inherited_funds(top):
            if statement.amount is None and not inside and statement.subject.key:
                yield from _rate_of_cells(statement, cells.cells(statement), amounts)


def _held(statement: Statement, named: Sequence[NamedCell]) -> tuple[bool, Finding | None]:
    """Return whether a statement agrees with a cell that it names; else what is wrong, if it should."""
    said = (statement, *_without_carried(statement))
    if any(cell.agrees(one) for cell in named for one in said):
        return True, None
    if any(cell.elsewhere for cell in named):
        return False, None
    differs = _differing(statement, named)
    return False, _finding(statement, differs) if differs and unit_slip(statement) is None else None


def _rate_of_cells(statement: Statement, named: Sequence[NamedCell], others: Sequence[Statement]) -> Iterator[Finding]:
    """A change without its amount: one of the amounts that tables and other sentences have of its subject fits."""
    change = statement.change
    if change is None or change.amount is None or change.rate is None or change.direction not in ("up", "down"):
        return
    same = (one.amount for one in others if one.amount and one.subject.same == statement.subject.same)
    cells = [Printed(cell.amount.value, cell.amount.rounding, "", "万元") for cell in named]
    intervals = [found for one in (*cells, *same) if (found := rate_interval(one, change.amount, change.direction))]
    if (
        not cells
        or not intervals
        or any(cell.elsewhere for cell in named)
        or any(_has(one, change.rate) for one in intervals)
    ):
        return
    cell = named[0]
    values = {
        "table": cell.table.title or cell.table.kind.name,
        "row": cell.row.name,
        "amount": like(cell.amount.value, change.amount),
        "change": f"{change.word}{change.amount.text}",
        "right": intervals[0].shown(change.rate),
        "rate": change.rate.text,
    }
    message = "{subject}：{table}“{row}”是 {amount}，{change}，增减率应为 {right}，印的是 {rate}"
    hint = "增减率 = 增减额 ÷ 上年数（上年数 = 本年数减去增加额，或加上减少额）；核对三个数，改正错的一个"
    said = finding("AU110", Severity.WARNING, message, statement, hint, values)
    where = (*said.where, Place(cell=cell.amount.place))
    yield Finding(said.code, said.severity, message, where, hint, said.values)


def _has(interval: Interval, rate: Printed) -> bool:
    return interval.has(rate) or interval.nearly(rate)


def _without_carried(statement: Statement) -> Iterator[Statement]:
    """Yield the statement without what its list says is carried over: some tables leave it out."""
    for part in statement.parts:
        if part.subject.key in ("carry", "carried_forward") and part.amount and statement.amount:
            rest = statement.amount.value - part.amount.value
            yield replace(statement, amount=replace(statement.amount, value=rest))


def _differing(statement: Statement, named: Sequence[NamedCell]) -> NamedCell | None:
    """Return the cell that a statement should agree with; None where it may be of another one.

    A total may have two amounts, with and without what was carried over: then it is the nearer one.
    """
    inferred_total = statement.confidence == "likely" and statement.subject.key.partition(".")[0] in TOTALS
    sure = [cell for cell in named if cell.sure]
    values = {cell.amount.value for cell in sure}
    most = 2 if statement.subject.key.partition(".")[0] in ("revenue", "expenditure", "both") else 1
    if inferred_total or not sure or len(values) > most or statement.amount is None:
        return None
    said = statement.amount.value
    return min(sure, key=lambda cell: abs(cell.amount.value - said))


def _other_name(statement: Statement, cells: TableCells) -> Finding | None:
    """Return a finding about an item that no table has, whose amount is that of a row of another name."""
    row, amount = cells.named_otherwise(statement), statement.amount
    if row is None or amount is None:
        return None
    name = statement.subject.levels[-1]
    values = {"name": name, "printed": row.name, "code": row.key, "amount": amount.text}
    message = "文字里的“{name}”，表里 {code} {amount} 一行是“{printed}”"
    hint = "按表和当年的科目改正名称；照抄往年文字的，金额也要核对"
    return finding("AU103", Severity.WARNING, message, statement, hint, values)


def _finding(statement: Statement, cell: NamedCell) -> Finding:
    amount = statement.amount
    assert amount is not None
    values = {
        "amount": amount.text,
        "table": cell.table.title or cell.table.kind.name,
        "row": cell.row.name,
        "right": like(cell.amount.value, amount),
    }
    message = "{subject}：文字写 {amount}，{table}“{row}”是 {right}"
    severity = Severity.WARNING if cell.agrees(statement, times=2) else Severity.ERROR
    found = finding("AU121", severity, message, statement, "核对文字和表，改正错的一处", values)
    return Finding(
        found.code,
        found.severity,
        found.message,
        (*found.where, Place(cell=cell.amount.place)),
        found.hint,
        found.values,
    )
