"""What titles and heads mean: as many places as were seen, in ``titles.yaml`` and ``heads.yaml``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from reportgen.recognise.head import Rows, find_head
from reportgen.recognise.titles import kind_of_title, publisher_in, titles, units_in
from reportgen.recognise.words import head_meanings, table_kinds

from .grids import cell, grid

FOLDER = Path(__file__).parent
TITLES: dict[str, list[str]] = yaml.safe_load((FOLDER / "titles.yaml").read_text(encoding="utf-8"))
HEADS: list[dict[str, Any]] = yaml.safe_load((FOLDER / "heads.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("title", "kind"), [(title, kind) for kind, names in TITLES.items() for title in names])
def test_the_title_says_which_table_it_is(title: str, kind: str) -> None:
    found = kind_of_title(title)
    assert ("" if found is None else found.key) == kind


def test_every_kind_has_a_title_in_the_table() -> None:
    assert set(TITLES) - {""} == set(table_kinds())


@pytest.mark.parametrize("case", HEADS, ids=[case["name"] for case in HEADS])
@pytest.mark.parametrize("numbers", [[], [["**", "**", 1, 2, 3]], [["栏次", "", 1, 2]]], ids=["", "numbers", "栏次"])
def test_the_labels_say_what_the_columns_are(case: dict[str, Any], numbers: list[list[Any]]) -> None:
    above = [["2026年部门支出预算总表"], ["编制部门：某局", "", "单位：元"]]
    body = [["205", "教育支出", 12.5, 7]]
    rows = Rows(grid([*above, *case["rows"], *numbers, *body]))
    head = find_head(rows, 1, max(rows.numbers), 2026)
    assert head is not None
    assert [column.meaning for column in head.columns] == case["means"]
    assert head.body == len(above) + len(case["rows"]) + len(numbers) + 1


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("单位：元", "元"), ("单位:万元", "万元"), ("金额单位：元", "元"), ("单位：人民币万元", "万元"),
        ("单 位 ： 万 元", "万元"),
        ("部门：某局　　　单位：万元", "万元"), ("预算数（万元）", "万元"), ("单位：百元", "百元"),
        ("编制单位：某局", ""), ("单位名称", ""), ("单位", ""),
    ],
)  # fmt: skip
def test_the_unit_is_found_in_a_text(text: str, unit: str) -> None:
    assert [found for found, _ in units_in([cell(text, "表!A1")])] == ([unit] if unit else [])


@pytest.mark.parametrize(
    ("text", "name", "code", "scope"),
    [
        ("编制部门：青溪市某局", "青溪市某局", "", "department"),
        ("编制单位:青溪市某中心", "青溪市某中心", "", "unit"),
        ("部门名称：青溪市某局", "青溪市某局", "", ""),
        ("部门（单位）：青溪市某局", "青溪市某局", "", ""),
        ("303-市某局", "市某局", "303", ""),
        ("部门：303-某局", "某局", "303", ""),
        ("部门：某局　　单位：万元", "某局", "", ""),
    ],
)
def test_who_publishes_is_found_in_a_text(text: str, name: str, code: str, scope: str) -> None:
    found = publisher_in([cell(text, "表!A1")])
    assert found is not None
    assert (found.name, found.code, found.scope) == (name, code, scope)


@pytest.mark.parametrize("text", ["单位：元", "编制部门：", "金额单位：万元", "科目编码"])
def test_other_texts_name_no_publisher(text: str) -> None:
    assert publisher_in([cell(text, "表!A1")]) is None


def test_the_year_is_that_of_the_title() -> None:
    found = next(titles(Rows(grid([["表01"], ["2026年部门支出预算总表"]]))))
    assert (found.year, found.place) == (2026, "表!A2")


def test_no_label_has_two_meanings() -> None:
    assert len(head_meanings()) > 200
