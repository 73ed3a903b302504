"""Tables that list units, projects and purchases: their totals, units and what is below them, a row and its columns."""

from __future__ import annotations

from .test_tables_and_form import Rows, audited, found

PROJECTS: Rows = [
    ["2026年项目支出预算表"],
    ["单位：万元"],
    ["项目名称", "合计", "一般公共预算", "政府性基金预算", "单位资金"],
    ["合计", "100.00", "60.00", "30.00", "10.00"],
    ["甲项目", "50.00", "30.00", "20.00", ""],
    ["乙项目", "30.00", "20.00", "5.00", "5.00"],
    ["丙项目", "20.00", "10.00", "5.00", "5.00"],
]
UNITS: Rows = [
    ["2026年支出总表"],
    ["单位：万元"],
    ["单位编码", "单位名称", "合计", "基本支出", "项目支出"],
    ["", "合计", "90.00", "60.00", "30.00"],
    ["234", "青溪市气象局", "90.00", "60.00", "30.00"],
    ["234001", "青溪市气象局本级", "50.00", "30.00", "20.00"],
    ["234002", "青溪市气象台", "40.00", "30.00", "10.00"],
]
ITEMS = ["合计", "因公出国（境）费", "公务用车购置及运行费", "公务接待费"]
THREE_PUBLIC: Rows = [
    ["一般公共预算“三公”经费支出表"],
    ["单位：万元"],
    ["2025年预算数", "<", "<", "<", "2026年预算数", "<", "<", "<"],
    [*ITEMS, *ITEMS],
    ["15.00", "5.00", "8.00", "2.00", "16.00", "5.00", "8.00", "3.00"],
]


def changed(rows: Rows, *changes: tuple[int, int, str]) -> Rows:
    copy = [list(row) for row in rows]
    for row, column, value in changes:
        copy[row][column] = value
    return copy


def sums(rows: Rows) -> list[str]:
    report = audited(rows)
    return [text for code in ("AU101", "AU102", "XL141", "GJ301", "GJ302") for text in found(report, code)]


def test_sound_lists_have_no_finding_and_all_their_cells_are_held() -> None:
    for rows in (PROJECTS, UNITS, THREE_PUBLIC):
        assert sums(rows) == []
        coverage = audited(rows).coverage
        assert coverage.tied == coverage.cells > 0


def test_a_wrong_total_of_a_list_is_found() -> None:
    (text,) = sums(changed(PROJECTS, (3, 4, "11.00")))
    assert "合计" in text


def test_a_wrong_row_of_a_list_is_found() -> None:
    assert sums(changed(PROJECTS, (5, 1, "33.00"))) != []


def test_a_unit_has_what_its_parts_have() -> None:
    texts = sums(changed(UNITS, (6, 3, "35.00"), (6, 2, "45.00")))
    assert texts != []


def test_last_year_of_three_public_adds_up_too() -> None:
    (text,) = sums(changed(THREE_PUBLIC, (4, 0, "51.00")))
    assert "15.00万元" in text


def test_a_list_in_which_hardly_anything_adds_up_says_nothing() -> None:
    """Its rows are of several levels that nothing tells apart."""
    assert sums(changed(PROJECTS, (3, 1, "65.00"), (3, 2, "33.00"), (3, 3, "22.00"))) == []
