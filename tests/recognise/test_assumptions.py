"""What tables do not say and the import assumes is said, with the cell."""

from __future__ import annotations

from reportgen.recognise.document import document
from reportgen.recognise.recognise import recognise

from .grids import grid


def said(*rows: list[object]) -> list[tuple[str, str]]:
    head = ["项目名称", "合计", "一般公共预算", "政府性基金预算", "上年结转"]
    sheet = grid([["2026年部门项目支出预算表"], ["单位：元"], head, *rows], "项目")
    findings = document(recognise([sheet])).findings
    return [(one.text, one.where[0].cell) for one in findings if one.code == "XL144"]


def test_carry_over_of_a_project_that_two_funds_pay_for_is_said() -> None:
    assert said(["运维", 60, 30, 20, 10]) == [("“运维”的上年结转 10 没有写是哪种资金的，记在一般公共预算", "项目!E4")]
    assert said(["运维", 10, None, None, 10]) == [
        ("“运维”的上年结转 10 没有写是哪种资金的，记在一般公共预算", "项目!E4")
    ]


def test_where_one_fund_pays_it_is_of_that_fund() -> None:
    assert said(["运维", 30, None, 20, 10]) == []
