"""What the tests of the PDF writer share: small documents, their pages, the tools that read a file."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pypdfium2
import pytest

from reportgen.tree.nodes import Document, Paragraph, Section
from reportgen.writers.fonts.truetype import TrueType
from reportgen.writers.pdf.pages.layout import lay_out
from reportgen.writers.pdf.pages.page import Page
from reportgen.writers.pdf.typeset.text import Typesetter

from .. import nodes

DOCUMENT, STYLE = nodes.document(), nodes.style()
FACES = sorted({face.file for face in (*STYLE.faces.values(), STYLE.fallback)})


def tool(name: str, data: bytes, tmp_path: Path, *options: str) -> str:
    if not shutil.which(name):
        pytest.skip(f"{name} is not installed")
    file = tmp_path / "x.pdf"
    file.write_bytes(data)
    after = ["-"] if name == "pdftotext" else []
    run = subprocess.run([name, *options, str(file), *after], capture_output=True, check=True)
    return run.stdout.decode()


def complaints(data: bytes, *profiles: str) -> set[str]:
    """The rules of PDF/A-2b and PDF/UA-1, or of the named ``profiles``, that a file breaks."""
    page = pytest.importorskip("page", reason="page-validation, a checker of PDF/A and PDF/UA, is not installed")
    reports = [page.validate_pdf_bytes(data, profile=profile) for profile in profiles or ("2b", "ua1")]
    return {failure.rule_id for report in reports for failure in report.failures}


def characters_of(face: TrueType) -> Iterator[str]:
    """The hanzi of a face, in order."""
    return (char for char in map(chr, (*range(0x3400, 0xA000), *range(0x20000, 0x2FA20))) if face.has(char))


class Numeral(NamedTuple):
    """A number on a page as pdfium sees it, with its box in points from the upper left corner."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


def numerals_of(payload: bytes) -> list[list[Numeral]]:
    """The numbers on each page of a file, in reading order."""
    with pypdfium2.PdfDocument(payload) as pdf:
        return [list(_numerals(page.get_textpage(), page.get_height())) for page in pdf]


def _numerals(text: pypdfium2.PdfTextPage, height: float) -> Iterator[Numeral]:
    for match in re.finditer(r"[0-9][0-9,]*(?:\.[0-9]+)?", text.get_text_range()):
        lefts, bottoms, rights, tops = zip(*(text.get_charbox(n) for n in range(*match.span())), strict=True)
        yield Numeral(match.group().rstrip(","), min(lefts), height - max(tops), max(rights), height - min(bottoms))


def squeezed(text: str) -> str:
    return re.sub(r"[\s\f]+", "", text)


def document(*sections: Section) -> Document:
    return replace(DOCUMENT, sections=sections)


def prose(*blocks) -> Document:
    return document(Section("prose", "prose", blocks))


def tables(*blocks) -> Document:
    return document(Section("tables", "tables", blocks))


def pages_of(doc: Document) -> list[Page]:
    return lay_out(doc, Typesetter(STYLE))


def lines_of(page: Page) -> list[str]:
    return [p.line.text.text[p.line.line.start : p.line.line.end] for p in page.lines]


class Box(NamedTuple):
    """A ruled rectangle, from the page's upper left corner."""

    x: float
    y: float
    width: float
    height: float


def boxes_of(page: Page) -> list[Box]:
    return [Box(x, row.y, width, row.height) for row in page.ruled for x, width in row.cells]


def paragraph(lines: int, id: str = "p") -> Paragraph:
    return Paragraph(id, nodes.t("国" * (28 * lines - 2)))
