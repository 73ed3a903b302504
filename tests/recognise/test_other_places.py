"""Forms of other places: sums without indents, 财政拨款 beside its funds, names without codes, 上年结转 within."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest

from reportgen.core.finding import Severity
from reportgen.intake.imported import Imported
from reportgen.intake.workbook import import_tables
from reportgen.recognise.nested_rows import lowest
from tests.recognise.grids import ABOVE, LEFT, grid

EXPENDITURE = [
    ["2026年部门支出总表"], ["单位：万元"], ["科目编码", "科目名称", "合计", "基本支出", "项目支出"],
    ["", "合计", 30, 10, 20], ["201", "一般公共服务支出", 30, 10, 20], ["20101", "人大事务", 30, 10, 20],
    ["2010101", "行政运行", 10, 10, ""], ["2010102", "一般行政管理事务", 20, "", 20],
]  # fmt: skip
GENERAL = [["2026年一般公共预算支出表"], *EXPENDITURE[1:]]
BALANCE = [
    ["2026年部门收支总表"], ["单位：万元"], ["收入", LEFT, "支出", LEFT], ["项目", "预算数", "项目", "预算数"],
    ["一、一般公共预算拨款收入", 30, "一、一般公共服务支出", 30], ["收入总计", 30, "支出总计", 30],
]  # fmt: skip
NONE: Mapping[str, Any] = {}


def imported(tables: Mapping[str, list[list[Any]]], basics: Mapping[str, Any] = NONE) -> Imported:
    known = {"支出": EXPENDITURE, "一般": GENERAL, "收支": BALANCE, **tables}
    return import_tables(tuple(grid(rows, name) for name, rows in known.items()), basics)


def errors(made: Imported) -> list[str]:
    return [str(one) for one in made.findings if one.severity is Severity.ERROR]


def projects(*rows: list[Any]) -> list[list[Any]]:
    return [["2026年专项业务经费项目支出表"], ["单位：万元"], ["单位编码", "单位（项目）名称", "项目金额"], *rows]


def test_projects_under_headings_without_indent_are_found_by_their_sums() -> None:
    """Each heading has the sum of what is below; only what is no sum is a project."""
    rows = [["", "合计", 20], ["", "通用项目", 5], ["", "专项购置", 5], ["", "设备购置", 5], ["", "专用项目", 15],
            ["", "业务费", 15], ["", "调研", 9], ["", "培训", 6]]  # fmt: skip
    made = imported({"项目": projects(*rows)})
    assert errors(made) == []
    assert [one["name"] for one in made.data["projects"] if "name" in one] == ["设备购置", "调研", "培训"]


def test_projects_that_add_up_as_they_stand_are_all_projects() -> None:
    made = imported({"项目": projects(["", "合计", 20], ["", "调研", 10], ["", "培训", 4], ["", "会务", 6])})
    assert [one["name"] for one in made.data["projects"] if "name" in one] == ["调研", "培训", "会务"]


@pytest.mark.parametrize(
    ("amounts", "whole", "rows"),
    [
        ("5 5 5 7 3 4", 12, [2, 4, 5]), ("10 4 6", 10, [1, 2]), ("1 2 3", 7, None), ("", 0, []), ("0 5", 5, [0, 1]),
        ("-1 6", 5, None),
    ],
)  # fmt: skip
def test_rows_that_are_sums_are_left_out(amounts: str, whole: int, rows: list[int] | None) -> None:
    assert lowest([Decimal(one) for one in amounts.split()], Decimal(whole)) == rows


BY_ITEM = [
    ["201", "一般公共服务支出", 30, 30, 30, "", ""], ["20101", "人大事务", 30, 30, 30, "", ""],
    ["2010101", "行政运行", 10, 10, 10, "", ""], ["2010102", "一般行政管理事务", 20, 20, 20, "", ""],
]  # fmt: skip


def revenue(*rows: list[Any]) -> list[list[Any]]:
    head = [
        ["科目编码", "科目名称", "合计", "财政拨款收入", LEFT, LEFT, "事业收入"],
        [ABOVE, ABOVE, ABOVE, "小计", "一般公共预算收入", "政府性基金预算收入", ABOVE],
    ]
    return [["2026年部门收入总表"], ["单位：万元"], *head, *rows]


def test_appropriation_beside_its_funds_is_counted_once() -> None:
    rows = [list(row) for row in BY_ITEM]
    made = imported({"收入": revenue(*rows)})
    assert errors(made) == []
    assert [(one["function"], one["amount"]) for one in made.data["revenue"]] == [("2010101", "10"), ("2010102", "20")]
    rows[3] = ["2010102", "一般行政管理事务", 20, 25, 20, "", ""]
    assert any("财政拨款" in text for text in errors(imported({"收入": revenue(*rows)})))


def test_a_table_of_revenue_that_includes_what_is_carried_over_says_so() -> None:
    balance = [
        *BALANCE[:4], ["一、一般公共预算拨款收入", 22, "一、一般公共服务支出", 30],
        ["二、上年结转", 8, "", ""], ["（一）一般公共预算拨款", 8, "", ""], ["收入总计", 30, "支出总计", 30],
    ]  # fmt: skip
    rows = [list(row) for row in BY_ITEM]
    made = imported({"收支": balance, "收入": revenue(*rows)})
    assert errors(made) == []
    assert any(one.code == "XL144" and "8" in one.text and "上年结转" in one.text for one in made.findings)
    balance[4][1] = 21
    assert errors(imported({"收支": balance, "收入": revenue(*rows)}))


def test_withheld_rows_leave_a_gap_that_is_a_warning_once_the_basics_say_so() -> None:
    rows = [["201", "一般公共服务支出", 30, 30, 30, "", ""], ["20101", "人大事务", 30, 30, 30, "", ""],
            ["2010101", "行政运行", 10, 10, 10, "", ""]]  # fmt: skip
    (first, *_) = [one for one in imported({"收入": revenue(*rows)}).findings if one.code == "XL141"]
    assert first.severity is Severity.ERROR
    assert "剔除的行" in first.hint_text
    told = imported({"收入": revenue(*rows)}, {"withheld": [{"code": "20101"}]})
    assert {one.severity for one in told.findings if one.code == "XL141"} == {Severity.WARNING}
    assert told.data["withheld"] == [{"code": "20101"}]


def test_many_names_without_codes_are_one_message() -> None:
    names = ["甲业务", "乙业务", "丙业务", "丁业务", "戊业务"]
    table = [*EXPENDITURE[:2], ["科目名称", "合计", "项目支出"], *([name, 4, 4] for name in names), ["合计", 20, 20]]
    found = [one for one in imported({"支出": table}).findings if one.code == "XL136"]
    assert [one.values["count"] for one in found] == ["5"]
    assert [place.cell for place in found[0].where] == [f"支出!A{row}" for row in range(4, 9)]


def test_units_named_in_a_column_beside_one_group_are_read() -> None:
    """The head's first row has one label that is known and the unit, whose cell reaches down."""
    table = [
        ["2026年一般公共预算“三公”经费支出情况表"], ["单位：万元"],
        ["部门名称", "三公经费预（决）算数（财政拨款）", LEFT, LEFT],
        [ABOVE, "小计", "公务接待费", "因公出国（境）费"], ["合计", 8, 3, 5], ["某局", 8, 3, 5],
    ]  # fmt: skip
    made = imported({"三公": table})
    assert errors(made) == []
    assert made.data["three_public"][0]["reception"] == "3"


