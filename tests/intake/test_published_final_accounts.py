"""Published final accounts are read as those of anybody, and are last year's document of the next ones."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from functools import cache
from typing import Any

import pytest

import reportgen
from reportgen import pipeline
from reportgen.budget.json_input import parse_json
from reportgen.budget.terms import FINAL
from reportgen.core.finding import Finding, Place, Severity
from reportgen.intake.imported import Imported
from reportgen.intake.published import import_published
from reportgen.intake.readers import read_grids
from reportgen.intake.workbook import import_workbook
from reportgen.pipeline.importing import _for_published
from reportgen.pipeline.in_memory import prepare, with_contents
from reportgen.pipeline.output_files import document_files, write_file
from reportgen.recognise.final_lines import budget_of_three_public
from reportgen.recognise.grid import GridCell
from reportgen.recognise.recognise import recognise
from reportgen.recognise.titles import stated_year
from tests.cities import department, make_city
from tests.families.golden import sample
from tests.intake.form.sample import read
from tests.recognise.grids import grid
from tests.strategies import dumped

from invented.final_accounts import final_accounts  # isort: skip  the folder is found by tests.cities
from invented.money import text  # isort: skip

READERS: Mapping[str, Callable[..., Imported]] = {
    "pdf": import_published, "docx": import_published, "xlsx": import_workbook,
}  # fmt: skip
WHO = department(1, 0)


def published(source: Any, suffix: str) -> bytes:
    prepared = with_contents(prepare(source))
    (file,) = document_files(prepared, (suffix,))
    return write_file(file, prepared.layout.style).payload


@cache
def imported(suffix: str) -> Imported:
    return READERS[suffix](published(sample("final-accounts"), suffix), isolated=False)


@cache
def last_year() -> Mapping[str, Any]:
    """What is imported of the workbook that a department published of the year before."""
    payload = published(str(text(final_accounts(WHO, 2022))).encode(), "xlsx")
    return import_workbook(payload, isolated=False).data


@pytest.mark.parametrize("suffix", READERS)
def test_the_nine_tables_become_final_accounts(suffix: str) -> None:
    found = imported(suffix)
    assert [str(one) for one in found.findings if one.severity is Severity.ERROR] == []
    data = found.data
    assert (data["stage"], data["year"], data["department"]["name"]) == (FINAL, 2023, "青溪市财政局")
    assert Decimal(data["surplus_distributed"]) == Decimal("0.6")
    assert Decimal(data["fiscal_carried_forward"]["government_fund"]) == 17
    fund = next(line for line in data["expenditure"] if line["function"] == "2120399")
    assert (fund["fund"], Decimal(fund["carried_forward"])) == ("政府性基金预算", 17)
    assert "/projects" not in data["unread"]
    assert "/three_public_details" in data["unread"]


@pytest.mark.parametrize("suffix", READERS)
def test_revenue_is_by_function_and_fund_with_what_was_there_at_the_beginning(suffix: str) -> None:
    """一般公共预算 by the item that spent more than it received; the funds as their tables state it."""
    lines = imported(suffix).data["revenue"]
    openings = {(line["function"], line["source"]): line["carry_over"] for line in lines if "carry_over" in line}
    assert {key: Decimal(amount) for key, amount in openings.items()} == {
        ("2010605", "一般公共预算"): 35, ("2120399", "政府性基金预算"): 10,
    }  # fmt: skip
    (used,) = [line for line in lines if line["source"] == "使用非财政拨款结余"]
    assert Decimal(used["amount"]) == Decimal("1.2")


@pytest.mark.parametrize(
    ("note", "kind"), [("注：本表反映预决算情况。", "initial"), ("其中：预算数为全年预算数。", "adjusted")]
)
def test_the_budget_beside_three_public_is_the_one_that_the_note_says(note: str, kind: str) -> None:
    grids = [grid for grid in read_grids(published(sample("final-accounts"), "xlsx"), False) if "三公" in grid.name]
    noted = [replace(grid, cells={**grid.cells, (99, 1): GridCell(note, "A99")}) for grid in grids]
    (table,) = recognise(noted, 2023).tables
    assert budget_of_three_public(table) == kind
    assert {"budgeted_total", "budgeted_reception", "reception"} <= set(table.columns)


def test_panels_without_a_head_of_their_own_have_one_total() -> None:
    """As some cities print the table: 编码 | 名称 | 决算数 twice, and a total below each."""
    head = ["经济分类科目编码", "科目名称", "决算数"]
    rows = [
        ["一般公共预算财政拨款基本支出决算表", *[""] * 4, "单位：万元"], head + head,
        ["301", "工资福利支出", 90, "302", "商品和服务支出", 10], ["30101", "基本工资", 90, "30201", "办公费", 10],
        ["人员经费合计", "", 90, "公用经费合计", "", 10],
    ]  # fmt: skip
    (table,) = recognise([grid(rows)], 2024).tables
    assert [(row.key, row.amounts["total"].value) for row in table.rows] == [
        ("301", 900_000), ("30101", 900_000), ("302", 100_000), ("30201", 100_000), ("合计", 1_000_000),
    ]  # fmt: skip


def test_a_list_of_tables_names_the_year_where_no_title_does() -> None:
    assert stated_year([grid([["目录"], ["青溪市财政局2023年度部门决算"]])]) == 2023
    assert stated_year([grid([["2023年度的说明"]])]) == 0


def findings(data: Any) -> set[str]:
    initial = str(make_city.made(WHO, 2023)).encode()
    report = pipeline.check(dumped(data), last=last_year(), initial=initial)
    return {finding.code for finding in report.findings if finding.severity is not Severity.NOTE}


def test_what_was_published_is_last_years_document_and_nothing_false_is_said() -> None:
    """It has neither the department's code nor 机关运行经费, and all its amounts are rounded."""
    data = parse_json(str(text(final_accounts(WHO, 2023))).encode())
    assert findings(data) == set()


