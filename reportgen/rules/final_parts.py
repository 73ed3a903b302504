"""GJ131, GJ321–GJ323: what sentences of final accounts print side by side, the part and its whole."""

from __future__ import annotations

from collections.abc import Iterator

from ..budget.model import Budget
from ..budget.terms import FINAL
from ..core.finding import Finding, Place, Severity
from ..facts import Fact, FactGroup
from ..facts.fact import total
from .equality import not_more
from .left_empty import STEPS
from .purchases import RESERVED
from .rule import rule

STAGES = (FINAL,)
OF_GOALS = {"tracked": "绩效跟踪", "evaluated": "绩效自评"}
"""What is done for projects that have goals."""
PERSONS = (
    # how many persons, and the groups or visits in which they are
    ("overseas_persons", "因公出国（境）人次", "overseas_groups", "团组"),
    ("reception_persons", "国内公务接待人次", "receptions", "批次"),
    ("foreign_persons", "外宾接待人次", "foreign_receptions", "批次"),
)
WON = {"sme": "sme_reserved", "small": "small_reserved"}
"""What was reserved for enterprises → what they were awarded of it."""


@rule("GJ131", "跟踪、自评的项目都编报了绩效目标", acceptable=True, stages=STAGES)
def projects_have_goals(budget: Budget, facts: FactGroup) -> Iterator[Finding]:
    """绩效跟踪、绩效自评的项目个数和金额都不大于编报绩效目标的；编报绩效目标的金额不大于收入支出总计。没有填目标的不查，
    填了 0 的查。

    来源：决算公开的绩效说明（全过程绩效管理：先有目标，再跟踪、自评）。
    """
    stated = facts.evaluation
    if stated is None:
        return
    hint = "核对绩效目标、跟踪、自评的个数和金额"
    goals = (STEPS["goals"]["amount"], stated.goals.amount)
    for key, name in OF_GOALS.items():
        if stated.goals.count.pointers:
            yield from _count_within(
                "GJ131", (f"{name}的项目数", stated[key].count), ("编报绩效目标的项目数", stated.goals.count), hint
            )
        if stated.goals.amount.pointers:
            yield from not_more(
                "GJ131", budget, (STEPS[key]["amount"], stated[key].amount), goals, Severity.WARNING, hint
            )
    whole = ("收入支出总计", facts.expenditure.grand_total)
    yield from not_more("GJ131", budget, goals, whole, Severity.WARNING, "核对金额单位和小数点")


@rule("GJ321", "中标的金额不大于预留的金额", acceptable=True, stages=STAGES)
def awards_are_within_what_was_reserved(budget: Budget, facts: FactGroup) -> Iterator[Finding]:
    """由中小、小微企业中标的预留项目，金额不大于面向它们预留的项目预算；预留项目和其他项目里授予中小企业的，合计不大于采购金额。

    没有填预留金额的不查。来源：政府采购促进中小企业发展管理办法；政府采购法（成交价不超过预算）。
    """
    procurement = facts.procurement
    contracts = procurement.contracts
    hint = "核对预留的项目预算和中标的金额"
    for key, won in WON.items():
        if procurement[key].pointers or procurement[key].inputs:
            part = (f"{RESERVED[key]}预留的项目里中标的金额", contracts[won])
            whole = (f"{RESERVED[key]}预留的项目预算金额", procurement[key])
            yield from not_more("GJ321", budget, part, whole, Severity.ERROR, hint)
    both = total("procurement.contracts.awarded", [contracts.sme_reserved, contracts.sme_other])
    part = ("预留项目里和其他项目里授予中小企业的", both)
    yield from not_more("GJ321", budget, part, ("政府采购金额", procurement.total), Severity.ERROR, hint)


@rule("GJ322", "公务用车保有量不大于国有资产的车辆", acceptable=True, stages=STAGES)
def vehicles_kept_are_owned(budget: Budget, facts: FactGroup) -> Iterator[Finding]:
    """“三公”的公务用车保有量（开支财政拨款的）不大于国有资产占有使用情况的车辆总数。没有填车辆的见 GJ320。

    租用、借用的车使两者不同，核实后可以接受。来源：财预〔2016〕143号：保有量与国有资产占用情况。
    """
    if facts.assets is None or not facts.assets.vehicles.total:
        return
    part = ("“三公”的公务用车保有量", facts.three_public.details.vehicles_kept)
    whole = ("国有资产的车辆数", facts.assets.vehicles.total)
    yield from _count_within("GJ322", part, whole, "核对保有量和各类车辆的数量")


@rule("GJ323", "人次不少于团组、批次", acceptable=True, stages=STAGES)
def persons_are_no_fewer_than_their_groups(budget: Budget, facts: FactGroup) -> Iterator[Finding]:
    """因公出国（境）的人次不少于团组，公务接待、外宾接待的人次不少于批次：每个团组、每批至少一人次。

    没有填人次的见 GJ317。来源：常见差错（批次与人次填反）。
    """
    details = facts.three_public.details
    for persons, name, groups, unit in PERSONS:
        many, few = details[groups].value, details[persons].value
        if 0 < few < many:
            values = {"name": name, "persons": str(few), "unit": unit, "groups": str(many)}
            where = (Place(f"/three_public_details/{persons}", name),)
            message = "{name} {persons}，少于{unit} {groups}"
            yield Finding("GJ323", Severity.ERROR, message, where, "核对是否填反", values)


def _count_within(code: str, part: tuple[str, Fact], whole: tuple[str, Fact], hint: str) -> Iterator[Finding]:
    """Yield a warning if a count is larger than the one that it is a part of."""
    (part_name, a), (whole_name, b) = part, whole
    if a.value > b.value:
        values = {"part": part_name, "whole": whole_name, "count_of_part": str(a.value), "count_of_whole": str(b.value)}
        where = tuple(
            Place(pointer, name) for fact, name in ((a, part_name), (b, whole_name)) for pointer in fact.cells()
        )
        message = "{part} {count_of_part}，多于{whole} {count_of_whole}"
        yield Finding(code, Severity.WARNING, message, where, hint, values)
