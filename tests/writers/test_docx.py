"""The DOCX writer: what Word and python-docx find in the file, cell by cell."""

from __future__ import annotations

import dataclasses
import re
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import docx
import pytest
from lxml import etree

from reportgen.tree.grid import place
from reportgen.tree.nodes import Contents, Cover, Document, Entry, Heading, Paragraph, Row, Section, plain
from reportgen.writers.docx import SUFFIX, style_ids, write
from tests import nodes
from tests.writers.docx_reading import (
    TOP_ROWS,
    W,
    prose_of,
    spans_resolved,
    style_of,
    text_of,
    val,
    written,
    xml_parts,
)


@pytest.fixture(scope="module")
def tree() -> Document:
    return nodes.document()


@pytest.fixture(scope="module")
def payload(tree: Document) -> bytes:
    return write(tree, nodes.style())


@pytest.fixture(scope="module")
def parts(payload: bytes) -> dict[str, etree._Element]:
    return xml_parts(payload)


def test_python_docx_reads_every_paragraph(tree: Document, payload: bytes) -> None:
    body = docx.Document(BytesIO(payload)).element.body
    found = [text_of(p) for p in body.iter(f"{W}p") if not any(True for _ in p.iterancestors(f"{W}tbl"))]
    assert [text for text in found if text] == list(prose_of(tree))
    assert SUFFIX == ".docx"


def test_python_docx_reads_every_cell(tree: Document, payload: bytes) -> None:
    found = docx.Document(BytesIO(payload)).tables
    assert len(found) == len(tree.tables())
    for table, expected_table in zip(found, tree.tables(), strict=True):
        rows = list(table._tbl.iter(f"{W}tr"))
        titles = [[text_of(tc) for tc in row.iter(f"{W}tc")] for row in rows[:TOP_ROWS]]
        assert titles == [
            [expected_table.label],
            [plain(expected_table.title)],
            [plain(expected_table.left), plain(expected_table.right)],
        ]
        columns, head = len(expected_table.columns), len(expected_table.head)
        expected = [
            [placed.cell.text for placed in line]
            for part in (expected_table.head, expected_table.body)
            for line in place(part, columns)
        ]
        assert spans_resolved(rows[TOP_ROWS : TOP_ROWS + head]) == expected[:head]
        assert spans_resolved(rows[TOP_ROWS + head :]) == expected[head:]


def test_table_widths_agree_and_fill_the_type_area(parts: dict[str, etree._Element]) -> None:
    for table in parts["word/document.xml"].iter(f"{W}tbl"):
        columns = [int(val(c, "w") or 0) for c in table.iter(f"{W}gridCol")]
        assert sum(columns) == int(val(table.find(f"{W}tblPr/{W}tblW"), "w") or 0)
        assert sum(columns) == pytest.approx((297 - 40) / 25.4 * 1440, abs=2)
        for row in table.iter(f"{W}tr"):
            widths = [int(val(tc.find(f"{W}tcPr/{W}tcW"), "w") or 0) for tc in row.iter(f"{W}tc")]
            assert sum(widths) == sum(columns)


def test_title_lines_and_head_are_repeated(tree: Document, parts: dict[str, etree._Element]) -> None:
    for table, expected_table in zip(parts["word/document.xml"].iter(f"{W}tbl"), tree.tables(), strict=True):
        repeated = [row.find(f"{W}trPr/{W}tblHeader") is not None for row in table.iter(f"{W}tr")]
        count = TOP_ROWS + len(expected_table.head)
        assert repeated == [True] * count + [False] * len(expected_table.body)


def test_every_link_finds_its_bookmark(tree: Document, parts: dict[str, etree._Element]) -> None:
    body = parts["word/document.xml"]
    found = [val(start, "name") or "" for start in body.iter(f"{W}bookmarkStart")]
    ids = [val(start, "id") for start in body.iter(f"{W}bookmarkStart")]
    assert len({name.casefold() for name in found}) == len(set(ids)) == len(found)
    assert sorted(ids) == sorted(val(end, "id") for end in body.iter(f"{W}bookmarkEnd"))  # type: ignore[type-var]
    assert all(re.fullmatch(r"[A-Za-z_]\w{0,39}", name) for name in found)
    anchors = {val(link, "anchor") for link in body.iter(f"{W}hyperlink")}
    assert anchors
    assert anchors <= set(found)


