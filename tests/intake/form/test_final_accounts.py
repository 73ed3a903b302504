"""The workbook of final accounts: what it has besides that of a budget, and what published documents fill in."""

from __future__ import annotations

import copy
from dataclasses import replace
from decimal import Decimal
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

import reportgen
from reportgen.budget.json_input import parse_json
from reportgen.budget.terms import BUDGET, FINAL
from reportgen.core.errors import UsageError
from reportgen.core.finding import Severity, blocking
from reportgen.intake.form.closings import closings
from reportgen.intake.form.part_name import part_name
from reportgen.intake.form.plan import FIRST_ROW, plans
from reportgen.intake.form.read import read_form
from reportgen.intake.imported import Imported
from reportgen.recognise.grid import GridCell, column_name
from tests.bad_input.command import run
from tests.cities import department, make_city
from tests.intake.form.sample import SAMPLES, document, grids_of, read

from invented.final_accounts import final_accounts  # isort: skip  the folder is found by tests.cities
from invented.money import text  # isort: skip

NAME = "final-accounts"
WHO = department(1, 0)


@cache
def published(year: int) -> bytes:
    """The final accounts of an invented department that carries money forward."""
    return str(text(final_accounts(WHO, year))).encode()


@cache
def budget(year: int) -> bytes:
    return str(make_city.made(WHO, year)).encode()


def cell_of(sheet: str, name: str) -> tuple[int, int]:
    """Row and column of a single value."""
    (grid,) = [grid for grid in grids_of(NAME) if grid.name == sheet]
    return next((row, 2) for (row, column), cell in grid.cells.items() if column == 1 and cell.value == name)


def cell_in(sheet: str, value: str) -> tuple[int, int]:
    """Row and column of a text."""
    (grid,) = [grid for grid in grids_of(NAME) if grid.name == sheet]
    return next(at for at, cell in grid.cells.items() if cell.value == value)


def read_changed(*changes: tuple[str, tuple[int, int], Any]) -> Imported:
    """What is read of the workbook of the sample with other values in cells."""
    grids = {grid.name: grid for grid in grids_of(NAME)}
    for sheet, at, value in changes:
        others = {place: cell for place, cell in grids[sheet].cells.items() if place != at}
        cell = {} if value is None else {at: GridCell(value, f"{sheet}!{column_name(at[1])}{at[0]}")}
        grids[sheet] = replace(grids[sheet], cells=others | cell)
    return read_form(tuple(grids.values()))


def without_bases(value: Any) -> Any:
    """A document without what others published: bases, 年初结转."""
    gone = ("last", "carry_over_last", "initial", "carry_over")
    if isinstance(value, dict):
        return {name: without_bases(member) for name, member in value.items() if name not in gone}
    return [without_bases(item) for item in value] if isinstance(value, list) else value


def stated(data: Any, pointer: str = "") -> dict[str, Any]:
    """The bases and 年初结转 of a document by their places; zero is as good as none."""
    found: dict[str, Any] = {}
    if isinstance(data, dict):
        for name, member in data.items():
            here = f"{pointer}/{name}"
            if not isinstance(member, dict | list):
                if float(member or 0 if _is_amount(member) else 0):
                    found[here] = float(member)
            else:
                found |= stated(member, here)
    for n, item in enumerate(data if isinstance(data, list) else ()):
        found |= stated(item, f"{pointer}/{n}")
    places = ("/last/", "/carry_over_last/", "/initial", "/carry_over")
    return {here: value for here, value in found.items() if any(place in f"{here}/" for place in places)}


def _is_amount(value: Any) -> bool:
    try:
        float(value)
    except (TypeError, ValueError):
        return False
    return True


