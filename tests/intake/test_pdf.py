"""PDFs as they are published: what the reader makes of ruled tables and of prose, and of files that are none."""

from __future__ import annotations

import builtins
from typing import Any

import pytest

from reportgen.core.errors import InputError, UsageError
from reportgen.intake.readers.published import read_document
from reportgen.recognise.blocks import ReadDocument
from reportgen.recognise.recognise import recognise

from .pdfs import Sheet, pdf

XS = (50, 130, 350, 450, 545)
ROWS = [
    ["科目编码", "科目名称", "合计", "基本支出"],
    ["", "合计", "30.00", "30.00"],
    ["205", "教育支出", "30.00", "30.00"],
    ["20502", "普通教育", "30.00", "30.00"],
]


def read(payload: bytes) -> ReadDocument:
    return read_document(payload, isolated=False)


def texts(found: ReadDocument, number: int = 0) -> list[list[str]]:
    """The texts of a table by row."""
    grid = list(found.tables())[number].grid
    return [[str(cell.value) for cell in cells.values()] for _, cells in grid.rows()]


def spending(sheet: Sheet) -> None:
    sheet.centred(297, 60, "2026年部门支出预算总表")
    sheet.text(50, 90, "编制部门：某某市教育局")
    sheet.text(485, 90, "单位：万元")
    sheet.table(100, XS, ROWS)
    sheet.text(74, 220, "注：本表为部门支出情况。")


def test_a_table_has_its_title_and_unit_and_its_places() -> None:
    found = read(pdf(spending))
    (table,) = found.tables()
    assert texts(found)[:2] == [["2026年部门支出预算总表"], ["编制部门：某某市教育局", "单位：万元"]]
    assert texts(found)[2:] == [[text for text in row if text] for row in ROWS]
    cell = table.grid.cells[5, 3]
    assert (cell.value, cell.place) == ("30.00", "第 1 页第 3 行第 3 列")
    (box,) = found.boxes[cell.place]
    assert (box.page, box.left, box.top, box.right, box.bottom) == (1, 350, 140, 450, 160)
    assert [paragraph.text for paragraph in found.paragraphs()] == ["注：本表为部门支出情况。"]
    assert [(one.kind.key, one.unit, len(one.rows)) for one in recognise([table.grid]).tables] == [
        ("expenditure", "万元", 3)
    ]


def test_a_pdf_is_read_in_a_worker() -> None:
    assert read_document(pdf(spending)) == read(pdf(spending))


@pytest.mark.parametrize(
    ("payload", "message"),
    [
        (b"", "文件是空的"),
        (b"%PDF-1.7\nnothing", "PDF 损坏"),
        (b'{"year": 2026}', "不能审核"),
    ],
)
def test_what_cannot_be_read_is_one_message(payload: bytes, message: str) -> None:
    with pytest.raises(InputError, match=message):
        read(payload)


def test_a_scan_is_said_to_be_one() -> None:
    with pytest.raises(InputError, match="扫描件"):
        read(pdf(lambda sheet: sheet.bar(0, 0, 595, 842)))


def test_without_the_extra_the_message_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    ordinary = builtins.__import__

    def without(name: str, *rest: Any) -> Any:
        if name.startswith("pypdfium2"):
            raise ImportError(name)
        return ordinary(name, *rest)

    payload = pdf(spending)
    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(UsageError) as caught:
        read(payload)
    assert "reportgen[audit]" in caught.value.hint
    assert caught.value.exit_code == 2
