"""The structure of the PDF as other programs find it: pypdf always, poppler where it is installed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from reportgen.tree.nodes import Cell, Column, Document, Heading, Row, Section, Table, plain
from reportgen.writers.pdf import read_back, write
from tests import nodes
from tests.writers.pdf_help import STYLE, tool

DOCUMENT = nodes.document()


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return write(DOCUMENT, STYLE)


@pytest.fixture(scope="module")
def reader(pdf: bytes) -> PdfReader:
    return PdfReader(BytesIO(pdf))


def root(reader: PdfReader) -> Any:
    return reader.trailer["/Root"]["/StructTreeRoot"]


def elements(element: Any) -> Iterator[Any]:
    """An element and all in it."""
    if "/S" in element:
        yield element
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        found = kid.get_object() if hasattr(kid, "get_object") else kid
        if isinstance(found, dict) and ("/S" in found):
            yield from elements(found)


def identity(element: Any) -> str:
    found = element["/ID"]
    return (found if isinstance(found, bytes) else found.original_bytes).decode("utf-8")


def place(cell: Any) -> str:
    """A cell's place as a reader of the file finds it: its row's id without the table's, and which one it is in it."""
    row = cell["/P"]
    count = [kid.idnum for kid in row.raw_get("/K")].index(cell.indirect_reference.idnum)
    return f"{identity(row).partition('/')[2]}/{count + 1}"


def test_the_file_is_marked_as_tagged_and_has_a_language(reader: PdfReader) -> None:
    catalog = reader.trailer["/Root"]
    assert catalog["/MarkInfo"]["/Marked"].value is True
    assert catalog["/Lang"] == "zh-CN"
    assert root(reader)["/K"]["/S"] == "/Document"


def test_every_kind_of_block_has_its_standard_type(reader: PdfReader) -> None:
    counts = Counter(element["/S"] for element in elements(root(reader)))
    blocks = [block for section in DOCUMENT.sections for block in section.blocks]
    assert counts["/Sect"] == len(DOCUMENT.sections)
    for level in (1, 2, 3):
        assert counts[f"/H{level}"] == sum(isinstance(b, Heading) and b.level == level for b in blocks)
    assert counts["/TOC"] == 1
    assert counts["/TOCI"] == counts["/Link"] == len(blocks[1].entries)
    assert counts["/Table"] == counts["/THead"] == counts["/TBody"] == counts["/Lbl"] == len(DOCUMENT.tables())
    assert counts["/TR"] == sum(len(t.head) + len(t.body) for t in DOCUMENT.tables())
    cells = sum(len(row.cells) for t in DOCUMENT.tables() for row in (*t.head, *t.body))
    assert counts["/TH"] + counts["/TD"] == cells
    assert counts["/Note"] == sum(len(t.notes) for t in DOCUMENT.tables())


def test_header_cells_have_a_scope_and_cells_their_spans(reader: PdfReader) -> None:
    groups = [e for e in elements(root(reader)) if e["/S"] == "/THead"]
    heads = [e for group in groups for e in elements(group) if e["/S"] in ("/TH", "/TD")]
    assert {(e["/S"], e["/A"]["/Scope"]) for e in heads} == {("/TH", "/Column")}
    spans = Counter((e["/A"].get("/RowSpan", 1), e["/A"].get("/ColSpan", 1)) for e in heads)
    cells = [cell for t in DOCUMENT.tables() for row in t.head for cell in row.cells]
    assert spans == Counter((cell.rowspan, cell.colspan) for cell in cells)


def sides() -> Table:
    """Two sides, a merged name, a name of its own line, figures without a name, a name without figures."""
    words, money = nodes.cell, nodes.amount
    rows = (
        (words("收入"), money("1.00"), words("支出"), money("2.00")),
        (Cell(nodes.t("合计"), rowspan=2), money("1.00"), words(""), money("2.00")),
        (money("3.00"), words("节余"), money("")),
        (Cell(nodes.t("另有"), colspan=2), words("说明"), words("无")),
    )
    body = tuple(Row(str(n), cells) for n, cells in enumerate(rows))
    columns = (Column(30), Column(20), Column(30), Column(20))
    return replace(nodes.spending_table(1), columns=columns, head=(), body=body)


def test_the_label_before_figures_is_the_header_of_its_row() -> None:
    data = write(replace(DOCUMENT, sections=(Section("t", "tables", (sides(),)),)), STYLE)
    heads = [e for e in elements(root(PdfReader(BytesIO(data)))) if e["/S"] == "/TH"]
    found = [(place(e), e["/A"]["/Scope"], e["/A"].get("/RowSpan", 1)) for e in heads]
    assert found == [("0/1", "/Row", 1), ("0/3", "/Row", 1), ("1/1", "/Row", 2)]


def test_parent_tree_and_elements_agree(reader: PdfReader) -> None:
    nums = root(reader)["/ParentTree"]["/Nums"]
    parents = {nums[n]: nums[n + 1].get_object() for n in range(0, len(nums), 2)}
    stretches = 0
    for page in reader.pages:
        owners = parents[page["/StructParents"]]
        marks = re.findall(rb"/MCID (\d+)>> BDC", page["/Contents"].get_data())
        assert [int(mark) for mark in marks] == list(range(len(owners)))
        for mark, owner in enumerate(owners):
            assert (page.indirect_reference.idnum, mark) in set(claimed(owner.get_object()))
            stretches += 1
    assert stretches == sum(len(list(claimed(e))) for e in elements(root(reader)))


