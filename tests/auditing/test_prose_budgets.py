"""Budgets that final accounts state, and amounts of empty tables: ``prose_budgets.yaml``."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from reportgen.auditing.prose_tables import hold_against_tables
from reportgen.recognise.prose.read import read_prose
from reportgen.recognise.recognise import recognise
from reportgen.recognise.table import RecognisedTable

from ..recognise.grids import grid
from ..recognise.prose.said import YEAR, paragraphs

FILE = Path(__file__).with_name("prose_budgets.yaml")
CASES: list[dict[str, Any]] = yaml.safe_load(FILE.read_text(encoding="utf-8"))


@cache
def tables(budget: str) -> tuple[RecognisedTable, ...]:
    """A table of “三公” whose budget has this head, and an empty table of 政府性基金."""
    items = ["合计", "因公出国（境）费", "公务用车购置及运行维护费", None, None, "公务接待费"]
    three_public = [
        ["“三公”经费支出决算表", *[None] * 10, "单位：万元"],
        [budget, *[None] * 5, "决算数", *[None] * 5],
        [*items, *items],
        [*[None, None, "小计", "公务用车购置费", "公务用车运行维护费", None] * 2],
        [29.51, None, 25.65, 18.00, 7.65, 3.86, 33.34, 5.20, 24.80, 17.68, 7.12, 3.34],
    ]
    fund = [
        ["政府性基金预算财政拨款支出决算表", None, None, None, "单位：万元"],
        ["科目编码", "科目名称", "合计", "基本支出", "项目支出"],
        ["本部门没有政府性基金，故本表无数据。", None, None, None, None],
    ]
    return tuple(recognise([grid(three_public), grid(fund)], YEAR).tables)


@pytest.mark.parametrize("case", CASES, ids=[str(number) for number in range(1, len(CASES) + 1)])
def test_a_sentence_is_held_against_the_budgets_of_the_table(case: dict[str, Any]) -> None:
    statements = read_prose(paragraphs(case["text"]), YEAR).statements
    found = hold_against_tables(statements, tables(case.get("head", "预算数"))).findings
    assert [f"{one.code} {one.text}" for one in found] == case.get("finds", [])
    assert all(one.where[1].cell for one in found)