def test_bookmarks_differ_where_word_sees_no_difference() -> None:
    ids = ["三公/接待", "三公_接待", "A", "a", "x" * 60 + "1", "x" * 60 + "2", "𬭎/1", "-"]
    found = [style_ids.bookmark(id).casefold() for id in ids]
    assert len(set(found)) == len(ids)
    assert max(map(len, found)) <= 40


def test_a_smaller_style_is_named_after_its_half_points() -> None:
    assert style_ids.sized(style_ids.TABLE_TEXT, 10.5, 10.5) == "TableText"
    assert style_ids.sized(style_ids.TABLE_TEXT, 7.5, 10.5) == "TableText15"
    assert style_ids.sized(style_ids.TOTAL_FIGURE, 6, 10.5) == "TotalFigure12"


def test_the_contents_are_a_field_with_its_result_and_raise_no_question(parts: dict[str, etree._Element]) -> None:
    body = parts["word/document.xml"]
    marks = [val(mark, "fldCharType") for mark in body.iter(f"{W}fldChar")]
    assert marks == ["begin", "separate", "end"]
    assert "TOC" in next(body.iter(f"{W}instrText")).text
    assert parts["word/settings.xml"].find(f"{W}updateFields") is None
    assert next(body.iter(f"{W}docPartGallery")).get(f"{W}val") == "Table of Contents"


def test_contents_of_nothing_have_no_field() -> None:
    assert not list(written(Contents("c", "目录", ()), page="contents").iter(f"{W}fldChar"))


def test_each_table_but_the_first_starts_a_page(parts: dict[str, etree._Element]) -> None:
    outline = [p for p in parts["word/document.xml"].iter(f"{W}p") if style_of(p) == style_ids.HIDDEN_HEADING]
    breaks = [p.find(f"{W}pPr/{W}pageBreakBefore") is not None for p in outline]
    assert breaks == [False, True, True, True]
    assert [val(p.find(f"{W}pPr/{W}outlineLvl")) for p in outline] == ["1"] * 4


def test_quotes_and_dashes_are_set_full_width() -> None:
    for text, hint in (
        ("“引号”——", "eastAsia"),
        ("①见附件", "eastAsia"),
        ("部门预算（万元）", None),
        ("17633.63", None),
    ):
        first = next(written(Paragraph("p", nodes.t(text))).iter(f"{W}r"))
        assert val(first.find(f"{W}rPr/{W}rFonts"), "hint") == hint


def test_hostile_text_is_written_as_text() -> None:
    evil = nodes.EVIL
    table = dataclasses.replace(
        nodes.empty_table(),
        title=nodes.t(evil),
        label=evil,
        left=nodes.t(evil),
        body=(Row("r", (nodes.cell(evil), nodes.cell("a\nb\tc"), nodes.cell(" x ")), "total"),),
    )
    document = Document(
        evil,
        evil,
        evil,
        "slug",
        date(2023, 1, 1),
        (
            Section("s", "cover", (Cover("c", (nodes.t(evil),)),)),
            Section("t", "tables", (Heading("h", 1, nodes.t(evil)), table, Paragraph("p", nodes.t(evil)))),
        ),
        keywords=(evil,),
    )
    parts = xml_parts(write(document, nodes.style()))
    body = parts["word/document.xml"]
    texts = [text_of(p) for p in body.iter(f"{W}p")]
    assert texts.count(evil) == 7
    assert "a\nb\tc" in texts
    assert " x " in texts
    blank = [t for t in body.iter(f"{W}t") if t.text != t.text.strip(" ") or "  " in t.text]
    assert blank
    assert all(t.get("{http://www.w3.org/XML/1998/namespace}space") == "preserve" for t in blank)
    core = docx.Document(BytesIO(write(document, nodes.style()))).core_properties
    assert (core.title, core.author, core.keywords) == (evil, evil, evil)


