"""Names of places: blocks by the path of their headings, cells by the words of their row and their column."""

from __future__ import annotations

from datetime import date

from reportgen.tree.locations import TableCells, heading_number, located_blocks, note_place, printed_places, table_name
from reportgen.tree.nodes import (
    Block,
    Column,
    Contents,
    Cover,
    Document,
    Heading,
    Paragraph,
    Row,
    Section,
    Table,
    Text,
    heading_of,
)
from tests.nodes import amount, cell, heading, t


def numbered(id: str, level: int, number: str) -> Heading:
    return Heading(id, level, (Text(number), Text("标题")))


def table(id: str = "表") -> Table:
    head = (
        Row("h1", (cell("编码", rowspan=2), cell("名称", rowspan=2), cell("支 出", colspan=2)), "head"),
        Row("h2", (cell("基本"), cell("项目")), "head"),
        Row("h3", tuple(map(cell, ("**", "**", "1", "2"))), "number"),
    )
    body = (
        Row("total", (cell("合计", colspan=2), amount("1.00"), amount("2.00")), "total"),
        Row("r", (cell("2080101"), cell("行政运行"), amount("3.00"), amount("4.00"))),
        Row("f", (amount("5.00"), amount("6.00"), amount("7.00"), amount("8.00"))),
    )
    notes = (Paragraph(f"{id}/注", t("注"), "note"),)
    number = numbered(f"{id}/标题", 2, "（二）")
    return Table(id, number, t("总表"), "表03", (), (), (Column(25),) * 4, head, body, notes)


BLOCKS: tuple[Block, ...] = (
    Cover("封", (t("封面"),)),
    Contents("目", "目录", ()),
    Paragraph("前言", t("前言。")),
    numbered("一", 1, "一、"),
    Paragraph("一/1", t("甲。")),
    Paragraph("一/2", t("乙。")),
    numbered("一1", 2, "（一）"),
    numbered("一1小", 3, "1."),
    Paragraph("一1/1", t("丙。")),
    table(),
    Paragraph("表后", t("丁。")),
    numbered("二", 1, "二、"),
    Paragraph("二/1", t("戊。")),
)


def document(*sections: tuple[Block, ...]) -> Document:
    parts = tuple(Section(f"s{n}", f"p{n}", blocks) for n, blocks in enumerate(sections))
    return Document("题", "作者", "主题", "slug", date(2023, 1, 1), parts)


DOCUMENT = document(BLOCKS[:4], BLOCKS[4:])


def test_every_block_has_its_place_and_the_path_above_it() -> None:
    assert [(one.place, one.under) for one in located_blocks(DOCUMENT)] == [
        ("封面", ""),
        ("目录", ""),
        ("第1段", ""),
        ("一标题", ""),
        ("一第1段", "一"),
        ("一第2段", "一"),
        ("一/（一）标题", "一"),
        ("一/（一）/1标题", "一/（一）"),
        ("一/（一）/1第1段", "一/（一）/1"),
        ("表03", "一"),
        ("一/（二）第1段", "一/（二）"),
        ("二标题", ""),
        ("二第1段", "二"),
    ]
    assert [one.block for one in located_blocks(DOCUMENT)] == list(BLOCKS)


def test_printed_places_name_headings_of_tables_and_notes_too() -> None:
    places = printed_places(DOCUMENT)
    assert places["表"] == "表03"
    assert places["表/标题"] == "一/（二）标题"
    assert places["表/注"] == note_place(table()) == "表03表注"
    assert places["一/2"] == "一第2段"
    assert places["一1小"] == "一/（一）/1标题"
    assert not {"封", "目"} & places.keys()


def test_numbers_lose_their_punctuation() -> None:
    assert [heading_number(numbered("x", 1, text)) for text in ("一、", "（一）", "1.")] == ["一", "（一）", "1"]
    assert heading_number(heading("x", 1, "")) == ""
    assert heading_number(Heading("x", 1, ())) == ""


def test_cells_are_named_by_their_row_and_their_column() -> None:
    cells = TableCells(table())
    assert table_name(table()) == "表03《总表》"
    assert cells.place(0, 2) == "表03「合计」支出·基本"
    assert cells.place(1, 3) == "表03「2080101 行政运行」支出·项目"
    assert cells.place(1, 1) == "表03「2080101」名称"
    assert cells.place(1, 0) == "表03第2行编码"
    assert cells.place(2, 2) == "表03第3行支出·基本"


def test_words_further_left_do_not_name_a_cell_and_long_names_are_cut() -> None:
    row = (cell("甲"), amount("1.00"), cell("很" * 50), amount("2.00"))
    base = table()
    cells = TableCells(Table("x", base.heading, (), "表", (), (), base.columns, base.head, (Row("r", row),)))
    assert cells.place(0, 3) == f"表「{'很' * 40}」支出·项目"
    assert cells.place(0, 1) == "表「甲」名称"


def test_each_origin_is_met_once_with_its_place() -> None:
    found = [(r, c, cell.text) for r, c, cell in TableCells(table()).origins()]
    assert found[:3] == [(0, 0, "合计"), (0, 2, "1.00"), (0, 3, "2.00")]
    assert len(found) == 11


def test_the_blocks_of_a_document_in_order() -> None:
    assert list(DOCUMENT.blocks()) == list(BLOCKS)
    assert [page for page, _ in DOCUMENT.blocks_with_page()] == ["p0"] * 4 + ["p1"] * 9
    assert [block for _, block in DOCUMENT.blocks_with_page()] == list(BLOCKS)
    assert [block.id for block in DOCUMENT.prose()][:3] == ["前言", "一", "一/1"]
    assert [table.id for table in DOCUMENT.tables()] == ["表"]
    assert [heading_of(block) for block in BLOCKS[:4]] == [None, None, None, BLOCKS[3]]
    assert heading_of(table()) == table().heading


def test_a_change_of_every_block_keeps_sections() -> None:
    other = DOCUMENT.map_blocks(lambda block: Paragraph(f"{block.id}'", ()))
    assert [block.id for block in other.blocks()] == [f"{block.id}'" for block in BLOCKS]
    assert [(s.id, s.page, len(s.blocks)) for s in other.sections] == [("s0", "p0", 4), ("s1", "p1", 9)]
