"""Contents with page numbers: right in the PDF, and in the DOCX as a word processor breaks its pages."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pypdf
import pytest

from reportgen.compose import compose
from reportgen.core.paths import shipped
from reportgen.layout.load import load_layout
from reportgen.pipeline import prepare
from reportgen.tree.nodes import Contents, Document, Entry, plain
from reportgen.verify import compare
from reportgen.writers import read_back, writer
from reportgen.writers.page_numbers import with_page_numbers

from .. import nodes
from .pdf_help import squeezed

SAMPLES = sorted(shipped("data").glob("samples/*-2023.json"))
STYLE = load_layout("zhejiang").style


def with_page_numbers_in_contents(document: Document) -> Document:
    """``document`` as from a layout whose contents print page numbers."""

    def numbers(block):
        return replace(block, page_numbers=True) if isinstance(block, Contents) else block

    sections = (replace(section, blocks=tuple(map(numbers, section.blocks))) for section in document.sections)
    return with_page_numbers(replace(document, sections=tuple(sections)), STYLE)


def entries(document: Document) -> tuple[Entry, ...]:
    blocks = document.blocks()
    return next(block for block in blocks if isinstance(block, Contents)).entries


@pytest.fixture(scope="module", params=SAMPLES, ids=lambda path: path.stem)
def document(request: pytest.FixtureRequest) -> Document:
    return with_page_numbers_in_contents(prepare(request.param).document)


def test_contents_print_pages_only_where_the_layout_asks():
    document = nodes.document()
    assert with_page_numbers(document, STYLE) is document
    assert {entry.page for entry in entries(document)} == {""}
    assert all(entry.page.isdigit() for entry in entries(with_page_numbers_in_contents(document)))


def test_a_page_without_a_number_is_listed_without_one():
    tree = nodes.document()
    pages = {name: replace(page, numbered=False) for name, page in STYLE.pages.items()}
    contents = replace(tree.sections[1].blocks[0], page_numbers=True)
    tree = replace(tree, sections=(tree.sections[0], replace(tree.sections[1], blocks=(contents,)), *tree.sections[2:]))
    assert {entry.page for entry in entries(with_page_numbers(tree, replace(STYLE, pages=pages)))} == {""}


@pytest.mark.parametrize("format", ["pdf", "docx", "xlsx"])
def test_the_numbers_are_read_back(document, format):
    payload = writer(format).write(document, STYLE)
    assert payload == writer(format).write(document, STYLE)
    assert list(compare(document, read_back(format, payload), format)) == []
    if format != "xlsx":
        seen = compare(prepare_without(document), read_back(format, payload), format)
        assert {finding.code for finding in seen} == {"RB102"}


def prepare_without(document: Document) -> Document:
    """``document`` with other numbers."""

    def other(block):
        if not isinstance(block, Contents):
            return block
        return replace(block, entries=tuple(replace(entry, page="999") for entry in block.entries))

    sections = (replace(section, blocks=tuple(map(other, section.blocks))) for section in document.sections)
    return replace(document, sections=tuple(sections))


def printed(pages: list[str]) -> dict[str, str]:
    """The text of pages, without blanks, by the number they print."""
    numbered = ((re.search(r"—(\d+)—$", text) or re.match(r"—(\d+)—", text), text) for text in map(squeezed, pages))
    return {found[1]: text for found, text in numbered if found}


def test_each_heading_is_on_the_page_listed(document):
    pdf = pypdf.PdfReader(BytesIO(writer("pdf").write(document, STYLE)))
    pages = printed([page.extract_text() for page in pdf.pages])
    assert len(pages) > 20
    titles = {table.heading.id: plain(table.title) for table in document.tables()}
    for entry in entries(document):
        assert squeezed(titles.get(entry.target, plain(entry.runs))) in pages[entry.page]


def test_dots_lead_to_numbers_at_the_right_edge(document):
    pdf = pypdf.PdfReader(BytesIO(writer("pdf").write(document, STYLE)))
    text = squeezed(pdf.pages[1].extract_text())
    for entry in entries(document)[:6]:
        assert re.search(re.escape(squeezed(plain(entry.runs))) + r"\.{3,}" + entry.page + r"\D", text)


def test_docx_needs_no_key_pressed(document):
    with zipfile.ZipFile(BytesIO(writer("docx").write(document, STYLE))) as package:
        body, settings = (package.read(f"word/{name}.xml").decode() for name in ("document", "settings"))
    assert "updateFields" not in settings, "Word would ask before it opens the file"
    numbers = re.findall(r"PAGEREF \S+ \\h </w:instrText>.*?<w:t(?: [^>]*)?>(\d+)</w:t>", body)
    assert numbers == [entry.page for entry in entries(document)]


def test_libreoffice_breaks_the_pages_of_the_docx_there(document, tmp_path):
    if not (shutil.which("soffice") and shutil.which("pdftotext")):
        pytest.skip("soffice or pdftotext is not installed")
    (tmp_path / "x.docx").write_bytes(writer("docx").write(document, STYLE))
    convert(tmp_path, our_fonts(tmp_path))
    run = subprocess.run(["pdftotext", "-layout", tmp_path / "x.pdf", "-"], capture_output=True, check=True)
    pages = printed(run.stdout.decode().split("\f"))
    ours = pypdf.PdfReader(BytesIO(writer("pdf").write(document, STYLE)))
    assert len(pages) == len(printed([page.extract_text() for page in ours.pages]))
    for entry in entries(document):
        assert squeezed(plain(entry.runs)) in pages[entry.page]


def our_fonts(folder: Path) -> Path:
    """A font configuration in which the official names mean the typefaces that the PDF embeds."""
    alias = (
        '<match target="pattern"><test name="family"><string>{}</string></test>'
        '<edit name="family" mode="assign" binding="strong"><string>{}</string></edit></match>'
    )
    faces = (*STYLE.faces.values(), STYLE.fallback)
    names = {face.name: re.sub(r"(?<=[a-z])(?=[A-Z])", " ", face.file.stem, count=1) for face in reversed(faces)}
    file = folder / "fonts.conf"
    file.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f"<dir>{STYLE.fallback.file.parent}</dir><cachedir>{folder / 'cache'}</cachedir>"
        f"{''.join(alias.format(*pair) for pair in names.items())}</fontconfig>",
        encoding="utf-8",
    )
    return file


def convert(folder: Path, fonts: Path) -> None:
    subprocess.run(
        ["soffice", "--headless", f"-env:UserInstallation=file://{folder / 'profile'}", "--convert-to", "pdf",
         "--outdir", str(folder), str(folder / "x.docx")],
        check=True, capture_output=True, env=dict(os.environ, FONTCONFIG_FILE=str(fonts)), timeout=300,
    )  # fmt: skip


@pytest.mark.parametrize("depth", [1, 2, 3])
def test_contents_go_as_deep_as_the_layout_says(depth):
    prepared = prepare(SAMPLES[0])
    outline = tuple(replace(spec, depth=depth, page_numbers=True) for spec in prepared.layout.outline)
    document = compose(prepared.facts, replace(prepared.layout, outline=outline))
    assert {entry.level for entry in entries(document)} == set(range(1, depth + 1))
    contents = next(b for b in document.blocks() if isinstance(b, Contents))
    assert contents.page_numbers
