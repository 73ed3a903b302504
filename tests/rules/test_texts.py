"""What the rules about texts look at: which passages count as a unit's name written wrongly, and where."""

from __future__ import annotations

from typing import Any

import pytest

from reportgen.budget.load import read_budget
from reportgen.core.finding import Finding
from reportgen.rules.final_words import TABLES, in_words_of_final
from reportgen.rules.texts import texts
from reportgen.rules.unit_names import bare, by_ends, near_misses
from tests.rules.test_rules import base, edited, found

NAME = "/department/units/0/name"
NATURE = {"code": "401009", "nature": "事业"}


def misnamed(edits: dict[str, Any]) -> list[Finding]:
    return [finding for finding in found(edited(base("demo"), edits)) if finding.code == "GJ406"]


def misses(text: str, *names: str) -> list[str]:
    return [miss.wrong for miss in near_misses(text, by_ends(names))]


def test_part_of_another_correct_name_is_no_miss() -> None:
    """就业创业指导服务中心 in the name of the second unit is two characters longer than the name of the first."""
    long = {"name": "青溪市青年就业创业指导服务中心", "called": "局属青年就业创业指导服务中心", **NATURE}
    edits = {NAME: "青溪市就业创业服务中心", "/department/units/-": long}
    for text in (long["name"], long["called"], f"就业创业服务中心和{long['name']}的项目"):
        assert misnamed({**edits, "/totals/expenditure/reason": text}) == []
    assert len(misnamed({**edits, "/totals/expenditure/reason": "就业创业局服务中心和就业创业局服务中心"})) == 1


def test_the_name_of_the_department_is_no_miss() -> None:
    edits = {NAME: "青溪市就业创业服务中心", "/department/name": "青溪市就业创业总服务中心"}
    assert misnamed({**edits, "/totals/expenditure/reason": "青溪市就业创业总服务中心的项目"}) == []


@pytest.mark.parametrize(("text", "count"), [("就业创业服务中心", 1), ("业创业服务中心", 0)])
def test_the_shortest_text_that_is_checked_has_eight_characters(text: str, count: int) -> None:
    """Shorter ones cannot hold the first four and the last four characters of a name."""
    assert len(misnamed({NAME: "青溪市就业创业局服务中心", "/totals/expenditure/reason": text})) == count


@pytest.mark.parametrize(("name", "count"), [("就业创业局服务中心", 1), ("就业局服务中心", 0)])
def test_names_of_fewer_than_eight_characters_are_not_compared(name: str, count: int) -> None:
    text = "青溪市就业创业服务中心、就业局服服务中心项目减少"
    assert len(misnamed({NAME: f"青溪市{name}", "/totals/expenditure/reason": text})) == count


def test_units_of_like_names_may_stand_in_the_list() -> None:
    other = {"name": "青溪市就业创业局服务中心", **NATURE}
    assert misnamed({NAME: "青溪市就业创业服务中心", "/department/units/-": other}) == []
    assert misnamed({NAME: "青溪市就业创业服务中心", "/totals/expenditure/reason": other["name"]}) != []


@pytest.mark.parametrize(
    ("passage", "expected"),
    [
        ("就业创业服务中心", []),
        ("就业创业局服务中心", ["就业创业局服务中心"]),
        ("就业创业局的服务中心", ["就业创业局的服务中心"]),
        ("就业创业局里的服务中心", []),
        ("就业创业和服务中心与就业创业的服务中心", ["就业创业和服务中心", "就业创业的服务中心"]),
        ("就业创业A服务中心", []),
        ("就业创业服务", []),
        ("创业服务中心", []),
    ],
)
def test_a_near_miss_is_one_or_two_characters_longer_or_shorter(passage: str, expected: list[str]) -> None:
    assert misses(passage, "就业创业服务中心") == expected


def test_a_near_miss_may_be_shorter() -> None:
    assert misses("就业创业服务中心", "就业创业局的服务中心") == ["就业创业服务中心"]
    assert misses("就业创业服务中心", "就业创业局里的服务中心") == []


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("绍兴市就业促进和人力资源服务中心", "就业促进和人力资源服务中心"),
        ("浙江省绍兴市某某局", "绍兴市某某局"),
        ("市区某某局", "市区某某局"),
        ("某某局", "某某局"),
        ("一二三四五六七八市某局", "某局"),
        ("一二三四五六七八九市某局", "一二三四五六七八九市某局"),
    ],
)
def test_a_bare_name_has_no_place(name: str, expected: str) -> None:
    assert bare(name) == expected


def test_texts_have_their_pointers_and_codes_are_none() -> None:
    data = edited(
        base("demo"), {"/overrides": [{"block": "收入/规模", "runs": ["改过", {"figure": "a", "printed": "1"}]}]}
    )
    pointers = dict(texts(read_budget(data)))
    assert pointers["/department/name"] == data["department"]["name"]
    assert pointers["/department/duties/0"] == data["department"]["duties"][0]
    assert pointers["/overrides/0/runs/0"] == "改过"
    assert not [
        pointer for pointer in pointers if pointer.endswith(("/code", "/figure", "/printed", "/block", "/source"))
    ]


def test_tables_of_final_accounts_are_called_as_there() -> None:
    """Findings of the recogniser and of an audit name a table; what they quote of a document stays as it is."""
    assert in_words_of_final("财政拨款收支总表与支出总表", TABLES) == "财政拨款收入支出决算总表与支出决算表"
    assert in_words_of_final("“三公”经费支出表", TABLES) == "财政拨款“三公”经费支出决算表"
    assert in_words_of_final("上年结转", TABLES) == "上年结转"
    worded = in_words_of_final("收支总表、收入预算总表「上年结转结余」")
    assert worded == "收入支出决算总表、收入决算表「年初结转和结余」"
    assert in_words_of_final(worded) == worded
