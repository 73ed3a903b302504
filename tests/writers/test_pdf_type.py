"""The type of the PDF: where lines break, and what is read from typefaces and written of them."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from decimal import Decimal
from io import BytesIO
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

import pytest
import uharfbuzz
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from reportlab.pdfbase.ttfonts import TTFontFace

from reportgen.tree.nodes import Figure, Paragraph
from reportgen.writers.fonts.truetype import FontError, TrueType, face_at
from reportgen.writers.pdf import write
from reportgen.writers.pdf.typeset.line_breaking import EM, break_lines
from reportgen.writers.punctuation import HALF_BLANK, NO_END, NO_START, unbreakable_parts
from tests.population import size

from .. import trees
from .pdf_help import DOCUMENT, FACES, STYLE, characters_of, lines_of, pages_of, prose

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


@pytest.mark.campaign
@example("》（17633.63万元一——", 9, 0, False)
@settings(max_examples=size(20_000, 300), deadline=None)
@given(st.lists(PIECES, max_size=60).map("".join), st.integers(9, 40), st.integers(0, 2), st.booleans())
def test_lines_keep_the_rules(text, characters, indent, justify):
    widths = [width_of(char) for char in text]
    lines = break_lines(text, widths, characters * EM, first=indent * EM, justify=justify)
    assert "".join(text[line.start : line.end] for line in lines) == text
    parts = list(unbreakable_parts(text))
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
    assert any("3.00标准煤，" in line for line in lines_of(pages_of(prose(Paragraph("p", run)))[0]))


def test_a_last_line_of_one_character_is_avoided():
    text = "国" * 20 + "民。"
    lines = break_lines(text, [width_of(c) for c in text], 20 * EM, justify=True)
    assert [text[line.start : line.end] for line in lines] == ["国" * 19, "国民。"]


def broken(text: str, characters: float, **options: Any) -> list[str]:
    lines = break_lines(text, [width_of(char) for char in text], characters * EM, **options)
    return [text[line.start : line.end] for line in lines]


def test_a_last_line_of_one_character_is_avoided_below_an_indented_line():
    assert broken("国" * 18 + "民。", 20, first=2 * EM, justify=True) == ["国" * 17, "国民。"]


def test_a_last_character_is_pulled_into_a_line_that_can_give_way_for_it():
    marked = "国，国" * 6 + "国国"
    assert broken("国" * 18 + marked + "民", 20, first=2 * EM, justify=True) == ["国" * 18, marked + "民"]
    assert broken("国" * 20 + marked + "民", 20, justify=True) == ["国" * 20, marked + "民"]


WORD = "abcd" * 4
"""Eight characters wide."""


@pytest.mark.parametrize(
    ("text", "characters", "indent", "lines"),
    [
        ("国" * 14 + "民。", 7, 0, ["国" * 7, "国" * 6, "国民。"]),
        ("国" * 18 + "abcd民。", 10, 0, ["国" * 9, "国" * 9, "abcd民。"]),
        ("国" * 16 + "abcd民。", 10, 2, ["国" * 7, "国" * 9, "abcd民。"]),
        ("国" * 12 + WORD + "民。", 10, 0, ["国" * 10, "国国" + WORD, "民。"]),
        ("国" * 10 + WORD + "国国" + "民。", 10, 0, ["国" * 10, WORD + "国", "国民。"]),
    ],
    ids=["one line looser", "two lines looser", "below an indent", "a line would be too loose", "after a word"],
)
def test_a_last_character_gets_company_from_lines_that_do_not_get_too_loose(text, characters, indent, lines):
    assert broken(text, characters, first=indent * EM, justify=True) == lines


def test_lines_that_are_not_flush_may_get_as_loose_as_needed():
    assert broken("国" * 12 + WORD + "民。", 10) == ["国" * 10, "国国", WORD + "民。"]


def test_a_blank_after_the_last_character_stays_with_the_text():
    assert broken("国国 ", 20) == ["国国 "]
    (line,) = break_lines("国国 ", [EM, EM, 500.0], 20 * EM)
    assert (line.ink, line.end, line.width) == (2, 3, 2 * EM)


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

HEI = STYLE.faces["hei"].file


@pytest.mark.parametrize("path", FACES, ids=lambda path: path.stem)
def test_glyphs_and_widths_agree_with_reportlab(path):
    ours, theirs = face_at(path), TTFontFace(str(path))
    theirs.charToGlyph.pop(0xA0, None)  # reportlab puts the plain blank here
    assert {c: ours.glyph(chr(c)) for c in theirs.charToGlyph} == theirs.charToGlyph
    assert all(ours.widths[chr(c)] == theirs.charWidths[c] for c in theirs.charToGlyph)
    assert [c for c in range(0x20000) if c != 0xA0 and ours.has(chr(c))] == [
        *filter(0x20000.__gt__, sorted(theirs.charToGlyph))
    ]
    assert (ours.ascent, ours.descent) == (theirs.ascent, theirs.descent)
    assert [round(value) for value in ours.bbox] == [round(value) for value in theirs.bbox]


class WithEveryCharacter:
    """A font that has a glyph for every character."""

    def get_nominal_glyph(self, code: int) -> int:
        return 7


def test_characters_that_no_map_back_may_hold_are_missing_even_where_the_face_has_them(monkeypatch):
    face = TrueType(HEI)
    monkeypatch.setattr(face, "_font", WithEveryCharacter())
    for char in "\0\ufeff\ufffe":
        assert not face.has(char)
        with pytest.raises(KeyError):
            face.glyph(char)
    assert face.has("国")
    assert face.glyph("国") == 7


def outline(face: uharfbuzz.Face, glyph: int) -> list[tuple[float, ...]]:
    """The outline of a glyph, its components drawn in."""
    pen = RecordingPen()
    uharfbuzz.Font(face).draw_glyph_with_pen(glyph, pen)
    return pen.drawn


class RecordingPen:
    def __init__(self) -> None:
        self.drawn: list = []

    def __getattr__(self, name: str):
        return lambda *points: self.drawn.append((name, *points))


@pytest.mark.parametrize("path", FACES, ids=lambda path: path.stem)
def test_glyphs_of_a_subset_have_the_outlines_and_widths_of_the_face(path):
    face = face_at(path)
    glyphs = [face.glyph(char) for char in (*"国öáＧ〇，", *islice(characters_of(face), 3)) if face.has(char)]
    data, numbers = face.subset(glyphs)
    part, whole = uharfbuzz.Face(data), uharfbuzz.Face(path.read_bytes())
    assert numbers[0] == 0
    assert len(glyphs) >= 2
    for glyph in (0, *glyphs):
        assert outline(part, numbers[glyph]) == outline(whole, glyph)
        assert uharfbuzz.Font(part).get_glyph_h_advance(numbers[glyph]) == face.advance(glyph) * part.upem / 1000
    assert set(part.table_tags) == {"glyf", "head", "hhea", "hmtx", "loca", "maxp"}


def test_every_code_in_a_file_shows_the_outline_of_its_character():
    """From the code through CIDToGIDMap to the embedded outline, and through ToUnicode to the face's own."""
    reader = PdfReader(BytesIO(write(DOCUMENT, STYLE)))
    for font in reader.pages[0]["/Resources"]["/Font"].values():
        descendant = font["/DescendantFonts"][0].get_object()
        embedded = uharfbuzz.Face(descendant["/FontDescriptor"]["/FontFile2"].get_data())
        (path,) = (path for path in FACES if path.stem == font["/BaseFont"].split("+")[1])
        original = uharfbuzz.Face(path.read_bytes())
        gids, widths = descendant["/CIDToGIDMap"].get_data(), descendant["/W"][1]
        pairs = re.findall(r"<(....)> <([0-9A-F]+)>", font["/ToUnicode"].get_data().decode())[1:]
        assert len(pairs) > 5
        assert widths[0] == uharfbuzz.Font(original).get_glyph_h_advance(0)
        assert len(gids) == 2 * len(widths) == 2 * (len(pairs) + 1)
        for code, char in ((int(code, 16), bytes.fromhex(char).decode("utf-16-be")) for code, char in pairs):
            glyph = face_at(path).glyph(char)
            assert outline(embedded, int.from_bytes(gids[2 * code : 2 * code + 2])) == outline(original, glyph)
            assert widths[code] == face_at(path).widths[char]