def claimed(element: Any) -> Iterator[tuple[int, int]]:
    """The page and MCID of an element's marked content."""
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        found = kid.get_object() if hasattr(kid, "get_object") else kid
        if isinstance(found, int):
            yield element.raw_get("/Pg").idnum, found
        elif found.get("/Type") == "/MCR":
            yield found.raw_get("/Pg").idnum, found["/MCID"]


def test_links_belong_to_their_entries(reader: PdfReader) -> None:
    nums = root(reader)["/ParentTree"]["/Nums"]
    parents = {nums[n]: nums[n + 1].get_object() for n in range(0, len(nums), 2)}
    notes = [(ref.idnum, ref.get_object()) for page in reader.pages for ref in page.get("/Annots", [])]
    assert notes
    for number, note in notes:
        owner = parents[note["/StructParent"]]
        assert owner["/S"] == "/Link"
        assert number in [kid.raw_get("/Obj").idnum for kid in owner["/K"] if kid.get("/Type") == "/OBJR"]


def test_every_element_is_found_by_its_id(reader: PdfReader) -> None:
    names = root(reader)["/IDTree"]["/Names"]
    keys = [n if isinstance(n, bytes) else n.original_bytes for n in names[::2]]
    assert keys == sorted(set(keys))
    named = {identity(e) for e in elements(root(reader)) if "/ID" in e}
    assert {key.decode("utf-8") for key in keys} == named
    assert {"s1/1", "p2", "cover/1", *(table.id for table in DOCUMENT.tables())} <= named


def test_the_id_of_a_row_stays_when_rows_come_before_it() -> None:
    table = nodes.spending_table(5)
    new = Row("new", table.body[1].cells)
    ids = []
    for body in (table.body, (table.body[0], new, *table.body[1:])):
        document = replace(DOCUMENT, sections=(Section("t", "tables", (replace(table, body=body),)),))
        found = elements(root(PdfReader(BytesIO(write(document, STYLE)))))
        ids.append({identity(e) for e in found if "/ID" in e})
    assert ids[1] - ids[0] == {f"{table.id}/new"}
    assert ids[0] <= ids[1]


def test_rows_of_the_same_id_get_different_ones() -> None:
    table = nodes.spending_table(4)
    twice = replace(table, body=(table.body[1], table.body[1]))
    document = replace(DOCUMENT, sections=(Section("t", "tables", (twice,)),))
    data = write(document, STYLE)
    found = [identity(e) for e in elements(root(PdfReader(BytesIO(data)))) if "/ID" in e]
    assert len(found) == len(set(found))


def test_a_cell_over_several_pages_is_one_element(reader: PdfReader) -> None:
    cut = [e for e in elements(root(reader)) if e["/S"] == "/TD" and len(set(claimed(e))) > 1]
    assert cut, "the goals of the indicator table are taller than a page"
    assert all(len({page for page, _ in claimed(e)}) > 1 for e in cut)


def test_what_is_repeated_and_page_numbers_are_no_part_of_the_text(pdf: bytes) -> None:
    seen = read_back(pdf)
    table = seen.tables[0]
    assert len(table.repeated) >= 1
    for page in table.repeated:
        assert page[:4] == (table.label, table.title, table.left, table.right)
    assert not [text for text in seen.paragraphs if re.fullmatch(r"— \d+ —", text)]


@pytest.mark.parametrize("text", ["a budget " * 30, "两\n行", "甲\r\n乙\n\n丙", "名 称　有 空 格" * 12, "𬭎(a\\b)"])
def test_blanks_at_the_ends_of_lines_are_there_to_be_copied(text: str) -> None:
    document: Document = replace(
        DOCUMENT, title=text.strip(), sections=(Section("p", "prose", (Heading("h(1)\\", 1, nodes.t(text)),)),)
    )
    seen = read_back(write(document, STYLE))
    assert [p.split() for p in seen.paragraphs] == [text.split()]


def test_poppler_finds_the_same_structure(pdf: bytes, tmp_path: Any, reader: PdfReader) -> None:
    text = tool("pdfinfo", pdf, tmp_path, "-struct")
    theirs = Counter(re.findall(r"^ *(Sect|H\d|P|TOCI?|T[RHD]|Table)\b", text, re.MULTILINE))
    ours = Counter(e["/S"][1:] for e in elements(root(reader)))
    assert theirs == {kind: ours[kind] for kind in theirs}
    assert theirs["TD"] == ours["TD"]


def test_poppler_reads_the_same_words(pdf: bytes, tmp_path: Any) -> None:
    text = tool("pdfinfo", pdf, tmp_path, "-struct-text")
    for section in DOCUMENT.sections[2:3]:
        for block in section.blocks:
            words = plain(block.runs)
            assert words in "".join(re.findall(r'^ *"(.*)"$', text, re.MULTILINE))