@pytest.mark.parametrize("part", ["carry_over", "last"])
def test_a_break_with_what_was_published_is_found(part: str) -> None:
    data = parse_json(str(text(final_accounts(WHO, 2023))).encode())
    if part == "carry_over":
        next(line for line in data["revenue"] if line.get("carry_over"))["carry_over"] += 100_000
        assert "GJ607" in findings(data)
    else:
        data["totals"]["revenue"]["last"]["execution"] += 100_000
        assert "GJ606" in findings(data)


def test_what_was_not_read_is_left_blank_in_the_next_workbook_and_is_not_zero() -> None:
    """机关运行经费, 政府采购 and the parts of 基本支出 are in no table; 出国 is in one that was read, and was zero."""
    data = copy.deepcopy(dict(imported("xlsx").data))
    for line in data["three_public"]:
        del line["overseas"]
    assert {"/agency_operating", "/procurement"} <= set(data["unread"])
    filled = read(reportgen.workbook(last=dumped(data), stage=FINAL)).data["totals"]
    bases = {key: total["last"]["execution"] for key, total in filled.items() if "last" in total}
    assert bases.keys().isdisjoint({"agency_operating", "procurement", "personnel", "operating"})
    assert (Decimal(bases["overseas"]), bool(Decimal(bases["project"]))) == (0, True)


def test_what_a_published_file_does_not_print_is_said_to_be_of_the_fill_in_workbook() -> None:
    """A clerk who has a PDF has no sheet 合计与原因: it is in the workbook that `reportgen workbook` makes of it."""
    where = (Place("/totals/revenue/last/execution", "收入决算", part="合计与原因!收入决算总计!上年执行数"),)
    (place,) = _for_published(Finding("GJ409", Severity.ERROR, "没有上年数", where)).where
    assert str(place) == "收入决算（填报表!合计与原因!收入决算总计!上年执行数）"
    assert _for_published(Finding("GJ101", Severity.ERROR, "不等", (Place("/x", "某数", cell="第3页"),))).where[0].cell
