"""Every finding of a rule about a workbook names a sheet and a cell: of a value, of a sum, of what is missing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from reportgen.core.cell_places import cell_ranges
from reportgen.core.finding import Finding
from reportgen.intake.clerk_words import for_clerks
from reportgen.intake.form.read import read_form
from reportgen.intake.form.write import workbook
from reportgen.intake.readers import read_grids
from tests.rules.test_rules import CASES, base, edited, found

BREAKING = [case for case in CASES if case["finds"] != "none"]
CODES = (
    "GJ101", "GJ103", "GJ108", "GJ109", "GJ115", "GJ120", "GJ202", "GJ212", "GJ217", "GJ301", "GJ401", "GJ505", "GJ605",
)  # fmt: skip
"""Rules of each kind of place: sums, rows, lists, what is missing, both years."""
FIRST = [next(case for case in BREAKING if case["rule"] == code) for code in CODES]
CELL = re.compile(r".+![A-Z]{1,2}[0-9]+(:[A-Z]{1,2}[0-9]+)?(、.*)?…?")
WITHOUT_CELL = re.compile("/unread|/accepted|/overrides|/counts|/sections")
"""What no clerk writes, and texts that may be on no sheet."""


def findings(case: dict[str, Any]) -> Iterator[tuple[Finding, Finding]]:
    """The findings of a case, each with what a clerk is told; a workbook is made if there are any."""
    data = edited(base(case["base"]), case["edit"])
    every = found(data, edited(base(case["base"]), case["last"]) if "last" in case else None)
    of_rule = [finding for finding in every if finding.code == case["rule"]]
    if of_rule:
        imported = read_form(read_grids(workbook(data), isolated=False))
        for finding in of_rule:
            (said,) = for_clerks([finding], imported.cells, imported.blanks)
            yield finding, said


@pytest.mark.parametrize("case", FIRST, ids=lambda case: f"{case['rule']} {case['case']}")
def test_a_finding_names_sheet_and_cell(case: dict[str, Any]) -> None:
    for finding, said in findings(case):
        for place, shown in zip(finding.where, said.where, strict=True):
            if place.pointer and not WITHOUT_CELL.match(place.pointer):
                assert CELL.fullmatch(shown.address), f"{finding.code} {place.pointer}: {shown.address!r}"
                assert not (shown.cell and shown.part)


@pytest.mark.parametrize(
    ("rule", "text", "addresses"),
    [
        ("GJ407", "没有写“主要用于”", ["支出!R8"]),
        ("GJ407", "没有名词解释", ["名词解释!C19"]),
        ("GJ306", "却没有机关运行经费", ["单项数字!B7", "预算单位!D6:D8"]),
        ("GJ303", "没有车辆", ["国有资产!A6"]),
        ("GJ110", "没有值", ["绩效指标!J6"]),
        ("GJ211", "单位 450002 的收入", ["收入!G9、G11", "支出!H7、H15、H18、H21、H24…"]),
        ("GJ113", "“支出”的这一行没有写金额", ["支出!F30"]),
    ],
)
def test_the_cell_is_the_one_to_look_at(rule: str, text: str, addresses: list[str]) -> None:
    """The empty cell where a missing value would be written, the cells of a sum, the first cell of a row."""
    cases = (case for case in BREAKING if case["rule"] == rule)
    said = next(one for case in cases for _, one in findings(case) if text in one.text)
    assert [place.address for place in said.where] == addresses


def test_cells_of_a_sum_are_put_together() -> None:
    assert cell_ranges(["支出!H6", "支出!H7", "支出!H8", "支出!H10", "收入!A1", ""]) == "支出!H6:H8、H10"
    assert cell_ranges([f"支出!H{row}" for row in range(1, 30, 2)]) == "支出!H1、H3、H5、H7、H9…"
    assert cell_ranges(["第 3 页第 2 行", "第 3 页第 3 行"]) == "第 3 页第 2 行"
    assert cell_ranges([]) == ""
