"""From sheets and cell styles to the bytes of the file."""

from __future__ import annotations

from collections.abc import Sequence

from ...tree.nodes import Document
from ..opc import R, package_parts, relationships
from ..zips import pack
from .cell_styles import CellStyles
from .workbook import workbook
from .worksheet import Worksheet

_MAIN = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_BOOK, _STYLES = "xl/workbook.xml", "xl/styles.xml"


def packed(document: Document, sheets: Sequence[Worksheet], cell_styles: CellStyles) -> bytes:
    """Return the workbook of ``sheets``, whose cells have ``cell_styles``, with title and date of ``document``."""
    parts = {f"xl/worksheets/sheet{n}.xml": sheet.part for n, sheet in enumerate(sheets, 1)}
    types = {_BOOK: f"{_MAIN}.sheet.main+xml", _STYLES: f"{_MAIN}.styles+xml"}
    types |= dict.fromkeys(parts, f"{_MAIN}.worksheet+xml")
    links = [(f"rId{n}", f"{R}/worksheet", name.removeprefix("xl/")) for n, name in enumerate(parts, 1)]
    links.append((f"rId{len(links) + 1}", f"{R}/styles", "styles.xml"))
    parts |= {
        **package_parts(document, _BOOK, types),
        _BOOK: workbook(sheets),
        "xl/_rels/workbook.xml.rels": relationships(*links),
        _STYLES: cell_styles.part(),
    }
    return pack(parts, document.date)