def test_the_form_has_the_bases_of_this_year_and_the_sheets_of_final_accounts() -> None:
    book = load_workbook(BytesIO(reportgen.workbook(stage=FINAL, year=2025)))
    assert book["填报说明"]["A1"].value == "2025年部门决算公开填报工作簿"
    assert {"三公数量", "绩效制度", "绩效自评"} <= set(book.sheetnames)
    spending = plans(FINAL)["支出"]
    assert {"年初预算数", "全年预算数", "预决算差异原因", "年末结转和结余"} <= set(spending.heads)
    assert "年初预算数·公务接待费" in plans(FINAL)["三公经费"].heads
    (stage,) = [row[1] for row in book["基本情况"].iter_rows(min_row=FIRST_ROW, max_col=2) if row[0].value == "阶段"]
    assert stage.value == "决算"
    rules = [one.formula1 for one in book["基本情况"].data_validations.dataValidation if stage.coordinate in one.sqref]
    assert rules == ['"决算"']
    assert {"三公数量", "绩效制度", "绩效自评"}.isdisjoint(plans(BUDGET))


def test_the_form_is_in_the_words_of_final_accounts_and_reads_those_of_a_budget() -> None:
    """收入决算总计 says that 年初结转 is in it; a workbook that was made before has 收入预算 and 预算年度."""
    read_name = read_changed(
        ("合计与原因", cell_in("合计与原因", "收入决算总计（含年初结转和结余）"), "收入预算"),
        ("基本情况", cell_in("基本情况", "决算年度"), "预算年度"),
        ("收入", cell_in("收入", "年初结转和结余\n（元）"), "上年结转结余"),
    )
    assert [str(one) for one in read_name.findings if one.severity is Severity.ERROR] == []
    assert read_name.data == read_form(grids_of(NAME)).data
    heads = [cell.value for grid in grids_of(NAME) for cell in grid.cells.values()]
    assert not {"收入预算", "支出预算", "预算年度"} & {value for value in heads if isinstance(value, str)}
    assert part_name("/totals/revenue/reason", FINAL) == "合计与原因!收入决算总计（含年初结转和结余）!增减原因"


def test_the_form_says_which_budget_its_layout_compares_with(tmp_path: Path) -> None:
    """A reason is for one budget; a layout of a district extends that of the city and compares with the other."""
    more = "title: 某区\nextends: final-accounts-shanghai\nprinting: {completed_against: adjusted}\n"
    (tmp_path / "layout.yaml").write_text(more, encoding="utf-8")
    for layout, against in (("final-accounts-shanghai", "年初预算数"), (str(tmp_path), "全年预算数")):
        book = load_workbook(BytesIO(reportgen.workbook(stage=FINAL, year=2025, layout=layout)))
        about = {name: str(book[name]["A2"].value) for name in ("支出", "合计与原因", "三公经费")}
        assert f"这个版式与{against}比：{against}必填" in about["支出"]
        assert f"“预决算差异原因”写决算数与{against}不同的原因" in about["支出"]
        assert f"写决算数与{against}不同的原因" in about["合计与原因"]
        assert ("“三公”写与年初预算数不同的原因" in about["合计与原因"]) == (against == "全年预算数")
        assert "全年预算数不印，可以不填" in about["三公经费"]


def test_published_documents_fill_in_all_bases() -> None:
    """The clerk retypes nothing: every base and 年初结转 that the final accounts state is there, and no other."""
    final = parse_json(published(2023))
    payload = reportgen.workbook(without_bases(final), last=published(2022), initial=budget(2023))
    filled = read(payload).data
    wanted = stated(final)
    assert any("/carry_over" in place for place in wanted)
    assert any("/budgeted/initial" in place for place in wanted)
    found = stated(filled)
    assert {place: found.get(place) for place in wanted} == wanted
    report = reportgen.check(filled, last=published(2022), initial=budget(2023))
    codes = {finding.code for finding in report.findings}
    assert codes.isdisjoint({"GJ606", "GJ607", "GJ608", "GJ609"})
    assert not blocking(report.findings)


def test_an_empty_workbook_lists_the_lines_of_the_budget() -> None:
    """Revenue by function, as final accounts have it, though the budget has it by source."""
    data = read(reportgen.workbook(initial=budget(2023))).data
    final = parse_json(published(2023))
    assert (data["stage"], data["year"]) == ("final", 2023)
    assert "layout" not in data
    keys = ("unit", "function", "fund")
    assert {tuple(line.get(key) for key in keys) for line in data["expenditure"]} >= {
        tuple(line.get(key) for key in keys) for line in final["expenditure"] if "basic" in line
    }
    assert all("function" in line for line in data["revenue"])
    assert not any("amount" in line for line in data["revenue"])
    assert not [line for line in data["three_public"] if line["unit"] == "合计"]


