"""Sums inside a balance by the numbers of its labels, whatever these are called."""

from __future__ import annotations

from .test_lists import changed
from .test_tables_and_form import Rows, audited, found

BALANCE: Rows = [
    ["2026年收支总表"],
    ["单位：万元"],
    ["项目", "预算数", "支出经济科目", "预算数"],
    ["一、某类收入", "90.00", "一、某类支出", "95.00"],
    ["1、甲项收入", "60.00", "1、甲项支出", "70.00"],
    ["（1）甲项之一", "40.00", "（1）甲项之一", "30.00"],
    ["其中：专项", "5.00", "（2）甲项之二", "40.00"],
    ["（2）甲项之二", "20.00", "2、乙项支出", "25.00"],
    ["2、乙项收入", "30.00", "二、另类支出", "5.00"],
    ["二、另类收入", "10.00", None, None],
    ["本年收入合计", "100.00", "本年支出合计", "100.00"],
    ["上年结转", "8.00", "结转下年", "8.00"],
    ["其中：财政拨款结转", "8.00", None, None],
    ["收入总计", "108.00", "支出总计", "108.00"],
]


def sums(rows: Rows) -> list[str]:
    return found(audited(rows), "AU101")


def test_a_sound_balance_says_nothing() -> None:
    assert sums(BALANCE) == []
    coverage = audited(BALANCE).coverage
    assert coverage.cells - coverage.tied == 2, "all but the parts"


def test_a_wrong_line_is_found_by_the_sums_that_it_is_in() -> None:
    (text,) = sums(changed(BALANCE, (7, 1, "21.00")))
    assert text == "“收支总表”「1、甲项收入」印的是 60.00万元，下级各行加起来是 61.00万元，相差 1.00万元"
    assert sums(changed(BALANCE, (11, 3, "9.00"))) != []


def test_a_figure_in_the_cell_of_its_label_makes_no_error() -> None:
    assert sums(changed(BALANCE, (7, 0, "（2）甲项之二20.00"), (7, 1, ""))) == []


def test_the_numbers_of_lines_are_no_amounts() -> None:
    """A column of 行次 beside each list: 本年支出合计 has a number of its own, and no sum."""
    rows = [list(row) for row in BALANCE]
    numbered: Rows = [*rows[:2], ["项目", "行次", "预算数", "支出经济科目", "行次", "预算数"]]
    numbered += [[row[0], str(n), row[1], row[2], str(n + 11), row[3]] for n, row in enumerate(rows[3:], 1)]
    assert sums(numbered) == []
    assert sums(changed(numbered, (7, 2, "21.00"))) != []


def test_what_is_carried_over_is_counted_once() -> None:
    """Final accounts list below it what it consists of."""
    rows: Rows = [
        ["财政拨款收入支出决算总表"],
        ["单位：万元"],
        ["项目", "决算数", "项目", "决算数"],
        ["一、甲类收入", "60.00", "一、甲类支出", "70.00"],
        ["二、乙类收入", "40.00", "二、乙类支出", "20.00"],
        ["本年收入合计", "100.00", "本年支出合计", "90.00"],
        ["年初结转和结余", "8.00", "年末结转和结余", "18.00"],
        ["一、甲类", "8.00", None, None],
        ["总计", "108.00", "总计", "108.00"],
    ]
    assert sums(rows) == []
