"""The three files of the seed, read back by other tools: they say the same, cell by cell, and what the tree says.

Also here: the same input gives the same bytes, and the checkers made by others find nothing wrong.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from docx.table import Table as DocxTable

import reportgen
from reportgen.tree.grid import Placed, place
from reportgen.tree.nodes import Document, Figure, Table, plain
from reportgen.writers.xlsx.cells import decoded
from tests.writers.docx_reading import TOP_ROWS, W, prose_of, spans_resolved, text_of
from tests.writers.xlsx_reading import MASTHEAD, covers, sheet_rows

Grid = list[list[str]]
TABLES = range(12)


@pytest.fixture(scope="session")
def built(seed_file: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The seed's three files by their suffixes."""
    report = reportgen.build(seed_file, tmp_path_factory.mktemp("seed"))
    assert report.publishable
    files = {path.suffix[1:]: path for path in report.files}
    assert sorted(files) == ["docx", "pdf", "xlsx"]
    return files


@pytest.fixture(scope="session")
def word(built: dict[str, Path]) -> Any:
    return docx.Document(str(built["docx"]))


@pytest.fixture(scope="session")
def sheets(built: dict[str, Path]) -> list[Any]:
    """The sheets of the tables; the first sheet of the book lists them."""
    return openpyxl.load_workbook(built["xlsx"]).worksheets[1:]


def run(tool: str, *options: str) -> str:
    if not shutil.which(tool):
        pytest.skip(f"{tool} is not installed")
    return subprocess.run([tool, *options], capture_output=True, check=True).stdout.decode("utf-8")


@pytest.fixture(scope="session")
def pdf_text(built: dict[str, Path]) -> str:
    return run("pdftotext", "-layout", str(built["pdf"]), "-")


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def tree_grid(table: Table) -> Grid:
    """What a reader sees at every place, spanned places repeating their cell."""
    width = len(table.columns)
    return [[p.cell.text for p in line] for part in (table.head, table.body) for line in place(part, width)]


def docx_grid(table: Table, found: DocxTable) -> Grid:
    rows = list(found._tbl.iter(f"{W}tr"))[TOP_ROWS:]
    head = len(table.head)
    return [*spans_resolved(rows[:head]), *spans_resolved(rows[head:])]


def xlsx_grid(table: Table, sheet: Any) -> Grid:
    """The sheet as it prints: numbers by their formats, merged places repeating their cell.

    A row too tall for a sheet goes on in further rows; what it says stands in the first. A cell that a page's end
    cuts goes on in an empty one below it.
    """
    origin = {
        (r, c): (merged.min_row, merged.min_col)
        for merged in sheet.merged_cells.ranges
        for r in range(merged.min_row, merged.max_row + 1)
        for c in range(merged.min_col, merged.max_col + 1)
    }
    assert origin.keys() == covers(sheet).keys()
    page_tops = {page_end.id + 1 for page_end in sheet.row_breaks.brk}
    rows = sheet_rows(sheet, table)

    def begun(r: int, c: int, first: int) -> tuple[int, int]:
        top, left = origin.get((r, c), (r, c))
        return begun(top - 1, left, first) if top > first and top in page_tops else (top, left)

    lines = [
        [(above + placed.row, column) for column, placed in enumerate(line, 1)]
        for above, part in ((0, table.head), (len(table.head), table.body))
        for line in place(part, len(table.columns))
    ]
    return [
        [as_printed(sheet.cell(*begun(r, column, rows[first]))) for first, column in line]
        for r, line in zip(rows, lines, strict=True)
    ]


FORMAT = re.compile(r"(#,##)?0(?:\.(0+))?")


