"""The workbook as a clerk gets it: what is open and what is locked, what cells accept, what its formulas show."""

from __future__ import annotations

import re
import subprocess
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

import reportgen
from reportgen.budget.terms import BUDGET
from reportgen.core.errors import InputError, UsageError
from reportgen.intake.form.plan import CHECK, FIRST_ROW, HEAD_ROW, SheetPlan, plans
from reportgen.intake.form.relation_sheet import RELATIONS
from reportgen.intake.form.relations import line_sums
from reportgen.intake.form.sheet_kinds import TotalSheet, ValueSheet
from reportgen.intake.form.validation import LONGEST_LIST
from reportgen.intake.form.write import workbook as form_workbook
from tests.bad_input.command import run
from tests.intake.form.sample import document, read, workbook_of
from tests.office import needed

NAMES = list(plans(BUDGET))
DEMO = "demo-2023"


@cache
def opened(payload: bytes) -> Workbook:
    return load_workbook(BytesIO(payload))


def sheet(name: str) -> tuple[Worksheet, SheetPlan]:
    return opened(workbook_of(DEMO))[name], plans(BUDGET)[name]


@pytest.mark.parametrize("name", NAMES)
def test_what_is_filled_in_is_open_and_all_else_is_locked(name: str) -> None:
    worksheet, plan = sheet(name)
    assert worksheet.protection.sheet
    assert worksheet.protection.password is None
    for allowed in ("insertRows", "sort", "autoFilter", "formatCells"):
        assert not getattr(worksheet.protection, allowed)
    first = plan.first_input + plan.labelled
    if not plan.labelled:
        (heads, *rows) = worksheet[worksheet.auto_filter.ref]
        assert heads[0].column == plan.first_input
        assert not any(cell.protection.locked for row in rows for cell in row), "locked cells cannot be sorted"
    for row in worksheet.iter_rows(min_row=FIRST_ROW, max_col=plan.last_input):
        for cell in row[first - 1 :]:
            fixed = isinstance(plan.sheet, ValueSheet) and plan.sheet.values[cell.row - FIRST_ROW].path == ("schema",)
            assert cell.protection.locked == fixed, cell.coordinate
        for cell in row[: first - 1]:
            assert cell.protection.locked, cell.coordinate
    for row in worksheet.iter_rows(max_row=HEAD_ROW):
        assert all(cell.protection.locked for cell in row)


@pytest.mark.parametrize("name", NAMES)
def test_heads_stay_in_view_and_on_every_printed_page(name: str) -> None:
    worksheet, plan = sheet(name)
    assert worksheet.freeze_panes.endswith(str(FIRST_ROW))
    assert worksheet.print_title_rows == f"$1:${HEAD_ROW}"
    assert worksheet.page_setup.orientation == "landscape"
    assert worksheet["A1"].value == plan.sheet.title
    for column in plan.sheet.columns:
        head = worksheet.cell(HEAD_ROW, plan.number(column.head)).value
        assert column.head in head
        if column.is_amount:
            assert head.endswith("（元）")


def test_every_column_with_a_limit_has_a_validation() -> None:
    for name, plan in plans(BUDGET).items():
        worksheet, _ = sheet(name)
        starts = {str(one.sqref).split(":")[0] for one in worksheet.data_validations.dataValidation}
        if not plan.labelled:
            own = name == "预算单位"
            limited = [c for c in plan.sheet.columns if c.is_number or c.is_choice or (c.is_unit and not own)]
            assert {f"{plan.letter(column.head)}{FIRST_ROW}" for column in limited} <= starts, name


def test_lists_of_choices_are_short_enough_for_a_formula() -> None:
    lists = [
        one.formula1
        for worksheet in opened(workbook_of(DEMO)).worksheets
        for one in worksheet.data_validations.dataValidation
        if one.type == "list"
    ]
    assert max(len(text) for text in lists) <= LONGEST_LIST
    assert any("一般公共预算,政府性基金预算" in text for text in lists)
    assert any(text.startswith("'预算单位'!") for text in lists)
    assert any(text.startswith("'科目'!$A") for text in lists)


def test_the_code_books_and_the_programs_sheet_are_hidden() -> None:
    book = opened(workbook_of(DEMO))
    assert {one.title for one in book.worksheets if one.sheet_state == "hidden"} == {"程序用", "科目"}
    assert book.sheetnames[:3] == ["填报说明", RELATIONS, "基本情况"]
    codes = {row[0]: row[1] for row in book["科目"].iter_rows(min_row=2, max_col=2, values_only=True)}
    assert codes["2010601"] == "行政运行"


