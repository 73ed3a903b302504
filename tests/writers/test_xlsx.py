"""The XLSX writer, read back with openpyxl, as a zip, and through LibreOffice."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from zipfile import ZipFile

import pytest

from reportgen.tree.nodes import Column, Document, Figure, Row, plain
from reportgen.writers.xlsx import cells, write
from tests.nodes import amount, cell, document, indicator_table, spending_table, style
from tests.writers.xlsx_reading import (
    DOCUMENTS,
    EVILS,
    MASTHEAD,
    continued,
    evil_table,
    opened,
    origin_cells,
    parts_of,
    sheet_rows,
    sheets,
    table_of,
    with_tables,
)  # fmt: skip


@pytest.fixture(scope="module", params=DOCUMENTS.values(), ids=DOCUMENTS)
def doc(request: pytest.FixtureRequest) -> Document:
    found: Document = request.param
    return found


def test_every_cell_says_what_the_tree_says(doc):
    for table, sheet in sheets(doc):
        rows = sheet_rows(sheet, table)
        for r, c, _, written in origin_cells(table):
            found = sheet.cell(rows[r], c + 1)
            if len(written.runs) == 1 and isinstance(figure := written.runs[0], Figure):
                assert found.data_type == "n"
                assert Decimal(str(found.value)) == figure.value
                assert found.number_format == cells.number_format(figure, found.alignment.horizontal == "right")
            elif written.text:
                assert found.data_type == "s"
                parts = parts_of(sheet, rows[r], c + 1)
                assert cells.decoded("".join(part for _, part in parts)) == written.text
            else:
                assert found.value is None


def test_nothing_is_said_beside_the_tree(doc):
    for table, sheet in sheets(doc):
        more = continued(sheet)
        places = [c for row in sheet.iter_rows() for c in row if (c.row, c.column) not in more]
        said = [c.value for c in places if c.value is not None]
        around = [table.label, plain(table.title), plain(table.left), plain(table.right)]
        notes = [plain(note.runs) for note in table.notes]
        written = [w.text for _, _, _, w in origin_cells(table)]
        joined = 1 if len(table.columns) == 1 else 0  # department and unit share the one cell there is
        assert len(said) == len([x for x in (*around, *notes, *written) if x]) - joined


def test_the_masthead_and_the_notes_are_in_their_places():
    table, sheet = sheets(with_tables(evil_table()))[0]
    last = sheet.max_column
    assert [sheet.cell(r, 1).value for r in (1, 2, 3)] == [table.label, plain(table.title), plain(table.left)]
    assert sheet.cell(3, last).value == plain(table.right)
    assert sheet.cell(1, 1).alignment.horizontal == "right"
    assert sheet.cell(3, last).alignment.horizontal == "right"
    assert sheet.cell(sheet.max_row, 1).value == "=NOW()"
    assert sheet.cell(sheet.max_row, 1).data_type == "s"


def cut_at(page_ends: set[int], areas: set[tuple[int, int, int, int]]) -> set[tuple[int, int, int, int]]:
    """The areas cut at the ends of pages, as a cell over several pages may be."""
    cut = set()
    for top, left, bottom, right in areas:
        edges = [top - 1, *sorted(end for end in page_ends if top <= end < bottom), bottom]
        cut |= {(above + 1, left, below, right) for above, below in pairwise(edges)}
    return {area for area in cut if area[:2] != area[2:]}


def test_merged_ranges_are_the_spans(doc):
    for table, sheet in sheets(doc):
        rows = [*sheet_rows(sheet, table), sheet.max_row + 1 - len(table.notes)]
        expected = set()
        for r, c, _, written in origin_cells(table):
            area = (rows[r], c + 1, rows[r + written.rowspan] - 1, c + written.colspan)
            if area[:2] != area[2:]:
                expected.add(area)
        found = {(m.min_row, m.min_col, m.max_row, m.max_col) for m in sheet.merged_cells.ranges}
        inside = {area for area in found if MASTHEAD < area[0] < rows[-1]}
        page_ends = {page_break.id for page_break in sheet.row_breaks.brk}
        assert cut_at(page_ends, inside) == cut_at(page_ends, expected)


@pytest.mark.parametrize("words", EVILS)
def test_evil_text_is_text_and_no_formula(words):
    sheet = opened(write(with_tables(table_of((Row("r", (cell(words),)),), (Column(100),))), style())).worksheets[1]
    found = sheet.cell(MASTHEAD + 2, 1)
    assert (found.data_type, cells.decoded(found.value)) == ("s", words)
    assert found.quotePrefix == words.startswith(("=", "+", "-", "@"))


def test_codes_are_text_also_after_a_clerks_edit():
    _, sheet = sheets(document())[0]
    code = sheet.cell(MASTHEAD + 3 + 2, 1)
    assert (code.value, code.data_type, code.number_format) == ("2080100", "s", "@")


def test_the_package_holds_nothing_that_acts(doc):
    with ZipFile(BytesIO(write(doc, style()))) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    assert not [name for name in parts if "external" in name or "vba" in name]
    assert not [name for name, part in parts.items() if "<f>" in part or "<f " in part or "TargetMode" in part]
    named = re.findall(r'<definedName name="([^"]+)"([^>]*)>([^<]*)<', parts["xl/workbook.xml"])
    others = [each for each in named if each[0] not in ("_xlnm.Print_Titles", "_xlnm.Print_Area")]
    for name, attributes, target in others:  # a plain cell, hidden from the name box
        assert re.fullmatch(r"_[A-Za-z0-9_]{1,39}", name)
        assert 'hidden="1"' in attributes
        areas = target.split(",") if name == "_continued" else [target.replace("$", "$A$1:$", 1)]
        assert all(re.fullmatch(r"'[^']+'!\$[A-Z]+\$[0-9]+:\$[A-Z]+\$[0-9]+", area) for area in areas)


@pytest.mark.parametrize("words", ["字" * (cells.LONGEST_TEXT + 1), "𬭎" * 16384, "响铃\x07", "\ufffe"])
def test_text_that_no_cell_holds_is_refused(words):
    with pytest.raises(cells.UnfitText):
        write(with_tables(table_of((Row("r", (cell(words),)),), (Column(100),))), style())


def test_the_first_sheet_lists_the_tables_and_its_links_resolve(doc):
    book = opened(write(doc, style()))
    contents = book.worksheets[0]
    assert contents.title == "目录"
    linked = [cell for row in contents.iter_rows() for cell in row if cell.hyperlink]
    assert [c.value for c in linked] == [plain(x.title) for x in doc.tables()]
    for link, sheet in zip(linked, book.worksheets[1:], strict=True):
        assert link.hyperlink.target is None
        name, place = link.hyperlink.location.rsplit("!", 1)
        assert name.removeprefix("'").removesuffix("'").replace("''", "'") == sheet.title
        assert place == "A1"


def test_the_list_says_label_and_unit():
    contents = opened(write(document(), style())).worksheets[0]
    assert [c.value for c in contents[4]] == ["表01", "2023年部门支出预算总表", "万元"]


def test_properties_are_those_of_the_document():
    about = opened(write(document(), style())).properties
    assert (about.title, about.creator, about.subject) == (document().title, document().author, "部门预算公开")
    assert about.created == about.modified == datetime(2023, 1, 1)


def test_a_spreadsheet_program_does_not_calculate_on_opening():
    """Or it would ask whether to save what was not changed."""
    calculation = opened(write(document(), style())).calculation
    assert (calculation.calcId, calculation.fullCalcOnLoad) == (191029, False)


def test_the_same_document_gives_the_same_bytes(doc):
    assert write(doc, style()) == write(doc, style())


def test_another_process_gives_the_same_bytes(tmp_path):
    program = (
        "import sys, hashlib; from tests.nodes import document, style; from reportgen.writers.xlsx import write;"
        "print(hashlib.sha256(write(document(), style())).hexdigest())"
    )
    found = set()
    for seed, zone in (("1", "UTC"), ("2", "Asia/Shanghai")):
        paths = os.pathsep.join(filter(None, [str(Path(__file__).parents[2]), *sys.path]))
        env = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": paths}
        command = [sys.executable, "-c", program]
        run = subprocess.run(command, env=env, cwd=tmp_path, capture_output=True, check=True)
        found.add(run.stdout)
    assert len(found) == 1


def test_dates_of_the_parts_are_the_documents():
    doc = replace(document(), date=date(2026, 2, 9))
    with ZipFile(BytesIO(write(doc, style()))) as archive:
        assert {info.date_time for info in archive.infolist()} == {(2026, 2, 9, 0, 0, 0)}
        assert b"2026-02-09T00:00:00Z" in archive.read("docProps/core.xml")


def test_libreoffice_prints_every_table_whole(tmp_path):
    if not (shutil.which("soffice") and shutil.which("pdftotext")):
        pytest.skip("needs LibreOffice (soffice) and poppler (pdftotext)")
    doc = with_tables(spending_table(20), indicator_table(6), *document().tables()[2:], evil_table())
    text = _printed(write(doc, style()), tmp_path)
    assert "###" not in text
    for table, sheet in sheets(doc):
        rows = sheet_rows(sheet, table)
        for r, c, _, written in origin_cells(table):
            pieces = [written.text] if not written.text else [x for _, x in parts_of(sheet, rows[r], c + 1)]
            is_figure = isinstance(next(iter(written.runs), None), Figure)
            assert all(_squeezed(cells.decoded(x)) in text for x in ([written.text] if is_figure else pieces))


def test_no_character_of_a_goal_longer_than_a_page_is_lost_in_print(tmp_path):
    """A text printed over the end of a page is drawn on both, and its line there is cut in two."""
    if not (shutil.which("soffice") and shutil.which("pdftotext")):
        pytest.skip("needs LibreOffice (soffice) and poppler (pdftotext)")
    goal = "".join(map(chr, range(0x4E00, 0x4E00 + 3000)))
    rows = (
        Row("a", (cell("A", rowspan=2), cell(goal, rowspan=2), amount("1.00"))),
        Row("b", (amount("2.00"),)),
        Row("c", (cell("B"), cell(goal[::-1]), amount("3.00"))),
    )
    table = table_of(rows, (Column(20), Column(60), Column(20, "right")), "T")
    printed = Counter(_printed(write(with_tables(table), style()), tmp_path))
    usual = set("第栏测试表市人社局单位：万元目录号名绍兴力资源和会保障年部门预算")
    assert {char: printed[char] for char in goal if printed[char] != 2 and char not in usual} == {}


def _printed(payload: bytes, folder: Path) -> str:
    """All text of the file as LibreOffice prints it, in the order of drawing, without white space."""
    source = folder / "book.xlsx"
    source.write_bytes(payload)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    text = subprocess.run(
        ["pdftotext", "-raw", str(folder / "book.pdf"), "-"], check=True, capture_output=True, timeout=60
    )
    return _squeezed(text.stdout.decode())


def _squeezed(text: str) -> str:
    # Quotation marks come from another face than the words, and are drawn after them.
    return re.sub(r"[\s“”]+", "", text)
