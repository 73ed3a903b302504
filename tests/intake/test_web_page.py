"""Web pages read as published documents: order, headings, contents, what stands above a table, indents."""

from __future__ import annotations

import pytest

from reportgen.core.errors import InputError
from reportgen.intake.readers.published import read_document
from reportgen.recognise.blocks import ReadDocument, ReadParagraph, ReadTable
from reportgen.recognise.codes import indent_of


def read(body: str, head: str = "", encoding: str = "utf-8") -> ReadDocument:
    return read_document(f"<html><head>{head}</head><body>{body}</body></html>".encode(encoding), isolated=False)


def texts(document: ReadDocument) -> list[tuple[str, int]]:
    return [(one.text, one.level) for one in document.paragraphs()]


def values(table: ReadTable) -> dict[tuple[int, int], str]:
    return {at: str(cell.value) for at, cell in table.grid.cells.items()}


def test_blocks_come_in_the_order_of_the_page() -> None:
    page = (
        "<h1>第一部分 部门概况</h1><p>（一）主要职能</p>"
        "<div>1.负责全市<b>教育</b>工作，\n  指导各级学校。<br>2.管理教师。</div>"
        "<table><tr><td>单位名称<td>人数</tr><tr><td>本级<td>12</table>注：人数为编制数。"
    )
    document = read(page)
    first, second, third, fourth, table, note = document.blocks
    assert texts(document) == [
        ("第一部分 部门概况", 1),
        ("（一）主要职能", 3),
        ("1.负责全市教育工作， 指导各级学校。", 0),
        ("2.管理教师。", 0),
        ("注：人数为编制数。", 0),
    ]
    assert isinstance(fourth, ReadParagraph)
    assert fourth.place == "第 4 段"
    assert isinstance(table, ReadTable)
    assert table.grid.cells[2, 2].place == "第 1 个表第 2 行第 2 列"
    assert isinstance(note, ReadParagraph)
    assert (first, second, third) == document.blocks[:3]


def test_what_is_not_shown_is_not_read() -> None:
    page = (
        "<title>题</title><script>var 收入 = 1</script><p>甲</p><p style='display:none'>乙</p><p hidden>丙</p>"
        "<p class='no'>丁</p><!-- 戊 --><select><option>己</select><p>庚</p>"
    )
    assert texts(read(page, "<style>.no { color: red; display: none }</style>")) == [("甲", 0), ("庚", 0)]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_title_and_unit_become_the_first_rows(encoding: str) -> None:
    page = (
        "<p align=center>2026年部门收支总表</p><p style='text-align: right'>单位：万元</p>"
        "<table><tr><th>项目<th>预算数</tr><tr><td>一、收入<td>3.00</table>"
    )
    (table,) = read(page, encoding=encoding).tables()
    assert values(table) == {
        (1, 1): "2026年部门收支总表",
        (2, 1): "单位：万元",
        (3, 1): "项目",
        (3, 2): "预算数",
        (4, 1): "一、收入",
        (4, 2): "3.00",
    }
    assert table.grid.cells[4, 2].place == "第 1 个表第 2 行第 2 列"


def test_each_element_of_a_caption_is_a_line_above_the_table() -> None:
    caption = "<caption><span>2026年部门收支总表</span> <small>单位：元</small></caption>"
    (table,) = read(f"<table>{caption}<tr><td>项目<td>预算数</table>").tables()
    assert values(table) == {(1, 1): "2026年部门收支总表", (2, 1): "单位：元", (3, 1): "项目", (3, 2): "预算数"}


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("<span><span>2026</span>年部门<b>收支</b>总表</span>", ["2026年部门收支总表"]),
        ("<div><p>2026年部门收支总表<p>单位：元</div>", ["2026年部门收支总表", "单位：元"]),
        ("2026年<br>部门收支<!-- 表 -->总表", ["2026年", "部门收支总表"]),
    ],
)
def test_a_line_of_a_caption_holds_the_elements_within_it(title: str, lines: list[str]) -> None:
    (table,) = read(f"<table><caption>{title}</caption><tr><td>项目<td>预算数</table>").tables()
    assert [value for (_, column), value in values(table).items() if column == 1][:-1] == lines


@pytest.mark.parametrize(
    ("style", "cell", "indent"),
    [
        ("", "<td>&nbsp;&nbsp;教育支出", 2),
        ("", "<td>\n   教育支出", 0),
        ("", "<td>　教育支出", 2),
        (".x65 { mso-char-indent-count: 2; padding-left: 24px }", "<td class=x65>教育支出", 4),
        ("", "<td style='padding-left:24px'>教育支出", 4),
        ("", "<td><p style='text-indent:1em'>教育支出</p>", 2),
        ("", "<td style='text-indent:1.2.3px'>教育支出", 0),
        ("", "<td style='padding-left:5%'>教育支出", 0),
    ],
)
def test_the_indent_of_a_name_is_known(style: str, cell: str, indent: int) -> None:
    (table,) = read(f"<table><tr><td>项目<td>合计</tr><tr>{cell}<td>3</table>", f"<style>{style}</style>").tables()
    assert indent_of(table.grid.cells[2, 1]) == indent
    assert str(table.grid.cells[2, 1].value).strip() == "教育支出"


def test_tables_that_arrange_others_are_no_tables() -> None:
    page = (
        "<table><tr><td>站点导航<td><table><tr><td>收入<td>支出</tr><tr><td>1.00<td>1.00</table></table>"
        "<table><caption>说明</caption><tr><td><p>一、收入情况</p><p>收入预算1.00万元。</p></table>"
    )
    document = read(page)
    assert [values(table) for table in document.tables()] == [
        {(1, 1): "收入", (1, 2): "支出", (2, 1): "1.00", (2, 2): "1.00"}
    ]
    assert texts(document) == [("站点导航", 0), ("说明", 0), ("一、收入情况", 2), ("收入预算1.00万元。", 0)]


def test_lines_of_the_contents_are_known() -> None:
    page = (
        "<h2>目 录</h2><nav><a href='#a'>一、概况</a></nav><p>二、收支……… 3</p><p>一、概况</p>"
        "<p class='MsoToc1'>三、说明</p>"
    )
    found = [one.text for one in read(page).paragraphs() if one.in_contents]
    assert found == ["一、概况", "二、收支\t3", "三、说明"]


def test_a_page_without_text_is_one_message() -> None:
    with pytest.raises(InputError, match="网页里没有文字"):
        read("<script>1</script>")
    assert texts(read("甲" + "<span>" * 200 + "乙")) == [("甲乙", 0)]
