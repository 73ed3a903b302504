"""The mark-up of a chart in the body: the paragraph of its drawing and that of its caption."""

from __future__ import annotations

from ...tree.nodes import Chart
from ...tree.style import Page, Style
from ..charts.appearance import chart_height
from ..charts.wording import alternative_text
from ..opc import R, escaped
from . import style_ids
from .figure_bookmarks import FigureBookmarks
from .markup import paragraph

_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_C = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_PER_POINT = 12_700  # English metric units


def type_width(page: Page) -> float:
    """Return the width of a page between its margins, in points: every chart is as wide."""
    return (page.width - page.left - page.right) * 72 / 25.4


def chart_relationship(chart: Chart) -> str:
    """Return the id of the relationship to the part of ``chart``, which depends on all that the chart shows."""
    return f"rIdChart{style_ids.digest(repr(chart))}"


def chart_markup(chart: Chart, style: Style, page: Page, figures: FigureBookmarks) -> str:
    """Return the paragraphs of ``chart``: the drawing, kept with the line below it."""
    frame = paragraph(style_ids.CHART, f"<w:r>{_drawing(chart, style, page)}</w:r>")
    return frame + paragraph(style_ids.CHART_CAPTION, figures.runs(chart.caption_line, f"{chart.id}/caption"))


def _drawing(chart: Chart, style: Style, page: Page) -> str:
    width = type_width(page)
    across = round(width * _PER_POINT)
    down = round(chart_height(chart, width, style.text["chart-label"]) * _PER_POINT)
    number = int(style_ids.digest(repr(chart))[:7], 16) or 1
    described = escaped(alternative_text(chart), chart.id)
    return (
        f'<w:drawing><wp:inline xmlns:wp="{_WP}" distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{across}" cy="{down}"/><wp:docPr id="{number}" name="{escaped(chart.id, chart.id)}" '
        f'descr="{described}"/><wp:cNvGraphicFramePr/><a:graphic xmlns:a="{_A}"><a:graphicData uri="{_C}">'
        f'<c:chart xmlns:c="{_C}" xmlns:r="{R}" r:id="{chart_relationship(chart)}"/></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing>"
    )
