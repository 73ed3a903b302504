"""A workbook that was put together: sheets of another department, codes beside the names of other units."""

from __future__ import annotations

from typing import Any

import pytest

from reportgen.core.finding import Finding, Severity
from reportgen.recognise.document import document
from reportgen.recognise.grid import Grid
from reportgen.recognise.recognise import recognise

from .grids import grid

UNITS = [{"code": "510001", "name": "青溪市就业局本级", "nature": "行政"},
         {"code": "510002", "name": "青溪市就业中心", "short_name": "就业中心", "nature": "公益一类"}]  # fmt: skip
BASICS = {"department": {"code": "510", "name": "青溪市就业局", "duties": ["促进就业。"], "units": UNITS}}


def by_unit(*rows: tuple[str, str, int], publisher: str = "编制部门：青溪市就业局") -> Grid:
    body = [[code, name, amount, amount] for code, name, amount in rows]
    return grid(
        [["2026年部门收入预算总表"], [publisher, "", "单位：元"], ["单位代码", "单位名称", "合计", "事业收入"], *body],
        "收入",
    )


def by_code(publisher: str = "编制部门：青溪市就业局", name: str = "支出") -> Grid:
    rows = [["2080101", "行政运行", 30]]
    return grid(
        [["2026年部门支出预算总表"], [publisher, "", "单位：元"], ["科目编码", "科目名称", "合计"], *rows], name
    )


def found(basics: dict[str, Any] | None, *grids: Grid) -> list[Finding]:
    some = document(recognise(grids), basics).findings
    return [finding for finding in some if finding.code in ("XL147", "XL148")]


ERROR, WARNING = Severity.ERROR, Severity.WARNING
CASES: dict[str, tuple[dict[str, Any] | None, tuple[Grid, ...], list[tuple[str, Severity, str, tuple[str, ...]]]]] = {
    "names and codes of the list": (
        BASICS, (by_unit(("510001", "青溪市就业局本级", 10), ("510002", "就业中心", 20)), by_code()), [],
    ),
    "two names of one code": (
        None, (by_unit(("510001", "青溪市就业局本级", 10), ("510001", "青溪市博物馆", 20)), by_code()),
        [("XL147", ERROR, "代码 510001 有两个名称：“青溪市就业局本级”和“青溪市博物馆”", ("收入!B4", "收入!B5"))],
    ),
    "a name and its short form": (
        None, (by_unit(("510001", "青溪市就业局本级", 10), ("510001", "就业局本级", 20)), by_code()),
        [("XL147", WARNING, "有两个名称", ("收入!B4", "收入!B5"))],
    ),
    "two codes of one name": (
        None, (by_unit(("510002", "青溪市就业中心", 10), ("510003", "青溪市就业中心", 20)), by_code()),
        [("XL147", ERROR, "“青溪市就业中心”有两个代码：510002 和 510003", ("收入!B4", "收入!B5"))],
    ),
    "the department and its unit of the same name": (
        None, (by_unit(("510", "青溪市就业局", 30), ("510001", "青溪市就业局", 30)), by_code()), [],
    ),
    "a code beside the name of another unit of the list": (
        BASICS, (by_unit(("510001", "青溪市就业中心", 10)), by_code()),
        [("XL147", ERROR, "代码 510001 有两个名称：“青溪市就业局本级”和“青溪市就业中心”", ("收入!B4",))],
    ),
    "a name of the list beside a code that is not listed": (
        BASICS, (by_unit(("510009", "青溪市就业中心", 10)), by_code()),
        [("XL147", ERROR, "“青溪市就业中心”有两个代码：510002 和 510009", ("收入!B4",))],
    ),
    "the publisher's code is that of another name": (
        None, (by_unit(("510", "青溪市博物馆", 30), publisher="510-青溪市就业局"), by_code("510-青溪市就业局")),
        [("XL147", ERROR, "代码 510 有两个名称：“青溪市就业局”和“青溪市博物馆”", ("收入!A2", "收入!B4"))],
    ),
    "a sheet of another department": (
        None, (by_unit(("510001", "甲", 30)), by_code(), by_code("编制部门：青溪市博物馆", "混进来的")),
        [("XL148", ERROR, "“混进来的”是“青溪市博物馆”的，别的表是“青溪市就业局”的", ("混进来的!A2", "收入!A2"))],
    ),
    "a sheet of a unit of the department": (
        BASICS, (by_unit(("510001", "青溪市就业局本级", 30)), by_code("编制部门：青溪市就业中心")),
        [("XL148", ERROR, "“支出”是“青溪市就业中心”的", ("支出!A2", "收入!A2"))],
    ),
    "the department's name in short": (
        None, (by_unit(("510001", "甲", 30)), by_code("编制部门：市就业局")),
        [("XL148", WARNING, "“支出”是“市就业局”的", ("支出!A2", "收入!A2"))],
    ),
    "basics of another department": (
        {"department": {**BASICS["department"], "name": "青溪市博物馆", "units": []}}, (by_code(),),
        [("XL148", ERROR, "“支出”是“青溪市就业局”的，基本情况写的部门是“青溪市博物馆”", ("支出!A2",))],
    ),
    "basics of a department whose name has the characters of the other": (
        {"department": {"code": "613", "name": "青溪农业科学研究院", "units": []}}, (by_code("编制部门：青溪学院"),),
        [("XL148", ERROR, "“支出”是“青溪学院”的，基本情况写的部门是“青溪农业科学研究院”", ("支出!A2",))],
    ),
    "basics with another code and a similar name": (
        {"department": {"code": "613", "name": "青溪市就业局", "units": []}},
        (by_unit(("602001", "就业局", 10), publisher="编制部门：就业局"), by_code("编制部门：就业局")),
        [("XL148", ERROR, "“收入”是“就业局”的", ("收入!A2",)),
         ("XL148", ERROR, "表里的单位是 602001 “就业局”等", ("收入!B4",))],
    ),
    "basics with other units": (
        {"department": {"code": "613", "name": "青溪市就业局", "units": []}},
        (by_unit(("602001", "甲", 10)), by_code()),
        [("XL148", ERROR, "表里的单位是 602001 “甲”等，基本情况写的部门是 613 “青溪市就业局”", ("收入!B4",))],
    ),
    "a unit's sheet by its label": (
        None, (by_unit(("510001", "甲", 30)), by_code("编制单位：青溪市就业局")),
        [("XL148", WARNING, "写的是“编制", ("支出!A2", "收入!A2"))],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_what_does_not_belong_together_is_named_with_both_cells(case: str) -> None:
    basics, grids, wanted = CASES[case]
    findings = found(basics, *grids)
    assert [(one.code, one.severity) for one in findings] == [(code, severity) for code, severity, _, _ in wanted]
    for one, (_, _, words, cells) in zip(findings, wanted, strict=True):
        assert words in one.text
        assert tuple(place.cell for place in one.where) == cells
        assert one.hint


def test_a_unit_that_the_given_list_lacks_is_added_and_said() -> None:
    sheet = by_unit(("510001", "青溪市就业局本级", 10), ("510003", "青溪市培训中心", 20))
    made = document(recognise([sheet, by_code()]), BASICS)
    assert [unit["code"] for unit in made.data["department"]["units"]] == ["510001", "510002", "510003"]
    (said,) = [finding for finding in made.findings if finding.code == "XL143"]
    assert (said.severity, said.where[0].cell) == (WARNING, "收入!B5")
    assert "单位清单里没有 510003 “青溪市培训中心”，已补上" in said.text
    without = document(recognise([sheet, by_code()]), None)
    assert not any("清单里没有" in finding.text for finding in without.findings)
