"""Damaged typeface files: refused when they are read, and never a character that the PDF shows as nothing."""

from __future__ import annotations

import struct
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from reportgen.core import cache
from reportgen.tree.readback import Unreadable
from reportgen.tree.style import Style
from reportgen.verify import compare
from reportgen.writers import glyph_check, read_back
from reportgen.writers.fonts import file_check
from reportgen.writers.fonts.file_check import FontError, check_file
from reportgen.writers.fonts.truetype import TrueType, face_at
from reportgen.writers.pdf import write
from reportgen.writers.pdf.objects import font_objects
from reportgen.writers.pdf.readback import outlines
from tests.measured import measured
from tests.population import sample

from .. import nodes
from .pdf_help import DOCUMENT, FACES, STYLE

HEI = STYLE.faces["hei"].file
SAMPLE = Path(__file__).parents[2] / "data" / "samples" / "demo-2023.json"
CHECKED = ("glyf", "head", "hhea", "hmtx", "loca", "maxp", "cmap", "OS/2")


def changed(folder: Path, change: Callable[[bytearray], object], name: str = "字体.ttf") -> Path:
    data = bytearray(HEI.read_bytes())
    change(data)
    file = folder / name
    file.write_bytes(data)
    return file


def record_of(data: bytearray, tag: str) -> int:
    return data.index(tag.encode(), 12)


def place_of(data: bytearray, tag: str) -> tuple[int, int]:
    return struct.unpack_from(">2L", data, record_of(data, tag) + 8)


def sealed(data: bytearray, tag: str) -> None:
    """Write the right checksum of a table, as the program that made the file would."""
    start, length = place_of(data, tag)
    content = bytes(data[start : start + length]) + bytes(-length % 4)
    words = list(struct.unpack(f">{len(content) // 4}L", content))
    if tag == "head":
        words[2] = 0
    struct.pack_into(">L", data, record_of(data, tag) + 4, sum(words) & 0xFFFFFFFF)


def rewritten(tag: str, offset: int, format: str, *values: int) -> Callable[[bytearray], None]:
    """A change of values in a table, whose checksum is right afterwards."""

    def change(data: bytearray) -> None:
        struct.pack_into(format, data, place_of(data, tag)[0] + offset, *values)
        sealed(data, tag)

    return change


def emptied(char: str) -> Callable[[bytearray], None]:
    """A change that takes the outline of a character away; all tables are right afterwards."""
    glyph = face_at(HEI).glyph(char)

    def change(data: bytearray) -> None:
        start, _ = place_of(data, "loca")
        size = 4 if data[place_of(data, "head")[0] + 51] else 2
        at = start + size * glyph
        data[at + size : at + 2 * size] = data[at : at + size]
        sealed(data, "loca")

    return change


def one_glyph_more(data: bytearray) -> None:
    """Count one glyph more than there are outlines; all that hangs on the number of glyphs is right but ``loca``."""
    start, _ = place_of(data, "maxp")
    (glyphs,) = struct.unpack_from(">H", data, start + 4)
    metrics = struct.unpack_from(">H", data, place_of(data, "hhea")[0] + 34)[0]
    assert place_of(data, "hmtx")[1] >= 2 * (glyphs + metrics)
    rewritten("maxp", 4, ">H", glyphs + 1)(data)
    rewritten("hhea", 34, ">H", metrics - 1)(data)


@pytest.mark.parametrize("path", FACES, ids=lambda path: path.stem)
def test_the_shipped_faces_are_right(path):
    check_file(path)


@pytest.mark.parametrize("length", [3, 11, 100, 1000, 5000, 0.5, 0.9, -1, -100, -100_000])
def test_a_face_cut_short_is_refused(tmp_path, length):
    size = HEI.stat().st_size
    keep = int(size * length) if isinstance(length, float) else length % size
    with pytest.raises(FontError, match=r"字体\.ttf (不完整|没有)") as caught:
        TrueType(changed(tmp_path, lambda data: data.__delitem__(slice(keep, None))))
    assert caught.value.exit_code == 4


@pytest.mark.parametrize("tag", CHECKED)
@pytest.mark.parametrize("at", [0.0, 0.3, 0.999])
def test_a_byte_changed_in_a_table_that_is_used_is_found(tmp_path, tag, at):
    def flip(data: bytearray) -> None:
        start, length = place_of(data, tag)
        data[start + int(at * length)] ^= 0x10

    with pytest.raises(FontError, match=rf"字体\.ttf 已损坏：{tag} 表的校验和不符"):
        TrueType(changed(tmp_path, flip))


