"""Mark-up of any kind, in every text field of the document, comes out as plain text in all three files."""

from __future__ import annotations

import re
import shutil
import subprocess
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import docx
import openpyxl
import pypdf
import pytest
from lxml import etree

from reportgen.budget.load import read_budget
from reportgen.compose import compose
from reportgen.facts import derive_facts
from reportgen.layout.load import load_layout
from reportgen.tree.nodes import Contents, Cover, Document, Heading, Paragraph, Run, Table, Text
from reportgen.writers import writer

from ..strategies import dumped
from ..test_files_agree import docx_grid, tree_grid, xlsx_grid
from ..writers.docx_reading import W, prose_of, text_of
from .command import run_json, written
from .sample import demo, every_text

MARKUP = {
    "HTML": "<img src=//x.cn/a>",
    "HTML, closing": "</para></w:t><b>",
    "entity": "&lt;&amp;&#65;&nbsp;",
    "CDATA": "]]><!--<?x?>",
    "template": "{{ 7*7 }}",
    "statement": "{% for x in y %}",
    "comment": "{# 8.46 #}",
    "mark": "# @2080101 甲",
    "item": "- 乙",
    "format": "{0} {year} %s $1",
    "formula": "=1+1",
    "hyperlink": '=HYPERLINK("//x","")',
    "plus": "+1+1",
    "minus": "-2+3",
    "at": "@SUM(1)",
    "DDE": "=cmd|'/C calc'!A0",
    "coded": "_x0041__x000D_",
    "error": "#REF!",
    "number": "1E5",
    "quote": "'\"`\\n\\u0041",
    "PDF": ")Tj(\\)<</JS(x)>>",
    "field": 'HYPERLINK "//x.cn"',
    "ruby": "围城|w:t>",
    "long HTML": '<a href="http://x.cn/"><img src="file:///etc/passwd" onerror="x()"/></a>',
    "long formula": '=HYPERLINK("http://x.cn/?"&A1,"点此")+WEBSERVICE("http://x.cn")',
}
LONG = 20
"""What is no longer fits any field."""
LAYOUT = load_layout("zhejiang")


@pytest.fixture(scope="module", params=MARKUP)
def composed(request: pytest.FixtureRequest) -> tuple[str, Document]:
    """The mark-up, and the document of a sample in which every text is that mark-up.

    Not through ``build``: a rule forbids what looks like an unfilled template, and that is well.
    """
    markup = MARKUP[request.param]
    data = demo()
    for field in every_text(data):
        if len(markup) <= field.kind.max_length:
            field.put(markup)
    budget = read_budget(data)
    return markup, compose(derive_facts(budget, LAYOUT.printing), LAYOUT)


def runs_of(document: Document) -> list[Run]:
    runs: list[Run] = []
    for section in document.sections:
        for block in section.blocks:
            if isinstance(block, Cover):
                runs += (run for line in block.lines for run in line)
            elif isinstance(block, Contents):
                runs += (run for entry in block.entries for run in entry.runs)
            elif isinstance(block, Heading | Paragraph):
                runs += block.runs
            elif isinstance(block, Table):
                runs += (*block.title, *block.left, *(run for note in block.notes for run in note.runs))
                runs += (run for row in block.body for cell in row.cells for run in cell.runs)
    return runs


def test_every_field_is_tried() -> None:
    fields = every_text(demo())
    kinds = {re.sub(r"/[0-9]+", "/*", field.pointer) for field in fields}
    assert len(kinds) >= 35
    assert sum(len(markup) <= LONG for markup in MARKUP.values()) > 20
    assert min(field.kind.max_length for field in fields) == LONG


def test_markup_is_one_text_run_of_the_document(composed: tuple[str, Document]) -> None:
    """In the tree: each text is a run by itself with its pointer, and nothing of it was taken for a template."""
    markup, document = composed
    ours = {run.source: run.text for run in runs_of(document) if isinstance(run, Text) and run.source.startswith("/")}
    texts = {field.pointer: field.kind for field in every_text(demo())}
    words = {
        source: text for source, text in ours.items() if source in texts and texts[source].max_length >= len(markup)
    }
    assert len(words) > 60
    assert set(words.values()) <= {markup, markup.translate(str.maketrans("（）", "()"))}


