"""Beside what is wrong with cells the relations are told that are broken whatever the cells hold; no others."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from reportgen.cli import main
from reportgen.core.finding import Finding, Severity
from reportgen.pipeline.importing import ImportReport, import_files
from tests.intake.form.sample import workbook_of
from tests.recognise.workbooks import source, workbook


def put(tmp_path: Path, payload: bytes, *edits: tuple[str, str, Any]) -> Path:
    """The workbook with cells set."""
    book = load_workbook(BytesIO(payload))
    for sheet, cell, value in edits:
        book[sheet][cell] = value
    path = tmp_path / "填报.xlsx"
    book.save(path)
    return path


def errors(report: ImportReport) -> list[Finding]:
    return [finding for finding in report.findings if finding.severity is Severity.ERROR]


def imported(tmp_path: Path, *edits: tuple[str, str, Any]) -> ImportReport:
    return import_files([put(tmp_path, workbook_of("demo-2023"), *edits)], isolated=False)


def cell(report: ImportReport, code: str) -> list[str]:
    return [place.address for finding in errors(report) if finding.code == code for place in finding.where]


def test_a_wrong_cell_and_a_relation_elsewhere_are_told_at_once(tmp_path: Path) -> None:
    """项目支出 of 450001 is wrong; 基本支出 does not agree, whatever it is."""
    report = imported(tmp_path, ("支出", "J8", "12,3a"), ("基本支出", "F6", 1))
    assert cell(report, "XL101") == ["支出!J8"]
    assert "GJ202" in {finding.code for finding in errors(report)}
    assert report.checked
    assert not report.readable


def test_a_relation_that_the_wrong_cell_takes_part_in_is_not_told(tmp_path: Path) -> None:
    report = imported(tmp_path, ("支出", "J8", "12,3a"))
    assert [finding.code for finding in errors(report)] == ["XL101"]
    assert report.checked


@pytest.mark.parametrize(
    ("sheet", "at", "value"),
    [("支出", "F8", "20a"), ("收入", "F6", "不知道"), ("预算单位", "D6", "不知道"), ("基本情况", "B11", "昨天"),
     ("支出", "E8", "4500-1"), ("基本支出", "E6", "99"), ("国有资产", "C6", "两辆"), ("合计与原因", "E24", "无")],
)  # fmt: skip
def test_cells_of_every_kind_leave_the_other_relations(tmp_path: Path, sheet: str, at: str, value: str) -> None:
    report = imported(tmp_path, (sheet, at, value), ("合计与原因", "G6", "增加XX万元"))
    assert any(place.address == f"{sheet}!{at}" for finding in errors(report) for place in finding.where)
    assert report.checked
    assert "合计与原因!G6" in {place.address for finding in report.findings for place in finding.where}


@pytest.mark.parametrize(("typed", "codes"), [("政府性基金", set()), ("基金预算拨款", {"XL101"})])
def test_a_fund_by_another_name_is_read_and_one_that_is_none_breaks_no_relation(
    typed: str, codes: set[str], tmp_path: Path
) -> None:
    """政府性基金 heads a column of the form; in a row whose fund is not known, its money may be of any fund."""
    book = load_workbook(BytesIO(workbook_of("final-accounts")))
    cells = [cell for name in ("收入", "支出") for row in book[name].iter_rows() for cell in row]
    for one in cells:
        if one.value == "政府性基金预算":
            one.value = typed
    path = tmp_path / "填报.xlsx"
    book.save(path)
    assert {finding.code for finding in errors(import_files([path], isolated=False))} == codes


def test_a_sheet_that_cannot_be_told_leaves_the_relations_unchecked_and_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = put(tmp_path, workbook_of("demo-2023"), ("支出", "F5", "收入"), ("基本支出", "F6", 1))
    assert main(["import", str(path)]) == 1
    assert "勾稽关系还没有核对" in capsys.readouterr().err
    path = put(tmp_path, workbook_of("demo-2023"), ("支出", "J8", "12,3a"))
    assert main(["import", str(path)]) == 1
    assert "用到读不懂的格子的勾稽关系没有核对" in capsys.readouterr().err


def test_a_cell_of_official_tables_that_is_no_amount_leaves_the_other_relations(tmp_path: Path) -> None:
    book = load_workbook(BytesIO(workbook(source(1))))
    sheet = book["2.17部门支出总表"]
    row = next(row for row in sheet.iter_rows(min_row=9) if row[2].value)
    row[5].value, row[6].value = "12,3a", None
    path = tmp_path / "导出.xlsx"
    book.save(path)
    report = import_files([path], isolated=False)
    assert report.checked
    assert {"XL134"} <= {finding.code for finding in errors(report)}
    assert "GJ407" in {finding.code for finding in report.findings}  # of the rules, which the cell does not touch
