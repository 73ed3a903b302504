"""What clerks do to the workbook: what is read all the same, and what each fault is answered with, cell by cell."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from reportgen.budget.terms import BUDGET
from reportgen.budget.withheld import Withheld
from reportgen.core.finding import Severity
from reportgen.intake.form.columns import columns_of
from reportgen.intake.form.locate import is_form, sheet_of
from reportgen.intake.form.read import read_form
from reportgen.intake.form.sheets import form_sheets
from reportgen.intake.form.values import choices_of, read_value
from reportgen.intake.imported import Imported
from reportgen.recognise.grid import CellValue, Grid, GridCell, column_name
from tests.intake.form.sample import FILLED, differences, document, grids_of
from tests.population import size

NAME = "demo-2023"
Grids = dict[str, Grid]
Change = Callable[[Grids], None]


def read_changed(*changes: Change) -> Imported:
    """What is read of the workbook of the sample after these changes."""
    grids = {grid.name: grid for grid in grids_of(NAME)}
    for change in changes:
        change(grids)
    return read_form(tuple(grids.values()))


def moved(sheet: str, place: Callable[[int, int], tuple[int, int] | None]) -> Change:
    """Every cell of a sheet at another place, or gone."""

    def change(grids: Grids) -> None:
        found = {}
        for at, cell in grids[sheet].cells.items():
            if (to := place(*at)) is not None:
                found[to] = replace(cell, place=f"{sheet}!{column_name(to[1])}{to[0]}")
        grids[sheet] = replace(grids[sheet], cells=found)

    return change


def put(sheet: str, address: tuple[int, int], value: CellValue | None, problem: str = "") -> Change:
    """A cell with another value; None empties it."""

    def change(grids: Grids) -> None:
        cells = dict(grids[sheet].cells)
        cells.pop(address, None)
        if value is not None:
            row, column = address
            cells[address] = GridCell(value, f"{sheet}!{column_name(column)}{row}", problem=problem)
        grids[sheet] = replace(grids[sheet], cells=cells)

    return change


def hidden(sheet: str, rows: Iterable[int] = (), columns: Iterable[int] = ()) -> Change:
    own_rows, own_columns = set(rows), set(columns)

    def change(grids: Grids) -> None:
        cells = {
            at: replace(cell, hidden=at[0] in own_rows or at[1] in own_columns)
            for at, cell in grids[sheet].cells.items()
        }
        grids[sheet] = replace(grids[sheet], cells=cells)

    return change


def texts(sheet: str) -> Change:
    """All numbers below the heads as texts with thousands separators, as a paste from a web page gives them."""

    def change(grids: Grids) -> None:
        cells = {
            at: replace(cell, value=f"{cell.value:,}\u00a0") if at[0] > 5 and _is_number(cell.value) else cell
            for at, cell in grids[sheet].cells.items()
        }
        grids[sheet] = replace(grids[sheet], cells=cells)

    return change


def _is_number(value: Any) -> bool:
    return not isinstance(value, str | bool) and hasattr(value, "as_integer_ratio")


def renamed(grids: Grids) -> None:
    for n, name in enumerate(list(grids)):
        cells = {
            at: replace(cell, place=cell.place.replace(name, f"Sheet{n}")) for at, cell in grids[name].cells.items()
        }
        grids[name] = replace(grids[name], name=f"Sheet{n}", cells=cells)


def reversed_sheets(grids: Grids) -> None:
    items = list(grids.items())[::-1]
    grids.clear()
    grids.update(items)


SPENDING, INCOME = "支出", "收入"
UNIT, FUNCTION, PERSONNEL = 5, 6, 11
"""Columns of 支出: five before are formulas of the workbook."""


def column_of(sheet: str, head: str) -> int:
    grid = {grid.name: grid for grid in grids_of(NAME)}[sheet]
    return next(
        column
        for (row, column), cell in grid.cells.items()
        if row == 5 and str(cell.value).strip("＊").startswith(head)
    )


DRAFT = Grid("草稿", {(1, 1): GridCell("算算", "草稿!A1")})


def row_of(name: str) -> int:
    """The row of a single value on the first sheet."""
    grid = {grid.name: grid for grid in grids_of(NAME)}["基本情况"]
    return next(row for (row, column), cell in grid.cells.items() if column == 1 and cell.value == name)


def in_wan(sheet: str) -> Change:
    """The amounts of a sheet as if they had been typed in 万元."""

    def change(grids: Grids) -> None:
        cells = {
            at: replace(cell, value=cell.value / Decimal(10_000))
            if at[0] > 5 and isinstance(cell.value, int | Decimal) and not isinstance(cell.value, bool)
            else cell
            for at, cell in grids[sheet].cells.items()
        }
        grids[sheet] = replace(grids[sheet], cells=cells)

    return change


OWN = "本表属于：2023年　青溪市财政局"
SAME: dict[str, tuple[Change, ...]] = {
    "sheets that say whose they are": (put(SPENDING, (1, 40), OWN), put(INCOME, (1, 40), OWN)),
    "sheets that were not calculated since they were filled in": (
        put(SPENDING, (1, 40), "本表属于：2024年　"), put(INCOME, (1, 40), "本表属于：2024年　"),
    ),
    "sheets renamed": (renamed,),
    "sheets in another order": (reversed_sheets,),
    "a column inserted": (moved(SPENDING, lambda row, column: (row, column + (column > 6))),),
    "columns in the reverse order": (moved(SPENDING, lambda row, column: (row, 40 - column)),),
    "the columns of formulas deleted": (
        moved(SPENDING, lambda row, column: (row, column) if column > 4 or row == 1 else None),
    ),
    "rows inserted above": (moved(INCOME, lambda row, column: (row + 3, column)),),
    "rows inserted between lines": (moved(INCOME, lambda row, column: (row + 5 * (row > 7), column)),),
    "the explanations deleted": (moved(SPENDING, lambda row, column: None if row in (2, 3, 4) else (row, column)),),
    "numbers as texts": (texts(SPENDING), texts(INCOME), texts("基本支出")),
    "a hidden row": (hidden(SPENDING, rows=[8]),),
    "a hidden column": (hidden(SPENDING, columns=[PERSONNEL]),),
    "a row of ellipses": (put(INCOME, (30, 4), "……"), put(INCOME, (30, 5), "…")),
    "blanks in an empty row": (put(INCOME, (31, 4), "　 "),),
    "a head over two lines with a star": (put(INCOME, (5, 5), " * 收入\n来源 "),),
    "full-width digits in a code": (put(SPENDING, (6, FUNCTION), "２０１０６０１"),),
    "a code that is a number": (put(SPENDING, (6, FUNCTION), 2010601),),
    "a code with its name": (put(SPENDING, (6, FUNCTION), "[2010601]行政运行"),),
    "a worksheet of the clerk's own": (lambda grids: grids.update({"草稿": DRAFT}),),
}  # fmt: skip


@pytest.mark.parametrize("name", SAME)
def test_what_changes_nothing_of_the_document(name: str) -> None:
    imported = read_changed(*SAME[name])
    assert [str(finding) for finding in imported.findings if finding.severity is not Severity.NOTE] == []
    assert differences(document(NAME), imported) == {}


NOTED = {
    "numbers as texts": ("XL102", "读作"), "a hidden row": ("XL113", "1 行是隐藏的"),
    "a hidden column": ("XL113", "一栏是隐藏的"),
    "full-width digits in a code": ("XL102", "“２０１０６０１”读作 2010601"),
}  # fmt: skip


@pytest.mark.parametrize("name", NOTED)
def test_what_is_read_all_the_same_is_noted(name: str) -> None:
    code, words = NOTED[name]
    notes = read_changed(*SAME[name]).findings
    assert notes
    assert {finding.code for finding in notes} == {code}
    assert all(words in finding.text for finding in notes)
    assert all(finding.where[0].cell for finding in notes)


AMOUNT = (6, column_of(SPENDING, "人员支出"))
FAULTS: dict[str, tuple[tuple[Change, ...], str, str, str]] = {
    "no amount": ((put(SPENDING, AMOUNT, "12,3a"),), "XL101", "支出!{}6", "“12,3a”不是金额"),
    "a formula without a value": (
        (put(SPENDING, AMOUNT, "=A1", problem="公式没有算过"),), "XL101", "支出!{}6", "公式没有算过",
    ),
    "a negative amount": ((put(SPENDING, AMOUNT, -5),), "IN100", "支出!{}6", "金额不能为负"),
    "a code of four digits": ((put(SPENDING, (6, FUNCTION), 2010),), "IN100", "支出!F6", "应为功能分类编码"),
    "no code": ((put(SPENDING, (6, FUNCTION), None),), "IN100", "支出!F6", "没有填“功能分类编码”"),
    "an unknown fund": (
        (put(SPENDING, (6, column_of(SPENDING, "资金性质")), "一般预算"),), "XL101", "支出!G6", "不在可选",
    ),
    "a copied worksheet": (
        (lambda grids: grids.update({"支出 (2)": replace(grids[SPENDING], name="支出 (2)")}),),
        "XL103", "支出", "有 2 张工作表都是“支出填报表”",
    ),
    "a column twice": ((put(INCOME, (5, 40), "收入来源"),), "XL106", "收入!E5", "“收入来源”有 2 栏"),
    "a required column deleted": (
        (moved(INCOME, lambda row, column: (row, column) if column != 5 else None),),
        "XL105", "收入", "没有“收入来源”这一栏",
    ),
    "no heads": (
        (moved(INCOME, lambda row, column: (row, column) if row != 5 else None),), "XL105", "收入", "找不到表头",
    ),
    "an unknown item": ((put("合计与原因", (6, 3), "收入予算"),), "XL107", "合计与原因!C6", "没有“收入予算”"),
    "an item twice": ((put("合计与原因", (7, 3), "收入预算"),), "XL108", "合计与原因!C6", "“收入预算”写了两行"),
    "a number without a name": ((put("国有资产", (6, 2), None),), "XL109", "国有资产!B6", "没有写“名称”"),
    "an indicator of no project": (
        (put("绩效指标", (6, column_of("绩效指标", "项目名称")), "别的项目"),),
        "XL110", "绩效指标!D6", "没有单位 450003 的“别的项目”",
    ),
    "a sheet of another year": (
        (put(SPENDING, (1, 40), "本表属于：2022年　青溪市财政局"), put(INCOME, (1, 40), OWN)),
        "XL115", "支出!AN1", "“支出”是2022年“青溪市财政局”的，“基本情况”写的是2023年",
    ),
    "a sheet of another department": (
        (put(SPENDING, (1, 40), "本表属于：2023年　青溪市教育局"), put(INCOME, (1, 40), OWN)),
        "XL115", "支出!AN1", "“青溪市教育局”",
    ),
    "revenue in another unit than expenditure": (
        (in_wan(INCOME),), "XL116", "支出!", "是“收入”合计",
    ),
    "expenditure in another unit": ((in_wan(SPENDING),), "XL116", "收入!", "是“支出”合计"),
    "basic expenditure in another unit": ((in_wan("基本支出"),), "XL116", "支出!", "是“基本支出”合计"),
    "projects in another unit": ((in_wan("项目支出"),), "XL116", "支出!", "是“项目支出”合计"),
    "another money unit": (
        (put("基本情况", (row_of("金额单位"), 2), "万元"),), "XL114", "收入!", "表头写的是另一个单位",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_named_with_its_cell(name: str) -> None:
    changes, code, place, words = FAULTS[name]
    findings = read_changed(*changes).findings
    errors = [finding for finding in findings if finding.severity is Severity.ERROR]
    own = [finding for finding in errors if finding.code == code and words in finding.text]
    assert own, [str(finding) for finding in findings]
    assert own[0].where[0].cell.startswith(place.format(column_name(AMOUNT[1])))
    assert own[0].hint_text


WARNINGS: dict[str, tuple[tuple[Change, ...], str, str]] = {
    "a sheet deleted": ((lambda grids: grids.pop("采购明细") and None,), "XL104", "没有“采购明细填报表”"),
    "a column of amounts deleted": (
        (moved(INCOME, lambda row, column: (row, column) if column != column_of(INCOME, "上年结转结余") else None),),
        "XL105", "没有“上年结转结余”这一栏",
    ),
    "a column of the clerk's own": (
        (put(INCOME, (5, 30), "备注"), put(INCOME, (7, 30), "待核")), "XL112", "“备注”不是这张表的栏目",
    ),
    "a remark beside the table": ((put(INCOME, (7, 30), "待核"),), "XL112", "这一栏没有表头"),
}  # fmt: skip


@pytest.mark.parametrize("name", WARNINGS)
def test_what_is_not_read_is_a_warning(name: str) -> None:
    changes, code, words = WARNINGS[name]
    findings = [finding for finding in read_changed(*changes).findings if finding.severity is Severity.WARNING]
    assert [(finding.code, words in finding.text) for finding in findings] == [(code, True)]


def test_the_odd_sheet_out_is_said_once() -> None:
    findings = read_changed(in_wan(SPENDING)).findings
    assert [finding.code for finding in findings if finding.severity is Severity.ERROR] == ["XL116"]


def test_the_formula_of_whose_a_sheet_is_names_the_cells_of_year_and_department() -> None:
    """And one that was never calculated says nothing."""
    rows = {row: name for name in ("预算年度", "部门名称") for row in [row_of(name)]}
    cells = {grid.name: grid.cells for grid in grids_of(NAME)}
    (formula,) = [cell for (row, _), cell in cells[SPENDING].items() if row == 1 and cell.problem]
    assert [rows[int(n)] for n in re.findall(r"'基本情况'!\$B\$([0-9]+)", str(formula.value))] == [
        "预算年度",
        "部门名称",
    ]
    stated = {name for name, some in cells.items() if any(row == 1 and cell.problem for (row, _), cell in some.items())}
    assert stated == {sheet.name for sheet in form_sheets(BUDGET)} - {"基本情况", "程序用"}


def test_all_problems_come_at_once() -> None:
    imported = read_changed(
        put(SPENDING, AMOUNT, "12,3a"), put(SPENDING, (7, FUNCTION), 2010), put(INCOME, (7, 5), "税收"),
        put("基本情况", (row_of("预算年度"), 2), "明年"),
    )  # fmt: skip
    errors = [finding for finding in imported.findings if finding.severity is Severity.ERROR]
    cells = [finding.where[0].cell for finding in errors]
    assert sorted(cells) == sorted(
        [f"支出!{column_name(AMOUNT[1])}6", "支出!F7", "收入!E7", f"基本情况!B{row_of('预算年度')}"]
    )


def test_the_sheets_are_reported_with_unit_and_rows() -> None:
    imported = read_form(grids_of(NAME))
    sheets = {sheet.kind: sheet for sheet in imported.recognised}
    assert (sheets["支出填报表"].unit, sheets["支出填报表"].rows) == ("元", 24)
    assert (sheets["名词解释填报表"].unit, sheets["名词解释填报表"].rows) == ("", 14)
    assert imported.unread == frozenset()
    assert imported.cells["/expenditure/0/personnel"] == f"支出!{column_name(AMOUNT[1])}6"


def test_a_part_whose_sheet_is_missing_is_unread() -> None:
    def without(*names: str) -> Imported:
        return read_changed(*((lambda grids, name=name: grids.pop(name) and None) for name in names))

    assert without("采购明细").unread == {"/procurement/lines"}
    assert without("采购明细").data["unread"] == ["/procurement/lines"]
    assert without("单位文字", "绩效指标", "程序用").unread == frozenset()
    assert "unread" not in without("单位文字", "绩效指标", "程序用").data
    assert without("单项数字").unread >= {"/agency_operating", "/carried_forward", "/assets", "/procurement"}
    grids = {grid.name: grid for grid in grids_of(NAME)}
    grids.pop("采购明细")
    assert "unread" not in read_form(tuple(grids.values()), whole=False).data


def test_a_unit_in_a_merged_cell_is_that_of_each_row() -> None:
    """Any other content of a merged cell is the first row's, and that is said."""
    rows = [
        row for row, cells in {grid.name: grid for grid in grids_of(NAME)}[SPENDING].rows() if row > 5 and UNIT in cells
    ][:3]

    def merge(column: int) -> Change:
        def change(grids: Grids) -> None:
            cells = {at: cell for at, cell in grids[SPENDING].cells.items() if at[1] != column or at[0] not in rows[1:]}
            grids[SPENDING] = replace(grids[SPENDING], cells=cells, merged=((rows[0], column, rows[2], column),))

        return change

    imported = read_changed(merge(UNIT))
    assert [line["unit"] for line in imported.data["expenditure"][:3]] == [imported.data["expenditure"][0]["unit"]] * 3
    assert [finding for finding in imported.findings if finding.severity is not Severity.NOTE] == []
    (finding,) = [finding for finding in read_changed(merge(AMOUNT[1])).findings if finding.code == "XL117"]
    assert finding.where[0].cell == f"{SPENDING}!{column_name(AMOUNT[1])}{rows[0]}"
    assert "跨了 3 行" in finding.text