def test_basic_expenditure_by_function_is_compared_and_not_taken_for_the_whole() -> None:
    basic = [["2026年一般公共预算基本支出明细表（按功能科目分）"], ["单位：万元"], ["科目编码", "科目名称", "合计"],
             ["2010101", "行政运行", 10]]  # fmt: skip
    assert errors(imported({"基本": basic})) == []
    basic[3][2] = 9
    assert any("9" in text for text in errors(imported({"基本": basic})))


def test_a_project_with_a_total_alone_is_of_the_fund_that_pays_for_projects() -> None:
    made = imported({"项目": projects(["", "合计", 20], ["", "调研", 20])})
    assert [(one.get("name"), one.get("general_public")) for one in made.data["projects"]] == [
        (None, "20"),
        ("调研", "20"),
    ]


def basic(*rows: list[Any]) -> list[list[Any]]:
    head = ["部门经济科目编码", "部门经济科目名称", "政府经济科目编码", "合计"]
    return [["2026年一般公共预算基本支出表"], ["单位：万元"], head, *rows]


def test_a_section_under_several_government_codes_is_one_line_and_nothing_below_it_is() -> None:
    rows = [["", "合计", "", 10], ["301", "工资福利支出", "", 10], ["30102", "津贴补贴", "50101", 4],
            ["30102", "津贴补贴", "50501", 6], ["3010201", "规范津贴", "50101", 4]]  # fmt: skip
    lines = imported({"基本": basic(*rows)}).data["basic_expenditure"]
    assert [(one["economic"], one["amount"]) for one in lines] == [("合计", "10"), ("301", "10"), ("30102", "10")]
    rows[3][2] = "50101"
    lines = imported({"基本": basic(*rows)}).data["basic_expenditure"]
    assert [one["economic"] for one in lines].count("30102") == 2  # a mistake, which a rule reports


