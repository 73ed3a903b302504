"""GJ4xx 文字：reasons, years, placeholders, names of units, what a sentence needs and the document does not give."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from functools import cache
from typing import Any

from ..budget.kinds import holds_words
from ..budget.model import Budget, LinkedFigure, Override
from ..budget.schema import models
from ..core.finding import Finding, Place, Severity
from ..core.money import exact
from ..facts import Group
from .rule import rule

MUST_EXPLAIN = {
    "revenue": "收入预算", "expenditure": "支出预算", "general_public": "一般公共预算拨款",
    "government_fund": "政府性基金预算", "state_capital": "国有资本经营预算",
}  # fmt: skip
ITEMS = {
    "overseas": "因公出国（境）费用", "reception": "公务接待费",
    "vehicle_purchase": "公务用车购置费", "vehicle_operation": "公务用车运行维护费",
}  # fmt: skip
MOVED = ("up", "down", "new")
FEWER = ("减少", "下降", "压减", "压缩", "核减", "严控", "精简", "取消")
MORE = ("增加", "增长", "新增", "提高", "上调", "扩大")
PLACEHOLDER = re.compile(r"[XxＸ×]{2,}|…{2,}|增加（减少）|增加\(减少\)|（增加/减少）|\{\{|\}\}|待填|待补")
YEAR = re.compile(r"(?<![0-9])(20[0-9]{2})年")
SHORTEST_NAME = 8
"""Of a unit, without its place: its first four characters and its last four must tell it from other words."""
QUOTED = re.compile(r"《[^》]*》|“[^”]*”")


def changes(facts: Group) -> Iterator[tuple[str, str, Group, Any]]:
    """Each figure that is compared with last year: its key under ``/reasons``, its name, the change, the reason."""
    for key, name in MUST_EXPLAIN.items():
        yield key, name, facts[key].change, facts[key].reason
    for key, name in ITEMS.items():
        yield key, name, facts.three_public.change[key], facts.three_public.reason[key]
    yield "agency_operating", "机关运行经费", facts.agency_operating.change, facts.agency_operating.reason


@rule("GJ401", "有增减就要说明原因")
def changes_are_explained(budget: Budget, facts: Group) -> Iterator[Finding]:
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


@rule("GJ402", "没有增减就不写原因")
def flat_figures_have_no_reason(budget: Budget, facts: Group) -> Iterator[Finding]:
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


@rule("GJ403", "原因与增减方向一致")
def reasons_point_the_same_way(budget: Budget, facts: Group) -> Iterator[Finding]:
    """数字增加，原因却只说减少、压减、严控；或数字减少，原因却只说增加、新增：要核对。来源：常见差错。"""
    for key, name, change, reason in changes(facts):
        if not reason or change.direction not in MOVED:
            continue
        with_it, against = (FEWER, MORE) if change.direction == "down" else (MORE, FEWER)
        word = next((w for w in against if w in reason.text), "")
        if word and not any(w in reason.text for w in with_it):
            values = {"name": name, "word": word, "moved": "减少" if change.direction == "down" else "增加"}
            message = "{name}比上年{moved}，原因却说“{word}”"
            yield Finding(
                "GJ403", Severity.WARNING, message, (Place(f"/reasons/{key}", name),), "核对原因与金额", values
            )


@rule("GJ404", "文字里的年份是本年或上年")
def years_are_this_or_last(budget: Budget, facts: Group) -> Iterator[Finding]:
    """文字中的“20××年”只应是本年或上年；书名号、引号之内不查。来源：常见差错、勾稽关系第 40 条。"""
    for pointer, text in texts(budget):
        if pointer.startswith("/department/duties"):
            continue
        for year in YEAR.findall(QUOTED.sub("", text)):
            if int(year) not in (budget.year, budget.year - 1):
                values = {"year": year, "this": str(budget.year)}
                message = "文字里有 {year}年，本文件是 {this}年"
                yield Finding("GJ404", Severity.WARNING, message, (Place(pointer),), "是否照抄了往年的文字", values)


@rule("GJ405", "没有留下模板的空")
def no_placeholders(budget: Budget, facts: Group) -> Iterator[Finding]:
    """文字里没有 XX、增加（减少）、{{ }}、待填 之类的占位。来源：常见差错。"""
    for pointer, text in texts(budget):
        if found := PLACEHOLDER.search(text):
            yield Finding(
                "GJ405", Severity.ERROR, "文字里还有占位“{found}”", (Place(pointer),), "填上内容", {"found": found[0]}
            )


@rule("GJ406", "单位名称前后一致")
def units_are_named_alike(budget: Budget, facts: Group) -> Iterator[Finding]:
    """文字中的单位名称与单位清单一致：去掉地名后差一两个字的，多半是写错。来源：勾稽关系第 26 条。"""
    names = sorted({bare(unit.name) for unit in budget.department.units if len(bare(unit.name)) >= SHORTEST_NAME})
    for pointer, text in texts(budget):
        if len(text) < SHORTEST_NAME or pointer.startswith("/department/units"):
            continue
        for name in names:
            for wrong in near_misses(text, name):
                values = {"wrong": wrong, "name": name}
                yield Finding(
                    "GJ406",
                    Severity.WARNING,
                    "“{wrong}”与单位清单的“{name}”不一致",
                    (Place(pointer),),
                    "用清单里的名称",
                    values,
                )


@rule("GJ407", "每个项都有“主要用于”和名词解释")
def items_are_described(budget: Budget, facts: Group) -> Iterator[Finding]:
    """一般公共预算用到的每个项，要有主要用途和名词解释。来源：财预〔2016〕143号；名词解释与项逐一对应。"""
    explained = {term.function for term in budget.glossary}
    for row in facts.general_public.items:
        if not row.use:
            values = {"code": row.key, "name": row.name.text}
            yield Finding(
                "GJ407",
                Severity.WARNING,
                "{code} {name} 没有写“主要用于”",
                (Place("/expenditure"),),
                "在该行写 use",
                values,
            )
    for row in facts.expenditure.items:
        if row.key not in explained:
            values = {"code": row.key, "name": row.name.text}
            yield Finding(
                "GJ407",
                Severity.WARNING,
                "{code} {name} 没有名词解释",
                (Place("/glossary"),),
                "在 glossary 里补一条",
                values,
            )


@rule("GJ408", "名词解释的科目都用到")
def glossary_is_used(budget: Budget, facts: Group) -> Iterator[Finding]:
    """名词解释里的科目都在支出中出现；没有出现的不会印出。来源：名词解释与项逐一对应。"""
    used = {row.key for row in facts.expenditure.items}
    for n, term in enumerate(budget.glossary):
        if term.function and term.function not in used:
            place = Place(f"/glossary/{n}", "名词解释")
            yield Finding(
                "GJ408", Severity.NOTE, "{code} 没有支出，它的解释不印", (place,), "", {"code": term.function}
            )


@rule("GJ409", "上年数齐全")
def bases_are_given(budget: Budget, facts: Group) -> Iterator[Finding]:
    """要与上年比较的数字，上年数要填（没有则填 0）。来源：财预〔2016〕143号；数据来源。"""
    for key, name, change, _ in changes(facts):
        needed = key in ("revenue", "expenditure", "general_public", *ITEMS) or bool(change.this)
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


def bare(name: str) -> str:
    """A unit's name without its place: 绍兴市就业促进和人力资源服务中心 → 就业促进和人力资源服务中心."""
    return re.sub(r"^.{2,8}?[省市县区]", "", name)


