"""The work of all rules grows with the document, not with its square: lines of Python run for n and for 2n members."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest

from reportgen import rules
from reportgen.budget.load import read_budget
from reportgen.facts import derive_facts
from tests.rules.test_rules import PRINTING, base

MEMBERS = 150
MOST = 2.3
"""Times the work that twice the members may take; with the square it would be four."""


def word(number: int) -> str:
    """Four hanzi, different for every number."""
    return "".join(chr(0x4E00 + number // 40**place % 40) for place in range(4))


def many_units(count: int) -> Any:
    """Every unit has a line of revenue, expenditure, “三公” and a project."""
    data = base("demo")
    codes = [f"{450_000_000 + n}" for n in range(count)]
    data["department"]["units"] = [
        {"code": c, "name": f"青溪市{word(n)}中心", "nature": "行政"} for n, c in enumerate(codes)
    ]
    data["revenue"] = [{"unit": code, "source": "一般公共预算", "amount": "150000"} for code in codes]
    data["expenditure"] = [
        {"unit": code, "function": "2010601", "personnel": "150000", "use": "运转"} for code in codes
    ]
    data["three_public"] = [{"unit": code, "reception": "1000"} for code in codes]
    data["projects"] = [{"unit": code, "name": f"项目{code}", "general_public": "0"} for code in codes]
    data["performance"] = []
    return data


def many_names(head: Callable[[int], str], tail: Callable[[int], str]) -> Callable[[int], Any]:
    """As many names of units, and as many texts that nearly have one of them."""

    def data_of(count: int) -> Any:
        data = base("demo")
        names = [(head(n), word(n), tail(n)) for n in range(count)]
        data["department"]["units"] = [{"name": "青溪市" + "".join(name), "nature": "行政"} for name in names]
        data["glossary"] += [{"term": f"词{n}", "text": f"指{a}{b}局{c}的工作。"} for n, (a, b, c) in enumerate(names)]
        return data

    return data_of


SHAPES = {
    "单位": many_units,
    "名称各不相同": many_names(word, lambda n: word(7 * n)),
    "名称的头相同": many_names(lambda n: "公共资源", word),
    "名称的尾相同": many_names(word, lambda n: "服务中心"),
    "名称的头尾相同": many_names(lambda n: "公共资源", lambda n: "服务中心"),
}


def lines_run(data: Any) -> int:
    budget = read_budget(data)
    facts = derive_facts(budget, PRINTING)
    count = 0

    def trace(frame: FrameType, event: str, argument: object) -> Any:
        nonlocal count
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        rules.run(budget, facts)
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize("shape", SHAPES)
def test_twice_the_members_take_about_twice_the_work(shape: str) -> None:
    least = lines_run(SHAPES[shape](1))
    once, twice = (lines_run(SHAPES[shape](count)) - least for count in (MEMBERS, 2 * MEMBERS))
    assert 0 < once < twice < MOST * once