def test_indicators_without_a_first_level_are_read_and_said() -> None:
    goals = [
        ["2026年项目绩效目标表"], ["单位：万元"], ["项目名称", "预算金额", "绩效目标", "指标名称", "指标值"],
        ["调研", 20, "完成调研。", "报告", "≥2份"],
    ]  # fmt: skip
    made = imported({"绩效": goals})
    (indicator,) = made.data["performance"][0]["annual"]["indicators"]
    assert (indicator["level1"], indicator["sign"], indicator["value"], indicator["unit"]) == (
        "绩效指标",
        "≥",
        "2",
        "份",
    )
    assert any(one.code == "XL144" and "一级指标" in one.text for one in made.findings)


def test_money_of_the_fiscal_account_that_is_more_than_all_projects_pays_basic_expenditure_too() -> None:
    spent = [*EXPENDITURE[:3], ["", "合计", 50, 22, 28], ["201", "一般公共服务支出", 50, 22, 28],
             ["20101", "人大事务", 50, 22, 28], ["2010101", "行政运行", 22, 22, ""],
             ["2010102", "一般行政管理事务", 28, "", 28]]  # fmt: skip
    balance = [
        *BALANCE[:4], ["一、一般公共预算拨款收入", 30, "一、一般公共服务支出", 50],
        ["二、财政专户管理资金收入", 15, "", ""], ["三、事业收入", 5, "", ""], ["收入总计", 50, "支出总计", 50],
    ]  # fmt: skip
    made = imported({"支出": spent, "收支": balance})
    assert errors(made) == []
    lines = [one for one in made.data["expenditure"] if len(one["function"]) == 7]
    funds = {
        name: sum(Decimal(one["total"]) for one in lines if one["fund"] == name)
        for name in ("财政专户管理资金", "单位资金")
    }
    assert funds == {"财政专户管理资金": 15, "单位资金": 5}


def test_the_row_of_the_own_unit_above_its_projects_is_no_project() -> None:
    revenue_by_unit = [
        ["2026年部门收入总表"], ["单位：万元"], ["单位代码", "单位名称", "合计", "一般公共预算"], ["", "合计", 30, 30],
        ["308", "某局", 30, 30], ["308001", "某局", 24, 24], ["308002", "某中心", 6, 6],
    ]  # fmt: skip
    rows = [["", "合计", 20], ["308001", "某局", 14], ["", "调研", 14], ["308002", "某中心", 6], ["", "培训", 6]]
    made = imported({"收入": revenue_by_unit, "项目": projects(*rows)})
    assert errors(made) == []
    own = [(one["unit"], one["name"]) for one in made.data["projects"] if "name" in one]
    assert own == [("308001", "调研"), ("308002", "培训")]


def test_a_balance_may_state_one_total_under_two_names_and_no_row_twice() -> None:
    above, below = ["一、部门预算", 30, "一、部门预算", 30], ["本年收入合计", 30, "本年支出合计", 30]
    twice = [*BALANCE[:4], above, BALANCE[4], below, BALANCE[5]]
    assert errors(imported({"收支": twice})) == []
    twice[6][1] = 29
    assert any(text.startswith("XL139") for text in errors(imported({"收支": twice})))
    repeated = [*BALANCE[:5], *BALANCE[4:]]
    assert any(text.startswith("XL139") for text in errors(imported({"收支": repeated})))