def test_what_was_carried_forward_is_known_by_item_where_the_items_add_up() -> None:
    """Not where revenue is by source alone, or where the fund's own figure is another one."""
    last = parse_json(published(2022))
    known = closings(last)
    assert sum(known.values()) == last["fiscal_carried_forward"]["general_public"]
    by_source = [{name: value for name, value in line.items() if name != "function"} for line in last["revenue"]]
    assert closings({**last, "revenue": by_source}) == {}
    assert closings({**last, "fiscal_carried_forward": {"general_public": Decimal(1)}}) == {}


def test_a_line_that_states_a_sum_is_not_listed() -> None:
    """Its amount would be left empty, and say that the sum is zero."""
    last = copy.deepcopy(dict(document("demo-2023")))
    last["three_public"] = [*last["three_public"], {"unit": "合计", "reception": "26600.00"}]
    last["expenditure"] = [{"function": "201", "total": "1.00"}, *last["expenditure"]]
    data = read(reportgen.workbook(last=last)).data
    assert {line["unit"] for line in data["three_public"]} == {"450001", "450002", "450003"} & {
        line["unit"] for line in last["three_public"]
    }
    assert all(len(line["function"]) == 7 for line in data["expenditure"])


@pytest.mark.parametrize("stated_stage", ["决算", "final", None])
def test_the_stage_is_that_of_the_cell_or_of_the_sheets(stated_stage: str | None) -> None:
    imported = read_changed(("基本情况", cell_of("基本情况", "阶段"), stated_stage))
    assert imported.data["stage"] == "final"
    assert [str(finding) for finding in imported.findings] == []


def test_problems_are_named_by_sheet_and_cell() -> None:
    groups, score = cell_of("三公数量", "因公出国（境）团组"), cell_of("绩效自评", "平均得分")
    base = (FIRST_ROW, plans(FINAL)["支出"].number("年初预算数"))
    imported = read_changed(("三公数量", groups, "两个"), ("绩效自评", score, "120"), ("支出", base, "12,3a"))
    errors = [finding for finding in imported.findings if finding.severity is Severity.ERROR]
    assert {finding.where[0].cell for finding in errors} == {
        f"三公数量!B{groups[0]}", f"绩效自评!B{score[0]}", f"支出!{column_name(base[1])}{FIRST_ROW}",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"source": NAME, "stage": "budget"}, "文件是决算，不能换成预算"),
        ({"source": "demo-2023", "stage": "final"}, "文件是预算，不能换成决算"),
        ({"source": "demo-2023", "initial": "demo-2023"}, "这里是预算的工作簿，文件是预算"),
        ({"initial": NAME}, "这里是决算的工作簿，文件是决算"),
        ({"initial": "demo-2023", "year": 2025}, "是 2023 年的，工作簿是 2025 年的"),
        ({"stage": "final", "year": 2025, "layout": "shanghai"}, "版式“shanghai”是预算的，工作簿是决算的"),
    ],
)
def test_what_does_not_go_together_is_said(arguments: dict[str, Any], message: str) -> None:
    paths = {name: SAMPLES / f"{value}.json" for name, value in arguments.items() if name in ("source", "initial")}
    with pytest.raises(UsageError, match=message):
        reportgen.workbook(**{**arguments, **paths})


def test_the_command_makes_the_workbook_of_both_files(tmp_path: Path) -> None:
    (tmp_path / "budget.json").write_bytes(budget(2023))
    (tmp_path / "last.json").write_bytes(published(2022))
    path = tmp_path / "填报.xlsx"
    files = ("--budget", str(tmp_path / "budget.json"), "--last", str(tmp_path / "last.json"))
    assert run("workbook", "--stage", "final", *files, "-o", str(path))[0] == 0
    data = read(path.read_bytes()).data
    assert (data["stage"], data["year"]) == ("final", 2023)
    assert data["totals"]["revenue"].keys() == {"last", "budgeted"}
