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
