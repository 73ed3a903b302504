"""From sheets and cell styles to the bytes of the file."""

from __future__ import annotations

from collections.abc import Sequence

from ...tree.nodes import Document
from ..opc import R, package_parts, relationships
from ..zips import pack
from .cell_styles import CellStyles
from .workbook import workbook
from .worksheet import CHART, DRAWING, Worksheet

_MAIN = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_BOOK, _STYLES = "xl/workbook.xml", "xl/styles.xml"
_DRAWING_TYPE = "application/vnd.openxmlformats-officedocument.drawing+xml"
_CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"


def packed(document: Document, sheets: Sequence[Worksheet], cell_styles: CellStyles) -> bytes:
    """Return the workbook of ``sheets``, whose cells have ``cell_styles``, with title and date of ``document``."""
    parts = dict(zip(_sheet_names(sheets), (sheet.part for sheet in sheets), strict=True))
    types = {_BOOK: f"{_MAIN}.sheet.main+xml", _STYLES: f"{_MAIN}.styles+xml"}
    types |= dict.fromkeys(parts, f"{_MAIN}.worksheet+xml")
    parts |= _chart_parts(sheets, types)
    links = [(f"rId{n}", f"{R}/worksheet", name.removeprefix("xl/")) for n, name in enumerate(_sheet_names(sheets), 1)]
    links.append((f"rId{len(links) + 1}", f"{R}/styles", "styles.xml"))
    parts |= {
        **package_parts(document, _BOOK, types),
        _BOOK: workbook(sheets),
        "xl/_rels/workbook.xml.rels": relationships(*links),
        _STYLES: cell_styles.part(),
    }
    return pack(parts, document.date)


def _sheet_names(sheets: Sequence[Worksheet]) -> list[str]:
    return [f"xl/worksheets/sheet{n}.xml" for n in range(1, len(sheets) + 1)]


def _chart_parts(sheets: Sequence[Worksheet], types: dict[str, str]) -> dict[str, str]:
    """The drawings and charts of the sheets that have one, each with its relationship; their ``types`` are added."""
    parts: dict[str, str] = {}
    for n, sheet in enumerate(sheets, 1):
        if sheet.chart:
            drawing, chart = f"xl/drawings/drawing{n}.xml", f"xl/charts/chart{n}.xml"
            to_drawing = (DRAWING, f"{R}/drawing", f"../drawings/drawing{n}.xml")
            parts[f"xl/worksheets/_rels/sheet{n}.xml.rels"] = relationships(to_drawing)
            parts[f"xl/drawings/_rels/drawing{n}.xml.rels"] = relationships(
                (CHART, f"{R}/chart", f"../charts/chart{n}.xml")
            )
            parts |= {drawing: sheet.drawing, chart: sheet.chart}
            types |= {drawing: _DRAWING_TYPE, chart: _CHART_TYPE}
    return parts