def test_markup_is_plain_text_in_the_docx(composed: tuple[str, Document]) -> None:
    markup, document = composed
    payload = writer("docx").write(document, LAYOUT.style)
    word = docx.Document(BytesIO(payload))
    prose = [text for p in word.element.body.xpath(".//w:p[not(ancestor::w:tbl)]") if (text := text_of(p))]
    assert prose == list(prose_of(document))
    assert sum(markup in text for text in prose) > 30
    for table, found in zip(document.tables(), word.tables, strict=True):
        assert docx_grid(table, found) == tree_grid(table)
    with ZipFile(BytesIO(payload)) as archive:
        parts = {name: etree.fromstring(archive.read(name)) for name in archive.namelist()}
    assert not [r for p in parts.values() for r in p.iter("{*}Relationship") if r.get("TargetMode")]
    codes = {i.text.split()[0] for i in parts["word/document.xml"].iter(f"{W}instrText")}
    assert codes <= {"TOC", "PAGE", "PAGEREF"}


def test_markup_is_plain_text_in_the_xlsx(composed: tuple[str, Document]) -> None:
    markup, document = composed
    payload = writer("xlsx").write(document, LAYOUT.style)
    book = openpyxl.load_workbook(BytesIO(payload))
    for table, sheet in zip(document.tables(), book.worksheets[1:], strict=True):
        assert xlsx_grid(table, sheet) == tree_grid(table)
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}, "no formula, no error value, no truth value"
    assert all(cell.hyperlink.target is None for cell in cells if cell.hyperlink)
    assert sum(markup in text for text in shown_by_excel(payload)) > 20


def shown_by_excel(payload: bytes) -> list[str]:
    """The texts of all cells as a spreadsheet reads them: ``_x0041_`` is an A (ECMA-376 part 1, 22.9.2.19)."""
    with ZipFile(BytesIO(payload)) as archive:
        sheets = [etree.fromstring(archive.read(n)) for n in archive.namelist() if n.startswith("xl/worksheets/sheet")]
    texts = [text.text or "" for sheet in sheets for text in sheet.iter("{*}t")]
    return [re.sub("_x([0-9A-Fa-f]{4})_", lambda code: chr(int(code[1], 16)), text) for text in texts]


def test_markup_is_plain_text_in_the_pdf(composed: tuple[str, Document], tmp_path: Path) -> None:
    """Every run, in order of the content; a cell's lines stand together there."""
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext (poppler) is not installed")
    markup, document = composed
    path = tmp_path / "x.pdf"
    path.write_bytes(writer("pdf").write(document, LAYOUT.style))
    text = subprocess.run(["pdftotext", "-raw", str(path), "-"], capture_output=True, check=True).stdout.decode()
    said = "".join(run.text for run in runs_of(document))
    short = re.sub(r"\s+", "", markup)
    found, wanted = re.sub(r"\s+", "", text).count(short), re.sub(r"\s+", "", said).count(short)
    assert found >= wanted > 80  # heads and lines of tables are repeated on every page
    active = {"/JS", "/JavaScript", "/URI", "/Launch", "/SubmitForm", "/GoToR", "/EmbeddedFiles", "/AA", "/OpenAction"}
    names = {key for one in pypdf.PdfReader(path).resolved_objects.values() if isinstance(one, dict) for key in one}
    assert not active & names


@pytest.mark.parametrize("markup", ["{{ 7*7 }}", "{% for x in y %} {{"])
def test_what_looks_like_an_unfilled_template_is_not_published(markup: str, tmp_path: Path) -> None:
    data = demo()
    data["totals"]["revenue"]["reason"] = markup
    result = run_json("check", written(tmp_path, dumped(data)))
    assert result.exit_code == 1
    assert result.has("占位", "/totals/revenue/reason")