def test_the_totals_have_a_sum_of_lines_each() -> None:
    plan = plans(BUDGET)["合计与原因"]
    assert isinstance(plan.sheet, TotalSheet)
    assert sorted(plan.sheet.keys.values()) == sorted(line_sums(BUDGET))


def calculated(payload: bytes, folder: Path) -> Workbook:
    """The workbook with the values that LibreOffice computes."""
    office = needed()
    (folder / "form.xlsx").write_bytes(payload)
    command = [
        office, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to",
        "xlsx:Calc MS Excel 2007 XML", "--outdir", str(folder / "saved"), str(folder / "form.xlsx"),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return load_workbook(folder / "saved" / "form.xlsx", data_only=True)


def lights(book: Workbook) -> list[tuple[Any, ...]]:
    rows = book[RELATIONS].iter_rows(min_row=4, max_col=7, values_only=True)
    return [row for row in rows if row[0]]


def test_the_lights_show_what_is_equal_and_what_is_not(tmp_path: Path) -> None:
    """All good for the sample; each planted fault turns its own light red, with the difference."""
    edited = load_workbook(BytesIO(workbook_of(DEMO)))
    plan, spending = plans(BUDGET)["支出"], edited["支出"]
    at = plan.number(plan.column("personnel").head)
    spending.cell(FIRST_ROW, at, spending.cell(FIRST_ROW, at).value + 100)
    spending.cell(FIRST_ROW + 1, plan.number("单位代码"), "999")
    spending.cell(FIRST_ROW + 30, plan.number("功能分类编码"), 2010605)
    spending.cell(FIRST_ROW + 31, plan.number("单位代码"), "450001")
    spending.cell(FIRST_ROW + 31, plan.number("功能分类编码"), "20106")
    spending.cell(FIRST_ROW + 31, at, 5)
    target = BytesIO()
    edited.save(target)
    (tmp_path / "good").mkdir()
    (tmp_path / "bad").mkdir()
    good, bad = calculated(workbook_of(DEMO), tmp_path / "good"), calculated(target.getvalue(), tmp_path / "bad")
    assert {row[6] for row in lights(good)} == {"✓", "—"}
    assert sum(row[6] == "✓" for row in lights(good)) > 20
    wrong = {row[1]: row[5] for row in lights(bad) if row[6] == "✗"}
    assert wrong == {
        "收入总计（含上年结转）": -100, "一般公共预算收入": -100, "“支出”一般公共预算的基本支出": 100,
        "“支出”有问题的行数": 2,
    }  # fmt: skip
    check, name = plan.number(CHECK), plan.number("科目名称（自动）")
    shown = [bad["支出"].cell(row, check).value for row in range(FIRST_ROW, FIRST_ROW + 33)]
    assert shown[0] == "✓"
    assert shown[1] == "✗ 单位不在“预算单位”表"
    assert shown[30] == "✓"
    assert shown[31] == "✗ 小计≠下级之和"
    assert shown[32] is None
    assert bad["支出"].cell(FIRST_ROW + 30, name).value == "财政国库业务"
    assert bad["填报说明"]["A1"].value == "2023年部门预算公开填报工作簿"


def test_an_empty_workbook_is_read_as_lacking_what_is_required() -> None:
    imported = read(reportgen.workbook(year=2026))
    assert imported.data == {
        "schema": "reportgen/budget/2", "stage": "budget", "scope": "department", "year": 2026, "money_unit": "元",
    }  # fmt: skip
    assert {finding.code for finding in imported.findings} == {"IN100"}


def test_last_years_figures_are_the_published_ones() -> None:
    last = document(DEMO)
    imported = read(reportgen.workbook(last=last))
    data: dict[str, Any] = dict(imported.data)
    assert data["year"] == 2024
    by_code = {(line["unit"], line["function"], line.get("fund")): line for line in data["expenditure"]}
    line = by_code["450003", "2010607", "单位资金"]
    assert line["last"] == {"budget": "135000.00"}
    assert "operating" not in line
    assert data["totals"]["revenue"] == {"last": {"budget": "30011029.45"}}
    items = {
        "overseas": "0.00",
        "vehicle_purchase": "180000.00",
        "vehicle_operation": "76500.00",
        "reception": "26600.00",
    }
    assert data["three_public"][0]["last"] == {"budget": items}
    assert data["department"] == last["department"]
    # This year's amounts as last year's: every base is what was published.
    now = {**last, "year": 2024, "published": "2024-02-20", "totals": {}}
    both = dict(read(reportgen.workbook(source=now, last=last)).data)
    codes = {finding.code for finding in reportgen.check(both, last=last).findings}
    assert codes.isdisjoint({"GJ601", "GJ602", "GJ603", "GJ604"})
    assert both["expenditure"][0]["personnel"] == "8123456.78"
    assert both["expenditure"][0]["last"] == {"budget": "9327957.00"}


def test_a_workbook_may_stand_in_the_place_of_a_document() -> None:
    last = {**document(DEMO), "year": 2022}
    wanted = reportgen.workbook(source=document(DEMO), last=last)
    assert reportgen.workbook(source=workbook_of(DEMO), last=form_workbook(last)) == wanted


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ({"last": {"year": 2022}, "year": 2024}, "上年的文件（--last）是 2022 年的，工作簿是 2024 年的"),
        ({"source": {}, "last": {}}, "上年的文件（--last）是 2023 年的，工作簿是 2023 年的"),
        ({"source": {}, "last": {"year": 2022, "code": "357"}}, "工作簿是部门 450 的，上年的文件是部门 357 的"),
        ({"initial": {}, "last": {"year": 2022}}, "决算要与上年的决算核对，给出的上年文件（--last）是 2022 年的预算"),
        ({"source": {}, "initial": {}}, "填年初预算数的（--budget）要是给决算的一份预算"),
    ],
)
def test_figures_of_another_document_are_refused(arguments: dict[str, Any], says: str) -> None:
    """Of another department, year or stage than the workbook needs."""
    given: dict[str, Any] = {}
    for name, change in arguments.items():
        data = document(DEMO)
        if isinstance(change, dict):
            department = {**data["department"], "code": change.get("code", "450")}
            given[name] = {**data, "year": change.get("year", 2023), "department": department}
        else:
            given[name] = change
    with pytest.raises((UsageError, InputError), match=re.escape(says)):
        reportgen.workbook(**given)


