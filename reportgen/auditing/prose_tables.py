"""Hold sentences against tables: an amount that names a row is the amount of that row, as both are rounded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from ..core.finding import Finding, Place, Severity
from ..recognise.prose.statement import Statement
from ..recognise.prose.tied import NamedCell, TableCells, with_inherited_funds
from ..recognise.table import RecognisedTable
from .prose_alone import unit_slip
from .statement_finding import finding, like

TOTALS = ("revenue", "expenditure", "both", "fund")


@dataclass(frozen=True, slots=True)
class Held:
    """What came of it: the findings, and the statements that name a cell, whether they agree with it or not."""

    findings: tuple[Finding, ...]
    tied: tuple[Statement, ...]


def hold_against_tables(statements: Iterable[Statement], tables: Sequence[RecognisedTable]) -> Held:
    """Compare the amount of each statement with the cells that its subject names.

    A statement agrees if any of the cells does. If none does, it is an error where the sentence or its heading says
    which table it is of, and nothing is said where the tables print several amounts.
    """
    cells = TableCells(tables)
    findings: list[Finding] = []
    tied: list[Statement] = []
    for top in statements:
        for statement, inside in with_inherited_funds(top):
            if statement.amount is None or inside or not statement.subject.key:
                continue
            named = cells.cells(statement)
            if not named:
                continue
            said = (statement, *_without_carried(statement))
            if any(cell.agrees(one) for cell in named for one in said):
                tied.append(statement)
            elif (differs := _differing(statement, named)) and unit_slip(statement) is None:
                tied.append(statement)
                findings.append(_finding(statement, differs))
    return Held(tuple(findings), tuple(tied))


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
