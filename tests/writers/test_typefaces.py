"""Typefaces: glyphs, widths and subsets read by HarfBuzz, and what a file embeds of them."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from io import BytesIO
from itertools import islice
from pathlib import Path
from random import Random
from types import SimpleNamespace

import pytest
import uharfbuzz
from pypdf import PdfReader
from reportlab.pdfbase.ttfonts import TTFontFace

from reportgen.writers.fonts.truetype import FontError, TrueType, face_at
from reportgen.writers.pdf import write

from .pdf_help import DOCUMENT, FACES, STYLE, characters_of

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

    def get_glyph_extents(self, glyph: int) -> SimpleNamespace:
        return SimpleNamespace(width=1, height=1)


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
    chars = [char for char in (*"国öáＧ〇，", *islice(characters_of(face), 3)) if face.has(char)]
    data, numbers = face.subset(chars)
    glyphs = [face.glyph(char) for char in chars]
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


def without(data: bytearray, tag: bytes) -> None:
    record = data.index(tag, 12)
    data[record : record + 4] = tag.lower() if tag.isupper() else tag.upper()


@pytest.mark.parametrize("tag", ["glyf", "head", "hhea", "hmtx", "loca", "maxp"])
def test_a_face_without_a_table_that_is_embedded_is_refused(tmp_path, tag):
    file = changed(tmp_path, lambda data: without(data, tag.encode()))
    with pytest.raises(FontError, match=f"字体\\.ttf 没有 {tag} 表") as caught:
        TrueType(file)
    assert caught.value.exit_code == 4
    assert "style.yaml" in caught.value.hint


def test_a_face_without_a_map_of_characters_is_refused(tmp_path):
    with pytest.raises(FontError, match=r"字体\.ttf 没有 Unicode 字符映射表"):
        TrueType(changed(tmp_path, lambda data: without(data, b"cmap")))


@pytest.mark.parametrize("seed", range(40))
def test_a_face_with_some_bytes_changed_is_refused_or_written(tmp_path, seed):
    chance = Random(seed)

    def damage(data: bytearray) -> None:
        for _ in range(40):
            start = chance.choice([0, 12, 172, chance.randrange(len(data))])
            data[min(start + chance.randrange(400), len(data) - 1)] = chance.randrange(256)

    with suppress(FontError):
        face = TrueType(changed(tmp_path, damage))
        face.subset([char for char in "一国民" if face.has(char)])


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"OTTO" + bytes(200), "字".encode() * 999])
def test_a_file_that_is_no_typeface_is_refused(tmp_path, content):
    file = tmp_path / "字体.ttf"
    file.write_bytes(content)
    with pytest.raises(FontError, match=r"字体\.ttf 没有 glyf、head、hhea、hmtx、loca、maxp 表"):
        TrueType(file)


def test_a_file_that_is_not_there_is_an_error_of_the_system(tmp_path):
    with pytest.raises(FileNotFoundError):
        TrueType(tmp_path / "none.ttf")


def test_what_a_character_map_opens_it_closes():
    """Each dictionary, resource and list of the CMap of a typeface has its end (ISO 32000-1, 9.10.3)."""
    reader = PdfReader(BytesIO(write(DOCUMENT, STYLE)))
    for font in reader.pages[0]["/Resources"]["/Font"].values():
        words = font["/ToUnicode"].get_data().decode().split()
        opened = [word.removeprefix("begin") for word in words if word.startswith("begin")]
        closed = [word.removeprefix("end") for word in words if word.startswith("end")]
        assert sorted(closed) == sorted(opened), "the resource and its dictionary both end with a bare “end”"