@pytest.mark.parametrize("letter", ["\x00", "\x0b", "\x1f", "\ud800", "\ufffe"])
def test_a_forbidden_character_is_refused_with_its_place(letter: str) -> None:
    with pytest.raises(ValueError, match=r"p7: character U\+"):
        written(Paragraph("p7", nodes.t(f"a{letter}")))
    table = dataclasses.replace(
        nodes.empty_table(), body=(Row("row9", tuple(nodes.cell(x) for x in ("a", letter, "c"))),)
    )
    with pytest.raises(ValueError, match=r"row9/2: character U\+"):
        written(table, page="tables")


def test_ids_that_cannot_be_linked_are_refused() -> None:
    twin = Heading("h", 1, nodes.t("一"))
    with pytest.raises(ValueError, match="h: two headings"):
        written(twin, twin)
    with pytest.raises(ValueError, match="contents: no heading or table has the id 'nowhere'"):
        written(Contents("contents", "目录", (Entry(1, nodes.t("一"), "nowhere"),)))


def test_the_same_tree_gives_the_same_bytes(tree: Document, payload: bytes) -> None:
    assert write(nodes.document(), nodes.style()) == payload
    with ZipFile(BytesIO(payload)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(2023, 1, 1, 0, 0, 0)}
        assert archive.namelist() == sorted(archive.namelist())
    core = docx.Document(BytesIO(payload)).core_properties
    assert core.created == core.modified
    assert core.created.date() == tree.date


def test_figures_are_right_aligned_and_names_are_indented(parts: dict[str, etree._Element]) -> None:
    table = next(parts["word/document.xml"].iter(f"{W}tbl"))
    row = list(table.iter(f"{W}tr"))[TOP_ROWS + 3 + 3]  # r2: level 2 of the names
    cells = [tc.find(f"{W}p") for tc in row.iter(f"{W}tc")]
    assert style_of(cells[2]) == style_ids.TABLE_FIGURE
    assert val(cells[1].find(f"{W}pPr/{W}ind"), "leftChars") == "200"
    total = list(table.iter(f"{W}tr"))[TOP_ROWS + 3]
    assert style_of(total.findall(f".//{W}p")[2]) == style_ids.TOTAL_FIGURE


def test_notes_are_kept_with_the_last_rows(parts: dict[str, etree._Element]) -> None:
    table = list(parts["word/document.xml"].iter(f"{W}tbl"))[-1]
    last = list(table.iter(f"{W}tr"))[-1]
    assert all(p.find(f"{W}pPr/{W}keepNext") is not None for p in last.iter(f"{W}p"))
    assert style_of(table.getnext()) == style_ids.TABLE_NOTE


def test_rows_kept_together_fit_on_a_page(parts: dict[str, etree._Element]) -> None:
    for table in parts["word/document.xml"].iter(f"{W}tbl"):
        height = kept = 0.0
        for row in table.iter(f"{W}tr"):
            if row.find(f"{W}trPr/{W}tblHeader") is not None:
                continue
            height += int(val(row.find(f"{W}trPr/{W}trHeight")) or 0) / 20
            kept = max(kept, height)
            if row.find(f".//{W}keepNext") is None:
                height = 0.0
        assert kept < 0.75 * (210 - 25 - 22) / 25.4 * 72


def test_a_total_row_is_never_alone_on_a_page(parts: dict[str, etree._Element]) -> None:
    """The row before the last is kept with it, by Word and other programs that honour it."""
    for table in parts["word/document.xml"].iter(f"{W}tbl"):
        rows = list(table.iter(f"{W}tr"))
        before = [row for row in rows[-2:-1] if row.find(f"{W}trPr/{W}tblHeader") is None]
        for row in before:
            assert all(p.find(f"{W}pPr/{W}keepNext") is not None for p in row.iter(f"{W}p"))
