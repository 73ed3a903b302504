"""Sheets with merged cells anywhere: reading never fails, and a sheet in which it did is named."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations_with_replacement, product

import pytest

from reportgen.core.finding import Severity
from reportgen.recognise import recognise as module
from reportgen.recognise.document import document
from reportgen.recognise.grid import Grid
from reportgen.recognise.head import Head, Rows
from reportgen.recognise.recognise import recognise

from .grids import grid

EXPENDITURE = grid([
    ["2026年部门支出预算总表"], ["单位：元"],
    ["科目编码", "科目名称", "合计", "基本支出", "项目支出"], ["", "", "", "小计", ""],
    ["205", "教育支出", 300, 100, 200], ["", "注：没有"],
], "支出")  # fmt: skip
BALANCE = grid([
    ["2026年部门收支预算总表"], ["单位：元"],
    ["收入", "", "支出", ""], ["项目", "预算数", "项目", "预算数"],
    ["一、其他收入", 300, "一、教育支出", 300], ["收入总计", 300, "支出总计", 300],
], "收支")  # fmt: skip
GOALS = grid([
    ["2026年项目绩效目标表"], ["项目名称", "信息化", "资金总额", 3], ["年度目标", "建成"],
    ["一级指标", "二级指标", "三级指标", "指标值"],
    ["产出指标", "数量指标", "平台数", "3个"], ["", "", "用户数", "5个"],
], "绩效")  # fmt: skip


@pytest.mark.parametrize("sheet", [EXPENDITURE, BALANCE, GOALS], ids=lambda sheet: sheet.name)
@pytest.mark.parametrize("without", [(), (4,), (4, 5)], ids=str)
def test_a_merged_cell_anywhere_is_read(sheet: Grid, without: tuple[int, ...]) -> None:
    """Every range of the sheet, with rows left without text; ranges reach one row beyond the last."""
    cells = {place: cell for place, cell in sheet.cells.items() if place[0] not in without}
    spans = product(combinations_with_replacement(range(2, 8), 2), combinations_with_replacement(range(1, 6), 2))
    for (top, bottom), (left, right) in spans:
        kept = {at: one for at, one in cells.items() if not _inside(at, top, left, bottom, right)}
        recognised = recognise([replace(sheet, cells=kept, merged=((top, left, bottom, right),))])
        assert "XL129" not in {finding.code for finding in recognised.findings}, (top, left, bottom, right)
        document(recognised)


def _inside(at: tuple[int, int], top: int, left: int, bottom: int, right: int) -> bool:
    return at != (top, left) and top <= at[0] <= bottom and left <= at[1] <= right


def test_a_sheet_in_which_reading_fails_is_named_and_the_others_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    find = module.find_head

    def failing(rows: Rows, after: int, last: int, year: int) -> Head | None:
        if rows.grid.name == "收支":
            raise KeyError(5)
        return find(rows, after, last, year)

    monkeypatch.setattr(module, "find_head", failing)
    found = recognise([BALANCE, EXPENDITURE])
    assert [table.sheet for table in found.tables] == ["支出"]
    assert BALANCE in found.others
    broken = [finding for finding in found.findings if finding.code == "XL129"]
    assert [(one.severity, one.where[0].cell) for one in broken] == [(Severity.ERROR, "收支")]
    assert "“收支”" in broken[0].text
    assert "KeyError，test_merged_cells.py:" in broken[0].text
