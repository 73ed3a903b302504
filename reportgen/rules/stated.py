"""GJ112, GJ113: every amount that the document states is used, and every line states one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields
from decimal import Decimal
from functools import cache
from typing import Any

from ..budget.field_types import Amount, List, Object
from ..budget.model import Budget
from ..budget.performance import Performance
from ..budget.schema import models
from ..budget.totals import Total
from ..budget.version_1 import written_pointer
from ..core.finding import Finding, Place, Severity
from ..core.money import exact
from ..facts import Fact, FactGroup
from .rule import rule

LISTS = {
    "revenue": "收入", "expenditure": "支出", "basic_expenditure": "基本支出",
    "economic_expenditure": "按经济分类的支出",
    "three_public": "“三公”经费",
    "projects": "项目支出", "performance": "绩效指标", "named": "其他金额",
}  # fmt: skip
"""The lists whose lines state money, with the names that messages print."""


NOT_COUNTED = ("last", "carry_over_last", "budgeted", "overrides")
"""Fields of lines whose amounts need not be used: a form may print no change of a line."""


@rule("GJ112", "列明的金额都用到")
def stated_amounts_are_used(budget: Budget, facts: FactGroup) -> Iterator[Finding]:
    """文件里列明的每一个金额，都要进入某个数据项；没有用到的金额不会印出，也没有人核对。

    常见的是同一张表写了两行“合计”。来源：每个印出的数字都可追溯到输入，反之亦然。
    """
    used = cells_of(facts.facts())
    for pointer, amount in amounts(budget):
        if pointer not in used:
            values = {"amount": exact(amount, budget.money_unit)}
            message, hint = "列明的金额 {amount} 没有用到，哪里都不印", "同一个合计只写一行；多余的金额请删去"
            yield Finding("GJ112", Severity.ERROR, message, (Place(pointer),), hint, values)


@rule("GJ119", "同一科目的用途和名称只有一种")
def uses_and_names_are_said_once(budget: Budget, facts: FactGroup) -> Iterator[Finding]:
    """几个单位用同一科目时，“主要用于”和目录外的名称都写成一样，或只写在一行：一个科目只印一句。来源：数据来源。"""
    known: dict[tuple[str, ...], tuple[str, str]] = {}
    for n, line in enumerate(budget.expenditure):
        for field, text, key in (
            ("use", line.use, (line.function, line.fund, "use")),
            ("name", line.name, (line.function, "name")),
        ):
            pointer = f"/expenditure/{n}/{field}"
            first, at = known.setdefault(key, (text, pointer)) if text else ("", "")
            if text and text != first:
                values = {"code": line.function, "first": first, "second": text}
                where = (Place(pointer, "支出"), Place(at, "支出"))
                message = "科目 {code} 写了两种：“{first}”和“{second}”，只能印一种"
                yield Finding("GJ119", Severity.ERROR, message, where, "合成一句，只写在一行", values)


@rule("GJ113", "每一行都有金额")
def lines_state_an_amount(budget: Budget, facts: FactGroup) -> Iterator[Finding]:
    """收入、支出、基本支出、“三公”、项目的每一行至少写一个金额（可以是 0）；绩效项目要有预算金额。

    项目支出里有的项目，绩效里只写目标的，不必再写金额。只有上年数的行是上年才有的科目，不算。没有金额的行印成空白，或使上级的合计少计。来源：常见差错（漏填金额的行）。
    """
    named = {(project.unit, project.name) for project in budget.projects}
    for part, name in LISTS.items():
        for n, line in enumerate(getattr(budget, part)):
            if _is_without_amount(line) and not (_is_goal_alone(line) and (line.unit, line.name) in named):
                severity = Severity.WARNING if part == "performance" else Severity.ERROR
                place = Place(f"/{part}/{n}", name)
                values = {"part": name, "n": str(n + 1)}
                message, hint = "{part}第 {n} 行没有写金额", "填上金额；确实没有则填 0 或删去这一行"
                yield Finding("GJ113", severity, message, (place,), hint, values)


def states_amount(line: Any) -> bool:
    """Whether a line states an amount of this year."""
    return any(getattr(line, name) is not None for name in _amount_fields()[type(line)])


def _is_without_amount(line: Any) -> bool:
    """Whether a line states no amount, neither of this year nor one that this year's is compared with."""
    compared = (getattr(line, name, None) for name in ("last", "budgeted"))
    return not states_amount(line) and not any(True for one in compared for _ in _amounts(one, ""))


def _is_goal_alone(line: Any) -> bool:
    """Whether a line is a project of the indicator table that has no indicators."""
    return isinstance(line, Performance) and not line.overall.indicators and not line.annual.indicators


def cells_of(facts: Iterable[Fact]) -> set[str]:
    """Return the pointers of all input cells that any of the facts is computed from."""
    cells: set[str] = set()
    seen: set[int] = set()
    waiting = list(facts)
    while waiting:
        fact = waiting.pop()
        if id(fact) not in seen:
            seen.add(id(fact))
            cells.update(fact.pointers)
            waiting += fact.inputs
    return cells


def amounts(budget: Budget) -> Iterator[tuple[str, Decimal]]:
    """Yield every amount that the document states, with its pointer."""
    yield from ((written_pointer(budget, pointer), amount) for pointer, amount in _amounts(budget, ""))


def compared_amounts_of_lines(budget: Budget) -> Iterator[tuple[str, Decimal]]:
    """Yield every amount that a line states of last year or of this year's budget, with its pointer."""
    for part in LISTS:
        for n, line in enumerate(getattr(budget, part)):
            for name in NOT_COUNTED:
                if (last := getattr(line, name, None)) is not None:
                    yield from _amounts(last, f"/{part}/{n}/{name}")


def _amounts(value: Any, pointer: str) -> Iterator[tuple[str, Decimal]]:
    if isinstance(value, tuple):
        for n, item in enumerate(value):
            yield from _amounts(item, f"{pointer}/{n}")
        return
    for name in _amount_fields().get(type(value), ()):
        if (amount := getattr(value, name)) is not None:
            yield f"{pointer}/{name}", amount
    for name in _object_fields().get(type(value), ()):
        yield from _amounts(getattr(value, name), f"{pointer}/{name}")


@cache
def _amount_fields() -> dict[type[Any], tuple[str, ...]]:
    """Return for each class of the model the names of its amounts."""
    return {
        model: tuple(field.name for field in fields(model) if isinstance(field.metadata["type"], Amount))
        for model in models(Budget)
    }


@cache
def _object_fields() -> dict[type[Any], tuple[str, ...]]:
    """Return for each class of the model the names of its objects and of its lists of objects."""
    return {
        model: tuple(
            field.name
            for field in fields(model)
            if isinstance(field.metadata["type"], Object | List) and (model is Total or field.name not in NOT_COUNTED)
        )
        for model in models(Budget)
    }
