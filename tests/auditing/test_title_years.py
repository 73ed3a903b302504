"""Titles that still have last year's year: ``title_years.yaml``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from reportgen.auditing.title_years import last_year_in_titles
from reportgen.auditing.years import year_of
from reportgen.recognise.blocks import ReadDocument, ReadTable
from tests.recognise.grids import grid
from tests.recognise.prose.said import YEAR, paragraphs

CASES: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("title_years.yaml").read_text(encoding="utf-8"))


def others(stage: str) -> list[str]:
    return [
        f"# {number}、2026年度{what}{stage}情况说明"
        for number, what in zip("一二三", ("收入", "支出", "收支"), strict=True)
    ]


@pytest.mark.parametrize("case", CASES, ids=[str(number) for number in range(1, len(CASES) + 1)])
def test_last_years_year_is_found(case: dict[str, Any]) -> None:
    lines = [*case["text"], *others("决算" if case.get("final") else "预算")]
    found = list(last_year_in_titles(ReadDocument(tuple(paragraphs(lines))), (), YEAR))
    assert [one.finding.text for one in found] == case.get("finds", [])
    assert all(one.finding.where[0].cell for one in found)


def test_a_document_whose_titles_do_not_say_this_year_is_left_alone() -> None:
    read = ReadDocument(tuple(paragraphs(["# 一、2025年收入预算情况", "# 二、2026年支出预算情况"])))
    assert list(last_year_in_titles(read, (), YEAR)) == []


def test_the_heading_above_a_table_is_held() -> None:
    rows = [["（四）2025年部门项目支出绩效目标表"], ["2026年部门项目支出绩效目标表"], ["甲", "乙"]]
    table = ReadTable(grid(rows, "表1"))
    read = ReadDocument((*paragraphs(others("预算")), table))
    (one,) = last_year_in_titles(read, (), YEAR)
    assert "2025年部门项目支出绩效目标表" in one.finding.text


def test_a_title_says_more_of_the_year_than_a_sentence() -> None:
    sentences = ("较2025年预算7500万元增加500万元。", "较2025年执行数8200万元减少200万元。")
    assert year_of(ReadDocument(tuple(paragraphs(["青溪市民政局2026年部门预算", *sentences])))) == YEAR
    assert year_of(ReadDocument(tuple(paragraphs(["青溪市民政局部门预算", *sentences])))) == YEAR - 1
