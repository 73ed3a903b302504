"""From sheets and looks to the bytes of the file."""

from __future__ import annotations

from collections.abc import Sequence

from ...tree.nodes import Document
from ..opc import R, around, relationships
from ..zips import pack
from .cell_styles import Looks
from .workbook import workbook
from .worksheet import Sheet

_MAIN = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_BOOK, _STYLES = "xl/workbook.xml", "xl/styles.xml"


def packed(document: Document, sheets: Sequence[Sheet], looks: Looks) -> bytes:
    """The workbook of ``sheets``, whose cells have ``looks``, under the title and the date of ``document``."""
    parts = {f"xl/worksheets/sheet{n}.xml": sheet.part for n, sheet in enumerate(sheets, 1)}
    kinds = {_BOOK: f"{_MAIN}.sheet.main+xml", _STYLES: f"{_MAIN}.styles+xml"}
    kinds |= dict.fromkeys(parts, f"{_MAIN}.worksheet+xml")
    links = [(f"rId{n}", f"{R}/worksheet", name.removeprefix("xl/")) for n, name in enumerate(parts, 1)]
    links.append((f"rId{len(links) + 1}", f"{R}/styles", "styles.xml"))
    parts |= {
        **around(document, _BOOK, kinds),
        _BOOK: workbook(sheets),
        "xl/_rels/workbook.xml.rels": relationships(*links),
        _STYLES: looks.part(),
    }
    return pack(parts, document.date)
