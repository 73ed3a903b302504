"""GJ3xx “三公”经费、机关运行经费、车辆、采购。"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ..budget.model import Budget
from ..budget.terms import BUDGET, GENERAL_PUBLIC, THREE_PUBLIC, VEHICLES
from ..budget.withheld import may_lack_rows
from ..core.finding import Finding, Place, Severity
from ..core.money import exact
from ..facts import Fact, FactGroup
from ..facts.agency_operating import is_operating
from ..facts.fact import ZERO, total
from .equality import adds_up, equal, fact_place, not_more, place_of
from .rule import rule
from .units import lines_below

AGENCIES = frozenset({"行政", "参公"})
"""The natures of units whose 公用经费 is 机关运行经费."""
MOST_REPLACED = 3
"""Vehicles or pieces of equipment that a year may replace although they are all that there are."""


@rule("GJ301", "“三公”合计等于各单位之和")
def units_add_up(budget: Budget, facts: FactGroup) -> Iterator[Finding]:
    """“三公”经费表列明的合计 = Σ单位，各栏分别成立。来源：勾稽关系第 10 条。"""
    for item in THREE_PUBLIC:
        parts = [row[item.key] for row in facts.three_public.rows]
        if parts:
            whole = (f"“三公”表「合计」{item.name}", facts.three_public[item.key])
            withheld, hint = may_lack_rows(budget.withheld, "three_public"), "核对列明的合计，或补上漏列的单位"
            yield from adds_up("GJ301", budget, whole, parts, "各单位之和", hint, withheld)


@rule("GJ302", "“三公”不小于基本支出中的同名科目", acceptable=True)
def not_less_than_basic(budget: Budget, facts: FactGroup) -> Iterator[Finding]:
    """接待 ≥ 30217，出国 ≥ 30212，运行 ≥ 30231，购置 ≥ 31013：基本支出中的部分不能大于全部。

    “三公”还可由项目支出安排，所以不要求相等。来源：勾稽关系第 23 条。
    """
    economic = {row.key: row.total for row in facts.basic.rows}
    for item in THREE_PUBLIC:
        code = item.economic_code
        if code in economic:
            part = (f"基本支出表 {code}", economic[code])
            whole = (f"“三公”表「{item.name}」", facts.three_public[item.key])
            hint = "“三公”表要包括基本支出里的这一项：补上，或核对基本支出"
            yield from not_more("GJ302", budget, part, whole, Severity.ERROR, hint)


@rule("GJ303", "有车才有运行费，购车要有数量", acceptable=True, stages=(BUDGET,))
def vehicles_match_money(budget: Budget, facts: FactGroup) -> Iterator[Finding]:
    """没有车辆而有运行维护费，或安排了购置费而没有购置数量（反之亦然），要核对。来源：勾稽关系第 37 条。"""
    if facts.assets is None:
        return
    bought, cost = facts.assets.planned.vehicles, facts.three_public.vehicle_purchase
    owned, running = facts.assets.vehicles.total, facts.three_public.vehicle_operation
    name = "国有资产占有使用情况"
    counts = (*facts.assets.vehicles.total.cells(), "/assets/vehicles/-")
    place = Place("/assets", name, parts=counts)
    if running and not owned and not bought:
        yield Finding("GJ303", Severity.WARNING, "没有车辆，却有公务用车运行维护费", (place,), "核对车辆数")
    if bool(bought) != bool(cost):
        place = Place("/assets", name, parts=(*bought.cells(), "/assets/planned/vehicles"))
        yield Finding("GJ303", Severity.WARNING, "公务用车购置费与购置数量不相符", (place,), "两者应同时有或同时没有")


@rule("GJ304", "机关运行经费不大于公用经费", acceptable=True)
def agency_within_operating(budget: Budget, facts: FactGroup) -> Iterator[Finding]:
    """机关运行经费是行政和参公单位的公用经费，不大于一般公共预算公用经费。来源：勾稽关系第 33 条。"""
    part = ("机关运行经费", facts.agency_operating.total)
    split = facts.past.printing.basic_split or facts.general_public.operating
    whole = ("一般公共预算「公用经费」", facts.general_public.operating if split else facts.basic.operating)
    yield from not_more(
        "GJ304", budget, part, whole, Severity.ERROR, "机关运行经费只算行政和参公单位的公用经费：改正 agency_operating"
    )


@rule("GJ305", "机关运行经费等于行政和参公单位的公用经费", acceptable=True)
def agency_is_operating_of_its_units(budget: Budget, facts: FactGroup) -> Iterator[Finding]:
    """支出分单位编报时：机关运行经费 = Σ 行政和参公单位的一般公共预算公用经费。

    没有分单位而所有单位都是行政或参公的：机关运行经费 = 一般公共预算公用经费。来源：勾稽关系第 33 条。
    """
    natures = {unit.code: unit.nature for unit in budget.department.units}
    lines = [(n, x) for n, x in lines_below(budget) if x.fund == GENERAL_PUBLIC.name and x.operating]
    if set(natures.values()) <= AGENCIES and any(line.unit is None for _, line in lines):
        every = ("公用经费（单位都是行政或参公）", facts.general_public.operating)
        stated = ("机关运行经费", facts.agency_operating.total)
        yield from equal("GJ305", budget, stated, every, len(lines), "改正 agency_operating，或核对单位的性质 nature")
        return
    if not lines or any(line.unit is None for _, line in lines):
        return
    own = [
        Fact(f"operating@{n}", line.operating, pointers=(f"/expenditure/{n}/operating",))
        for n, line in lines
        if natures.get(line.unit) in AGENCIES and line.operating is not None
    ]
    whole = ("行政和参公单位公用经费", total("operating", own))
    hint = "改正 agency_operating，或核对单位的性质 nature 和公用经费"
    yield from equal("GJ305", budget, ("机关运行经费", facts.agency_operating.total), whole, len(own), hint)


@rule("GJ306", "机关运行经费与单位性质相符", acceptable=True)
def agency_matches_natures(budget: Budget, facts: FactGroup) -> Iterator[Finding]:
    """有行政或参公单位才有机关运行经费，有就要公开；写明为 0 的，没有公用经费时成立。没有读到的（unread）不查。

    来源：预算法第十四条；公开的法律依据。
    """
    has_units = bool(facts.units.administrative or facts.units.managed)
    if has_units == bool(facts.agency_operating.total) or "/agency_operating" in budget.unread:
        return
    if budget.agency_operating is not None and not budget.agency_operating:
        yield from _stated_zero(budget, facts)
        return
    message = "有行政或参公单位，却没有机关运行经费" if has_units else "没有行政或参公单位，却有机关运行经费"
    where = (Place("/agency_operating", "机关运行经费"), _natures(budget))
    yield Finding("GJ306", Severity.ERROR, message, where, "核对单位性质 nature 与 agency_operating")


def _natures(budget: Budget) -> Place:
    """Return where the natures of all units are."""
    pointer = "/department/units"
    return Place(pointer, parts=tuple(f"{pointer}/{n}/nature" for n in range(len(budget.department.units))))


def _stated_zero(budget: Budget, facts: FactGroup) -> Iterator[Finding]:
    """Yield a warning for a 机关运行经费 of 0 beside 公用经费, which may all be that of other units."""
    operating = facts.general_public.operating or facts.basic.operating
    if operating.value:
        message = "有行政或参公单位，机关运行经费写的是 0，公用经费有 {amount}"
        hint = "公用经费都是事业单位的才是 0；否则补上行政和参公单位的公用经费"
        values = {"amount": exact(operating.value, budget.money_unit)}
        where = (Place("/agency_operating", "机关运行经费"),)
        yield Finding("GJ306", Severity.WARNING, message, where, hint, values)


@rule("GJ314", "机关运行经费等于各科目之和", acceptable=True)
def agency_is_the_sum_of_its_items(budget: Budget, facts: FactGroup) -> Iterator[Finding]:
    """基本支出的行写了“其中：机关运行经费”时：各科目之和 = 机关运行经费，每个科目都是公用经费，不大于其基本支出。

    来源：勾稽关系第 33 条。
    """
    lines = [(n, line) for n, line in enumerate(budget.basic_expenditure) if line.agency_operating is not None]
    if not lines:
        return
    parts = [row.total for row in facts.agency_operating.rows if row.level == 1]
    hint = "核对基本支出各行的 agency_operating"
    withheld = any(may_lack_rows(budget.withheld, "basic_expenditure", row.key) for row in facts.basic.classes)
    yield from adds_up(
        "GJ314", budget, ("机关运行经费", facts.agency_operating.total), parts, "各科目之和", hint, withheld
    )
    for n, line in lines:
        part, whole = (
            Fact(f"{name}@{n}", getattr(line, name) or ZERO, pointers=(f"/basic_expenditure/{n}/{name}",))
            for name in ("agency_operating", "amount")
        )
        names = f"「{line.economic}」机关运行经费", f"「{line.economic}」基本支出"
        yield from not_more("GJ314", budget, (names[0], part), (names[1], whole), Severity.ERROR, hint)
        if not is_operating(line):
            place, values = Place(f"/basic_expenditure/{n}/agency_operating", "机关运行经费"), {"code": line.economic}
            yield Finding("GJ314", Severity.ERROR, "「{code}」不是公用经费，却写了机关运行经费", (place,), hint, values)


@rule("GJ307", "采购总额不大于支出", acceptable=True)
def procurement_within_expenditure(budget: Budget, facts: FactGroup) -> Iterator[Finding]:
    """政府采购预算是支出的一部分，不大于支出总计。来源：勾稽关系第 34 条。"""
    part = ("政府采购预算总额", facts.procurement.total)
    yield from not_more("GJ307", budget, part, ("支出总计", facts.expenditure.total), Severity.WARNING, "检查金额单位")


@rule("GJ308", "“三公”印出的数加得起来")
def printed_parts_add_up(budget: Budget, facts: FactGroup) -> Iterator[Finding]:
    """“三公”各单位、各项印出的数之和等于印出的合计；四舍五入使两者不等时说出尾差。来源：勾稽关系第 10 条。"""
    names = {item.key: item.name for item in THREE_PUBLIC} | {"total": "合计", VEHICLES: "公务用车购置及运行费"}
    for tail in facts.three_public.tails:
        column = names[tail.column]
        values = {"column": column, "parts": str(tail.parts), "whole": str(tail.whole)}
        place = replace(fact_place(tail.sum, f"“三公”表「{column}」"), pointer=place_of(tail.sum) or "/three_public")
        message = "“三公”表「{column}」印出的各数之和 {parts} 与印出的合计 {whole} 有尾差"
        yield Finding("GJ308", Severity.NOTE, message, (place,), "四舍五入所致，可在表下加注", values)


@rule("GJ311", "采购总额不大于非人员支出", acceptable=True)
def procurement_within_other_spending(budget: Budget, facts: FactGroup) -> Iterator[Finding]:
    """政府采购买的是货物、工程和服务，不大于人员支出之外的支出。来源：勾稽关系第 34 条。"""
    whole = facts.expenditure
    rest = Fact("expenditure.other", whole.total.value - whole.personnel.value, inputs=(whole.total, whole.personnel))
    part = ("政府采购预算总额", facts.procurement.total)
    yield from not_more("GJ311", budget, part, ("人员支出之外的支出", rest), Severity.WARNING, "检查采购的金额单位")


@rule("GJ312", "计划购置不重复存量", acceptable=True, stages=(BUDGET,))
def planned_purchases_are_not_the_stock(budget: Budget, facts: FactGroup) -> Iterator[Finding]:
    """计划购置的车辆或设备数与现有数相同，多半是把存量又抄了一遍。来源：常见差错。

    一次换掉不超过三辆（台）还可能，所以单独一项从四起才说；几项都相同的，其中有三就说。
    """
    if facts.assets is None:
        return
    stock = {
        "vehicles": facts.assets.vehicles.total,
        "equipment": facts.assets.equipment,
        "special_equipment": facts.assets.special_equipment,
    }
    same = {k: owned for k, owned in stock.items() if owned and owned.value == facts.assets.planned[k].value}
    every = len(same) > 1 and len(same) == len([owned for owned in stock.values() if owned])
    if any(owned.value > (2 if every else MOST_REPLACED) for owned in same.values()):
        where = tuple(Place(f"/assets/planned/{key}", "国有资产占有使用情况") for key in same)
        values = {"counts": "、".join(str(owned.value) for owned in same.values())}
        message, hint = "计划购置的数量（{counts}）与现有数相同", "是否把现有数写进了计划购置"
        yield Finding("GJ312", Severity.WARNING, message, where, hint, values)
