"""GJ401–GJ403, GJ409 增减原因: figures compared with last year have a base, and a reason if they changed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..budget.model import Budget
from ..budget.terms import FISCAL_FUNDS, GENERAL_PUBLIC, THREE_PUBLIC
from ..core.finding import Finding, Place, Severity
from ..core.money import exact
from ..facts import FactGroup
from .rule import rule

TOTALS = {"revenue": "收入预算", "expenditure": "支出预算", **{fund.key: fund.compared for fund in FISCAL_FUNDS}}
ITEMS = {item.key: item.name for item in sorted(THREE_PUBLIC, key=lambda item: item.vehicle)}
"""In the order of ``reasons``: both vehicle items last."""
ALWAYS_COMPARED = ("revenue", "expenditure", GENERAL_PUBLIC.key, *ITEMS)
"""Every form compares these with last year, also where there is nothing this year."""
MOVED = ("up", "down", "new")
FEWER = ("减少", "下降", "压减", "压缩", "核减", "严控", "精简", "取消")
MORE = ("增加", "增长", "新增", "提高", "上调", "扩大")


def changes(facts: FactGroup) -> Iterator[tuple[str, str, FactGroup, Any]]:
    """Yield each figure compared with last year: its key under ``/reasons``, its name, the change, the reason."""
    for key, name in TOTALS.items():
        yield key, name, facts[key].change, facts[key].reason
    for key, name in ITEMS.items():
        yield key, name, facts.three_public.change[key], facts.three_public.reason[key]
    yield "agency_operating", "机关运行经费", facts.agency_operating.change, facts.agency_operating.reason


@rule("GJ401", "有增减就要说明原因", acceptable=True)
def changes_are_explained(budget: Budget, facts: FactGroup) -> Iterator[Finding]:
    """比上年有增减（且不是基本持平）的收入、支出、拨款、“三公”各项和机关运行经费，要有原因。

    来源：财预〔2016〕143号“增减变化情况及原因”；勾稽关系第 31 条。
    """
    for key, name, change, reason in changes(facts):
        if change.direction in MOVED and not change.basically_flat and not reason:
            place = Place(f"/reasons/{key}", name)
            word = "减少" if change.direction == "down" else "增加"
            values = {"name": name, "word": word, "delta": exact(change.delta.value, "万元").removesuffix("万元")}
            yield Finding(
                "GJ401",
                Severity.ERROR,
                "{name}比上年{word} {delta} 万元，没有写原因",
                (place,),
                "在 reasons 里写明主要原因",
                values,
            )


@rule("GJ402", "没有增减就不写原因", acceptable=True)
def flat_figures_have_no_reason(budget: Budget, facts: FactGroup) -> Iterator[Finding]:
    """持平的数字不需要原因；写了也不会印出，多半是数字或原因填错了地方。来源：常见差错。"""
    for key, name, change, reason in changes(facts):
        if reason and change.direction == "flat":
            place = Place(f"/reasons/{key}", name)
            yield Finding(
                "GJ402",
                Severity.WARNING,
                "{name}与上年持平，却写了增减原因",
                (place,),
                "核对金额；原因不会印出",
                {"name": name},
            )


@rule("GJ403", "原因与增减方向一致", acceptable=True)
def reasons_point_the_same_way(budget: Budget, facts: FactGroup) -> Iterator[Finding]:
    """数字增加，原因却只说减少、压减、严控；或数字减少，原因却只说增加、新增：要核对。来源：常见差错。"""
    for key, name, change, reason in changes(facts):
        if not reason or change.direction not in MOVED:
            continue
        same, opposite = (FEWER, MORE) if change.direction == "down" else (MORE, FEWER)
        word = next((w for w in opposite if w in reason.text), "")
        if word and not any(w in reason.text for w in same):
            values = {"name": name, "word": word, "moved": "减少" if change.direction == "down" else "增加"}
            message = "{name}比上年{moved}，原因却说“{word}”"
            yield Finding(
                "GJ403", Severity.WARNING, message, (Place(f"/reasons/{key}", name),), "核对原因与金额", values
            )


@rule("GJ409", "上年数齐全", acceptable=True)
def bases_are_given(budget: Budget, facts: FactGroup) -> Iterator[Finding]:
    """要与上年比较的数字，上年数要填（没有则填 0）。来源：财预〔2016〕143号；数据来源。"""
    for key, name, change, _ in changes(facts):
        needed = key in ALWAYS_COMPARED or bool(change.this)
        if change.direction == "unknown" and needed:
            part = "budget" if key in (*ITEMS, "agency_operating") else "execution"
            place = Place(f"/comparison/{part}/{key}", name)
            yield Finding(
                "GJ409",
                Severity.ERROR,
                "{name}没有上年数，无法比较",
                (place,),
                "填上年数；上年没有此项则填 0",
                {"name": name},
            )