def test_the_checksum_of_the_whole_file_is_not_compared(tmp_path):
    def change(data: bytearray) -> None:
        data[place_of(data, "head")[0] + 8] ^= 0xFF

    assert TrueType(changed(tmp_path, change)).has("国")


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("head", rewritten("head", 12, ">L", 0)),
        ("head", rewritten("head", 18, ">H", 0)),
        ("head", rewritten("head", 50, ">H", 2)),
        ("maxp", rewritten("maxp", 0, ">L", 0x5000)),
        ("maxp", rewritten("maxp", 4, ">H", 0)),
        ("hmtx", rewritten("maxp", 4, ">H", 0xFFFF)),
        ("hhea", rewritten("hhea", 0, ">H", 2)),
        ("hhea", rewritten("hhea", 32, ">H", 1)),
        ("hhea", rewritten("hhea", 34, ">H", 0)),
        ("hhea", rewritten("hhea", 34, ">H", 0xFFFF)),
        ("loca", rewritten("loca", 40, ">L", 0xFFFFFFF0)),
        ("loca", one_glyph_more),
    ],
)
def test_tables_that_contradict_each_other_are_found(tmp_path, table, change):
    with pytest.raises(FontError, match=rf"字体\.ttf 已损坏：{table} 表的内容不对"):
        TrueType(changed(tmp_path, change))


def test_outlines_that_end_outside_their_table_are_found(tmp_path):
    def shorten(data: bytearray) -> None:
        record = record_of(data, "glyf")
        struct.pack_into(">L", data, record + 12, place_of(data, "glyf")[1] - 400)
        sealed(data, "glyf")

    with pytest.raises(FontError, match="已损坏：glyf 表的内容不对"):
        TrueType(changed(tmp_path, shorten))


def test_a_face_found_right_is_not_read_again_until_it_is_changed(tmp_path, monkeypatch):
    monkeypatch.setenv(cache.VARIABLE, str(tmp_path / "cache"))
    monkeypatch.setattr(file_check, "are_settled", lambda stamps: True)
    file = changed(tmp_path, lambda data: None)
    check_file(file)
    with monkeypatch.context() as patch:
        patch.setattr(file_check, "_check", pytest.fail)
        check_file(file)
    changed(tmp_path, lambda data: data.__delitem__(slice(5000, None)))
    with pytest.raises(FontError):
        check_file(file)
    with pytest.raises(FontError):  # a damaged file is not noted as checked
        check_file(file)


def with_face(file: Path) -> Style:
    faces = {name: replace(face, file=file) if face.file == HEI else face for name, face in STYLE.faces.items()}
    return replace(STYLE, faces=faces)


def test_a_character_whose_glyph_is_empty_stops_the_build_and_is_named_with_its_face(tmp_path):
    style = with_face(changed(tmp_path, emptied("目")))
    for build in (write, lambda *args: list(glyph_check.missing(*args))):
        with pytest.raises(FontError, match=r"字体\.ttf 里的“目”（U\+76EE）是空的") as caught:
            build(DOCUMENT, style)
        assert caught.value.exit_code == 4
    assert not TrueType(style.faces["hei"].file).has("\U0002a6df")


@pytest.mark.parametrize("blank", " \u3000\xa0")
def test_blanks_need_no_outline(blank):
    assert face_at(HEI).has(blank)


class Emptied:
    """A subset from which the outline of one glyph has been taken, as by a mistake of the subsetter."""

    def __init__(self, face: TrueType, char: str) -> None:
        self._face, self._char = face, char

    def __getattr__(self, name: str):
        return getattr(self._face, name)

    def subset(self, chars):
        file, numbers = self._face.subset(chars)
        data, glyph = bytearray(file), numbers[self._face.glyph(self._char)]
        start, size = place_of(data, "loca")[0], 4 if data[place_of(data, "head")[0] + 51] else 2
        at = start + size * glyph
        data[at + size : at + 2 * size] = data[at : at + size]
        return bytes(data), numbers


def test_read_back_does_not_find_a_character_that_is_not_drawn(monkeypatch):
    document = nodes.document()
    assert list(compare(document, read_back("pdf", write(document, STYLE)), "pdf")) == []
    embed = font_objects.embed

    def embed_emptied(font, builder):
        font.face = Emptied(font.face, "1") if "1" in font.codes else font.face
        return embed(font, builder)

    monkeypatch.setattr("reportgen.writers.pdf.embed", embed_emptied)
    findings = list(compare(document, read_back("pdf", write(document, STYLE)), "pdf"))
    assert any("\N{REPLACEMENT CHARACTER}" in str(finding.values) for finding in findings)


