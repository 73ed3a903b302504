"""Our own published files, read as anybody's: PDF, DOCX and XLSX give the same tables, PDF and DOCX the same prose."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import pytest

from reportgen.intake.readers.published import read_document
from reportgen.pipeline.in_memory import prepare, with_contents
from reportgen.pipeline.output_files import document_files, write_file
from reportgen.recognise.blocks import ReadDocument
from reportgen.recognise.recognise import recognise
from reportgen.recognise.table import RecognisedTable
from reportgen.tree.nodes import Chart, Table
from tests.families.golden import families, sample


@cache
def published(name: str) -> Mapping[str, ReadDocument]:
    """The files of a layout's sample by format, read again."""
    prepared = with_contents(prepare(sample(name), name))
    files = document_files(prepared, ("docx", "pdf", "xlsx"))
    written = [write_file(file, prepared.layout.style) for file in files]
    return {one.output.name.rpartition(".")[2]: read_document(one.payload, isolated=False) for one in written}


def tables(found: ReadDocument) -> list[RecognisedTable]:
    return recognise([table.grid for table in found.tables()]).tables


def titled(table: RecognisedTable) -> tuple[str, str, str]:
    """Kind, unit and title; a table that has no title is called after its place, which the formats do not share."""
    return table.kind.key, table.unit, "" if table.title == table.sheet else table.title


def rows(table: RecognisedTable) -> list[tuple[object, ...]]:
    return [(row.kind, row.key, row.side, row.unit, sorted(row.amounts)) for row in table.rows]


def prose(found: ReadDocument) -> list[str]:
    return ["".join(one.text.split()) for one in found.paragraphs() if not one.in_contents]


@pytest.mark.parametrize("name", families())
def test_every_format_has_the_same_tables(name: str) -> None:
    document = prepare(sample(name), name).document
    composed = [block for section in document.sections for block in section.blocks if isinstance(block, Table)]
    files = published(name)
    assert len(list(files["pdf"].tables())) == len(list(files["docx"].tables())) == len(composed)
    pdf, docx, xlsx = tables(files["pdf"]), tables(files["docx"]), tables(files["xlsx"])
    assert [titled(one) for one in pdf] == [titled(one) for one in docx]
    for by_pdf, by_docx, by_xlsx in zip(pdf, docx, xlsx, strict=True):
        assert rows(by_pdf) == rows(by_docx) == rows(by_xlsx)
        amounts = [{name: amount.value for name, amount in row.amounts.items()} for row in by_pdf.rows]
        assert amounts == [{name: amount.value for name, amount in row.amounts.items()} for row in by_docx.rows]


@pytest.mark.parametrize("name", families())
def test_pdf_and_word_file_have_the_same_prose(name: str) -> None:
    files = published(name)
    document = prepare(sample(name), name).document
    if any(isinstance(block, Chart) for section in document.sections for block in section.blocks):
        assert [text for text in prose(files["docx"]) if len(text) > 60 and text not in prose(files["pdf"])] == []
    else:
        pdf, docx = "".join(prose(files["pdf"])), [text for text in prose(files["docx"]) if len(text) > 12]
        assert [text for text in docx if text not in pdf] == []
        assert [text for text in prose(files["pdf"]) if len(text) > 60 and text not in docx] == []


@pytest.mark.parametrize("name", families())
def test_every_cell_and_paragraph_of_a_pdf_has_its_box(name: str) -> None:
    found = published(name)["pdf"]
    places = [cell.place for table in found.tables() for cell in table.grid.cells.values()]
    places += [paragraph.place for paragraph in found.paragraphs()]
    assert len(set(places)) == len(places)
    for place in places:
        for box in found.boxes[place]:
            size = found.pages[box.page - 1]
            assert -1 <= box.left < box.right <= size.width + 1
            assert -1 <= box.top < box.bottom <= size.height + 1
