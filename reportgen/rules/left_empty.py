"""GJ320: what final accounts leave empty and sentences would print as 0 or as 没有."""

from __future__ import annotations

from collections.abc import Iterator

from ..budget.model import Budget
from ..budget.terms import FINAL
from ..core.finding import Finding, Place, Severity
from ..core.money import exact
from ..facts import Fact, FactGroup
from .rule import rule

CONTRACTS = {
    "awarded": {"sme": "授予中小企业合同金额", "small": "授予小微企业合同金额"},
    "by_project": {
        "sme_reserved": "预留项目里由中小企业中标的金额",
        "small_reserved": "预留项目里由小微企业中标的金额",
        "sme_other": "其他项目里由中小企业中标的金额",
    },
}
"""The contracts that a form prints, by ``printing.contracts`` of its layout."""
STEPS = {
    "goals": {"count": "编报绩效目标的项目个数", "amount": "编报绩效目标的预算金额"},
    "tracked": {"count": "绩效跟踪的项目个数", "amount": "绩效跟踪的预算金额"},
    "evaluated": {"count": "绩效自评的项目个数", "amount": "绩效自评的预算金额"},
}
HINT = "填上；确实没有的填 0"


@rule("GJ320", "该公开的数没有空着", acceptable=True, stages=(FINAL,))
def nothing_is_left_empty(budget: Budget, facts: FactGroup) -> Iterator[Finding]:
    """空着不等于 0：“三公”、政府采购没有的填 0；有政府采购的，版式印出的授予中小企业的金额要填；
    有公务用车的，国有资产的车辆要填；写了绩效的，各个数要填；有项目支出的，要写绩效。

    确实没有的填 0。没有读到的（unread）不查。来源：财预〔2016〕143号；常见差错。
    """
    for finding in (*_not_said(budget, facts), *_contracts(facts), *_vehicles(budget, facts), *_evaluation(facts)):
        if not any(_is_within(place.pointer, unread) for place in finding.where for unread in budget.unread):
            yield finding


def _is_within(pointer: str, whole: str) -> bool:
    return f"{pointer}/".startswith(f"{whole}/")


def _empty(name: str, pointer: str) -> Finding:
    message = "{name}空着，公开的文字里会印成 0"
    return Finding("GJ320", Severity.ERROR, message, (Place(pointer, name),), HINT, {"name": name})


def _is_empty(fact: Fact) -> bool:
    """Whether the document does not state a value, which is zero then."""
    return not fact.pointers and not fact.inputs


def _not_said(budget: Budget, facts: FactGroup) -> Iterator[Finding]:
    """Yield that a department says nothing of 政府采购 or “三公”, neither that there was some nor none."""
    if budget.scope != "department":
        return
    if not budget.three_public and not facts.three_public.total:
        where = (Place("/three_public", "“三公”经费"),)
        message = "“三公”经费空着，公开的文字里会印成没有“三公”经费支出"
        yield Finding("GJ320", Severity.WARNING, message, where, "填上“三公”各项；确实没有的填 0")
    if not facts.procurement.stated:
        where = (Place("/procurement", "政府采购"),)
        message = "政府采购空着，不知道有没有，公开的文件里没有这一节的文字"
        yield Finding("GJ320", Severity.WARNING, message, where, "填上货物、工程、服务的采购金额；确实没有的填 0")


def _contracts(facts: FactGroup) -> Iterator[Finding]:
    """Yield the empty amounts of the contracts that the layout prints."""
    contracts = facts.procurement.contracts
    if not contracts.stated or not facts.procurement.total:
        return
    names = CONTRACTS[facts.past.printing.contracts]
    is_none = "sme" in names and contracts.sme.pointers and not contracts.sme  # then no part of it is either
    for key, name in names.items():
        if _is_empty(contracts[key]) and not is_none:
            yield _empty(name, f"/procurement/contracts/{key}")


def _vehicles(budget: Budget, facts: FactGroup) -> Iterator[Finding]:
    """Yield that 国有资产 has no vehicle where “三公” has some: an error if empty, a warning if it says 0."""
    kept, cost = facts.three_public.details.vehicles_kept, facts.three_public.vehicle_operation
    if budget.assets is None or facts.assets.vehicles.total or not (kept or cost):
        return
    values = {"item": "公务用车保有量", "value": f"{kept.value}辆"}
    if not kept:
        values = {"item": "公务用车运行维护费", "value": exact(cost.value, "万元")}
    where, hint = (Place("/assets/vehicles", "国有资产占有使用情况"),), "填上各类车辆的数量，或改正“三公”的数"
    if budget.assets.vehicles:
        message = "“三公”的{item}是 {value}，国有资产的车辆却是 0 辆"
        yield Finding("GJ320", Severity.WARNING, message, where, hint, values)
        return
    message = "“三公”的{item}是 {value}，国有资产的车辆却空着，公开的文字里会印成 0 辆"
    yield Finding("GJ320", Severity.ERROR, message, where, hint, values)


def _evaluation(facts: FactGroup) -> Iterator[Finding]:
    """Yield the empty numbers of 绩效管理, or that there are projects and no 绩效管理 at all."""
    stated, projects = facts.evaluation, facts.expenditure.project
    if not projects:
        return
    if stated is None:
        values = {"amount": exact(projects.value, "万元")}
        where, hint = (Place("/evaluation", "预算绩效管理情况"),), "填上绩效自评的各个数；确实没有开展的，核实后接受"
        message = "有项目支出 {amount}，绩效管理却空着，公开的文字里会印成没有开展绩效评价"
        yield Finding("GJ320", Severity.WARNING, message, where, hint, values)
        return
    for key, names in STEPS.items():
        is_none = stated[key].count.pointers and not stated[key].count  # no project, so no amount
        for part, name in names.items():
            if _is_empty(stated[key][part]) and not is_none:
                yield _empty(name, f"/evaluation/{key}/{part}")
    if stated.evaluated.count and _is_empty(stated.problems):
        yield _empty("绩效自评发现的问题", "/evaluation/problems")
