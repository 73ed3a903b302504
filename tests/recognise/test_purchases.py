"""Purchases: 政府购买服务 line by line, and of each kind what is stated beyond its lines."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from reportgen.recognise.document import document
from reportgen.recognise.recognise import recognise
from tests.recognise.grids import grid

PROCUREMENT: list[list[Any]] = [
    ["2026年部门政府采购预算表"],
    ["单位：元"],
    ["采购类别", "合计"],
    ["货物", 300],
    ["服务", 1000],
]
SERVICES: list[list[Any]] = [
    ["2026年政府购买服务预算表"],
    ["单位：元"],
    ["项目名称", "购买服务内容", "金额"],
    ["审计", "审计服务", 400],
]


def test_what_is_stated_of_services_beyond_their_lines_is_one_more_line() -> None:
    found = document(recognise([grid(PROCUREMENT, "采购"), grid(SERVICES, "服务")]))
    lines = found.data["procurement"]["lines"]
    assert [(one["kind"], one.get("item"), Decimal(one["amount"])) for one in lines] == [
        ("服务", "审计服务", 400),
        ("货物", None, 300),
        ("服务", None, 600),
    ]


def test_kinds_beside_single_purchases_are_read_by_what_the_column_holds() -> None:
    """采购目录 has 货物 and 服务 there; the head says 合计 by fund, and no row has the sum of a kind."""
    rows: list[list[Any]] = [
        ["2026年部门政府采购预算表"],
        ["", "", "", "", "单位：元"],
        ["单位名称", "采购项目", "采购目录", "合计", "一般公共预算"],
        ["青溪学院", "教学仪器", "货物", 500000, 500000],
        ["青溪学院", "图书", "货物", 100000, 100000],
        ["青溪学院", "物业管理", "服务", 300000, 300000],
    ]
    found = document(recognise([grid(rows, "采购")]), {"department": {"code": "602", "name": "青溪学院"}})
    assert {key: found.data["procurement"][key] for key in ("goods", "services")} == {
        "goods": "600000",
        "services": "300000",
    }
    assert [
        (one["kind"], one["project"], one["amount"], "item" in one) for one in found.data["procurement"]["lines"]
    ] == [
        ("货物", "教学仪器", "500000", False),
        ("货物", "图书", "100000", False),
        ("服务", "物业管理", "300000", False),
    ]
    assert "/procurement" not in found.unread


def test_a_table_of_which_nothing_is_used_is_reported_with_its_heads() -> None:
    rows: list[list[Any]] = [
        ["2026年部门政府采购预算表"],
        ["单位：元"],
        ["单位名称", "合计", "一般公共预算"],
        ["青溪学院", 500000, 500000],
        ["青溪学院", 300000, 300000],
    ]
    found = document(recognise([grid(rows, "采购")]), {"department": {"code": "602", "name": "青溪学院"}})
    assert "/procurement" in found.unread
    assert "procurement" not in found.data
    (finding,) = [one for one in found.findings if one.code == "XL136"]
    assert finding.where[0].cell == "采购!A1"
    assert "读到 2 行，没有一个数用上；表头是：“单位名称”、“合计”、“一般公共预算”" in finding.text