def test_a_table_of_a_budget_system_is_no_form() -> None:
    foreign = Grid(
        "支出", {(1, 1): GridCell("部门支出总体情况表", "支出!A1"), (4, 1): GridCell("功能分类编码", "支出!A4")}
    )
    assert not is_form((foreign,))
    assert sheet_of(foreign) is None
    assert is_form(grids_of(NAME))


def test_program_rows_that_were_changed_are_refused() -> None:
    base = {grid.name: grid for grid in grids_of(FILLED[BUDGET])}
    for column, value in ((1, "/revenue/0/amount"), (1, "/overrides/9/9"), (2, "别的"), (1, "overrides")):
        row = next(row for row, cells in base["程序用"].rows() if str(cells[1].value).startswith("/overrides"))
        cells = {**base["程序用"].cells, (row, column): GridCell(value, f"程序用!{column_name(column)}{row}")}
        imported = read_form(
            (*(grid for name, grid in base.items() if name != "程序用"), replace(base["程序用"], cells=cells))
        )
        assert "XL111" in {finding.code for finding in imported.findings}


ODD: tuple[CellValue, ...] = (
    "", "…", "-", "合计", "²", "=1+1", "{x}", "/", "/overrides/²", "/revenue/0", f"/overrides/{'9' * 5000}",
    "/a" * 3000,
    "/assets/vehicles", "空对象", "否", "收入填报表", "支出填报表", "单位代码", "检查", 10**30, -1, Decimal("1E+40"),
    Decimal("1E-40"), True, date(1, 1, 1), "\x00", "甲" * 40_000, "\ud800", "万元", "数量", "2026-02-30",
)  # fmt: skip


