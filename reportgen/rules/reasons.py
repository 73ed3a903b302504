"""GJ401–GJ403, GJ409 增减原因: figures compared with last year have a base, and a reason if they changed."""

from __future__ import annotations

from collections.abc import Iterator

from ..budget.model import Budget
from ..core.finding import Finding, Place, Severity
from ..core.money import exact
from ..facts import FactGroup
from .compared import ALWAYS_COMPARED, FISCAL, FUND_KEYS, Compared, compared_figures, explained_changes
from .rule import rule

MOVED = ("up", "down", "new")
FEWER = ("减少", "下降", "压减", "压缩", "核减", "严控", "精简", "取消")
MORE = ("增加", "增长", "新增", "提高", "上调", "扩大")


@rule("GJ401", "有增减就要说明原因", acceptable=True)
def changes_are_explained(budget: Budget, facts: FactGroup) -> Iterator[Finding]:
    """比上年有增减（且不是基本持平）的收入、支出、拨款、“三公”各项和机关运行经费，要有原因。

    收入、支出、拨款有增减的各个来源、各类或各项都写了原因的，合计可以不写。
    来源：财预〔2016〕143号“增减变化情况及原因”；勾稽关系第 31 条。
    """
    for figure in compared_figures(facts):
        change = figure.change
        if _is_moved(change) and not figure.reason and not _parts_are_explained(facts, figure):
            place = Place(figure.pointer(budget, "reason"), figure.name)
            word = "减少" if change.direction == "down" else "增加"
            delta = exact(change.delta.value, "万元").removesuffix("万元")
            values = {"name": figure.name, "word": word, "delta": delta}
            yield Finding(
                "GJ401",
                Severity.ERROR,
                "{name}比上年{word} {delta} 万元，没有写原因",
                (place,),
                "在 reason 里写明主要原因（第 1 版的文件在 reasons 里）",
                values,
            )


def _is_moved(change: FactGroup) -> bool:
    return change.direction in MOVED and not change.basically_flat


def _parts_are_explained(facts: FactGroup, figure: Compared) -> bool:
    """Whether each part of a total that changed has a reason of its own."""
    if figure.key not in ("revenue", "expenditure", FISCAL, *FUND_KEYS):
        return False
    group = facts[figure.key]
    name = {"revenue": "compared_sources", "expenditure": "compared_classes"}.get(figure.key, "compared_items")
    moved = [part for part in group[name] if _is_moved(part.change[figure.kind])]
    return bool(moved) and all(part.reason for part in moved)


@rule("GJ402", "没有增减就不写原因", acceptable=True)
def flat_figures_have_no_reason(budget: Budget, facts: FactGroup) -> Iterator[Finding]:
    """持平的数字不需要原因；写了也不会印出，多半是数字或原因填错了地方。来源：常见差错。"""
    for name, reason, changes in explained_changes(facts):
        directions = {change.direction for change in changes} - {"unknown"}
        if directions == {"flat"}:
            place = Place(reason.pointer, name)
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
    for name, reason, changes in explained_changes(facts):
        down = {change.direction == "down" for change in changes if change.direction in MOVED}
        if len(down) != 1:
            continue
        same, opposite = (FEWER, MORE) if True in down else (MORE, FEWER)
        word = next((w for w in opposite if w in reason.text), "")
        if word and not any(w in reason.text for w in same):
            values = {"name": name, "word": word, "moved": "减少" if True in down else "增加"}
            message = "{name}比上年{moved}，原因却说“{word}”"
            yield Finding("GJ403", Severity.WARNING, message, (Place(reason.pointer, name),), "核对原因与金额", values)


@rule("GJ409", "上年数齐全", acceptable=True)
def bases_are_given(budget: Budget, facts: FactGroup) -> Iterator[Finding]:
    """要与上年比较的数字，上年数要填（没有则填 0）。来源：财预〔2016〕143号；数据来源。"""
    for figure in compared_figures(facts):
        name = figure.name
        needed = figure.key in ALWAYS_COMPARED or bool(figure.change.this)
        if figure.change.direction == "unknown" and needed:
            place = Place(figure.pointer(budget, f"last/{figure.kind}"), name)
            yield Finding(
                "GJ409",
                Severity.ERROR,
                "{name}没有上年数，无法比较",
                (place,),
                "填上年数；上年没有此项则填 0",
                {"name": name},
            )
