"""GJ5xx 数字的常理: amounts in the wrong money unit, dates that do not fit the year."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from statistics import median

from ..budget.model import Budget
from ..budget.terms import GENERAL_PUBLIC, OVERSEAS, RECEPTION, VEHICLES
from ..core.finding import Finding, Place, Severity
from ..core.money import exact
from ..facts import Fact, FactGroup
from .rule import rule

OUTLIER_FACTOR = 1_000
"""Times the median of a column. 元 written as 万元 is 10,000 times too much; amounts of a column may vary tenfold."""


@rule("GJ501", "金额与同列数字同一数量级")
def amounts_of_a_column_have_like_size(budget: Budget, facts: FactGroup) -> Iterator[Finding]:
    """一个数字是同列其他数字中位数的一千倍以上，多半是元和万元弄混。来源：常见差错、勾稽关系第 42 条。"""
    columns = {
        "支出预算总表": [row.total for row in facts.expenditure.items],
        "基本支出表": [row.total for row in facts.basic.rows if row.level == 2],
        "“三公”表": [row.total for row in facts.three_public.rows],
        "项目支出表": [row.total for row in facts.projects.rows],
    }
    for name, cells in columns.items():
        values = sorted(cell.value for cell in cells if cell.value)
        if len(values) < 3:
            continue
        middle = Decimal(median(values))
        for cell in cells:
            if cell.value >= OUTLIER_FACTOR * middle:
                shown = {
                    "name": name,
                    "amount": exact(cell.value, "万元"),
                    "middle": exact(middle, "万元"),
                }
                place = Place(next(cell.cells(), ""), name)
                message = "{name}中 {amount} 是中位数 {middle} 的一千倍以上"
                yield Finding("GJ501", Severity.WARNING, message, (place,), "检查是否把元写成了万元", shown)


@rule("GJ502", "本年数与上年数同一数量级")
def years_have_like_size(budget: Budget, facts: FactGroup) -> Iterator[Finding]:
    """本年数是上年数的一千倍以上（或不到千分之一），多半是元和万元弄混。来源：常见差错。"""
    changes = [facts[key].change for key in ("revenue", "expenditure", GENERAL_PUBLIC.key)]
    changes += [facts.three_public.change[key] for key in (OVERSEAS.key, RECEPTION.key, VEHICLES)]
    for change in changes:
        if "base" not in change or not change.base or not change.this:
            continue
        if not Decimal("0.001") < change.this.value / change.base.value < 1000:
            where = tuple(Place(pointer(fact)) for fact in (change.this, change.base))
            values = {"this": exact(change.this.value, "万元"), "base": exact(change.base.value, "万元")}
            yield Finding(
                "GJ502", Severity.WARNING, "本年 {this} 与上年 {base} 相差千倍以上", where, "检查金额单位", values
            )


@rule("GJ503", "资产日期在上年或本年")
def assets_are_recent(budget: Budget, facts: FactGroup) -> Iterator[Finding]:
    """国有资产的截止日期在上年（浙江为上年 12 月 31 日）或本年之内。来源：数据来源。"""
    if budget.assets and budget.assets.as_of.year not in (budget.year - 1, budget.year):
        values = {"day": budget.assets.as_of.isoformat(), "year": str(budget.year)}
        place = Place("/assets/as_of", "国有资产占有使用情况")
        yield Finding(
            "GJ503", Severity.WARNING, "国有资产截止日期 {day} 不合 {year} 年度", (place,), "改为上年末的日期", values
        )


def pointer(fact: Fact) -> str:
    """Return the pointer of the first input cell of a fact."""
    return next(fact.cells(), "")
