"""Where the printed pages of a sheet end, and which of its texts Excel would mark with a green triangle."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from zipfile import ZipFile

import pytest
from openpyxl.worksheet.cell_range import MultiCellRange
from openpyxl.worksheet.worksheet import Worksheet

from reportgen.tree.nodes import Column, Document, Row, Table
from reportgen.verify import compare
from reportgen.writers.xlsx import read_back, write
from reportgen.writers.xlsx.cell_styles import CellStyles
from reportgen.writers.xlsx.row_heights import text_height
from reportgen.writers.xlsx.sheet_builder import SheetBuilder
from reportgen.writers.xlsx.text_size import PADDING, line_count
from tests.nodes import amount, cell, indicator_table, spending_table, style
from tests.writers.xlsx_reading import MASTHEAD, page_starts, parts_of, sheet_rows, sheets, table_of, with_tables


def page_heights(sheet: Worksheet) -> list[float]:
    first = int(sheet.print_title_rows.split("$")[-1]) + 1
    bounds = [first, *page_starts(sheet), sheet.max_row + 1]
    return [sum(sheet.row_dimensions[row].height for row in range(top, below)) for top, below in pairwise(bounds)]


def ignored(doc: Document) -> str:
    with ZipFile(BytesIO(write(doc, style()))) as archive:
        part = archive.read("xl/worksheets/sheet2.xml").decode()
    return part.partition('<ignoredError sqref="')[2].partition('"')[0]


def test_texts_of_digits_get_no_green_triangle():
    texts = ("2080199", "-3.5%", "301 工资", "1,234.00", "总计")
    table = table_of(
        tuple(Row(f"r{n}", (cell(text), amount("1.00"))) for n, text in enumerate(texts)), (Column(50),) * 2
    )
    doc = with_tables(table)
    ranges = MultiCellRange(ignored(doc))
    first = MASTHEAD + 1 + len(table.head)
    assert [f"A{first + n}" in ranges for n in (0, 1, 3)] == [True] * 3
    assert f"A{first + 4}" not in ranges
    assert f"B{first}" not in ranges


def test_a_sheet_without_texts_of_digits_ignores_nothing():
    assert ignored(with_tables(table_of((Row("r", (cell("甲"), amount("1.00"))),), (Column(50),) * 2))) == ""


@pytest.mark.parametrize("table", [spending_table(120), indicator_table(60)], ids=["rows", "groups"])
def test_pages_end_before_the_paper_does_and_not_in_a_group(table):
    _, sheet = sheets(with_tables(table))[0]
    assert len(page_starts(sheet)) >= 1
    assert set(page_starts(sheet)) <= set(sheet_rows(sheet, table))
    page = style().pages["tables"]
    shrink = max(
        1.0,
        sum(d.width for d in sheet.column_dimensions.values())
        / ((page.width - page.left - page.right) * 72 / 25.4 / 5.25),
    )
    head = sum(sheet.row_dimensions[row].height for row in range(1, int(sheet.print_title_rows.split("$")[-1]) + 1))
    room = (page.height - page.top - page.bottom) * 72 / 25.4 * shrink - head
    assert max(page_heights(sheet)) <= room


def grouped(lines: int, groups: int = 2, goal: str = "目标") -> Table:
    rows: list[Row] = []
    for group in range(groups):
        name = f"项目{group}"
        rows.append(Row(f"i{group}", (cell(name), cell(""), amount("1.00"))))
        rows.append(Row(f"g{group}", (cell(name, rowspan=lines), cell(goal, rowspan=lines), amount("1.00"))))
        rows += [Row(f"g{group}l{n}", (amount("2.00"),)) for n in range(1, lines)]
    return table_of(tuple(rows), (Column(20), Column(60), Column(20, "right")))


def test_a_group_and_the_row_that_introduces_it_are_on_one_page():
    table = grouped(12, groups=4)
    _, sheet = sheets(with_tables(table))[0]
    rows = sheet_rows(sheet, table)
    introducing = {rows[len(table.head) + n] for n, row in enumerate(table.body) if row.id.startswith("i")}
    assert page_starts(sheet)
    assert set(page_starts(sheet)) <= introducing


def test_a_total_row_is_not_alone_on_the_last_page():
    for count in range(20, 50):
        rows = (
            *(Row(f"r{n}", (cell("甲"), amount("1.00"))) for n in range(count)),
            Row("t", (cell("合计"), amount("9.00")), "total"),
        )
        _, sheet = sheets(with_tables(table_of(rows, (Column(50), Column(50, "right")))))[0]
        assert sheet.max_row not in page_starts(sheet)


def test_a_group_too_high_for_a_page_has_its_rules_on_both():
    """The merged ranges end with the page; the text stays whole, in the first of them."""
    goal = "加大对高校毕业生等重点群体的培训力度。" * 20
    table = grouped(60, groups=1, goal=goal)
    doc = with_tables(table)
    _, sheet = sheets(doc)[0]
    assert page_starts(sheet)
    for start in page_starts(sheet):
        assert not [m for m in sheet.merged_cells.ranges if m.min_row < start <= m.max_row]
    first = sheet_rows(sheet, table)[len(table.head) + 1]
    assert sheet.cell(first, 2).value == goal
    body = read_back(write(doc, style())).tables[0].body
    assert [row[1].text for row in body] == ["", goal, *[""] * 59]


@pytest.mark.parametrize("lines", [1, 3, 30, 60])
def test_a_text_higher_than_a_page_is_parted_at_its_ends(lines: int) -> None:
    """Each page has a part of whole lines; read back they are one text again."""
    goal = "".join(f"第{n}项任务按时完成。" for n in range(500))
    for before in range(0, 40, 13):
        rows = tuple(Row(f"r{n}", (cell("甲"), cell("乙"), amount("1.00"))) for n in range(before))
        long = grouped(lines, groups=1, goal=goal)
        table = replace(long, body=(*rows, *long.body))
        doc = with_tables(table)
        _, sheet = sheets(doc)[0]
        row = sheet_rows(sheet, table)[len(table.head) + before + 1]
        parts = parts_of(sheet, row, 2)
        assert "".join(text for _, text in parts) == goal
        assert len(parts) > 2
        assert {top for top, _ in parts[1:]} <= set(page_starts(sheet))
        for top, text in parts:
            last = max([top, *(m.max_row for m in sheet.merged_cells.ranges if (m.min_row, m.min_col) == (top, 2))])
            height = sum(sheet.row_dimensions[r].height for r in range(top, last + 1))
            count = line_count(text, sheet.column_dimensions["B"].width - PADDING)
            assert text_height(count, "table-cell", style()) <= height
            assert not [start for start in page_starts(sheet) if top < start <= last]
        assert goal in [cell.text for row in read_back(write(doc, style())).tables[0].body for cell in row]
        assert list(compare(doc, read_back(write(doc, style())), "甲.xlsx")) == []


def test_the_parts_of_a_sheet_are_in_the_order_of_the_schema():
    with ZipFile(BytesIO(write(with_tables(spending_table(120)), style()))) as archive:
        part = archive.read("xl/worksheets/sheet2.xml").decode()
    places = [part.index(f"<{name}") for name in ("pageSetup", "headerFooter", "rowBreaks", "ignoredErrors")]
    assert places == sorted(places)
    assert 'fitToPage="1"' in part


def test_the_height_of_a_sheet_is_that_of_its_rows() -> None:
    builder = SheetBuilder(CellStyles(style()), [10.0])
    assert builder.height == 0
    builder.row([(0, "/>")], 15.0)
    builder.row([(0, "/>")], 30.0)
    assert (builder.height, builder.last) == (45.0, 2)
