"""Files that another program has rewritten are read with the same result: the readers depend on the format only."""

from __future__ import annotations

import shutil
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from reportgen.tree.readback import Unreadable
from reportgen.verify import compare
from reportgen.writers import read_back, writer
from reportgen.writers.pdf.readback.file import cross_references, entries_of
from reportgen.writers.pdf.readback.page import CodeMap, read_page
from tests import nodes

DOCUMENT = nodes.document()


@pytest.mark.parametrize(
    "options",
    [
        ("--object-streams=generate", "--stream-data=uncompress"),
        ("--object-streams=generate", "--stream-data=compress", "--recompress-flate", "--compression-level=1"),
        ("--object-streams=preserve", "--deterministic-id"),
    ],
    ids=" ".join,
)
def test_a_pdf_rewritten_by_qpdf_is_read_with_the_same_result(options: tuple[str, ...], tmp_path: Path) -> None:
    if not shutil.which("qpdf"):
        pytest.skip("qpdf is not installed")
    source, target = tmp_path / "written.pdf", tmp_path / "rewritten.pdf"
    source.write_bytes(writer("pdf").write(DOCUMENT, nodes.style()))
    subprocess.run(["qpdf", *options, str(source), str(target)], check=True, capture_output=True)
    assert target.read_bytes() != source.read_bytes()
    assert list(compare(DOCUMENT, read_back("pdf", target.read_bytes()), "rewritten.pdf")) == []


def test_a_workbook_rewritten_by_openpyxl_is_read_with_the_same_result() -> None:
    """Its texts are shared strings, its formats and styles get other numbers."""
    book, saved = load_workbook(BytesIO(writer("xlsx").write(DOCUMENT, nodes.style()))), BytesIO()
    book.save(saved)
    assert list(compare(DOCUMENT, read_back("xlsx", saved.getvalue()), "rewritten.xlsx")) == []


@pytest.mark.parametrize(
    ("content", "marked", "untagged"),
    [
        (b"/P <</MCID 0>> BDC BT /F1 10 Tf <00410042> Tj ET EMC", {0: "AB"}, []),
        (b"/P<</MCID 0>>BDC/F1 10 Tf[<0041>-20<0042>]TJ EMC", {0: "AB"}, []),
        (b"/P <</MCID 0>> BDC /F1 10 Tf (\\000A\\000\\102) Tj (\0C) ' EMC", {0: "ABC"}, []),
        (b"/P <</MCID 0>> BDC /F1 10 Tf <0041> Tj /Span BMC <0042> Tj EMC <0043> Tj EMC", {0: "ABC"}, []),
        (b"/P <</MCID 0/T(EMC <0043> Tj)>> BDC /F1 10 Tf <0041> Tj EMC", {0: "A"}, []),
        (b"/Artifact <</Type/Layout>> BDC /P <</MCID 1>> BDC /F1 1 Tf <0041> Tj EMC EMC", {}, ["A"]),
        (b"/Artifact <</Subtype/Footer>> BDC /F1 1 Tf <0041> Tj EMC", {}, []),
        (b"/F1 1 Tf <0041> Tj /P BMC <0042> Tj EMC <0043> Tj", {}, ["A", "B", "C"]),
        (b"/P <</MCID 0>> BDC /F1 10 Tf <00410FFF> Tj EMC", {0: "A\N{REPLACEMENT CHARACTER}"}, []),
        (b"/P <</MCID 0>> BDC /F1 10 Tf 1 0 0 1 72 720 Tm /G0 gs <0041> Tj 5 w EMC", {0: "A"}, []),
    ],
)
def test_text_is_found_however_a_page_is_written(content: bytes, marked: dict[int, str], untagged: list[str]) -> None:
    page = read_page(content, {"/F1": CodeMap({0x41: "A", 0x42: "B", 0x43: "C"})})
    assert (page.marked, page.untagged) == (marked, untagged)


@pytest.mark.parametrize(
    ("text", "entries"),
    [
        ("<</S/TD/Pg 3 0 R/K 35>>", {"/S": "/TD", "/Pg": "3 0 R", "/K": "35"}),
        (" << /K [ 1 2 0 R ] /S /TD >> ", {"/K": "[ 1 2 0 R ]", "/S": "/TD"}),
        ("<</ID(/K 1 \\) >>)/A<</RowSpan 2>>>>", {"/ID": "(/K 1 \\) >>)", "/A": "<</RowSpan 2>>"}),
        ("<</K[<</MCID 1>><</MCID 2>>]/S/P>>", {"/K": "[<</MCID 1>><</MCID 2>>]", "/S": "/P"}),
        ("[1 0 R 2 0 R]", {}),
    ],
)
def test_entries_are_found_in_any_order_and_depth(text: str, entries: dict[str, str]) -> None:
    assert entries_of(text) == entries


def test_cross_references_with_an_unknown_predictor_are_unreadable() -> None:
    entries = {"/W": [1, 2, 1], "/Size": 2, "/DecodeParms": {"/Predictor": 12, "/Columns": 4}}
    up = b"\2\0\0\0\xff" + b"\2\1\0\x0f\1"
    assert list(cross_references(entries, up)) == [(0, 0, 255), (1, 15, 0)]
    with pytest.raises(Unreadable, match="predictor"):
        list(cross_references(entries, up.replace(b"\2\1", b"\1\1")))
    with pytest.raises(Unreadable, match="several parts"):
        list(cross_references({**entries, "/Index": [0, 1, 5, 1]}, up))


def test_writing_and_reading_back_import_no_library_that_only_tests_need() -> None:
    program = (
        "import sys; from reportgen.writers import writer, formats; [writer(name) for name in formats()];"
        "print(*(name for name in ('openpyxl', 'docx', 'pypdf') if name in sys.modules))"
    )
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert result.stdout.split() == []
