"""The workbook of a bureau with a public institution, written in many ways: it becomes the same document each time."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from reportgen.core.finding import Finding, Severity
from reportgen.intake.imported import Imported
from reportgen.intake.workbook import import_tables
from reportgen.pipeline.importing import import_files
from reportgen.pipeline.in_memory import check
from reportgen.pipeline.source import loaded_import
from reportgen.recognise.grid import Grid
from tests.recognise.grids import grid

from .institutions import CODE, NAME, PROJECTS, REVENUE, UNITS, Book, Style, expected

STYLES = {
    "codes in one column": Style(), "in 万元": Style(wan=True), "three columns, own part": Style(codes="own"),
    "three columns, cumulative": Style(codes="cumulative"), "code in the name": Style(codes="name"),
    "without the row of the department": Style(department_row=False), "one institution": Style(institution=True),
    "one institution, in 万元": Style(institution=True, wan=True), "expenditure by unit": Style(by_unit=True),
}  # fmt: skip
SOURCES = {
    "general_public": "一般公共预算", "government_fund": "政府性基金预算", "fiscal_account": "财政专户管理资金",
    "business_income": "事业收入", "operating_income": "事业单位经营收入", "other_income": "其他收入",
    "own_funds": "其他收入",
}  # fmt: skip


def grids(book: Book) -> tuple[Grid, ...]:
    return tuple(grid(rows, name) for name, rows in book.sheets.items())


def imported(style: Style) -> tuple[Book, Imported]:
    book = Book(style)
    return book, import_tables(grids(book), {})


def yuan(data: dict[str, Any], value: Any) -> Decimal:
    return Decimal(value) * (10_000 if data["money_unit"] == "万元" else 1)


@pytest.mark.parametrize("name", STYLES)
def test_the_document_is_what_the_tables_say(name: str) -> None:
    book, made = imported(STYLES[name])
    data = dict(made.data)
    spent: dict[tuple[str, str, str], Decimal] = {}
    for line in data["expenditure"]:
        for use in ("basic", "project", "business"):
            if len(line["function"]) == 7 and line["fund"] != "全部资金" and Decimal(line.get(use, 0)):
                key = (line["function"], line["fund"], use)
                spent[key] = spent.get(key, Decimal(0)) + yuan(data, line[use])
    assert spent == expected(book)
    income = {
        (line.get("unit", book.units[0]), line["source"], part): yuan(data, line[part])
        for line in data["revenue"]
        for part in ("amount", "carry_over")
        if line["source"] != "合计" and Decimal(line.get(part, 0))
    }
    assert income == {
        (unit, SOURCES[key.removeprefix("carry.")], "carry_over" if key.startswith("carry.") else "amount"): Decimal(v)
        for unit in book.units
        for key, v in REVENUE[unit].items()
    }
    own = [(unit, project) for unit, project, *_ in PROJECTS if unit in book.units]
    assert [(line["unit"], line["name"]) for line in data["projects"] if "name" in line] == own


@pytest.mark.parametrize("name", STYLES)
def test_nothing_is_wrong_and_the_relations_hold(name: str) -> None:
    _, made = imported(STYLES[name])
    assert [str(one) for one in made.findings if one.severity is Severity.ERROR] == []
    loud = {one.code for one in made.findings if one.severity is Severity.WARNING}
    assert loud <= {"XL143", "XL144", "XL146"}
    errors = [one for one in check(loaded_import(made)).findings if one.severity is Severity.ERROR]
    assert {one.code for one in errors} <= {"GJ125", "GJ405", "GJ409"}  # what no table of the workbook holds
    assert "/carried_forward" not in made.unread  # 支出总计 is 本年支出合计


@pytest.mark.parametrize("name", STYLES)
def test_every_project_has_the_goals_of_its_sheet(name: str) -> None:
    book, made = imported(STYLES[name])
    data = dict(made.data)
    goals = {(one["unit"], one["name"]): one for one in data["performance"]}
    assert set(goals) == {(unit, project) for unit, project, *_ in PROJECTS if unit in book.units}
    for unit, project, _, amount in PROJECTS:
        if unit in book.units:
            goal = goals[unit, project]
            assert yuan(data, goal["amount"]) == Decimal(amount)
            assert goal["annual"]["goal"] == f"完成{project}。"
            signs = [(one["level1"], one["sign"], one["value"], one["unit"]) for one in goal["annual"]["indicators"]]
            assert signs[:2] == [("产出指标", "≥", "20", "场"), ("产出指标", "≥", "95", "%")]
            assert len(signs) == 4


def test_the_row_of_the_department_is_no_unit() -> None:
    _, made = imported(Style())
    department = made.data["department"]
    assert (department["code"], department["name"]) == (CODE, NAME)
    assert [unit["code"] for unit in department["units"]] == list(UNITS)
    assert department["units"][0]["name"] == f"{NAME}（本级）"


def test_a_department_that_is_not_the_sum_of_its_units_is_an_error() -> None:
    book = Book(Style())
    rows = book.sheets["公开表02 收入总表"]
    at = next(n for n, row in enumerate(rows) if row[0] == CODE)
    rows[at] = [CODE, NAME, Decimal(1), *rows[at][3:]]
    found = [one for one in import_tables(grids(book), {}).findings if one.code == "XL141"]
    assert any(NAME in one.text and "1.00" in one.text for one in found)


def warnings(book: Book, code: str) -> list[Finding]:
    return [one for one in import_tables(grids(book), {}).findings if one.code == code]


def test_tables_of_two_units_in_one_workbook_are_to_be_imported_apart() -> None:
    book, other = Book(Style()), Book(Style(institution=True))
    book.sheets |= {f"{name}（2）": rows for name, rows in other.sheets.items() if name.startswith("公开表")}
    (first, *_) = warnings(book, "XL142")
    assert first.severity is Severity.ERROR
    assert "一个单位一份工作簿" in first.hint_text


def test_goals_without_a_money_unit_are_read_without_amounts() -> None:
    book = Book(Style())
    rows = book.sheets["绩效群众文化活动"]
    rows[4] = ["项目资金", *rows[4][1:]]
    made = import_tables(grids(book), {})
    (finding,) = [one for one in made.findings if one.code == "XL132"]
    assert finding.severity is Severity.WARNING
    assert "amount" not in made.data["performance"][0]


def test_the_file_is_imported_without_an_error(tmp_path: Any) -> None:
    from .institutions import payload

    path = tmp_path / "导出.xlsx"
    path.write_bytes(payload(Book(Style(wan=True, codes="own"))))
    report = import_files([path], isolated=False)
    assert report.usable, [str(one) for one in report.findings if one.severity is Severity.ERROR]
