"""The XLSX writer: the tables of a document, one sheet each, behind a sheet that lists them.

Prose, cover and headings are no business of a workbook and are left out. A figure is a number with its exact
value and a format that prints it like the other files; everything else is text, whatever it begins with.
"""

from __future__ import annotations

from openpyxl import Workbook

from ...tree.nodes import Document
from ...tree.style import Style
from .contents import TITLE, tables_of, write_contents
from .figures import name_figures
from .looks import Looks
from .names import sheet_names
from .package import describe, packed
from .pages import start_numbering
from .reading import read_back
from .sheet import write_table

__all__ = ["SUFFIX", "read_back", "write"]

SUFFIX = ".xlsx"


def write(document: Document, style: Style) -> bytes:
    """The workbook of ``document``. The same document and style give the same bytes, on any machine.

    Raises:
        SpanError: the spans of a table do not close.
        UnfitText: a text is too long for a cell or has characters that XML forbids.
    """
    workbook = Workbook()
    looks = Looks(workbook, style)
    tables = tables_of(document)
    names = sheet_names((table for _, table in tables), taken=[TITLE])
    workbook.active.title = TITLE
    rows = [write_contents(workbook.active, document, names, style, looks)]
    figures = []
    for (page, table), name in zip(tables, names, strict=True):
        written, found = write_table(workbook.create_sheet(name), table, style.pages[page], style, looks)
        rows.append(written)
        figures.append((name, found))
    name_figures(workbook, figures)
    if tables:
        start_numbering(workbook.worksheets[1], style.pages[tables[0][0]])
    describe(workbook, document)
    return packed(workbook, rows, document.date)
