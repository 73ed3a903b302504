"""The PDF as other programs read it: qpdf and poppler where they are installed, and pypdf."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from reportgen.tree.nodes import Contents, Entry, Heading, Paragraph, Section, Table, plain
from reportgen.writers.fonts.truetype import face_at
from reportgen.writers.pdf import SUFFIX, write
from reportgen.writers.pdf.fonts.font_set import MissingGlyph
from reportgen.writers.pdf.objects.navigation import MissingTarget

from .. import nodes
from .pdf_help import DOCUMENT, STYLE, characters_of, document, paragraph, prose, squeezed, tables, tool


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return write(DOCUMENT, STYLE)


@pytest.fixture(scope="module")
def reader(pdf: bytes) -> PdfReader:
    return PdfReader(BytesIO(pdf))


# the file


def test_qpdf_finds_nothing_to_complain_about(pdf, tmp_path):
    assert "No syntax or stream encoding errors found" in tool("qpdf", pdf, tmp_path, "--check")


def test_every_font_is_an_embedded_subset_with_a_map_back_to_characters(pdf, tmp_path):
    fonts = tool("pdffonts", pdf, tmp_path).splitlines()[2:]
    assert {line.split()[0].split("+")[1] for line in fonts} == {
        "GongwenFangSong",
        "GongwenHei",
        "GongwenKai",
        "GongwenSong",
        "GongwenXiaoBiaoSong",
    }
    assert all(re.search(r"Identity-H\s+yes yes yes", line) for line in fonts)


def test_only_faces_in_use_are_embedded(tmp_path):
    fonts = tool("pdffonts", write(prose(Heading("h", 1, nodes.t("一、标题"))), STYLE), tmp_path).splitlines()[2:]
    assert len(fonts) == 2, "黑体 of the heading, 宋体 of the page number"


def test_two_writings_are_the_same_bytes_wherever_and_whenever(pdf):
    assert write(nodes.document(), nodes.style()) == pdf
    code = (
        "import hashlib, tests.nodes as t, reportgen.writers.pdf as w;"
        "print(hashlib.sha256(w.write(t.document(), t.style())).hexdigest())"
    )
    root = Path(__file__).parents[2]
    hashes = set()
    for seed in ("1", "2"):
        env = {**os.environ, "PYTHONHASHSEED": seed, "SOURCE_DATE_EPOCH": seed * 8, "TZ": "Asia/Shanghai"}
        run = subprocess.run(
            [sys.executable, "-c", code], cwd=root, env=env, capture_output=True, check=True, text=True
        )
        hashes.add(run.stdout)
    assert len(hashes) == 1


def test_different_documents_have_different_identifiers(reader):
    other = PdfReader(BytesIO(write(prose(paragraph(1)), STYLE)))
    assert reader.trailer["/ID"][0] != other.trailer["/ID"][0]


def test_metadata(reader):
    assert SUFFIX == ".pdf"
    info = reader.metadata
    assert (info.title, info.author, info.subject) == (DOCUMENT.title, DOCUMENT.author, DOCUMENT.subject)
    assert info["/CreationDate"] == info["/ModDate"] == "D:20230101000000Z"
    root = reader.trailer["/Root"]
    assert (root["/Lang"], root["/PageMode"]) == ("zh-CN", "/UseOutlines")
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value is True


def test_page_sizes(reader):
    shapes = [tuple(round(float(x) * 25.4 / 72) for x in page.mediabox[2:]) for page in reader.pages]
    assert shapes[:4] == [(210, 297)] * 4
    assert set(shapes[4:]) == {(297, 210)}


# navigation


def test_outline_holds_all_headings_and_tables_nested_by_level(reader):
    def walk(entries, level):
        for entry in entries:
            yield from walk(entry, level + 1) if isinstance(entry, list) else [(level, entry.title)]

    headings = [
        block.heading if isinstance(block, Table) else block
        for section in DOCUMENT.sections
        for block in section.blocks
        if isinstance(block, Heading | Table)
    ]
    assert list(walk(reader.outline, 1)) == [(h.level, plain(h.runs)) for h in headings]


def test_outline_items_are_linked_in_both_directions(reader):
    parents = [reader.trailer["/Root"]["/Outlines"]]
    count = 0
    for parent in parents:
        siblings = [parent["/First"]]
        while "/Next" in siblings[-1]:
            siblings.append(siblings[-1]["/Next"])
        assert parent["/Last"] == siblings[-1]
        assert [item["/Prev"] for item in siblings[1:]] == siblings[:-1]
        assert all(item["/Parent"] == parent for item in siblings)
        parents += [item for item in siblings if "/First" in item]
        count += len(siblings)
    assert count > 8


def test_outline_with_a_level_left_out():
    doc = prose(
        Heading("a", 2, nodes.t("（一）甲")), Heading("b", 4, nodes.t("（1）乙")), Heading("c", 1, nodes.t("一、丙"))
    )
    outline = PdfReader(BytesIO(write(doc, STYLE))).outline
    assert [e if isinstance(e, list) else e.title for e in outline][::2] == ["（一）甲", "一、丙"]


def test_contents_link_to_the_pages_of_their_targets(reader):
    entries = next(b for s in DOCUMENT.sections for b in s.blocks if isinstance(b, Contents)).entries
    links = [a.get_object() for a in reader.pages[1]["/Annots"]]
    assert list(dict.fromkeys(link["/Contents"] for link in links)) == [plain(e.runs) for e in entries]
    for link in links:
        page = reader.get_page_number(link["/Dest"][0].get_object())
        title = squeezed(link["/Contents"]).split("）")[-1]
        assert title in squeezed(reader.pages[page].extract_text())


def test_a_contents_entry_without_a_target_is_an_error():
    doc = document(Section("c", "contents", (Contents("c", "目录", (Entry(1, nodes.t("一、概况"), "gone"),)),)))
    with pytest.raises(MissingTarget, match=r"一、概况.*'gone'"):
        write(doc, STYLE)


# the text


def test_text_can_be_copied_out_in_reading_order(pdf, tmp_path):
    text, at = squeezed(tool("pdftotext", pdf, tmp_path, "-raw")), 0
    for section in DOCUMENT.sections[:3]:
        for block in section.blocks:
            parts = getattr(block, "lines", None) or [e.runs for e in getattr(block, "entries", ())] or [block.runs]
            for runs in parts:
                words = squeezed(plain(runs))
                at = re.compile(r"(—\d+—)?".join(map(re.escape, words))).search(text, at).end()
    for table in (DOCUMENT.tables()[0], *DOCUMENT.tables()[2:]):
        for row in table.body:
            for cell in row.cells:
                at = text.index(squeezed(cell.text), at) + len(squeezed(cell.text))


@pytest.mark.parametrize("words", [nodes.EVIL, "(a\\b) <0041> ) Tj ET /F1", "𬭎𬬻与𬭛", "１２ａｂ½㎡"])
def test_text_with_special_characters_is_copied_out_unchanged(words, tmp_path):
    doc = replace(prose(Paragraph("p", nodes.t(words))), title=words)
    data = write(doc, STYLE)
    assert squeezed(words) in squeezed(tool("pdftotext", data, tmp_path, "-raw"))
    assert PdfReader(BytesIO(data)).metadata.title == words


def test_a_character_without_a_glyph_is_named_with_its_block():
    with pytest.raises(MissingGlyph, match=r"duty/3：.*'😀'（U\+1F600，GRINNING FACE）"):
        write(prose(Paragraph("duty/3", nodes.t("高兴😀"))), STYLE)
    table = replace(nodes.empty_table(), title=nodes.t("😀"))
    with pytest.raises(MissingGlyph, match="capital"):
        write(tables(table), STYLE)


def test_a_character_of_the_fallback_face_is_printed(tmp_path):
    role, fallback = face_at(STYLE.faces["fangsong"].file), face_at(STYLE.fallback.file)
    rare = next(char for char in characters_of(fallback) if not role.has(char))
    data = write(prose(Paragraph("p", nodes.t(f"王{rare}同志"))), STYLE)
    assert f"王{rare}同志" in squeezed(tool("pdftotext", data, tmp_path, "-raw"))
    assert "GongwenFallback" in tool("pdffonts", data, tmp_path)