@pytest.mark.campaign
@pytest.mark.parametrize("seed", range(size(2000, 60)))
def test_whatever_stands_in_the_cells_is_answered(seed: int) -> None:
    """No exception, and every error that is about a cell names it."""
    chance = random.Random(seed)
    grids = {grid.name: dict(grid.cells) for grid in grids_of(FILLED[BUDGET])}
    for _ in range(6):
        name = chance.choice(list(grids))
        at = chance.choice(list(grids[name]))
        place = f"{name}!{column_name(at[1])}{at[0]}"
        grids[name][at] = GridCell(chance.choice(ODD), place, problem=chance.choice(("", "", "", "错误值 #REF!")))
    findings = read_form(tuple(Grid(name, cells) for name, cells in grids.items())).findings
    for finding in findings:
        assert finding.text
        if finding.code in ("XL101", "XL102"):
            assert "!" in finding.where[0].cell


def test_a_table_of_withheld_rows_is_chosen_in_chinese_and_read_in_both_ways() -> None:
    column = next(column for column in columns_of(Withheld, BUDGET) if column.path == ("table",))
    assert "项目支出" in choices_of(column)
    for written in ("项目支出", "projects"):
        assert read_value(column, GridCell(written, "剔除的行!B6"), "元").value == "projects"
    assert read_value(column, GridCell("别的", "剔除的行!B6"), "元").problem
