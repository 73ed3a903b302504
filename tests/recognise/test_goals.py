"""Goals and indicators of projects: names written once, goals in tables of projects, rows that are not read."""

from __future__ import annotations

from typing import Any

import pytest

from reportgen.core.finding import Finding
from reportgen.recognise.document import RecognisedDocument, document
from reportgen.recognise.recognise import recognise
from tests.recognise.grids import grid

HEAD = ["项目名称", "年度目标", "一级指标", "二级指标", "三级指标", "指标值"]
INDICATORS = [
    ["产出指标", "数量指标", "平台数", "≥3个"],
    ["效益指标", "社会效益指标", "就业率", "≥90%"],
    ["满意度指标", "服务对象满意度", "学生满意度", "≥90%"],
]


def made(*rows: list[Any], head: list[str] = HEAD, more: tuple[list[list[Any]], ...] = ()) -> RecognisedDocument:
    sheets = [grid([["2026年部门预算绩效目标表"], head, *rows], "绩效")]
    sheets += [grid(sheet, f"表{number}") for number, sheet in enumerate(more)]
    return document(recognise(sheets), {"department": {"code": "602", "name": "青溪学院"}})


def said(found: RecognisedDocument, code: str) -> list[Finding]:
    return [finding for finding in found.findings if finding.code == code]


@pytest.mark.parametrize("goal", ["年度目标", "绩效目标", "年度总体目标", "项目年度绩效目标"])
def test_a_name_above_blank_cells_is_that_of_all_rows_below(goal: str) -> None:
    first, *others = INDICATORS
    rows = [
        ["内涵建设", "建成平台", *first],
        *(["", "", *one] for one in others),
        ["实训中心", "", *first],
        ["", "", *others[0]],
    ]
    found = made(*rows, head=[HEAD[0], goal, *HEAD[2:]])
    assert [(one["name"], len(one["annual"]["indicators"])) for one in found.data["performance"]] == [
        ("内涵建设", 3),
        ("实训中心", 2),
    ]
    assert [one["annual"].get("goal") for one in found.data["performance"]] == ["建成平台", None]
    assert said(found, "XL136") == []


def test_goals_of_one_project_in_several_rows_are_all_read() -> None:
    rows = [["内涵建设", f"目标{number}", *one] for number, one in enumerate(INDICATORS)]
    assert made(*rows).data["performance"][0]["annual"]["goal"] == "目标0\n目标1\n目标2"


def test_each_row_that_is_not_read_is_reported() -> None:
    first, second, _ = INDICATORS
    found = made(
        ["", "", *first], ["内涵建设", "建成平台", *first], ["", "", "", "数量指标", "", "≥3个"], ["", "", *second]
    )
    assert [(one.where[0].cell, one.text) for one in said(found, "XL136")] == [
        ("绩效!C3", "“产出指标”这一行没有写是哪个项目的，没有读入"),
        ("绩效!D5", "“数量指标”这一行没有目标，也没有指标的名称，没有读入"),
    ]


def test_indicators_without_a_column_of_projects_are_reported() -> None:
    found = made(*INDICATORS, head=HEAD[2:])
    assert [one.where[0].cell for one in said(found, "XL136")] == ["绩效!A3", "绩效!A4", "绩效!A5"]
    assert "/performance" in found.unread


PROJECTS: list[list[Any]] = [
    ["2026年部门项目支出预算表"],
    ["单位：元"],
    ["单位名称", "项目名称", "合计", "一般公共预算"],
    ["青溪学院", "内涵建设", 5, 5],
]


@pytest.mark.parametrize("label", ["年度绩效目标", "绩效目标", "年度目标"])
def test_a_column_of_goals_beside_projects_is_read(label: str) -> None:
    rows = [PROJECTS[0], PROJECTS[1], [*PROJECTS[2], label], [*PROJECTS[3], "建成三个平台"]]
    found = document(recognise([grid(rows, "项目")]), {"department": {"code": "602", "name": "青溪学院"}})
    assert found.data["projects"][0]["goal"] == "建成三个平台"


def test_goals_without_units_are_those_of_the_projects_with_units() -> None:
    found = made(["内涵建设", "建成平台"], head=HEAD[:2], more=(PROJECTS,))
    assert found.data["projects"][0]["goal"] == "建成平台"
