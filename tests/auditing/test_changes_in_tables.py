"""Tables that print last year, this year, the change and its rate beside each other."""

from __future__ import annotations

import pytest

from .test_lists import changed
from .test_tables_and_form import Rows, audited, found

GENERAL: Rows = [
    ["2026年一般公共预算支出表"],
    ["单位：万元"],
    ["科目编码", "科目名称", "2025年执行数", "2026年预算数", "<", "<", "2026年比2025年", "<"],
    ["^", "^", "^", "小计", "基本支出", "项目支出", "增减额", "增减%"],
    ["", "合计", "80.00", "100.00", "70.00", "30.00", "20.00", "25.00"],
    ["201", "一般公共服务支出", "50.00", "60.00", "40.00", "20.00", "10.00", "20.00%"],
    ["20106", "财政事务", "50.00", "60.00", "40.00", "20.00", "10.00", "20.00"],
    ["2010601", "行政运行", "32.00", "40.00", "40.00", "0.00", "8.00", "25.0"],
    ["2010602", "一般行政管理事务", "18.00", "20.00", "0.00", "20.00", "2.00", "11.11"],
    ["208", "社会保障和就业支出", "30.00", "40.00", "30.00", "10.00", "10.00", "33.33"],
]


def said(rows: Rows) -> list[str]:
    report = audited(rows)
    return [*found(report, "AU110"), *(text for text in found(report, "AU102") if "2026年" in text or "小计" in text)]


def test_a_sound_table_says_nothing_and_its_changes_are_held() -> None:
    assert said(GENERAL) == []
    coverage = audited(GENERAL).coverage
    assert coverage.tied >= coverage.cells - 6, "all but the rates"


def test_a_wrong_rate_is_found() -> None:
    assert said(changed(GENERAL, (8, 7, "10.00"))) == [
        "“一般公共预算支出表”「一般行政管理事务」增减率印的是 10.00%，应为 11.11%"
    ]


def test_a_wrong_change_is_found() -> None:
    (text,) = said(changed(GENERAL, (8, 6, "3.00")))
    assert "相差 1.00万元" in text


@pytest.mark.parametrize("column", [6, 7])
def test_a_column_that_hardly_any_row_keeps_is_none_of_changes(column: int) -> None:
    wrong = [(row, column, "77.00") for row in range(4, 10)]
    assert said(changed(GENERAL, *wrong)) == []
