"""Last year's totals, reasons and single figures of the basics, which official tables do not have."""

from __future__ import annotations

from typing import Any

import pytest

from reportgen.recognise.document import document
from reportgen.recognise.recognise import recognise
from tests.recognise.grids import grid

REVENUE: list[list[Any]] = [
    ["2026年部门收入预算总表"],
    ["单位：元"],
    ["科目编码", "科目名称", "合计", "一般公共预算"],
    ["", "合计", 300, 300],
    ["2010101", "行政运行", 300, 300],
]
LAST = {"budget": "250", "execution": "240"}
BASICS: dict[str, Any] = {
    "department": {"code": "602", "name": "青溪学院"},
    "totals": {"revenue": {"amount": "999", "last": LAST, "reason": "学生增加"}},
    "agency_operating": "50",
    "procurement": {"goods": "0", "works": "0", "services": "0"},
}


@pytest.mark.parametrize("unit", [None, "元"])
def test_what_tables_lack_comes_from_the_basics(unit: str | None) -> None:
    basics = {**BASICS, **({"money_unit": unit} if unit else {})}
    found = document(recognise([grid(REVENUE, "收入")]), basics)
    revenue = found.data["totals"]["revenue"]
    assert (revenue["last"], revenue["reason"], revenue["amount"]) == (LAST, "学生增加", "300")
    assert found.data["agency_operating"] == "50"
    assert found.data["procurement"] == BASICS["procurement"]
    assert "/procurement" not in found.unread
    assert "XL168" not in [one.code for one in found.findings]


def test_amounts_in_the_other_unit_are_not_taken_and_that_is_said() -> None:
    found = document(recognise([grid(REVENUE, "收入")]), {**BASICS, "money_unit": "万元"})
    assert "last" not in found.data["totals"]["revenue"]
    assert found.data["totals"]["revenue"]["reason"] == "学生增加"
    assert "agency_operating" not in found.data
    assert [one.text for one in found.findings if one.code == "XL168"] == [
        "给出的基本情况是万元的，表是元的：其中的上年数和单项数字没有用到"
    ]
