"""A table on a page of its own size: all three formats follow."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import docx
import openpyxl
import pypdf
import pytest

from reportgen.tree.nodes import Column, Row, Section, Table
from reportgen.verify import compare
from reportgen.writers import read_back, writer
from reportgen.writers.page_widths import with_wide_pages
from reportgen.writers.pdf.pages.layout import lay_out
from reportgen.writers.pdf.typeset.text import Typesetter
from reportgen.writers.xlsx.column_widths import printable_width

from .. import nodes

STYLE = nodes.style()
TABLE = nodes.indicator_table()
DOCUMENT = replace(
    nodes.document(), sections=(Section("a", "tables", (nodes.empty_table(),)), Section("b", "wide", (TABLE,)))
)


def papers(format: str, payload: bytes) -> list[tuple[int, int] | int]:
    if format == "pdf":
        boxes = (page.mediabox for page in pypdf.PdfReader(BytesIO(payload)).pages)
        return [(round(box.width / 72 * 25.4), round(box.height / 72 * 25.4)) for box in boxes]
    if format == "docx":
        return [(round(s.page_width.mm), round(s.page_height.mm)) for s in docx.Document(BytesIO(payload)).sections]
    return [int(sheet.page_setup.paperSize) for sheet in openpyxl.load_workbook(BytesIO(payload)).worksheets[1:]]


@pytest.mark.parametrize(
    ("format", "paper", "wide"), [("pdf", (297, 210), (420, 297)), ("docx", (297, 210), (420, 297)), ("xlsx", 9, 8)]
)
def test_a_table_may_have_a_wide_page(format, paper, wide):
    payload = writer(format).write(DOCUMENT, STYLE)
    first, *rest = papers(format, payload)
    assert first == paper
    assert set(rest) == {wide}
    assert list(compare(DOCUMENT, read_back(format, payload), format)) == []


def table_of(figures: str, columns: int = 17) -> Table:
    amounts = [nodes.amount(figures) for _ in range(columns - 1)]
    shares = (Column(15), *(Column(5, "right") for _ in range(columns - 1)))
    body = (Row("r", (nodes.cell("合计"), *amounts)),)
    return replace(nodes.empty_table(), columns=shares, head=(), body=body)


def sections_of(*tables: Table) -> list[tuple[str, str, int]]:
    heading = nodes.document().sections[-1].blocks[0]
    blocks = tuple(block for table in tables for block in (heading, table))
    made = with_wide_pages(replace(nodes.document(), sections=(Section("a", "tables", blocks),)), STYLE)
    return [(section.id, section.page, len(section.blocks)) for section in made.sections]


def test_a_table_whose_figures_do_not_fit_in_readable_type_goes_on_a_wide_page():
    narrow, wide = table_of("3001.10"), table_of("3001102945.00")
    assert sections_of(narrow, narrow) == [("a", "tables", 4)]
    assert sections_of(narrow, wide, wide, narrow) == [("a", "tables", 2), ("a/2", "wide", 4), ("a/3", "tables", 2)]
    assert sections_of(wide) == [("a", "wide", 2)]


def test_a_table_whose_groups_of_rows_do_not_fit_a_page_in_readable_type_goes_on_a_wide_page():
    long = nodes.indicator_table(6)
    cells = [tuple(replace(cell, runs=nodes.t(cell.text[:12])) for cell in row.cells) for row in long.body]
    short = replace(long, body=tuple(replace(row, cells=made) for row, made in zip(long.body, cells, strict=True)))
    assert sections_of(short) == [("a", "tables", 2)]
    assert sections_of(long) == [("a", "wide", 2)]
    small = replace(STYLE, table=replace(STYLE.table, smallest=3, smallest_text=3))
    document = replace(nodes.document(), sections=(Section("a", "tables", (long,)),))
    assert with_wide_pages(document, small) == document, "larger type than the smallest"


@pytest.mark.parametrize("format", ["pdf", "docx", "xlsx"])
def test_text_is_never_smaller_than_seven_and_a_half_points(format):
    document = replace(nodes.document(), sections=(Section("a", "tables", (nodes.indicator_table(),)),))
    payload = writer(format).write(document, STYLE)
    if format == "pdf":
        lines = (placed.line for page in lay_out(document, Typesetter(STYLE)) for placed in page.lines)
        smallest = min(line.size for line in lines)
    elif format == "docx":
        word = docx.Document(BytesIO(payload))
        cells = (cell for row in word.tables[0].rows for cell in row.cells)
        smallest = min(cell.paragraphs[0].style.font.size.pt for cell in cells)
    else:
        sheet = openpyxl.load_workbook(BytesIO(payload)).worksheets[1]
        units = sum(column.width for column in sheet.column_dimensions.values())
        printed = printable_width(STYLE.pages["tables"], STYLE) / units
        smallest = STYLE.text["table-cell"].size * min(printed, 1)
    assert smallest >= 7.499


@pytest.mark.parametrize("figures", ["3001.10", "30011029.45", "300110294.50", "3001102945.00"])
@pytest.mark.parametrize("columns", [4, 12, 17])
def test_no_figure_is_smaller_than_seven_and_a_half_points(figures, columns):
    section = Section("a", "tables", (table_of(figures, columns),))
    document = with_wide_pages(replace(nodes.document(), sections=(section,)), STYLE)
    sizes = {placed.line.size for page in lay_out(document, Typesetter(STYLE)) for placed in page.lines}
    assert min(sizes) >= 7.5


def test_pages_stay_as_they_are_without_a_wide_page_or_where_their_numbers_begin_anew():
    document = replace(nodes.document(), sections=(Section("a", "tables", (table_of("3001102945.00"),)),))
    without = {name: page for name, page in STYLE.pages.items() if name != "wide"}
    anew = {**STYLE.pages, "tables": replace(STYLE.pages["tables"], first_number=1)}
    same = {**STYLE.pages, "wide": STYLE.pages["tables"]}
    for pages in (without, anew, same):
        assert with_wide_pages(document, replace(STYLE, pages=pages)) == document
