"""GJ5xx 数字的常理: amounts in the wrong money unit, dates that do not fit the year."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from statistics import median

from ..budget.model import Budget
from ..budget.terms import (
    FINAL,
    FISCAL_FUNDS,
    GENERAL_PUBLIC,
    KINDS,
    OVERSEAS,
    RECEPTION,
    VEHICLE_OPERATION,
    VEHICLES,
)
from ..core.finding import Finding, Place, Severity
from ..core.money import exact
from ..facts import FactGroup
from ..facts.fact import total
from .equality import base_label, fact_place, not_more
from .rule import rule

FISCAL = "财政拨款"
FISCAL_KEYS = tuple(fund.key for fund in FISCAL_FUNDS)
THREE_PUBLIC_COLUMNS = (OVERSEAS.key, RECEPTION.key, VEHICLES)
LEAST_PER_VEHICLE, MOST_PER_VEHICLE = 1_000, 180_000
"""元 a year for one vehicle; from the highest price of an official car on (18 万元), running it costs more than it."""
MOST_OF_LAST_YEAR = 2
"""Times a total of last year that its parts may amount to.

Some count in 执行数 what was carried over and some do not; that cannot double a year. A shifted point is ten times.
"""
SHIFTED_POINT = 8
"""Times that two years differ where a decimal point may be shifted: ten, less what the figure itself has changed."""
DAYS_TO_PUBLISH = 20
"""预算法第十四条."""
MOST_ITEMS = 10_000
"""Vehicles or pieces of equipment of one department."""
OUTLIER_FACTOR = 1_000
"""Times the median of a column. 元 written as 万元 is 10,000 times too much; amounts of a column may vary tenfold."""


@rule("GJ501", "金额与同列数字同一数量级", acceptable=True)
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
                place = fact_place(cell, name)
                message = "{name}中 {amount} 是中位数 {middle} 的一千倍以上"
                yield Finding("GJ501", Severity.WARNING, message, (place,), "检查是否把元写成了万元", shown)


@rule("GJ502", "本年数与上年数同一数量级", acceptable=True)
def years_have_like_size(budget: Budget, facts: FactGroup) -> Iterator[Finding]:
    """本年数是上年数的一千倍以上（或不到千分之一），多半是元和万元弄混。来源：常见差错。"""
    for change in _changes(facts, ("revenue", "expenditure", GENERAL_PUBLIC.key), THREE_PUBLIC_COLUMNS):
        if not change.base or not change.this:
            continue
        if not Decimal("0.001") < change.this.value / change.base.value < 1000:
            where = tuple(fact_place(fact) for fact in (change.this, change.base))
            values = {"this": exact(change.this.value, "万元"), "base": exact(change.base.value, "万元")}
            yield Finding(
                "GJ502", Severity.WARNING, "本年 {this} 与上年 {base} 相差千倍以上", where, "检查金额单位", values
            )


def _changes(facts: FactGroup, groups: Sequence[str], items: Sequence[str] = ()) -> Iterator[FactGroup]:
    """Yield the changes of groups, then of “三公” columns; of either kind of base, once where both are the same."""
    changes = [facts[key].change[kind] for key in groups for kind in KINDS]
    changes += [facts.three_public.change[kind][column] for column in items for kind in KINDS]
    seen: set[tuple[str, Decimal]] = set()
    for change in changes:
        if change.base is not None and (key := (change.this.name, change.base.value)) not in seen:
            seen.add(key)
            yield change


@rule("GJ503", "资产日期在上年或本年", acceptable=True)
def assets_are_recent(budget: Budget, facts: FactGroup) -> Iterator[Finding]:
    """国有资产的截止日期在上年（多为 12 月 31 日）或本年之内；决算的是本年 12 月 31 日。来源：数据来源。"""
    if budget.assets is None:
        return
    day, year = budget.assets.as_of, budget.year
    values = {"day": day.isoformat(), "year": str(year)}
    where = (Place("/assets/as_of", "国有资产占有使用情况"),)
    message, hint = "国有资产截止日期 {day} 不合 {year} 年度", "改为上年末的日期"
    if budget.stage == FINAL:
        is_wrong, hint = day != date(year, 12, 31), "改为 {year}-12-31，数量也填这一天的"
    else:
        is_wrong = day.year not in (year - 1, year)
    if is_wrong:
        yield Finding("GJ503", Severity.WARNING, message, where, hint, values)


@rule("GJ504", "上年各项不大于上年合计", acceptable=True)
def parts_of_last_year_are_within_its_totals(budget: Budget, facts: FactGroup) -> Iterator[Finding]:
    """上年数：三项财政拨款之和是上年收入或上年支出的两倍以上，多半是小数点错了一位。来源：勾稽关系第 31 条。"""
    for kind in KINDS:
        parts = [base for key in FISCAL_KEYS if (base := facts[key].last[kind].total) is not None]
        for key, name in (("revenue", "收入"), ("expenditure", "支出")):
            base = facts[key].last[kind].total
            if base is not None and sum(part.value for part in parts) > MOST_OF_LAST_YEAR * base.value:
                whole, part = (base_label(kind, name), base), (base_label(kind, FISCAL), total("fiscal", parts))
                yield from not_more("GJ504", budget, part, whole, Severity.WARNING, "检查上年数的金额单位和小数点")


@rule("GJ505", "上年数不是本年数的十倍", acceptable=True)
def bases_are_not_ten_times(budget: Budget, facts: FactGroup) -> Iterator[Finding]:
    """收入、支出、一般公共预算、接待费、车辆运行费和机关运行经费，两年相差八倍以上，多半是小数点错了一位。

    错一位是十倍，数字本身再有增减，所以从八倍查起；基金、出国和购车各年本来不同，不查。来源：常见差错。
    """
    groups = ("revenue", "expenditure", GENERAL_PUBLIC.key, "agency_operating")
    for change in _changes(facts, groups, (RECEPTION.key, VEHICLE_OPERATION.key)):
        if not change.base or not change.this:
            continue
        ratio = max(change.this.value, change.base.value) / min(change.this.value, change.base.value)
        if SHIFTED_POINT <= ratio < OUTLIER_FACTOR:
            where = tuple(fact_place(fact) for fact in (change.this, change.base))
            values = {"this": exact(change.this.value, "万元"), "base": exact(change.base.value, "万元")}
            message, hint = "本年 {this} 与上年 {base} 相差八倍以上", "检查小数点是否错了一位"
            yield Finding("GJ505", Severity.WARNING, message, where, hint, values)


@rule("GJ506", "车辆和设备的数量合常理", acceptable=True)
def counts_are_plausible(budget: Budget, facts: FactGroup) -> Iterator[Finding]:
    """每辆车的运行维护费在一千元以上、十八万元（一般公务用车的购置上限）以下；车辆、设备不超过一万。

    来源：党政机关公务用车管理办法；常见差错、勾稽关系第 37 条。
    """
    if facts.assets is None:
        return
    owned, cost = facts.assets.vehicles.total.value, facts.three_public.vehicle_operation
    place = Place("/assets/vehicles", "国有资产占有使用情况")
    if owned and cost and not LEAST_PER_VEHICLE <= cost.value / owned < MOST_PER_VEHICLE:
        values = {"count": str(owned), "cost": exact(cost.value, "万元"), "each": exact(round(cost.value / owned, 2))}
        message = "车辆 {count} 辆，运行维护费 {cost}，平均每辆 {each}"
        where = (place, fact_place(cost, "“三公”表"))
        yield Finding("GJ506", Severity.WARNING, message, where, "核对车辆数和运行维护费", values)
    counts = (facts.assets.vehicles.total, facts.assets.equipment, facts.assets.special_equipment)
    for count in (*counts, *(facts.assets.planned[key] for key in ("vehicles", "equipment", "special_equipment"))):
        if count.value > MOST_ITEMS:
            values = {"count": str(count.value)}
            place = fact_place(count, "国有资产占有使用情况")
            hint = "检查数量，是否写成了金额"
            yield Finding("GJ506", Severity.WARNING, "数量 {count} 不合常理", (place,), hint, values)


@rule("GJ509", "批复后二十日内公开", acceptable=True)
def published_within_twenty_days(budget: Budget, facts: FactGroup) -> Iterator[Finding]:
    """公开日期不早于批复日期，不晚于批复后二十日。来源：预算法第十四条。"""
    if budget.approved is None or budget.published is None:
        return
    late = (budget.published - budget.approved).days
    values = {"day": budget.published.isoformat(), "approved": budget.approved.isoformat(), "late": str(late)}
    where = (Place("/published"), Place("/approved"))
    if late > DAYS_TO_PUBLISH:
        message, hint = (
            "公开日期 {day} 在批复日期 {approved} 之后 {late} 天，超过二十日",
            "核对两个日期；确实晚了的，核实后接受",
        )
        yield Finding("GJ509", Severity.WARNING, message, where, hint, values)
    elif late < 0:
        message, hint = "公开日期 {day} 在批复日期 {approved} 之前", "改正其中一个日期"
        yield Finding("GJ509", Severity.WARNING, message, where, hint, values)


@rule("GJ507", "公开日期合年度，不早于资产日期", acceptable=True)
def publication_fits_the_year(budget: Budget, facts: FactGroup) -> Iterator[Finding]:
    """公开日期在本年或上年年末之内，决算的在下一年，不早于资产的截止日期。

    来源：预算、决算经批复后二十日内公开（预算法第十四条）。
    """
    day = budget.published
    if day is None:
        return
    values = {"day": day.isoformat(), "year": str(budget.year)}
    if day.year not in ((budget.year + 1,) if budget.stage == FINAL else (budget.year - 1, budget.year)):
        message, hint = "公开日期 {day} 不合 {year} 年度", "改正 published 或 year"
        yield Finding("GJ507", Severity.WARNING, message, (Place("/published"),), hint, values)
    if budget.assets and budget.assets.as_of > day:
        values["as_of"] = budget.assets.as_of.isoformat()
        where = (Place("/published"), Place("/assets/as_of"))
        message, hint = "资产的截止日期 {as_of} 在公开日期 {day} 之后", "改正其中一个日期"
        yield Finding("GJ507", Severity.WARNING, message, where, hint, values)
