"""A department that is its only unit: 602 青溪学院 above 602001 青溪学院."""

from __future__ import annotations

from typing import Any

import pytest

from reportgen.recognise.document import document
from reportgen.recognise.recognise import recognise
from tests.recognise.grids import grid

REVENUE: list[list[Any]] = [
    ["2026年部门收入预算总表"],
    ["部门：青溪学院", "", "", "单位：元"],
    ["部门（单位）代码", "部门（单位）名称", "合计", "一般公共预算"],
    ["", "合计", 9, 9],
    ["602", "青溪学院", 9, 9],
    ["602001", "青溪学院", 9, 9],
]
OTHER = [
    *REVENUE[:3],
    ["", "合计", 9, 9],
    ["602", "青溪学院", 9, 9],
    ["602001", "青溪学院", 4, 4],
    ["602002", "附属中学", 5, 5],
]


@pytest.mark.parametrize(
    "name", ["", "青溪学院", "青溪学院（本级）"], ids=["without basics", "with basics", "called 本级"]
)
def test_it_keeps_its_name(name: str) -> None:
    unit = {"code": "602001", "name": name, "nature": "公益二类"}
    basics = {"department": {"code": "602", "name": "青溪学院", "units": [unit]}} if name else {}
    found = document(recognise([grid(REVENUE, "收入")]), basics)
    assert {one.code for one in found.findings} & {"XL141", "XL143", "XL147", "XL148"} == set()
    assert [(one["code"], one["name"]) for one in found.data["department"]["units"]] == [("602001", name or "青溪学院")]
    assert [one["unit"] for one in found.data["revenue"]] == ["602001"]


def test_among_other_units_it_is_called_by_its_part() -> None:
    found = document(recognise([grid(OTHER, "收入")]))
    assert [one["name"] for one in found.data["department"]["units"]] == ["青溪学院（本级）", "附属中学"]
    assert "XL143" in {one.code for one in found.findings}
