"""Heads of narrow columns are broken between words: 政府性/基金/预算, not 政府/性基/金预/算."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from openpyxl.utils import get_column_letter

from reportgen.pipeline import prepare
from reportgen.tree.grid import starts
from reportgen.tree.nodes import Cell, Column, Document, Row
from reportgen.tree.style import Style
from reportgen.writers import writer
from reportgen.writers.pdf.typeset.table_cells import TableTypesetter
from reportgen.writers.pdf.typeset.text import Typesetter
from reportgen.writers.tables.head_words import line_count, longest_word, positions_within_words
from reportgen.writers.xlsx.text_size import PADDING
from tests.nodes import cell, style, t
from tests.writers.xlsx_reading import table_of

HEADS = {
    "政府性基金预算": ["政府性", "基金", "预算"],
    "国有资本经营预算": ["国有", "资本", "经营", "预算"],
    "财政专户管理资金": ["财政", "专户", "管理", "资金"],
}


def lines(head: str, share: float) -> list[str]:
    """The lines of the first of two heads, whose column is given a share (per cent) of the table."""
    columns = (Column(share), Column(100 - share))
    table = table_of((Row("r", (cell("甲"), cell("乙"))),), columns)
    row = Row("h", (Cell(t(head)), Cell(t("名称"))), "head")
    first = TableTypesetter(replace(table, head=(row,)), 700, Typesetter(style())).head().cells[0][0]
    return [line.text.text[line.line.start : line.line.ink] for line in first.lines]


@pytest.mark.parametrize("head", HEADS)
@pytest.mark.parametrize("share", [1, 3, 4, 5, 6, 7, 8])
def test_no_line_of_a_head_ends_within_a_word(head, share):
    found = lines(head, share)
    ends = [len("".join(found[:n])) for n in range(1, len(found))]
    assert "".join(found) == head
    assert not positions_within_words(head) & set(ends)


@pytest.mark.parametrize(("head", "words"), HEADS.items())
def test_the_words_of_the_forms_are_known(head, words):
    inner = positions_within_words(head)
    ends = [p for p in range(1, len(head)) if p not in inner]
    assert [head[a:b] for a, b in zip([0, *ends], [*ends, len(head)], strict=True)] == words
    assert len(longest_word(head)) == max(map(len, words))


@pytest.mark.parametrize(
    ("head", "counts"),
    [("政府性基金预算", {3: 0, 4: 0, 5: 2, 7: 1}), ("因公出国(境)费用", {6: 2, 7: 0}), ("“三公”经费合计", {6: 2})],
)
def test_lines_as_full_as_can_be_are_counted_if_none_ends_within_a_word(head, counts):
    assert {per_line: line_count(head, per_line) for per_line in counts} == counts


def docx_lines(document: Document, style: Style) -> Iterator[tuple[str, int]]:
    """Head cells, each with the number of characters for which its lines have room."""
    word = docx.Document(BytesIO(writer("docx").write(document, style)))
    for table in word.tables:
        for box in table._tbl.iter(qn("w:tc")):
            paragraph = Paragraph(box.find(qn("w:p")), word)
            if paragraph.style.name.startswith("表头") and box.grid_span == 1 and paragraph.text:
                indent = box.find(f"{qn('w:p')}/{qn('w:pPr')}/{qn('w:ind')}")
                inset = 2 * int(indent.get(qn("w:left"))) if indent is not None else 0
                room = int(box.tcPr.find(qn("w:tcW")).get(qn("w:w"))) - inset - 40 * style.table.pad_x
                yield paragraph.text, int(room / 20 / paragraph.style.font.size.pt)


def xlsx_lines(document: Document, style: Style) -> Iterator[tuple[str, int]]:
    """Head cells, each with the number of characters for which its lines have room."""
    book = openpyxl.load_workbook(BytesIO(writer("xlsx").write(document, style)))
    for table, sheet in zip(document.tables(), book.worksheets[1:], strict=True):
        for row, columns in zip(table.head, starts(table.head, len(table.columns)), strict=True):
            for column, head in zip(columns, row.cells, strict=True):
                if head.colspan == 1 and row.role == "head":
                    width = sheet.column_dimensions[get_column_letter(column + 1)].width
                    yield head.text, int((width - PADDING) / 2)


@pytest.mark.parametrize("lines_of", [docx_lines, xlsx_lines])
@pytest.mark.parametrize("sample", ["demo-2023", "shaoxing-hrss-2023"])
def test_no_line_of_a_head_in_an_edited_format_ends_within_a_word(sample, lines_of):
    prepared = prepare(Path(__file__).parents[2] / f"data/samples/{sample}.json")
    found = list(lines_of(prepared.document, prepared.layout.style))
    assert len(found) > 60
    assert [(head, per_line) for head, per_line in found if not line_count(head, per_line)] == []
