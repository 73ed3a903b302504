"""The parts of a document that are compared: sentences, numbers, headings, lines, and columns of tables."""

from __future__ import annotations

from reportgen.comparison.columns import column_lists, compared_rows, merged_columns
from reportgen.comparison.locations import (
    front_lines,
    heading_locations,
    note_lines,
    paragraph_locations,
    sentences,
    table_lines,
    whole_paragraph,
)
from reportgen.tree.locations import LocatedBlock, TableCells
from reportgen.tree.nodes import Block, Column, Contents, Cover, Entry, Heading, Paragraph, Row, Table, Text, plain
from tests.nodes import amount, cell, heading, money, t


def located(block: Block) -> LocatedBlock:
    return LocatedBlock(block, "二第1段", "二", "二")


ITEM = Paragraph("项", (Text("1."), Text("甲。乙"), money("1.00"), Text("万元。丙")), "item", ("revenue.total",))


def test_sentences_end_with_their_full_stop() -> None:
    runs = (Text("甲。乙", "/a"), money("1.00"), Text("万元。丙"))
    assert sentences(runs) == [
        (Text("甲。", "/a"),),
        (Text("乙", "/a"), money("1.00"), Text("万元。")),
        (Text("丙"),),
    ]
    assert sentences(t("甲。")) == [t("甲。")]
    assert sentences(()) == []


def test_an_item_is_its_number_and_its_sentences() -> None:
    number, parts = paragraph_locations(located(ITEM))
    assert number is not None
    assert (number.kind, number.text, number.place, number.under) == ("number", "1.", "二第1段", "二")
    assert [(part.place, part.text) for part in parts] == [
        ("二第1段第1句", "甲。"),
        ("二第1段第2句", "乙1.00万元。"),
        ("二第1段第3句", "丙"),
    ]
    assert {(part.kind, part.block, part.basis, part.under) for part in parts} == {
        ("sentence", "项", ("revenue.total",), "二")
    }
    assert all(part.beside == ITEM.runs for part in parts)


def test_a_paragraph_of_one_sentence_has_the_paragraphs_place() -> None:
    number, parts = paragraph_locations(located(Paragraph("段", t("甲。"))))
    assert number is None
    assert [part.place for part in parts] == ["二第1段"]
    assert paragraph_locations(None) == paragraph_locations(located(heading("题", 1, "题"))) == (None, [])


def test_a_whole_paragraph_is_one_location() -> None:
    whole = whole_paragraph(located(ITEM))
    assert whole is not None
    assert (whole.kind, whole.text, whole.basis, whole.block) == ("sentence", plain(ITEM.runs), ITEM.basis, "项")
    assert (whole.place, whole.under) == ("二第1段", "二")
    assert whole_paragraph(None) is None
    assert whole_paragraph(located(heading("题", 1, "题"))) is None


def test_a_heading_is_its_number_and_its_words() -> None:
    pair = heading_locations(located(Heading("题", 1, (Text("一、"), Text("收入"), Text("情况")))))
    assert pair is not None
    assert [(one.kind, one.text, one.under) for one in pair] == [
        ("number", "一、", "二"),
        ("heading", "收入情况", "二"),
    ]
    assert heading_locations(None) is None
    assert heading_locations(located(ITEM)) is None


def test_lines_of_cover_contents_and_tables() -> None:
    cover = list(front_lines(Cover("封", (t("甲"), t("乙")))))
    assert [(name, line.place, line.text) for name, line in cover] == [
        ("1", "封面第1行", "甲"),
        ("2", "封面第2行", "乙"),
    ]
    contents = list(front_lines(Contents("目", "目录", (Entry(1, t("一、甲"), "x"),))))
    assert [(name, line.place) for name, line in contents] == [("title", "目录标题"), ("x", "目录「一、甲」")]
    assert list(front_lines(ITEM)) == list(front_lines(None)) == []
    lines = list(table_lines(table((("甲", 1),))))
    assert [name for name, _ in lines] == ["题名", "左上", "右上", "表号", "h/1", "h/2", "h/3"]
    assert [line.text for _, line in lines[:4]] == ["题", "左", "右", "表01"]
    assert [(name, line.place, line.text) for name, line in note_lines(table((("甲", 1),)))] == [
        ("注", "表01表注", "注")
    ]
    assert list(table_lines(None)) == list(note_lines(None)) == []


def table(groups: tuple[tuple[str, int], ...], panels: tuple[int, ...] = ()) -> Table:
    """A name over ``count`` rows in the second of three columns."""
    rows = []
    for name, count in groups:
        for n in range(count):
            middle = (cell(name, rowspan=count),) if n == 0 else ()
            rows.append(Row(f"{name}{n}", (cell(f"{name}{n}"), *middle, amount(f"{n + 1}.00"))))
    head = (Row("h", tuple(map(cell, ("左", "中", "右"))), "head"),)
    notes = (Paragraph("注", t("注"), "note"),)
    return Table(
        "表", heading("表/题", 1, "题"), t("题"), "表01", t("左"), t("右"), (Column(30),) * 3, head, tuple(rows), notes,
        panels=panels,
    )  # fmt: skip


def test_lists_side_by_side_and_columns_around_merged_ones() -> None:
    merged = table((("甲", 2), ("乙", 1)))
    assert merged_columns(TableCells(merged)) == {1}
    assert merged_columns(TableCells(table((("甲", 1),)))) == set()
    assert column_lists(merged, {1}) == [(1,), (0,), (2,)]
    assert column_lists(merged, {0}) == [(0,), (1, 2)]
    assert column_lists(merged, {2}) == [(2,), (0, 1)]
    assert column_lists(merged, set()) == [(0, 1, 2)]
    assert column_lists(merged, {0, 1, 2}) == [(0, 1, 2)]
    assert column_lists(table((("甲", 1),), panels=(1, 2)), {1}) == [(0,), (1, 2)]


def test_a_cell_over_rows_is_compared_on_the_first_row_that_is_kept() -> None:
    cells = TableCells(table((("甲", 3), ("乙", 1))))
    assert compared_rows(cells, (1,), {0, 1, 2, 3}) == {(0, 1): 0, (3, 1): 3}
    assert compared_rows(cells, (1,), {1, 2, 3}) == {(0, 1): 1, (3, 1): 3}
    assert compared_rows(cells, (1,), {2}) == {(0, 1): 2, (3, 1): 3}
    assert compared_rows(cells, (1,), set()) == {(0, 1): 0, (3, 1): 3}
    assert compared_rows(cells, (0,), {1}) == {(0, 0): 0, (1, 0): 1, (2, 0): 2, (3, 0): 3}