def changed(tmp_path: Path, change: Callable[[bytearray], object]) -> Path:
    data = bytearray(HEI.read_bytes())
    change(data)
    file = tmp_path / "字体.ttf"
    file.write_bytes(data)
    return file


def table_record(data: bytes, tag: bytes) -> int:
    return data.index(tag, 12)


def point_past_the_end(data: bytearray, tag: bytes) -> None:
    record = table_record(data, tag)
    data[record + 8 : record + 12] = (len(data) + 4).to_bytes(4)


@pytest.mark.parametrize("tag", ["glyf", "head", "hhea", "hmtx", "loca", "maxp"])
def test_a_face_without_a_table_that_is_embedded_is_refused(tmp_path, tag):
    file = changed(tmp_path, lambda data: point_past_the_end(data, tag.encode()))
    with pytest.raises(FontError, match=f"字体\\.ttf 没有 {tag} 表") as caught:
        TrueType(file)
    assert caught.value.exit_code == 4
    assert "style.yaml" in caught.value.hint


def test_a_face_without_a_map_of_characters_is_refused(tmp_path):
    with pytest.raises(FontError, match=r"字体\.ttf 没有 Unicode 字符映射表"):
        TrueType(changed(tmp_path, lambda data: point_past_the_end(data, b"cmap")))


@pytest.mark.parametrize("length", [0, 3, 11, 100, 1000, 5000, 0.5, 0.9, -1, -100, -100_000])
def test_a_face_cut_short_is_refused(tmp_path, length):
    """The last tables, name and post, are not embedded; a face may lack them."""
    size = HEI.stat().st_size
    keep = int(size * length) if isinstance(length, float) else length % size
    file = changed(tmp_path, lambda data: data.__delitem__(slice(keep, None)))
    if keep < size - 1200:
        with pytest.raises(FontError, match=r"字体\.ttf"):
            TrueType(file)
        return
    face = TrueType(file)
    assert face.subset([face.glyph("国")])[0] == face_at(HEI).subset([face.glyph("国")])[0]


@pytest.mark.parametrize("seed", range(40))
def test_a_face_with_some_bytes_changed_is_refused_or_written(tmp_path, seed):
    chance = Random(seed)

    def damage(data: bytearray) -> None:
        for _ in range(40):
            start = chance.choice([0, 12, 172, chance.randrange(len(data))])
            data[min(start + chance.randrange(400), len(data) - 1)] = chance.randrange(256)

    with suppress(FontError):
        face = TrueType(changed(tmp_path, damage))
        face.subset([face.glyph(char) for char in "一国民" if face.has(char)])


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"OTTO" + bytes(200), "字".encode() * 999])
def test_a_file_that_is_no_typeface_is_refused(tmp_path, content):
    file = tmp_path / "字体.ttf"
    file.write_bytes(content)
    with pytest.raises(FontError, match=r"字体\.ttf 没有 glyf、head、hhea、hmtx、loca、maxp 表"):
        TrueType(file)


def test_a_file_that_is_not_there_is_an_error_of_the_system(tmp_path):
    with pytest.raises(FileNotFoundError):
        TrueType(tmp_path / "none.ttf")
