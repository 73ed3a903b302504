"""Revenue by function class, section and item (类、款、项), where the lines state the item that they pay for."""

from __future__ import annotations

from ..budget.lines import ALL
from ..budget.model import Budget
from ..budget.terms import REVENUE_SOURCES
from .fact import FactGroup, SourceText, total
from .function_tree import LEVELS, children_of
from .past import Past
from .positions import put_positions
from .revenue import appropriation, revenue_columns
from .revenue_past import SUM_COLUMNS, Lines


def revenue_by_function(budget: Budget, expenditure: FactGroup, past: Past) -> FactGroup:
    """Return ``revenue.functions``: ``rows`` by code, each also under its code, and ``total`` of the lines with a code.

    A row has the columns of ``revenue``: ``total``, ``this``, ``carry``, ``appropriation`` and each source; its name is
    that of the code in ``expenditure``.
    """
    lines = [(f"/revenue/{n}", line) for n, line in enumerate(budget.revenue)]
    lines = [(pointer, line) for pointer, line in lines if line.function and line.source != ALL]
    codes = sorted(children_of(line.function for _, line in lines if line.function).keys() - {ALL})
    rows = [_row(code, [(at, line) for at, line in lines if (line.function or "").startswith(code)]) for code in codes]
    for row in rows:
        row.put(name=expenditure[row.key].name if row.key in expenditure else SourceText(row.key))
        past.put_row(row, SUM_COLUMNS, earlier=past.earlier(row.dotted), label=f"收入 {row.key} {row.name.text}")
    put_positions(rows, [line.function or "" for line in budget.revenue])
    group = FactGroup("revenue.functions", **{row.key: row for row in rows}, rows=rows)
    group.put(total=total("revenue.functions.total", (row.total for row in rows if row.level == 1)))
    return group


def _row(code: str, lines: Lines) -> FactGroup:
    """Return the row of one code: what the lines of its items add up to."""
    row = revenue_columns(f"revenue.functions.{code}", lines, None)
    row.put(key=code, code=SourceText(code), level=LEVELS[len(code)], appropriation=appropriation(row))
    for source in REVENUE_SOURCES:
        name, this, carry = f"{row.dotted}.{source.key}", row.this[source.key], row.carry[source.key]
        both = total(f"{name}.total", (this, carry))
        row.put(**{source.key: FactGroup(name, this=this, income=this, carry=carry, total=both)})
    return row
