"""GJ217: revenue that is stated by function agrees with expenditure, item by item and fund by fund."""

from __future__ import annotations

from collections.abc import Iterator

from ..budget.lines import ALL
from ..budget.model import Budget
from ..budget.terms import FUNDS, REVENUE_SOURCES, Fund
from ..budget.withheld import BY_CODE, may_lack_rows
from ..core.finding import Finding, Place, Severity
from ..facts import Fact, FactGroup
from ..facts.fact import total
from .equality import equal, not_more, softened
from .rule import rule

ITEM = 3
"""The level of an item (项)."""
HINT = "检查收入行、支出行的科目和资金"


@rule("GJ217", "按科目编报的收入与支出一致", acceptable=True)
def revenue_by_function_agrees(budget: Budget, facts: FactGroup) -> Iterator[Finding]:
    """收入按科目编报时每行都写科目；每个科目的每项资金，收入（含上年结转）= 支出；有年终结转时支出不大于收入。

    只写了一部分时，按科目的收入表各行之和不等于合计；支出有剔除的科目时（withheld），它们的收入可以合写一行，不写科目。

    来源：勾稽关系第 1、3 条。
    """
    lines = [(n, line) for n, line in enumerate(budget.revenue) if line.source != ALL]
    without = [n for n, line in lines if line.function is None]
    if len(without) == len(lines):
        return
    withheld = any(mark.table == BY_CODE[0] or mark.code for mark in budget.withheld)
    if without and not withheld:
        values = {"count": str(len(lines) - len(without)), "n": str(len(without))}
        message, hint = "收入有 {count} 行写了科目，{n} 行没有写", "补上科目编码，或每行都不写科目"
        where = (Place(f"/revenue/{without[0]}/function", parts=tuple(f"/revenue/{n}/function" for n in without)),)
        yield Finding("GJ217", Severity.ERROR, message, where, hint, values)
        return
    spent = {row.key for row in facts.expenditure.rows if row.level == ITEM}
    for code in sorted(spent | {row.key for row in facts.revenue.functions.rows if row.level == ITEM}):
        for fund in () if may_lack_rows(budget.withheld, BY_CODE[0], code[:5]) else FUNDS:
            income = (f"{code} 的{fund.name}收入（含上年结转）", _income(facts, fund, code))
            spending = (
                f"{code} 的{fund.name}支出",
                facts[fund.key][code].total if code in facts[fund.key] else _none(),
            )
            if budget.carried_forward or budget.surplus_distributed:
                yield from not_more("GJ217", budget, spending, income, Severity.WARNING, HINT)
            else:
                yield from softened(equal("GJ217", budget, income, spending, len(budget.revenue), HINT))


def _income(facts: FactGroup, fund: Fund, code: str) -> Fact:
    rows = facts.revenue.functions
    if code not in rows.names():
        return _none()
    own = [rows[code][source.key].total for source in REVENUE_SOURCES if source.fund == fund]
    return total(f"revenue.functions.{code}.{fund.key}", own)


def _none() -> Fact:
    return total("", ())
