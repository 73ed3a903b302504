"""Read the charts of a DOCX file back: the chart part that a drawing refers to, and the workbook of its figures."""

from __future__ import annotations

from typing import Any

from lxml import etree

from ...tree.readback import BLANK, ReadChart, Unreadable
from ..charts.readback import read_chart

_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart"
_EXTERNAL = "{http://schemas.openxmlformats.org/drawingml/2006/chart}externalData"
_DESCRIBED = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def read_embedded(drawing: Any, main: Any) -> ReadChart:
    """Return the chart of a drawing in the part ``main``, without its caption.

    Raises:
        Unreadable, or another exception: the drawing has no chart, or its chart no workbook.
    """
    from ..xlsx.readback import cells_of_first_sheet

    reference = next(drawing.iter(_CHART), None)
    if reference is None:
        raise Unreadable("a drawing without a chart")
    part = main.related_parts[reference.get(_ID)]
    root = etree.fromstring(part.blob, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    workbook = part.related_parts[root.find(_EXTERNAL).get(_ID)]
    cells = cells_of_first_sheet(workbook.blob)
    chart = read_chart(root, lambda _, address: cells.get(address, BLANK))
    return ReadChart("", next(drawing.iter(_DESCRIBED)).get("descr") or "", chart.shown, chart.source, chart.kind)
