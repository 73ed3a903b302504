"""GJ122: sources of 单位资金 of projects, and what was carried over, add up."""

from __future__ import annotations

from collections.abc import Iterator

from ..budget.lines import ALL
from ..budget.model import Budget
from ..budget.terms import FUNDS, OWN_FUNDS
from ..core.finding import Finding, Severity
from ..facts import FactGroup
from ..facts.projects import OWN_KEYS
from .equality import adds_up, not_more
from .rule import rule


@rule("GJ122", "项目的单位资金来源和上年结转相符")
def sources_of_projects_add_up(budget: Budget, facts: FactGroup) -> Iterator[Finding]:
    """项目写明来源的单位资金 = 各来源之和 + 其中的上年结转；每栏的上年结转不大于这一栏。

    来源：勾稽关系第 12 条。
    """
    lines = [line for line in budget.projects if line.unit != ALL]
    for row, line in zip(facts.projects.compared_rows, lines, strict=True):
        name = f"项目支出表「{line.name or row.unit.text}」"
        if line.sources and line.own_funds is not None:
            parts = [*(row[key] for key in OWN_KEYS), row.carry[OWN_FUNDS.key]]
            whole = (f"{name}单位资金", row[OWN_FUNDS.key])
            yield from adds_up("GJ122", budget, whole, parts, "各来源与结转之和", "核对各来源的金额")
        for fund in FUNDS if line.carry_over else ():
            column = (f"{name}{fund.name}", row[fund.key])
            part = (f"项目支出表「{line.name or row.unit.text}」{fund.name}上年结转", row.carry[fund.key])
            yield from not_more("GJ122", budget, part, column, Severity.ERROR, "上年结转是其中的一部分")
