"""Hold sentences against what tables allow: the most that an amount can be, and tables that print nothing of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ..budget.terms import GOVERNMENT_FUND, STATE_CAPITAL
from ..core.finding import Finding, Place, Severity
from ..recognise.prose.statement import Printed, Statement
from ..recognise.prose.tied import TableCells
from ..recognise.prose.words import prose_words
from ..recognise.table import RecognisedTable
from .prose_lists import larger_than
from .statement_finding import finding, like

OF_NOTHING = (GOVERNMENT_FUND.key, STATE_CAPITAL.key, "three_public")
"""Tables that many departments publish empty; an empty one of another kind is of carry-over, or was not read."""


def check_limits(statements: Sequence[Statement], cells: TableCells) -> Iterator[Finding]:
    """Yield a finding for each amount that is more than its whole is anywhere: 机关运行经费 is a part of 公用经费.

    GJ304 holds the same of tables; here the part is a sentence's.
    """
    every = [one for top in statements for one in top.all()]
    for part, whole in prose_words().within_all.items():
        stated = [one.amount for one in every if one.subject.key == whole and one.amount]
        printed = [Printed(cell.amount.value, cell.amount.rounding, "", "万元") for cell in cells.named(whole)]
        most = max([*stated, *printed], key=lambda amount: amount.value, default=None)
        for statement in every if most else ():
            if statement.subject.key == part and statement.amount and most:
                shown = replace(most, text=most.text or like(most.value, statement.amount))
                yield from larger_than(statement, prose_words().subjects[whole][0], shown)


def check_empty(statements: Sequence[Statement], cells: TableCells) -> Iterator[Finding]:
    """Yield a warning for each amount of which the document's table is empty."""
    for statement in (one for top in statements for one in top.all()):
        if statement.amount is None or not statement.amount.value or statement.confidence == "likely":
            continue
        empty = (table for table in cells.empty(statement) if table.kind.key in OF_NOTHING)
        tables = [table for table in empty if not _has_figures(table)]
        if statement.subject.key and tables and not cells.cells(statement):
            message = "{subject}：文字写 {amount}，{table}没有数据"
            values = {"amount": statement.amount.text, "table": tables[0].title or tables[0].kind.name}
            hint = "有这笔钱的，补填表；没有的，改正文字"
            found = finding("AU121", Severity.WARNING, message, statement, hint, values)
            yield replace(found, where=(*found.where, Place(cell=tables[0].title_place)))


def _has_figures(table: RecognisedTable) -> bool:
    """Whether a table that was not read has amounts all the same."""
    cells = table.grid.cells.values() if table.grid is not None else ()
    return any(isinstance(cell.value, float) or "." in str(cell.value) for cell in cells)
