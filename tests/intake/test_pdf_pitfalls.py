"""What real published PDFs have, each drawn here and read: how it comes out of the reader and of `recognise`."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from reportgen.recognise.blocks import ReadDocument
from reportgen.recognise.codes import indent_of
from reportgen.recognise.recognise import recognise

from .pdfs import Sheet, pdf
from .test_pdf import ROWS, XS, read, spending, texts


def grid_of(draw: Callable[[Sheet], None]) -> list[list[str]]:
    return texts(read(pdf(draw)))


def prose(found: ReadDocument) -> list[str]:
    return [one.text for one in found.paragraphs()]


@pytest.mark.parametrize("rotate", [90, 180, 270])
def test_a_turned_page_is_read_as_it_is_shown(rotate: int) -> None:
    def draw(sheet: Sheet) -> None:
        canvas = sheet.canvas
        if rotate == 90:
            canvas.translate(595, 0)
        elif rotate == 180:
            canvas.translate(595, 842)
        else:
            canvas.translate(0, 842)
        canvas.rotate({90: 90, 180: 180, 270: 270}[rotate])
        sheet.height = 842 if rotate == 180 else 595
        spending(sheet)

    found = read(pdf(draw, size=(595, 842) if rotate == 180 else (842, 595), rotate=rotate))
    assert found.pages[0].width == (595 if rotate == 180 else 842)
    assert texts(found)[2:] == [[text for text in row if text] for row in ROWS]
    (box,) = found.boxes["第 1 页第 3 行第 3 列"]
    assert (box.left, box.top, box.right, box.bottom) == (350, 140, 450, 160)


def test_the_origin_of_the_media_box_does_not_matter() -> None:
    payload = pdf(spending).replace(b"/MediaBox [ 0 0 595 842 ]", b"/MediaBox [ -20 30 575 872 ]")
    assert b"[ -20 30" in payload
    found = read(payload)
    assert texts(found)[3] == ["合计", "30.00", "30.00"]
    box = found.boxes["第 1 页第 3 行第 3 列"][0]
    assert (box.left, box.top) == (370, 170)


def test_a_figure_broken_over_lines_is_joined() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.table(100, (50, 150, 250), [["项目", "预算数"], ["收入", ""]], high=30)
        sheet.text(155, 142, "21,118.5", 9)
        sheet.text(155, 154, "1", 9)

    assert grid_of(draw)[1] == ["收入", "21,118.51"]


def test_the_tail_of_a_name_stays_with_its_name() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.table(100, (50, 110, 250), [["项目", "预算数"], ["西安市人工影响天气服务保障中心", "1839311.66"]])

    assert grid_of(draw)[1] == ["西安市人工影响天气服务保障中心", "1839311.66"]


@pytest.mark.parametrize("again", ["title and head", "head", "numbers", "nothing"])
def test_a_table_goes_on_over_pages(again: str) -> None:
    rows = [["科目编码", "科目名称", "合计", "基本支出"], ["**", "**", "1", "2"], ["", "合计", "30.00", "30.00"]]
    more = [["205", "教育支出", "30.00", "30.00"], ["20502", "普通教育", "30.00", "30.00"]]

    def first(sheet: Sheet) -> None:
        sheet.centred(297, 60, "2026年部门支出预算总表")
        sheet.text(485, 90, "单位：万元")
        sheet.table(100, XS, rows)

    def second(sheet: Sheet) -> None:
        if again == "title and head":
            sheet.centred(297, 60, "2026年部门支出预算总表")
            sheet.text(485, 90, "单位：万元")
        head = {"title and head": rows[:2], "head": rows[:1], "numbers": rows[:2], "nothing": []}[again]
        sheet.table(100, XS, [*head, *more])

    found = read(pdf(first, second))
    (table,) = found.tables()
    assert table.grid.name == "第 1—2 页"
    (recognised,) = recognise([table.grid]).tables
    assert [row.key for row in recognised.rows] == ["合计", "205", "20502"]
    assert recognised.rows[1].place.startswith("第 2 页")


def test_a_new_title_begins_a_new_table() -> None:
    def second(sheet: Sheet) -> None:
        sheet.centred(297, 60, "2026年部门收入预算总表")
        sheet.table(100, XS, ROWS)

    assert len(list(read(pdf(spending, second)).tables())) == 2


def test_title_and_unit_within_the_grid_are_known() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.line(50, 60, 545, 60)
        for x in (50, 545):
            sheet.line(x, 60, x, 100)
        sheet.line(50, 80, 545, 80)
        sheet.centred(297, 75, "2026年部门支出预算总表", 12)
        sheet.text(480, 95, "单位：万元")
        sheet.table(100, XS, ROWS)

    (table,) = recognise([one.grid for one in read(pdf(draw)).tables()]).tables
    assert (table.kind.key, table.unit, len(table.rows)) == ("expenditure", "万元", 3)


def test_blank_rows_and_inner_blanks_of_labels_do_no_harm() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.table(100, (50, 200, 300), [["项 目", "预算数"], ["收 入 总 计", "1.00"], *[["", ""]] * 20])

    assert grid_of(draw) == [["项 目", "预算数"], ["收 入 总 计", "1.00"]]


def test_an_underline_and_a_frame_are_no_tables() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.text(50, 100, "本部门预算支出 30.00 万元。")
        sheet.bar(120, 102, 160, 103)
        sheet.line(50, 200, 300, 200)
        sheet.line(50, 240, 300, 240)
        sheet.line(50, 200, 50, 240)
        sheet.line(300, 200, 300, 240)
        sheet.text(60, 225, "框里的一段文字。")

    found = read(pdf(draw))
    assert not list(found.tables())
    assert prose(found) == ["本部门预算支出 30.00 万元。", "框里的一段文字。"]


def test_lines_that_are_thin_rectangles_rule_a_table() -> None:
    def draw(sheet: Sheet) -> None:
        for x in (50, 150, 250):
            sheet.bar(x, 100, x + 0.5, 140)
        for y in (100, 120, 140):
            sheet.bar(50, y, 250, y + 0.5)
        sheet.text(55, 115, "项目", 9)
        sheet.text(155, 115, "12.00", 9)
        sheet.text(55, 135, "收入", 9)

    assert grid_of(draw) == [["项目", "12.00"], ["收入"]]


def test_lines_within_a_form_rule_a_table() -> None:
    def draw(sheet: Sheet) -> None:
        canvas = sheet.canvas
        canvas.beginForm("table")
        sheet.table(100, (50, 150, 250), [["项目", "预算数"], ["收入", "1.00"]])
        canvas.endForm()
        canvas.translate(20, -30)
        canvas.doForm("table")

    found = read(pdf(draw))
    assert texts(found) == [["项目", "预算数"], ["收入", "1.00"]]
    assert found.boxes["第 1 页第 1 行第 1 列"][0].left == 70


def test_indent_by_place_is_the_hierarchy() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.table(100, (50, 250, 350), [["", "3.00"], ["", "2.00"], ["", "1.00"]])
        for number, name in enumerate(("教育支出", "普通教育", "高中教育")):
            sheet.text(53 + 9 * number, 114 + 20 * number, name, 9)

    (table,) = read(pdf(draw)).tables()
    assert [indent_of(table.grid.cells[row, 1]) for row in (1, 2, 3)] == [0, 2, 4]


def test_paragraphs_are_joined_over_lines_and_pages_without_page_numbers() -> None:
    line = "本部门二〇二六年度收入和支出预算总体情况说明如下一般公共预算拨款收入全部"

    def page(*lines: tuple[float, str]) -> Callable[[Sheet], None]:
        def draw(sheet: Sheet) -> None:
            for number, (x, text) in enumerate(lines):
                sheet.text(x, 100 + 24 * number, text, 12)
            sheet.text(280, 800, f"— {len(lines)} —", 10)

        return draw

    found = read(pdf(page((98, line[:34]), (74, line)), page((74, line), (74, "到此为止。"), (98, "另一段“话”。"))))
    assert prose(found) == [line[:34] + line + line + "到此为止。", "另一段“话”。"]
    first = next(found.paragraphs())
    assert [box.page for box in found.boxes[first.place]] == [1, 1, 2, 2]


def test_a_radical_is_read_as_its_hanzi() -> None:
    from reportgen.intake.readers.pdf.pages import _character

    assert _character(ord("⼈")) == "人"
    assert _character(0xE001) == _character(3) == ""
    assert _character(2) == "-"


def test_curly_quotes_stay_in_their_line() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.text(80, 100, "2026年“三公”经费预算6.00万元，“公务接待费”6.00万元，与上年持平，没有其他变化的内容。")

    (line,) = prose(read(pdf(draw)))
    assert line.startswith("2026年“三公”经费预算6.00万元，“公务接待费”6.00万元")