def as_printed(cell: Any) -> str:
    """A cell as a spreadsheet shows it, for the number formats that an amount or a count may have."""
    if cell.value is None:
        return ""
    if cell.data_type == "s":
        return decoded(cell.value)
    assert cell.data_type == "n", f"{cell.coordinate} is neither words nor a number"
    pattern = FORMAT.match(cell.number_format)
    assert pattern, cell.number_format
    decimals = len(pattern[2] or "")
    value = Decimal(str(cell.value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return f"{value:{',' if pattern[1] else ''}f}"


@pytest.mark.parametrize("number", TABLES)
def test_docx_and_xlsx_hold_the_same_table_cell_by_cell(
    number: int, document: Document, word: Any, sheets: list[Any]
) -> None:
    table = document.tables()[number]
    expected = tree_grid(table)
    assert docx_grid(table, word.tables[number]) == expected
    assert xlsx_grid(table, sheets[number]) == expected


def test_there_are_no_other_tables(document: Document, word: Any, sheets: list[Any]) -> None:
    assert len(document.tables()) == len(word.tables) == len(sheets) == len(TABLES)


def test_every_figure_was_compared(document: Document) -> None:
    cells = [cell for table in document.tables() for row in table.body for cell in row.cells]
    figures = [run for cell in cells for run in cell.runs if isinstance(run, Figure)]
    assert len(figures) > 600
    assert len(cells) > 2500


@pytest.mark.parametrize("number", TABLES)
def test_title_label_department_and_unit_are_the_same(
    number: int, document: Document, word: Any, sheets: list[Any]
) -> None:
    table, sheet = document.tables()[number], sheets[number]
    expected = {table.label, *(plain(runs) for runs in (table.title, table.left, table.right))}
    top = list(word.tables[number]._tbl.iter(f"{W}tr"))[:TOP_ROWS]
    assert {text_of(tc) for tr in top for tc in tr.iter(f"{W}tc")} - {""} == expected
    said = {c.value for row in sheet.iter_rows(max_row=MASTHEAD) for c in row if c.value is not None}
    assert said == expected


@pytest.mark.parametrize("number", TABLES)
def test_numbers_in_the_workbook_are_the_exact_values(number: int, document: Document, sheets: list[Any]) -> None:
    table, sheet = document.tables()[number], sheets[number]
    rows = sheet_rows(sheet, table)[len(table.head) :]
    for r, line in enumerate(place(table.body, len(table.columns))):
        for c, placed in enumerate(line):
            if (placed.row, placed.column) == (r, c) and placed.cell.runs and isinstance(placed.cell.runs[0], Figure):
                assert Decimal(str(sheet.cell(rows[r], c + 1).value)) == placed.cell.runs[0].value


# Prose.


def prose(document: Document) -> Iterator[str]:
    for block in document.prose():
        yield plain(block.runs)


def test_every_paragraph_of_the_prose_is_in_the_docx_in_order(document: Document, word: Any) -> None:
    """All paragraphs outside tables, in python-docx's tree: cover, contents, prose, notes under the tables."""
    paragraphs = word.element.body.xpath(".//w:p[not(ancestor::w:tbl)]")
    found = [text for p in paragraphs if (text := text_of(p))]
    expected = list(prose_of(document))
    assert len(list(prose(document))) == 107  # the published 106 and the heading over the tables
    assert found == expected


def test_every_paragraph_is_in_the_pdf_in_order(document: Document, pdf_text: str) -> None:
    """Page numbers (— 1 —) may stand inside a paragraph that runs over a page, so they are taken out."""
    pages = [squeezed(re.sub(r"—\s*[0-9]+\s*—", "", page)) for page in pdf_text.split("\f")]
    text, at = "".join(pages), 0
    for paragraph in prose(document):
        where = text.find(squeezed(paragraph), at)
        assert where >= 0, f"not found after {text[at - 40 : at]}: {paragraph}"
        at = where + len(squeezed(paragraph))


# Tables in the PDF, in the order of the file's content: page by page what is repeated, then row by row, cell by cell.


@pytest.fixture(scope="session")
def raw_pages(built: dict[str, Path]) -> list[str]:
    return run("pdftotext", "-raw", str(built["pdf"]), "-").split("\f")


def repeated(table: Table) -> str:
    """What every page of a table begins with: label, title, department, unit, head."""
    lines = (table.label, plain(table.title), plain(table.left), plain(table.right))
    return squeezed("".join((*lines, *(cell.text for row in table.head for cell in row.cells))))


def below_the_head(table: Table, pages: list[str]) -> list[str]:
    """What stands under the head on each page of a table, without the page number, white space aside."""
    top, found = repeated(table), []
    for page in pages:
        text = squeezed(re.sub(r"—\s*[0-9]+\s*—\s*$", "", page))
        if top in text:
            found.append(text.partition(top)[2])
    return found


@pytest.mark.parametrize("number", TABLES[:-1])
def test_the_pdf_holds_every_row_of_the_table_and_nothing_else(
    number: int, document: Document, raw_pages: list[str]
) -> None:
    table = document.tables()[number]
    pages = below_the_head(table, raw_pages)
    rows = "".join(cell.text for row in table.body for cell in row.cells)
    notes = "".join(plain(note.runs) for note in table.notes)
    assert pages
    assert "".join(pages) == squeezed(rows + notes)


def test_every_page_of_tables_belongs_to_one_table(document: Document, raw_pages: list[str]) -> None:
    labelled = [page for page in raw_pages if re.search(r"^表[0-9]{2}$", page, re.MULTILINE)]
    assert sum(len(below_the_head(table, raw_pages)) for table in document.tables()) == len(labelled) > 20


def test_the_pdf_holds_every_row_of_the_table_whose_cells_go_over_pages(
    document: Document, raw_pages: list[str]
) -> None:
    """The indicators: names and goals span rows and may go on after a page turn; the rest of a row stands together."""
    table = document.tables()[-1]
    pages = below_the_head(table, raw_pages)
    text, at = "".join(pages), 0
    for row, line in zip(table.body, place(table.body, len(table.columns)), strict=True):
        for part in between_spans(line):
            where = text.find(part, at)
            assert where >= 0, (row.id, part)
            at = where + len(part)
        for cell in row.cells:
            assert goes_over(squeezed(cell.text), pages), (row.id, cell.text)


def between_spans(line: list[Placed]) -> list[str]:
    """The texts of neighbouring cells of one row, parted where a cell spans rows."""
    parts = [""]
    for placed in line:
        if placed.cell.rowspan > 1:
            parts.append("")
        else:
            parts[-1] += squeezed(placed.cell.text)
    return [part for part in parts if part]


def goes_over(text: str, pages: list[str]) -> bool:
    """Whether a text stands on the pages, whole or in pieces on pages that follow each other."""
    for first in range(len(pages)):
        rest = text
        for page in pages[first:]:
            length = next(n for n in range(len(rest), -1, -1) if rest[:n] in page)
            rest = rest[length:]
            if not rest:
                return True
            if not length:
                break
    return False


# The same input gives the same bytes.


def digests(folder: Path) -> dict[str, str]:
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir() if path.suffix != ".json"
    }


def test_a_second_build_gives_the_same_bytes(seed_file: Path, built: dict[str, Path], tmp_path: Path) -> None:
    reportgen.build(seed_file, tmp_path)
    assert digests(tmp_path) == digests(built["pdf"].parent)


@pytest.mark.parametrize(("hash_seed", "zone"), [("1", "Asia/Shanghai"), ("4711", "America/Los_Angeles")])
def test_another_process_gives_the_same_bytes(
    hash_seed: str, zone: str, seed_file: Path, built: dict[str, Path], tmp_path: Path
) -> None:
    root = Path(reportgen.__file__).parent.parent
    surroundings = {**os.environ, "PYTHONHASHSEED": hash_seed, "TZ": zone, "LC_ALL": "C", "PYTHONPATH": str(root)}
    command = [sys.executable, "-m", "reportgen", "build", str(seed_file), "-o", str(tmp_path / "out"), "-q"]
    subprocess.run(command, env=surroundings, cwd=tmp_path, check=True, capture_output=True)
    assert digests(tmp_path / "out") == digests(built["pdf"].parent)


# Independent checkers.


def test_qpdf_finds_nothing(built: dict[str, Path]) -> None:
    assert "No syntax or stream encoding errors found" in run("qpdf", "--check", str(built["pdf"]))


def test_every_typeface_is_embedded(built: dict[str, Path]) -> None:
    lines = run("pdffonts", str(built["pdf"])).splitlines()[2:]
    assert len(lines) >= 4
    assert [line.split()[-5:-2] for line in lines] == [["yes", "yes", "yes"]] * len(lines)  # embedded, subset, unicode


FALSE_ALARMS = {
    # ISO/IEC 29500-1 §11.2, §12.2: the main part is the only required part; a theme is permitted (§11.3.10, §12.3.23).
    # We leave it out so that no theme's typeface wins over the official ones.
    ("/word/document.xml", "relationships/theme' is missing"),
    ("/xl/workbook.xml", "relationships/theme' is missing"),
}


@pytest.mark.parametrize("suffix", ["docx", "xlsx"])
def test_the_office_files_conform_to_the_schema(suffix: str, built: dict[str, Path]) -> None:
    audit = pytest.importorskip("openxml_audit", reason="openxml-audit, a checker of OOXML, is not installed")
    found = audit.OpenXmlValidator().validate(str(built[suffix])).errors
    errors = [one for one in found if one.severity is audit.ValidationSeverity.ERROR]
    assert [one for one in errors if not false_alarm(one)] == []


def false_alarm(one: Any) -> bool:
    return any(one.part_uri == part and words in one.description for part, words in FALSE_ALARMS)


def test_the_schema_check_finds_a_broken_file(built: dict[str, Path], tmp_path: Path) -> None:
    audit = pytest.importorskip("openxml_audit", reason="openxml-audit, a checker of OOXML, is not installed")
    broken = docx.Document(str(built["docx"]))
    cell = broken.tables[0]._tbl.find(f".//{W}tc")
    cell.append(cell.find(f"{W}tcPr"))  # properties must come first
    broken.save(str(tmp_path / "broken.docx"))
    found = audit.OpenXmlValidator().validate(str(tmp_path / "broken.docx")).errors
    assert [one for one in found if one.severity is audit.ValidationSeverity.ERROR and not false_alarm(one)]
