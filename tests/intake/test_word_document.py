"""Word files read as published documents: order, headings, contents, merged cells, what stands above a table."""

from __future__ import annotations

import io
from typing import Any

import pytest
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from reportgen.core.errors import InputError
from reportgen.intake.readers.published import read_document
from reportgen.recognise.blocks import ReadDocument, ReadParagraph, ReadTable
from reportgen.recognise.codes import indent_of


def read(document: Any) -> ReadDocument:
    stream = io.BytesIO()
    document.save(stream)
    return read_document(stream.getvalue(), isolated=False)


def filled(document: Any, *rows: tuple[str, ...]) -> Any:
    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            table.cell(number, column).text = text
    return table


def values(table: ReadTable) -> dict[tuple[int, int], str]:
    return {at: str(cell.value) for at, cell in table.grid.cells.items()}


def test_blocks_come_in_the_order_of_the_body_with_levels() -> None:
    document = Document()
    document.add_heading("第一部分 部门概况", 1)
    document.add_paragraph("（一）主要职能")
    document.add_paragraph("1.负责全市教育工作，指导各级各类学校。")
    filled(document, ("单位名称", "人数"), ("本级", "12"))
    document.add_paragraph("注：人数为编制数。")
    found = read(document)
    first, second, third, table, note = found.blocks
    assert isinstance(first, ReadParagraph)
    assert (first.text, first.level, first.place) == ("第一部分 部门概况", 1, "第 1 段")
    assert isinstance(second, ReadParagraph)
    assert second.level == 3
    assert isinstance(third, ReadParagraph)
    assert third.level == 0
    assert isinstance(table, ReadTable)
    assert table.grid.cells[2, 2].place == "第 1 个表第 2 行第 2 列"
    assert isinstance(note, ReadParagraph)
    assert note.text == "注：人数为编制数。"


def test_title_unit_and_publisher_become_the_first_rows() -> None:
    document = Document()
    document.add_paragraph("2026年部门收支总表").alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.add_paragraph("编制部门：某某市教育局\t单位：万元")
    filled(document, ("收入", "", "支出", ""), ("项目", "预算数", "项目", "预算数"))
    (table,) = read(document).tables()
    assert values(table) == {
        (1, 1): "2026年部门收支总表",
        (2, 1): "编制部门：某某市教育局", (2, 4): "单位：万元",
        (3, 1): "收入", (3, 3): "支出",
        (4, 1): "项目", (4, 2): "预算数", (4, 3): "项目", (4, 4): "预算数",
    }  # fmt: skip


def test_merged_cells_hold_their_value_once() -> None:
    document = Document()
    table = filled(document, ("科目", "", "合计"), ("编码", "名称", ""), ("205", "教育支出", "1.00"))
    table.cell(0, 0).merge(table.cell(0, 1))
    table.cell(0, 2).merge(table.cell(1, 2))
    (found,) = read(document).tables()
    assert set(found.grid.merged) == {(1, 1, 1, 2), (1, 3, 2, 3)}
    assert (1, 2) not in found.grid.cells
    assert (2, 3) not in found.grid.cells


def test_indent_is_that_of_the_paragraph_or_of_its_blanks() -> None:
    document = Document()
    table = filled(document, ("教育支出", "3"), ("", "2"), ("\u3000\u3000高中教育", "1"))
    paragraph = table.cell(1, 0).paragraphs[0]
    paragraph.add_run("普通教育")
    indent = OxmlElement("w:ind")
    indent.set(qn("w:leftChars"), "200")
    paragraph._p.get_or_add_pPr().append(indent)
    (found,) = read(document).tables()
    assert [indent_of(found.grid.cells[row, 1]) for row in (1, 2, 3)] == [0, 4, 4]


def test_contents_in_a_content_control_are_marked() -> None:
    document = Document()
    control = parse_xml(
        f"<w:sdt {nsdecls('w')}><w:sdtContent>"
        "<w:p><w:r><w:t>目录</w:t></w:r></w:p>"
        "<w:p><w:r><w:t>一、部门概况</w:t><w:tab/><w:t>3</w:t></w:r></w:p>"
        "</w:sdtContent></w:sdt>"
    )
    document.element.body.insert(0, control)
    document.add_paragraph("一、部门概况")
    found = list(read(document).paragraphs())
    assert [(one.text, one.in_contents) for one in found] == [
        ("目录", False), ("一、部门概况\t3", True), ("一、部门概况", False)
    ]  # fmt: skip


def test_deleted_text_and_codes_of_fields_are_not_read() -> None:
    document = Document()
    paragraph = document.add_paragraph("收入")
    for xml in (
        "<w:del {0}><w:r><w:delText>旧</w:delText></w:r></w:del>",
        "<w:r {0}><w:instrText>PAGE</w:instrText></w:r>",
        "<w:ins {0}><w:r><w:t>12.00万元</w:t></w:r></w:ins>",
    ):
        paragraph._p.append(parse_xml(xml.format(nsdecls("w"))))
    assert [one.text for one in read(document).paragraphs()] == ["收入12.00万元"]


def test_a_frame_around_prose_is_prose() -> None:
    document = Document()
    filled(document, ("部门职责是负责全市教育工作。",))
    found = read(document)
    assert [one.text for one in found.paragraphs()] == ["部门职责是负责全市教育工作。"]
    assert not list(found.tables())


@pytest.mark.parametrize("kept", [30, 500, 5_000])
def test_a_file_that_was_cut_is_one_message(kept: int) -> None:
    document = Document()
    filled(document, ("科目", "合计"), ("教育", "1"))
    stream = io.BytesIO()
    document.save(stream)
    with pytest.raises(InputError):
        read_document(stream.getvalue()[:kept], isolated=False)


def test_tables_within_cells_are_tables_of_their_own() -> None:
    """One cell that holds a page, and a cell of an ordinary table with another table in it."""
    document = Document()
    frame = document.add_table(rows=1, cols=1)
    cell = frame.cell(0, 0)
    cell.text = "一、收入情况"
    inner = cell.add_table(rows=1, cols=2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "收入总计", "3.00"
    ordinary = filled(document, ("项目", "预算数"), ("支出总计", "5.00"))
    within = ordinary.cell(1, 0).add_table(rows=1, cols=2)
    within.cell(0, 0).text, within.cell(0, 1).text = "其中", "2.00"
    found = read(document)
    assert [one.text for one in found.paragraphs()][:1] == ["一、收入情况"]
    assert [list(values(table).values())[-2:] for table in found.tables()] == [
        ["收入总计", "3.00"],
        ["支出总计", "5.00"],
        ["其中", "2.00"],
    ]


def test_a_row_that_a_revision_deletes_is_left_out() -> None:
    document = Document()
    table = filled(document, ("项目", "预算数"), ("甲", "1.00"), ("乙", "2.00"))
    properties = table.rows[1]._tr.get_or_add_trPr()
    properties.append(parse_xml(f'<w:del {nsdecls("w")} w:id="1" w:author="a"/>'))
    (found,) = read(document).tables()
    assert "甲" not in values(found).values()


def test_a_damaged_package_is_told_in_words_for_word_files() -> None:
    stream = io.BytesIO()
    Document().save(stream)
    payload = stream.getvalue()
    with pytest.raises(InputError, match="Word 文件损坏"):
        read_document(payload[:600] + bytes(200) + payload[800:], isolated=False)
