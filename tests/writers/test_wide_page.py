"""A table on a page of its own size: all three formats follow."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import docx
import openpyxl
import pypdf
import pytest

from reportgen.tree.nodes import Section
from reportgen.verify import compare
from reportgen.writers import read_back, writer

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