def test_bases_are_stated_in_the_money_unit_of_this_year() -> None:
    now = {**document(DEMO), "year": 2024}
    now_data = dict(read(reportgen.workbook(last=now, money_unit="万元", year=2025)).data)
    assert now_data["money_unit"] == "万元"
    assert now_data["expenditure"][0]["last"] == {"budget": "932.7957"}


def test_a_layout_says_which_names_it_quotes() -> None:
    payload = reportgen.workbook(year=2026, layout="jiangsu")
    book, plan = opened(payload), plans(BUDGET)["各章文字"]
    keys = [book["各章文字"].cell(row, plan.number("名称")).value for row in range(FIRST_ROW, FIRST_ROW + 4)]
    assert keys == ["duties_intro", "tasks", "internal", None]
    assert "这个版式用到：会议费、培训费" in book["其他金额"]["A2"].value
    notes = [finding.text for finding in read(payload).findings if finding.code == "XL109"]
    assert read(payload).data["layout"] == "jiangsu"
    assert notes == [f"“{name}”没有写内容，没有读" for name in keys[:3]]


def test_the_year_must_be_one_of_the_contract() -> None:
    for year in (None, 1999, 2101):
        with pytest.raises(UsageError, match="2000 至 2100"):
            reportgen.workbook(year=year)
    with pytest.raises(UsageError, match="金额单位"):
        reportgen.workbook(source=document(DEMO), money_unit="万元")


def test_the_command_writes_the_file_and_says_so(tmp_path: Path) -> None:
    path = tmp_path / "new" / "填报.xlsx"
    code, out, err = run("workbook", "--year", "2026", "-o", str(path))
    assert (code, err) == (0, "")
    assert re.fullmatch(r"已写入 .*填报\.xlsx。\n", out)
    assert path.read_bytes() == reportgen.workbook(year=2026)
    code, _, err = run("workbook", "--from", str(tmp_path / "none.json"), "-o", str(path))
    assert code == 3
    assert "none.json" in err


@pytest.mark.parametrize("name", NAMES)
def test_only_columns_of_units_offer_the_units(name: str) -> None:
    worksheet, plan = sheet(name)
    offered = {
        cells.coord.split(":")[0].rstrip("0123456789")
        for rule in worksheet.data_validations.dataValidation
        if rule.type == "list" and rule.formula1 == plans(BUDGET)["预算单位"].field("code")
        for cells in rule.sqref.ranges
    }
    lists_units = name in ("预算单位", "基本情况")
    assert offered == {plan.letter(one.head) for one in plan.sheet.columns if one.is_unit and not lists_units}


@pytest.mark.parametrize("name", NAMES)
def test_only_numbers_are_at_the_right(name: str) -> None:
    worksheet, plan = sheet(name)
    for column in plan.sheet.columns if not plan.labelled else ():
        cell = worksheet[f"{plan.letter(column.head)}{FIRST_ROW}"]
        assert (cell.alignment.horizontal == "right") == column.is_number, column.head
