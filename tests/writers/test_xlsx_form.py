"""The form of the XLSX writer's sheets: styles, pages, names, and room for every text."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from reportgen.tree.nodes import Cell, Column, Document, Figure, Row
from reportgen.writers.xlsx import row_heights, text_size, write
from reportgen.writers.xlsx.row_heights import TALLEST
from reportgen.writers.xlsx.sheet_names import LIMIT, sheet_names
from tests.nodes import document, spending_table, style, t
from tests.writers.xlsx_reading import (
    DOCUMENTS,
    MASTHEAD,
    covers,
    opened,
    origin_cells,
    page_starts,
    parts_of,
    sheet_rows,
    sheets,
    table_of,
    tall_table,
    widths_of,
    with_tables,
)  # fmt: skip


@pytest.fixture(scope="module", params=DOCUMENTS.values(), ids=DOCUMENTS)
def doc(request: pytest.FixtureRequest) -> Document:
    found: Document = request.param
    return found


def test_every_place_of_the_grid_has_its_rules(doc):
    # Read-only, because openpyxl redraws the rules of merged cells when it opens a file to change it.
    book = load_workbook(BytesIO(write(doc, style())), read_only=True)
    for table, sheet in zip(doc.tables(), book.worksheets[1:], strict=True):
        below = sheet.max_row - len(table.notes)
        for row in sheet.iter_rows(MASTHEAD + 1, below):
            assert len(row) == len(table.columns)
            for found in row:
                sides = (found.border.left, found.border.right, found.border.top, found.border.bottom)
                assert {side.style for side in sides} == {"thin"}


def test_the_head_stays_in_sight_and_is_repeated_on_paper(doc):
    for table, sheet in sheets(doc):
        last = sheet_rows(sheet, table)[len(table.head)] - 1
        assert sheet.freeze_panes == f"A{last + 1}"
        assert sheet.print_title_rows == f"$1:${last}"
        corner = sheet.cell(sheet.max_row, len(table.columns)).coordinate
        assert sheet.print_area.replace("$", "").endswith(f"A1:{corner}")


def test_pages_are_those_of_the_section():
    page = style().pages["tables"]
    for number, (_, sheet) in enumerate(sheets(document())):
        assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", 9)
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.page_margins.left == pytest.approx(page.left / 25.4)
        assert sheet.page_margins.bottom == pytest.approx(page.bottom / 25.4)
        assert sheet.print_options.horizontalCentered
        assert sheet.HeaderFooter.differentOddEven
        assert "— &P —" in sheet.oddFooter.right.text
        assert "— &P —" in sheet.evenFooter.left.text
        assert sheet.oddFooter.left.text is None
        assert bool(sheet.page_setup.useFirstPageNumber) == (number == 0)


def test_unnumbered_pages_have_no_footer():
    own_style = style()
    pages = {**own_style.pages, "tables": replace(own_style.pages["tables"], numbered=False)}
    book = opened(write(document(), replace(own_style, pages=pages)))
    assert not book.worksheets[1].oddFooter.right.text


def test_cell_styles_follow_role_alignment_and_indent():
    table, sheet = sheets(with_tables(spending_table(6)))[0]
    first = MASTHEAD + len(table.head) + 1
    assert sheet.cell(2, 1).font.name == style().faces["xiaobiaosong"].name
    assert sheet.cell(first, 3).alignment.horizontal == "right"
    assert sheet.cell(MASTHEAD + 1, 1).alignment.horizontal == "center"
    assert [sheet.cell(first + 1 + n, 2).alignment.indent for n in range(3)] == [0, 1, 2]
    assert all(sheet.cell(first, c).alignment.wrap_text for c in range(1, 7))


def test_total_rows_have_their_own_type():
    own_style = style()
    bold = replace(own_style.text["table-total"], bold=True)
    book = opened(
        write(with_tables(spending_table(3)), replace(own_style, text={**own_style.text, "table-total": bold}))
    )
    first = MASTHEAD + 3 + 1
    assert book.worksheets[1].cell(first, 2).font.b
    assert not book.worksheets[1].cell(first + 1, 2).font.b


def test_fonts_are_chinese_and_no_theme_overrides_them(doc):
    with ZipFile(BytesIO(write(doc, style()))) as archive:
        styles = archive.read("xl/styles.xml").decode()
    fonts = re.findall(r"<font>.*?</font>", styles)
    assert all('charset val="134"' in font and "scheme" not in font for font in fonts)
    assert "宋体" in fonts[0]  # the default type, whose digits column widths count
    assert re.search(r'<cellStyle name="Normal" xfId="0"', styles)
    assert re.search(r'<cellStyleXfs[^>]*><xf[^>]* fontId="0"', styles)


@pytest.mark.parametrize(
    ("figure", "pattern"),
    [
        (Figure("1,234.50", Decimal("1234.5"), "万元", "x", 2, True), "#,##0.00_ "),
        (Figure("5.5", Decimal("5.4632187"), "%", "x", 1), "0.0_ "),
        (Figure("12", Decimal(12), "辆", "x"), "0_ "),
        (Figure("-5.00", Decimal("-5"), "万元", "x", 2), "0.00_ "),
        (Figure("5.00", Decimal("-5"), "万元", "x", 2), "0.00_ ;0.00_ "),
    ],
)
def test_figures_are_exact_numbers_printed_as_elsewhere(figure, pattern):
    table = table_of((Row("r", (Cell((figure,)), Cell((figure, *t("左右"))))),), (Column(50), Column(50)))
    sheet = opened(write(with_tables(table), style())).worksheets[1]
    alone, among_words = sheet.cell(MASTHEAD + 2, 1), sheet.cell(MASTHEAD + 2, 2)
    assert (Decimal(str(alone.value)), alone.number_format) == (figure.value, pattern)
    assert alone.alignment.horizontal == "right"
    assert (among_words.value, among_words.data_type) == (figure.text + "左右", "s")


@pytest.mark.parametrize(
    ("label", "title", "name"),
    [
        ("表01", "2026年市级部门收支预算总表", "表01 收支预算总表"),
        ("表04", "2026 年市级部门财政拨款收支预算总表", "表04 财政拨款收支预算总表"),
        ("公开01表", "湖州市财政局2023年度部门决算表", "公开01表 部门决算表"),
        ("表08", "一般公共预算2026年支出表", "表08 一般公共预算2026年支出表"),
        ("", "部门表", "部门表"),
        ("表[1]", "收/支:总*表?\\", "表1 收支总表"),
        ("", "", "表01"),
        ("表07", "一般公共预算“三公”经费支出预算" * 2, "表07 一般公共预算“三公”经费支出预算一般公共预算“三公”…"),
    ],
)
def test_sheet_names_are_short_and_clean(label, title, name):
    table = replace(table_of((), (Column(100),), title), label=label)
    assert sheet_names([table], []) == [name]
    assert len(name) <= LIMIT


def test_sheet_names_are_unique_whatever_their_case():
    titles = ("Abc", "ABC", "目录", "x" * 40, "x" * 40)
    tables = [replace(table_of((), (Column(100),), title), label="") for title in titles]
    found = sheet_names(tables, ["目录"])
    assert len({name.casefold() for name in (*found, "目录")}) == 6
    assert all(len(name) <= LIMIT for name in found)


@given(st.lists(st.tuples(st.text(max_size=20), st.text(max_size=50)), max_size=8))
def test_any_titles_give_names_that_excel_takes(titles):
    tables = [replace(table_of((), (Column(100),), title), label=label) for label, title in titles]
    found = sheet_names(tables, ["目录"])
    assert len({name.casefold() for name in found}) == len(tables)
    for name in found:
        assert 0 < len(name.encode("utf-16-le", "replace")) // 2 <= LIMIT
        assert not re.search(r"[\[\]:*?/\\]|^'|'$", name)


def test_columns_have_room_for_figures_and_fill_the_page(doc):
    for table, sheet in sheets(doc):
        ends = covers(sheet)
        rows = sheet_rows(sheet, table)
        for r, c, _, written in origin_cells(table):
            last = ends.get((rows[r], c + 1), (0, c + 1))[1]
            width = sum(widths_of(sheet)[c:last])
            assert width > 0
            if len(written.runs) == 1 and isinstance(written.runs[0], Figure):
                assert width >= len(written.text) + 1


def test_rows_are_high_enough_for_every_text(doc):
    own_style = style()
    cell_style = own_style.text["table-cell"]
    for table, sheet in sheets(doc):
        rows, ends = sheet_rows(sheet, table), covers(sheet)
        widths = widths_of(sheet)
        heights = [sheet.row_dimensions[n].height for n in range(1, sheet.max_row + 1)]
        assert all(0 < height <= 409.5 for height in heights)
        for r, c, _, written in origin_cells(table):
            _, right = ends.get((rows[r], c + 1), (rows[r], c + 1))
            room = sum(widths[c:right]) - text_size.PADDING - written.indent * text_size.INDENT
            is_figure = isinstance(next(iter(written.runs), None), Figure)
            parts = [(rows[r], "1")] if is_figure else parts_of(sheet, rows[r], c + 1)
            for row, text in parts:
                need = text_size.line_count(text, room) * text_size.line_height(cell_style.size, cell_style.leading)
                bottom, _ = ends.get((row, c + 1), (row, c + 1))
                assert sum(heights[row - 1 : bottom]) >= need - 0.01


def test_a_row_too_tall_for_excel_becomes_several_and_stays_one():
    table, sheet = sheets(with_tables(tall_table()))[0]
    rows = sheet_rows(sheet, table)
    pieces = rows[3] - rows[2]
    assert pieces > 1
    assert all(sheet.row_dimensions[n].height <= TALLEST for n in range(1, sheet.max_row + 1))
    parts = parts_of(sheet, rows[2], 3)
    assert "".join(text for _, text in parts) == "加大对高校毕业生等重点群体的培训力度。" * 200
    assert {row for row, _ in parts[1:]} <= set(page_starts(sheet))
    assert sheet.cell(rows[2], 2).value == 2
    assert sheet.cell(rows[3], 2).value == 3
    assert all(start not in {m.min_row + 1 for m in sheet.merged_cells.ranges} for start in page_starts(sheet))


@pytest.mark.parametrize(
    ("text", "width", "count"),
    [
        ("科目名称", 8, 1),
        ("科目名称", 7, 2),
        ("一、财政拨款。", 6, 3),  # neither 、 nor 。 begins a line
        ("两\n行", 40, 2),
        ("", 10, 1),
        ("2080101", 3, 3),
        ("字" * 100, 20, 10),
        ("字" * 100, 0, 100),
    ],
)
def test_lines_are_counted(text, width, count):
    assert text_size.line_count(text, width) == count


@given(st.text(st.characters(codec="utf-8"), max_size=60), st.floats(2, 80))
def test_lines_never_take_less_than_the_text_is_wide(text, width):
    assert text_size.line_count(text, width) * width >= text_size.units(text.replace("\n", "")) - 1e-6


def test_a_band_without_text_is_one_line_high():
    empty, one_line, two_lines = (
        row_heights.band_height([(text, 8.0)], "table-line", style()) for text in ("", "短", "长长长长长")
    )
    assert empty == one_line < two_lines