def test_a_font_without_embedded_outlines_is_unreadable(monkeypatch):
    payload = write(DOCUMENT, STYLE).replace(b"/FontFile2", b"/FontFile9")
    monkeypatch.setattr(outlines, "_Glyphs", lambda data: {})
    assert read_back("pdf", payload)
    monkeypatch.undo()
    with pytest.raises(Unreadable):
        outlines.DrawnCodes(NoFontFile(), {"/DescendantFonts": [{"/FontDescriptor": {}}]})


class NoFontFile:
    """A file whose references are the objects themselves."""

    def get(self, value):
        return value


# Whole builds with mutated fonts


def mutants(count: int) -> Iterator[tuple[str, Callable[[bytearray], object]]]:
    for seed in range(count):
        kind = list(MUTATIONS)[seed % len(MUTATIONS)]
        yield f"{kind}-{seed}", lambda data, kind=kind, seed=seed: MUTATIONS[kind](data, Random(seed))


def _flip(data: bytearray, chance: Random) -> None:
    for _ in range(chance.choice([1, 1, 8, 400])):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)


def _flip_directory(data: bytearray, chance: Random) -> None:
    data[chance.randrange(12 + 16 * 12)] = chance.randrange(256)


def _cut(data: bytearray, chance: Random) -> None:
    del data[chance.choice([chance.randrange(400), chance.randrange(len(data))]) :]


def _cut_out(data: bytearray, chance: Random) -> None:
    start = chance.randrange(len(data))
    del data[start : start + chance.choice([1, 4, 4096])]


def _swap(data: bytearray, chance: Random) -> None:
    count = int.from_bytes(data[4:6])
    one, other = (12 + 16 * number for number in chance.sample(range(count), 2))
    parts = slice(0, 4) if chance.random() < 0.5 else slice(4, 16)
    first, second = slice(one + parts.start, one + parts.stop), slice(other + parts.start, other + parts.stop)
    data[first], data[second] = data[second], data[first]


def _seal_after(data: bytearray, chance: Random) -> None:
    """Change values of a table and make its checksum right, as a program that writes wrong tables would."""
    tag = chance.choice(CHECKED)
    start, length = place_of(data, tag)
    for _ in range(chance.choice([1, 3, 40])):
        at = start + chance.choice([chance.randrange(min(length, 60)), chance.randrange(length)])
        data[at] = chance.choice([0, 0xFF, chance.randrange(256)])
    sealed(data, tag)


MUTATIONS = {
    "flip": _flip, "directory": _flip_directory, "cut": _cut, "cut-out": _cut_out, "swap": _swap, "sealed": _seal_after,
}  # fmt: skip


def build(folder: Path, out: Path) -> tuple[int, float, float, str]:
    """Exit code, seconds of processor time, peak memory in MB and messages of a build with the layout in ``folder``."""
    run = measured("build", str(SAMPLE), "--layout", str(folder), "-o", str(out), "--format", "pdf")
    return run.exit_code, run.seconds, run.megabytes, run.err


@pytest.mark.campaign
@pytest.mark.skipif(sys.platform == "win32", reason="measures child processes")
def test_a_build_with_a_mutated_font_is_refused_or_right(tmp_path):
    layout = tmp_path / "layout"
    (layout / "fonts").mkdir(parents=True)
    (layout / "layout.yaml").write_text("extends: zhejiang\n", encoding="utf-8")
    font = layout / "fonts" / HEI.name
    font.write_bytes(HEI.read_bytes())
    assert build(layout, tmp_path / "right")[0] == 0
    right = read_back("pdf", next((tmp_path / "right").glob("*.pdf")).read_bytes())
    wrong, codes = {}, []
    for name, change in sample(list(mutants(200)), 12):
        changed(font.parent, change, font.name)
        code, seconds, memory, messages = build(layout, out := tmp_path / name)
        files = list(out.glob("*.pdf"))
        good = code == 0 and read_back("pdf", files[0].read_bytes()) == right if files else code == 4
        codes.append(code)
        if not good or seconds > 5 or memory > 300:
            wrong[name] = (code, round(seconds, 1), round(memory), messages[-400:])
    assert wrong == {}
    assert codes.count(4) > len(codes) / 2


def apple_version(data: bytearray) -> None:
    data[:4] = b"true"


@pytest.mark.parametrize("change", [apple_version, rewritten("hhea", 34, ">H", 1)], ids=["version", "one width"])
def test_what_typefaces_may_have_is_no_damage(tmp_path, change):
    """A file of the version that Apple writes; a face all of whose glyphs are equally wide has one width."""
    check_file(changed(tmp_path, change))
