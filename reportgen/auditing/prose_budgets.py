"""Hold the budgets that final accounts state in sentences against the table of “三公”, which prints them too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from ..core.finding import Finding, Place, Severity
from ..recognise.prose.rate import share_interval
from ..recognise.prose.statement import Base, Printed, Statement
from ..recognise.prose.tied import NamedCell, TableCells
from .slips import is_slip
from .statement_finding import finding, like

STAGES = {"budget": "年初", "adjusted": "全年"}
"""Words by which a head says which budget its column is of; 预算数 alone may be either."""


def hold_budgets(statements: Iterable[Statement], cells: TableCells) -> Iterator[Finding]:
    """Yield what is wrong in budgets, and in rates of completion, that sentences state of an item of a table.

    Where a sentence and the head of the table do not name the same budget (年初预算, 全年预算), only a slip is wrong.
    """
    for statement in (one for top in statements for one in top.all()):
        named = cells.budgeted(statement)
        own = [base for base in statement.bases if base.own and base.amount is not None]
        if len(named) == 1 and len(own) == 1:
            yield from _budget(statement, own[0], named[0])
        elif len(named) == 1 and not own:
            yield from _completion(statement, named[0])


def _budget(statement: Statement, base: Base, cell: NamedCell) -> Iterator[Finding]:
    said = base.amount
    if said is None or abs(said.value - cell.amount.value) <= said.rounding + cell.amount.rounding:
        return
    if not _is_same(statement, base, cell) and not is_slip(said, cell.amount.value):
        return
    message = "{subject}：文字写预算 {amount}，{table}的预算数是 {right}"
    severity = Severity.ERROR if _is_same(statement, base, cell) else Severity.WARNING
    yield _of_cell("AU121", severity, message, statement, said, cell)


def _completion(statement: Statement, cell: NamedCell) -> Iterator[Finding]:
    """Hold a rate without its budget: 支出决算为3.34万元，完成预算的86.53%."""
    share, amount = statement.share, statement.amount
    if share is None or not share.completed or amount is None or not _names_no_other(share.of, cell):
        return
    budget = Printed(cell.amount.value, cell.amount.rounding, like(cell.amount.value, amount), amount.unit)
    interval = share_interval(amount, budget)
    if interval is None or interval.has(share.percent) or interval.nearly(share.percent):
        return
    message = "{subject}：决算 {amount}，{table}的预算数是 {right}，完成率应为 {rate}，印的是 {said}"
    found = _of_cell("AU123", Severity.ERROR, message, statement, amount, cell)
    rates = {"rate": interval.shown(share.percent), "said": share.percent.text}
    yield replace(found, values={**found.values, **rates})


def _is_same(statement: Statement, base: Base, cell: NamedCell) -> bool:
    """Whether a sentence and a table name one budget, or neither says which."""
    said = statement.text[: base.amount.end - statement.start] if base.amount else ""
    return _stage(said) == _stage("".join(_head(cell)))


def _names_no_other(of: str, cell: NamedCell) -> bool:
    return not _stage(of) or _stage(of) == _stage("".join(_head(cell)))


def _stage(text: str) -> str:
    return next((stage for stage, word in STAGES.items() if word in text), "")


def _head(cell: NamedCell) -> Sequence[str]:
    head, grid = cell.table.head, cell.table.grid
    if head is None or grid is None:
        return ()
    return [str(found.value) for (row, _), found in grid.cells.items() if head.top <= row <= head.bottom]


def _of_cell(
    code: str, severity: Severity, message: str, statement: Statement, said: Printed, cell: NamedCell
) -> Finding:
    values = {
        "amount": said.text,
        "table": cell.table.title or cell.table.kind.name,
        "right": like(cell.amount.value, said),
    }
    found = finding(code, severity, message, statement, "核对文字和表，改正错的一处", values)
    return replace(found, where=(*found.where, Place(cell=cell.amount.place)))
