"""The PDF as its readers find it: with qpdf and poppler where they are installed, else with pypdf alone."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from reportlab.pdfbase.ttfonts import TTFontFace

from reportgen.tree.nodes import (
    Cell,
    Column,
    Contents,
    Document,
    Entry,
    Figure,
    Heading,
    Paragraph,
    Row,
    Section,
    Table,
    plain,
)
from reportgen.writers.pdf import SUFFIX, write
from reportgen.writers.pdf.breaking import EM, break_lines
from reportgen.writers.pdf.characters import HALF_BLANK, NO_END, NO_START, boxes
from reportgen.writers.pdf.fonts import MissingGlyph
from reportgen.writers.pdf.layout import lay_out
from reportgen.writers.pdf.marks import NoTarget
from reportgen.writers.pdf.setting import Setter
from reportgen.writers.pdf.sheets import Sheet
from reportgen.writers.pdf.subset import subset
from reportgen.writers.pdf.truetype import FontError, TrueType, _format4, face_at

from .. import trees

DOCUMENT, STYLE = trees.document(), trees.style()
FACES = sorted({face.file for face in (*STYLE.faces.values(), STYLE.fallback)})


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return write(DOCUMENT, STYLE)


@pytest.fixture(scope="module")
def reader(pdf: bytes) -> PdfReader:
    return PdfReader(BytesIO(pdf))


def tool(name: str, data: bytes, tmp_path: Path, *options: str) -> str:
    if not shutil.which(name):
        pytest.skip(f"{name} is not installed")
    file = tmp_path / "x.pdf"
    file.write_bytes(data)
    after = ["-"] if name == "pdftotext" else []
    run = subprocess.run([name, *options, str(file), *after], capture_output=True, check=True)
    return run.stdout.decode()


def squeezed(text: str) -> str:
    return re.sub(r"[\s\f]+", "", text)


def document(*sections: Section) -> Document:
    return replace(DOCUMENT, sections=sections)


def prose(*blocks) -> Document:
    return document(Section("prose", "prose", blocks))


def tables(*blocks) -> Document:
    return document(Section("tables", "tables", blocks))


def sheets_of(doc: Document) -> list[Sheet]:
    return lay_out(doc, Setter(STYLE))


def lines_of(sheet: Sheet) -> list[str]:
    return [p.line.text.text[p.line.line.start : p.line.line.end] for p in sheet.type]


def paragraph(lines: int, id: str = "p") -> Paragraph:
    return Paragraph(id, trees.t("国" * (28 * lines - 2)))


# ---- the file ----------------------------------------------------------------------------------------


def test_qpdf_finds_nothing_to_complain_about(pdf, tmp_path):
    assert "No syntax or stream encoding errors found" in tool("qpdf", pdf, tmp_path, "--check")


def test_every_font_is_an_embedded_subset_with_a_way_back_to_characters(pdf, tmp_path):
    fonts = tool("pdffonts", pdf, tmp_path).splitlines()[2:]
    assert {line.split()[0].split("+")[1] for line in fonts} == {
        "GongwenFangSong", "GongwenHei", "GongwenKai", "GongwenSong", "GongwenXiaoBiaoSong",
    }
    assert all(re.search(r"Identity-H\s+yes yes yes", line) for line in fonts)


def test_only_faces_in_use_are_embedded(tmp_path):
    fonts = tool("pdffonts", write(prose(Heading("h", 1, trees.t("一、标题"))), STYLE), tmp_path).splitlines()[2:]
    assert len(fonts) == 2, "黑体 of the heading, 宋体 of the page number"


def test_two_writings_are_the_same_bytes_wherever_and_whenever(pdf):
    assert write(trees.document(), trees.style()) == pdf
    code = (
        "import hashlib, tests.trees as t, reportgen.writers.pdf as w;"
        "print(hashlib.sha256(w.write(t.document(), t.style())).hexdigest())"
    )
    root = Path(__file__).parents[2]
    hashes = set()
    for seed in ("1", "2"):
        env = {**os.environ, "PYTHONHASHSEED": seed, "SOURCE_DATE_EPOCH": seed * 8, "TZ": "Asia/Shanghai", "PYTHONPATH": str(root)}
        run = subprocess.run([sys.executable, "-c", code], cwd=root, env=env, capture_output=True, check=True, text=True)
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


# ---- finding one's way -------------------------------------------------------------------------------


def test_outline_holds_all_headings_and_tables_nested_by_level(reader):
    def walk(entries, level):
        for entry in entries:
            yield from walk(entry, level + 1) if isinstance(entry, list) else [(level, entry.title)]

    headings = [
        block.heading if isinstance(block, Table) else block
        for section in DOCUMENT.sections for block in section.blocks if isinstance(block, Heading | Table)
    ]
    assert list(walk(reader.outline, 1)) == [(h.level, plain(h.runs)) for h in headings]


def test_outline_with_a_level_left_out():
    doc = prose(Heading("a", 2, trees.t("（一）甲")), Heading("b", 4, trees.t("（1）乙")), Heading("c", 1, trees.t("一、丙")))
    outline = PdfReader(BytesIO(write(doc, STYLE))).outline
    assert [e if isinstance(e, list) else e.title for e in outline][::2] == ["（一）甲", "一、丙"]


def test_contents_link_to_the_pages_where_their_targets_stand(reader):
    entries = next(b for s in DOCUMENT.sections for b in s.blocks if isinstance(b, Contents)).entries
    links = [a.get_object() for a in reader.pages[1]["/Annots"]]
    assert list(dict.fromkeys(link["/Contents"] for link in links)) == [plain(e.runs) for e in entries]
    for link in links:
        page = reader.get_page_number(link["/Dest"][0].get_object())
        wanted = squeezed(link["/Contents"]).split("）")[-1]
        assert wanted in squeezed(reader.pages[page].extract_text())


def test_contents_entry_that_leads_nowhere_is_an_error():
    doc = document(Section("c", "contents", (Contents("c", "目录", (Entry(1, trees.t("一、概况"), "gone"),)),)))
    with pytest.raises(NoTarget, match=r"一、概况.*'gone'"):
        write(doc, STYLE)


# ---- the text ----------------------------------------------------------------------------------------


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


@pytest.mark.parametrize("words", [trees.EVIL, "(a\\b) <0041> ) Tj ET /F1", "𬭎𬬻与𬭛", "１２ａｂ½㎡"])
def test_odd_text_comes_out_as_it_went_in(words, tmp_path):
    doc = replace(prose(Paragraph("p", trees.t(words))), title=words)
    data = write(doc, STYLE)
    assert squeezed(words) in squeezed(tool("pdftotext", data, tmp_path, "-raw"))
    assert PdfReader(BytesIO(data)).metadata.title == words


def test_a_character_without_a_glyph_is_named_with_its_block():
    with pytest.raises(MissingGlyph, match=r"duty/3：.*'😀'（U\+1F600，GRINNING FACE）"):
        write(prose(Paragraph("duty/3", trees.t("高兴😀"))), STYLE)
    table = replace(trees.empty_table(), title=trees.t("😀"))
    with pytest.raises(MissingGlyph, match="capital"):
        write(tables(table), STYLE)


def test_a_character_of_the_fallback_face_is_printed(tmp_path):
    rare = next(chr(c) for c in face_at(STYLE.fallback.file).glyph_of if c not in face_at(STYLE.faces["fangsong"].file).glyph_of)
    data = write(prose(Paragraph("p", trees.t(f"王{rare}同志"))), STYLE)
    assert f"王{rare}同志" in squeezed(tool("pdftotext", data, tmp_path, "-raw"))
    assert "GongwenFallback" in tool("pdffonts", data, tmp_path)


# ---- prose -------------------------------------------------------------------------------------------


def test_exactly_28_characters_fill_a_line_and_22_lines_a_page():
    sheets = sheets_of(prose(paragraph(23)))
    assert [len(line) for line in lines_of(sheets[0])[:22]] == [26, *[28] * 20, len("— 1 —")]
    assert [len(lines_of(s)) - 1 for s in sheets] == [21, 2], "the last line is not left alone"
    assert len(lines_of(sheets_of(prose(paragraph(22)))[0])) == 23


def test_both_edges_are_flush():
    doc = prose(Paragraph("p", trees.t("以“最多跑一次”改革，完成17633.63万元（占5.5%）；提供GDP服务！" * 9)))
    frame = sheets_of(doc)[0].frame
    lines = [p.line for p in sheets_of(doc)[0].type[:-2]]
    assert len(lines) > 8
    assert all(line.x + line.width == pytest.approx(frame.width, abs=0.6 * line.size) for line in lines)
    full = [line for line in lines if line.text.text[line.line.ink - 1] not in HALF_BLANK]
    assert all(line.x + line.width == pytest.approx(frame.width) for line in full)


@pytest.mark.parametrize("above", range(15, 24))
def test_no_heading_ends_a_page_and_no_line_stands_alone(above):
    doc = prose(paragraph(above), Heading("h", 1, trees.t("一、标题")), Heading("i", 2, trees.t("（一）小标题")), paragraph(5))
    for sheet in sheets_of(doc):
        lines = lines_of(sheet)[:-1]
        assert "标题" not in lines[-1]
        assert len(lines) > 1
        body = [line.startswith("国") for line in lines]
        after = body[lines.index("（一）小标题") + 1 :] if "（一）小标题" in lines else []
        assert not after or len(after) >= 2


def test_page_numbers_restart_and_stand_outside():
    sheets = sheets_of(DOCUMENT)
    assert [s.number for s in sheets] == [None, None, *range(1, len(sheets) - 1)]
    for sheet in sheets[2:]:
        last = sheet.type[-1]
        assert lines_of(sheet)[-1] == f"— {sheet.number} —"
        middle = sheet.frame.left + sheet.frame.width / 2
        assert (last.x + last.line.x > middle) == (sheet.number % 2 == 1)
        assert last.y > sheet.frame.bottom + 7 * 72 / 25.4


# ---- tables ------------------------------------------------------------------------------------------


def test_title_department_unit_and_head_stand_on_every_page_of_a_table():
    for table in (trees.spending_table(), trees.indicator_table()):
        sheets = sheets_of(tables(table))
        assert len(sheets) > 2
        for sheet in sheets:
            text = squeezed("".join(lines_of(sheet)))
            for runs in (table.title, table.left, table.right, trees.t(table.label)):
                assert plain(runs) in text
            assert all(squeezed(cell.text) in text for row in table.head for cell in row.cells)


def test_level_1_heading_shares_the_first_page_of_its_tables():
    sheets = sheets_of(tables(trees.heading("s4", 1, "四、部门预算表"), trees.empty_table(), trees.empty_table()))
    assert len(sheets) == 2
    assert lines_of(sheets[0])[:2] == ["四、部门预算表", "表04"]
    after_prose = sheets_of(tables(paragraph(1), trees.heading("s4", 1, "四、部门预算表"), trees.empty_table()))
    assert lines_of(after_prose[1])[:2] == ["四、部门预算表", "表04"]


def distinct(count: int) -> str:
    known = face_at(STYLE.faces["song"].file).glyph_of
    return "".join(chr(c) for c in range(0x4E00, 0x9FA5) if c in known)[:count]


@pytest.mark.parametrize(("rows", "length"), [(1, 2000), (3, 1500), (40, 2500), (70, 300)])
def test_text_of_a_cell_taller_than_its_page_is_neither_lost_nor_doubled(rows, length):
    long = distinct(length)
    body = [Row("0", (Cell(trees.t("甲乙丙丁"), rowspan=rows), Cell(trees.t(long), rowspan=rows), trees.cell("aa"), trees.amount("1.00")))]
    body += [Row(str(n), (trees.cell(f"a{n}"), trees.amount("1.00"))) for n in range(1, rows)]
    table = replace(
        trees.empty_table(), columns=(Column(8), Column(12), Column(60), Column(20, "right")),
        head=(Row("h", tuple(trees.cell(x) for x in "ABCD"), "head"),), body=tuple(body), notes=(),
        title=trees.t("T"), left=trees.t("L"), right=trees.t("R"),
    )
    sheets = sheets_of(tables(table))
    assert len(sheets) > 1
    shown = "".join(line for s in sheets for line in lines_of(s) if line not in ("甲乙丙丁", "表04"))
    assert "".join(c for c in shown if c in set(long)) == long
    bottom = max(box.y + box.height for s in sheets for box in s.boxes)
    assert bottom <= sheets[0].frame.bottom + 0.01
    for sheet in sheets:
        assert all(p.y < max(b.y + b.height for b in sheet.boxes) for p in sheet.type[:-1])


def test_a_label_cut_by_a_page_stands_again_but_a_figure_does_not():
    sheets = sheets_of(tables(trees.indicator_table()))
    texts = [squeezed("".join(lines_of(s))) for s in sheets]
    assert all("再就业资金政策兑现企业" in text for text in texts)
    assert sum(text.count("440720") for text in texts) == 3


@pytest.mark.parametrize("rows", range(16, 26))
def test_the_end_of_a_table_is_not_alone_on_its_page(rows):
    table = trees.spending_table(rows)
    total = replace(table, body=(*table.body[1:], table.body[0]))
    last = lines_of(sheets_of(tables(total))[-1])
    assert sum(line.startswith("2080") for line in last) >= 1
    noted = replace(table, notes=trees.empty_table().notes * 2)
    last = lines_of(sheets_of(tables(noted))[-1])
    assert sum("故本表无数据" in line for line in last) == 2
    assert f"{2080100 + rows - 1}" in last


def test_figures_are_never_wrapped():
    def table(width: float) -> Table:
        figure = Figure("12,345,678,901.23", Decimal("12345678901.23"), "元", "x", 2, True)
        return replace(
            trees.empty_table(), columns=(Column(100 - width), Column(width, "right")), head=(),
            body=(Row("r", (trees.cell("名称" * 60), Cell((figure,)))), Row("s", (trees.cell(""), Cell((figure, *trees.t("元")))))),
        )

    for width in (1, 5, 30):
        lines = [p.line for p in sheets_of(tables(table(width)))[0].type]
        figures = [line for line in lines if "12,345,678,901.23" in line.text.text]
        assert [line.text.text[line.line.start : line.line.end] for line in figures] == ["12,345,678,901.23", "12,345,678,901.23元"]


def test_cells_stay_inside_their_rules():
    for sheet in sheets_of(DOCUMENT)[4:]:
        left, right = sheet.frame.left, sheet.frame.left + sheet.frame.width
        assert all(left - 0.01 <= p.x + p.line.x and p.x + p.line.x + p.line.width <= right + 0.01 for p in sheet.type)
        assert max(b.x + b.width for b in sheet.boxes) == pytest.approx(right)


def test_twenty_one_columns_are_readable():
    sizes = {p.line.size for p in sheets_of(tables(trees.indicator_table()))[0].type if "指标" in p.line.text.text}
    assert min(sizes) >= 7


# ---- breaking ----------------------------------------------------------------------------------------

PIECES = st.one_of(
    st.text("的一是不了在人有我他这中大来上国个到说们", min_size=1, max_size=9),
    st.sampled_from(["，", "。", "；", "：", "！", "？", "、", "”。", "）；", "——", "……", "％", "》（", "’”", "“‘", "（", "《", "“"]),
    st.sampled_from(["17633.63万元", "5.5%", "2023年", "100.0%", "（类）", "GB/T", "a", "budget office", "3辆", "·", " ", "\u3000"]),
)


def width_of(char: str) -> float:
    return EM if char >= "\u2e80" or char in "“”‘’—…" else 500.0


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=60).map("".join), st.integers(9, 40), st.integers(0, 2), st.booleans())
def test_lines_keep_the_rules(text, characters, indent, justify):
    widths = [width_of(char) for char in text]
    lines = break_lines(text, widths, characters * EM, first=indent * EM, justify=justify)
    assert "".join(text[line.start : line.end] for line in lines) == text
    parts = list(boxes(text))
    ends = {end for _, end in parts}
    start, longest = 0, 0.0
    for ink, end in parts:
        longest, start = max(longest, sum(widths[start:ink])), end
    for n, line in enumerate(lines):
        limit = (characters - (indent if n == 0 else 0)) * EM
        assert line.width <= limit + 0.01
        ink = sum(widths[line.start : line.ink]) + sum(more for _, more in line.kerns) + line.spread * (line.ink - line.start - 1)
        hanging = EM / 2 if text[line.ink - 1 : line.ink] in tuple(HALF_BLANK) else 0
        assert line.width - 0.01 <= ink <= line.width + hanging + 0.01
        if longest <= (characters - indent) * EM:
            assert line.end in ends, "no part is parted"
            if n:
                assert text[line.start] not in NO_START
            if n + 1 < len(lines):
                assert text[line.ink - 1] not in NO_END or line.ink == line.start


@pytest.mark.parametrize("whole", ["17633.63万元", "5.5%", "2023年", "100.0%", "（类）", "12,345.00元", "budget", "——", "3个百分点"])
def test_a_whole_is_never_parted(whole):
    for before in range(40):
        text = "国" * before + whole + "民" * 20
        lines = break_lines(text, [width_of(c) for c in text], 20 * EM)
        assert any(whole in text[line.start : line.end] for line in lines)


def test_a_figure_and_a_unit_of_its_own_are_never_parted():
    run = (*trees.t("国" * 25), Figure("3.00", Decimal(3), "标准煤", "x", 2), *trees.t("标准煤，" + "民" * 9))
    assert any("3.00标准煤，" in line for line in lines_of(sheets_of(prose(Paragraph("p", run)))[0]))


def test_a_last_line_of_one_character_is_avoided():
    text = "国" * 20 + "民。"
    lines = break_lines(text, [width_of(c) for c in text], 20 * EM, justify=True)
    assert [text[line.start : line.end] for line in lines] == ["国" * 19, "国民。"]


def test_marks_that_meet_share_a_blank():
    (line,) = break_lines("（“国”）。", [EM] * 6, 20 * EM)
    assert line.width == 6 * EM - 3 * EM / 2


# ---- typefaces ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", FACES, ids=lambda path: path.stem)
def test_bulk_reading_agrees_with_reportlab(path):
    ours, theirs = face_at(path), TTFontFace(str(path))
    assert {c: g for c, g in ours.glyph_of.items() if c != 0xA0} == {c: g for c, g in theirs.charToGlyph.items() if c != 0xA0}
    assert all(ours.widths[chr(c)] == theirs.charWidths[c] for c in ours.glyph_of if c != 0xA0)
    cmap = ours.table("cmap")
    start = next(s for n in range(cmap[3]) for s in [int.from_bytes(cmap[8 + 8 * n : 12 + 8 * n])] if cmap[s + 1] == 4)
    assert _format4(cmap, start) == {c: g for c, g in ours.glyph_of.items() if c < 0x10000}


def test_a_composed_glyph_takes_its_components_along(tmp_path, monkeypatch):
    face = face_at(STYLE.faces["fangsong"].file)
    composed = next(g for g in sorted(face.glyph_of.values()) if face.outline(g)[:1] >= b"\x80")
    file = tmp_path / "subset.ttf"
    file.write_bytes(subset(face, [0, composed]))
    monkeypatch.setattr(TrueType, "_characters", lambda self: {})
    part = TrueType(file)
    component, original = (int.from_bytes(outline[12:14]) for outline in (part.outline(1), face.outline(composed)))
    assert component >= 2
    assert part.outline(component).startswith(face.outline(original))
    assert part.metric(component) == face.metric(original)


def test_a_file_without_outlines_or_characters_is_refused(tmp_path):
    file = tmp_path / "subset.ttf"
    file.write_bytes(subset(face_at(FACES[0]), [0, 5]))
    with pytest.raises(FontError, match=r"subset\.ttf: no Unicode character map"):
        TrueType(file)
