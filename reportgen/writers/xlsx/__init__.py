"""The XLSX writer: the tables and charts of a document, one sheet each, after a sheet that lists them.

Prose, cover and headings are left out. A figure is a number with its exact value and a format that prints it like the
other files; everything else is text, whatever it begins with.
"""

from __future__ import annotations

from ...tree.nodes import Chart, Document
from ...tree.style import Style
from .cell_styles import CellStyles
from .chart_sheet import chart_sheet
from .contents import TITLE, contents_sheet, sheets_of
from .package import packed
from .readback import read_back
from .sheet_names import sheet_names
from .table_sheet import table_sheet

__all__ = ["SUFFIX", "read_back", "write"]

SUFFIX = ".xlsx"
DEFAULT = True


def write(document: Document, style: Style) -> bytes:
    """Return the workbook of ``document``: the same bytes for the same document and style, on any machine.

    Raises:
        SpanError: the spans of a table do not close.
        UnfitText: a text is too long for a cell or has characters that XML forbids.
        ValueError: a title has characters that XML forbids.
    """
    cell_styles = CellStyles(style)
    blocks = sheets_of(document)
    names = sheet_names((block for _, block in blocks), taken=[TITLE])
    sheets = [contents_sheet(document, names, style, cell_styles)]
    for number, ((page, block), name) in enumerate(zip(blocks, names, strict=True)):
        setup = style.pages[page]
        begin = None if number else setup.first_number or 1
        if isinstance(block, Chart):
            sheets.append(chart_sheet(name, block, setup, style, cell_styles, begin))
        else:
            sheets.append(table_sheet(name, block, setup, style, cell_styles, begin))
    return packed(document, sheets, cell_styles)