def near_misses(text: str, name: str) -> Iterator[str]:
    """Passages of the text that end like ``name`` and are one or two characters longer or shorter inside."""
    head, tail = name[:4], name[-4:]
    if head not in text or tail not in text:
        return
    pattern = re.escape(head) + r"[\u4e00-\u9fff]{0,30}?" + re.escape(tail)
    for found in re.findall(pattern, text):
        if found != name and 0 < abs(len(found) - len(name)) <= 2:
            yield found


def texts(budget: Budget) -> list[tuple[str, str]]:
    """Every text of the document, its pointer before it; what can only be a code or one of a few words is none."""
    found: list[tuple[str, str]] = []
    _gather(budget, "", found)
    return found


def _gather(value: Any, pointer: str, found: list[tuple[str, str]]) -> None:
    if isinstance(value, str):
        found.append((pointer, value))
    elif isinstance(value, tuple):
        for n, one in enumerate(value):
            _gather(one, f"{pointer}/{n}", found)
    else:
        for name in _text_fields()[type(value)]:
            if inner := getattr(value, name):
                _gather(inner, f"{pointer}/{name}", found)


PRINTED = {Override: ("runs",), LinkedFigure: ()}
"""Of an override only its words are printed; the rest says what it stands in for."""


@cache
def _text_fields() -> Mapping[type[Any], Sequence[str]]:
    """The fields of each class of the model in which texts can be."""
    words = {
        model: [one.name for one in fields(model) if holds_words(one.metadata["kind"])] for model in models(Budget)
    }
    return {**words, **PRINTED}
