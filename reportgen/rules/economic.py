"""GJ120, GJ216: expenditure by economic item agrees with its parts and with expenditure by function."""

from __future__ import annotations

from collections.abc import Iterator

from ..budget.model import Budget
from ..budget.terms import FUNDS, GENERAL_PUBLIC, OWN_SOURCES
from ..budget.withheld import may_lack_rows
from ..core.finding import Finding, Place, Severity
from ..facts import FactGroup
from .equality import adds_up, equal
from .rule import rule

HINT = "核对列明的合计，或补上漏列的下级"
PARTS = {"basic": "基本支出", "project": "项目支出"}


@rule("GJ120", "按经济分类的支出上级等于下级之和")
def economic_expenditure_adds_up(budget: Budget, facts: FactGroup) -> Iterator[Finding]:
    """按经济分类的支出：合计 = Σ类，类 = Σ款，各资金、各栏分别成立；基本支出表自己的由 GJ104 查。

    来源：勾稽关系第 8 条。
    """
    if not budget.economic_expenditure:
        return
    rows = facts.economic.rows
    for fund in FUNDS:
        for part, label in PARTS.items():
            if (fund, part) == (GENERAL_PUBLIC, "basic"):
                continue
            top = [row[fund.key][part] for row in rows if row.level == 1]
            name = (f"按经济分类的支出「合计」{label}（{fund.name}）", facts.economic[fund.key][part])
            yield from adds_up("GJ120", budget, name, [one for one in top if one], "各类之和", HINT)
            for row in facts.economic.classes:
                below = [one[fund.key][part] for one in rows if one.level == 2 and one.key.startswith(row.key)]
                if any(below):
                    name = (f"按经济分类的支出「{row.key} {row.name.text}」{label}（{fund.name}）", row[fund.key][part])
                    withheld = may_lack_rows(budget.withheld, "economic_expenditure", row.key)
                    yield from adds_up("GJ120", budget, name, [one for one in below if one], "各款之和", HINT, withheld)


@rule("GJ216", "按经济分类的支出与按功能分类的一致", acceptable=True)
def economic_agrees_with_function(budget: Budget, facts: FactGroup) -> Iterator[Finding]:
    """按经济分类列了某项资金的基本支出或项目支出的：合计 = 支出表里该资金的基本支出或项目支出。

    一般公共预算的基本支出写在 basic_expenditure，在这里再写就算了两遍。来源：勾稽关系第 19、20 条。
    """
    for n, line in enumerate(budget.economic_expenditure):
        if line.fund == GENERAL_PUBLIC.name and line.basic is not None:
            place = Place(f"/economic_expenditure/{n}/basic", "按经济分类的支出")
            message, hint = "一般公共预算 {code} 的基本支出写错了地方", "移到 basic_expenditure"
            yield Finding("GJ216", Severity.ERROR, message, (place,), hint, {"code": line.economic})
    fund_of = {fund.name: fund for fund in FUNDS} | {source.name: source.fund for source in OWN_SOURCES}
    for fund in FUNDS:
        for part, label in PARTS.items():
            lines = budget.economic_expenditure
            own = [x for x in lines if fund_of.get(x.fund) is fund and getattr(x, part) is not None]
            if own and (fund, part) != (GENERAL_PUBLIC, "basic"):
                left = (f"支出表「{label}」{fund.name}", facts[fund.key][part])
                right = (f"按经济分类的支出「{label}」{fund.name}", facts.economic[fund.key][part])
                hint = "补上漏列的经济科目，或检查资金性质"
                yield from equal("GJ216", budget, left, right, len(own), hint)
