"""The type of the PDF: where lines break, and what is read from typefaces and written of them."""

from __future__ import annotations

import struct
from decimal import Decimal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from reportlab.pdfbase.ttfonts import TTFontFace

from reportgen.tree.nodes import Figure, Paragraph
from reportgen.writers.fonts.truetype import FontError, Glyphs, TrueType, _format4, face_at
from reportgen.writers.pdf.fonts.subset import subset
from reportgen.writers.pdf.typeset.line_breaking import EM, break_lines
from reportgen.writers.punctuation import HALF_BLANK, NO_END, NO_START, boxes

from .. import trees
from .pdf_help import FACES, STYLE, lines_of, prose, sheets_of

# breaking

PIECES = st.one_of(
    st.text("的一是不了在人有我他这中大来上国个到说们", min_size=1, max_size=9),
    st.sampled_from(
        ["，", "。", "；", "：", "！", "？", "、", "”。", "）；", "——", "……", "％", "》（", "’”", "“‘", "（", "《", "“"]
    ),
    st.sampled_from(
        ["17633.63万元", "5.5%", "2023年", "100.0%", "（类）", "GB/T", "a", "budget office", "3辆", "·", " ", "\u3000"]
    ),
)


def width_of(char: str) -> float:
    return EM if char >= "\u2e80" or char in "“”‘’—…" else 500.0


@example("》（17633.63万元一——", 9, 0, False)
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
        ink = sum(widths[line.start : line.ink]) + sum(more for _, more in line.kerns)
        ink += line.spread * (line.ink - line.start - 1)
        hanging = EM / 2 if text[line.ink - 1 : line.ink] in tuple(HALF_BLANK) else 0
        assert line.width - 0.01 <= ink <= line.width + hanging + 0.01
        if longest <= (characters - indent) * EM:
            assert line.end in ends, "no part is parted"
            if n:
                assert text[line.start] not in NO_START
            if n + 1 < len(lines):
                assert text[line.ink - 1] not in NO_END or line.ink == line.start


@pytest.mark.parametrize(
    "whole", ["17633.63万元", "5.5%", "2023年", "100.0%", "（类）", "12,345.00元", "budget", "——", "3个百分点"]
)
def test_a_whole_is_never_parted(whole):
    for before in range(40):
        text = "国" * before + whole + "民" * 20
        lines = break_lines(text, [width_of(c) for c in text], 20 * EM)
        assert any(whole in text[line.start : line.end] for line in lines)


@pytest.mark.parametrize("before", range(18, 27))
def test_a_figure_and_a_unit_of_its_own_are_never_parted(before):
    run = (*trees.t("国" * before), Figure("3.00", Decimal(3), "标准煤", "x", 2), *trees.t("标准煤，" + "民" * 9))
    assert any("3.00标准煤，" in line for line in lines_of(sheets_of(prose(Paragraph("p", run)))[0]))


def test_a_last_line_of_one_character_is_avoided():
    text = "国" * 20 + "民。"
    lines = break_lines(text, [width_of(c) for c in text], 20 * EM, justify=True)
    assert [text[line.start : line.end] for line in lines] == ["国" * 19, "国民。"]


def test_marks_that_meet_share_a_blank():
    (line,) = break_lines("（“国”）。", [EM] * 6, 20 * EM)
    assert line.width == 6 * EM - 3 * EM / 2


@pytest.mark.parametrize(
    ("text", "gaps"),
    [("在2023年", 2), ("占5.5%的", 1), ("按GDP，", 1), ("（2023）年", 0), ("1.收入", 0), ("2023", 0), ("𠮷1", 1)],
)
def test_hanzi_keep_off_letters_and_digits(text, gaps):
    widths = [width_of(char) for char in text]
    (line,) = break_lines(text, widths, 20 * EM, gap=EM / 4)
    assert line.width == sum(widths) + gaps * EM / 4
    assert [more for _, more in line.kerns] == [EM / 4] * gaps


def test_a_gap_vanishes_at_the_end_of_a_line_and_gives_way_to_a_figure():
    text = "国" * 19 + "5" + "国" * 30
    first, *_ = break_lines(text, [width_of(c) for c in text], 19.5 * EM, justify=True, gap=EM / 4)
    assert text[: first.end] == "国" * 19 + "5"
    assert first.kerns == ((18, 0.0),)
    again = "国2023年国" + "国" * 30
    first, *_ = break_lines(again, [width_of(c) for c in again], 5.1 * EM, justify=True, gap=EM / 4)
    assert again[: first.end] == "国2023年国"
    assert first.width == 5.1 * EM


# typefaces


@pytest.mark.parametrize("path", FACES, ids=lambda path: path.stem)
def test_bulk_reading_agrees_with_reportlab(path):
    ours, theirs = face_at(path), TTFontFace(str(path))
    theirs.charToGlyph.pop(0xA0, None)  # reportlab puts the plain blank here
    assert {c: g for c, g in ours.glyph_of.items() if c != 0xA0} == theirs.charToGlyph
    assert all(ours.widths[chr(c)] == theirs.charWidths[c] for c in theirs.charToGlyph)
    cmap = ours.table("cmap")
    start = next(s for n in range(cmap[3]) for s in [int.from_bytes(cmap[8 + 8 * n : 12 + 8 * n])] if cmap[s + 1] == 4)
    assert _format4(cmap, start) == {c: g for c, g in ours.glyph_of.items() if c < 0x10000}


def test_a_run_of_characters_leaves_out_what_no_map_back_may_hold():
    glyphs = Glyphs([0x41, 0xFEFE], [0x43, 0xFF00], [0, 7])
    assert dict(glyphs) == {0x42: 1, 0x43: 2, 0xFEFE: 7, 0xFF00: 9}
    assert [code in glyphs for code in (0x40, 0x41, 0x44, 0xFEFF, 0xFF01, 0)] == [False] * 6


def test_a_composed_glyph_takes_its_components_along(tmp_path, monkeypatch):
    face = face_at(STYLE.faces["fangsong"].file)
    composed = max(g for g in face.glyph_of.values() if face.outlines([g])[0][:1] >= b"\x80")
    file = tmp_path / "subset.ttf"
    file.write_bytes(subset(face, [0, composed]))
    monkeypatch.setattr(TrueType, "_characters", lambda self: {})
    part = TrueType(file)
    component, original = (
        int.from_bytes(outline[12:14]) for outline in (part.outlines([1])[0], face.outlines([composed])[0])
    )
    assert component >= 2
    assert part.outlines([component])[0].startswith(face.outlines([original])[0])
    assert part.metric(component) == face.metric(original)


def test_sums_of_a_subset_are_those_of_its_bytes():
    data = subset(face_at(FACES[0]), [0, 5, 6, 7])
    words = struct.unpack(f">{len(data) // 4}L", data)
    assert sum(words) & 0xFFFFFFFF == 0xB1B0AFBA
    for n in range(int.from_bytes(data[4:6])):
        tag, check, start, length = struct.unpack_from(">4sLLL", data, 12 + 16 * n)
        if tag != b"head":
            assert sum(words[start // 4 : (start + length + 3) // 4]) & 0xFFFFFFFF == check


def test_a_file_without_outlines_or_characters_is_refused(tmp_path):
    file = tmp_path / "subset.ttf"
    file.write_bytes(subset(face_at(FACES[0]), [0, 5]))
    with pytest.raises(FontError, match=r"subset\.ttf: no Unicode character map"):
        TrueType(file)
