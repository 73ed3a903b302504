"""One chart on one sheet: its caption, the cells of its figures, and below them the chart that refers to these."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil

from ...tree.nodes import Align, Chart, Figure, plain
from ...tree.style import Page, Style
from ..charts.appearance import chart_height
from ..charts.cells import ChartCells
from ..charts.wording import alternative_text, label_format, value_label
from ..opc import DECLARATION, R, escaped
from .cell_styles import CellStyle, CellStyles
from .cells import BLANK, is_quoted, number_content, text_content, text_format
from .column_widths import printable_width
from .markup import quoted
from .page_setup import page_setup
from .row_heights import band_height
from .sheet_builder import BandText, CellContent, NamedFigure, SheetBuilder
from .text_size import units
from .worksheet import CHART, Worksheet, worksheet

_NAMES = 0.4
"""The share of the width that the column of names has."""
_FREE = 3
"""Units beside the widest figure: a number that does not fit shows no digit at all."""
_PER_POINT = 12_700
"""English metric units."""
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_C = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_XDR = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"


def chart_sheet(
    name: str, chart: Chart, page: Page, style: Style, cell_styles: CellStyles, first_number: int | None
) -> Worksheet:
    """Return the sheet ``name`` with ``chart``, whose pages are numbered from ``first_number`` or go on.

    Raises:
        UnfitText: a text that no cell can hold.
    """
    from ..charts.native import chart_part  # openpyxl is loaded only where a document has a chart

    builder = SheetBuilder(cell_styles, _widths(chart, printable_width(page, style)))
    caption = plain(chart.caption_line)
    builder.band("table-title", [BandText(caption, len(builder.widths), "center")], _height(builder, caption, style))
    _row(builder, "table-head", [("", "center"), *((plain(series.name), "center") for series in chart.series)], style)
    head = builder.last
    for n, category in enumerate(chart.categories):
        figures = [series.figures[n] for series in chart.series]
        _row(builder, "table-cell", [(plain(category), "left"), *((figure, "right") for figure in figures)], style)
        builder.figures += _named(chart, n, builder.last)
    points = (page.width - page.left - page.right) * 72 / 25.4
    height = chart_height(chart, points, style.text["chart-label"])
    top = builder.last
    _space(builder, height, style)
    part = chart_part(chart, ChartCells(quoted(name), head, len(chart.categories)), points, style)
    made = worksheet(name, builder, head, page_setup(page, style, first_number), has_drawing=True)
    return made._replace(drawing=_drawing(chart, top, points, height), chart=part)


def _widths(chart: Chart, width: float) -> list[float]:
    """The width of the names and of each series: what is printable, or as much more as the figures need."""
    usual = (1 - _NAMES) * width / len(chart.series)
    labels = [[value_label(figure) for figure in series.figures if figure] for series in chart.series]
    needs = [max((units(label) for label in texts), default=0) + _FREE for texts in labels]
    return [round(_NAMES * width, 2), *(round(max(usual, need), 2) for need in needs)]


def _height(builder: SheetBuilder, text: str, style: Style) -> float:
    return band_height([(text, sum(builder.widths))], "table-title", style)


def _row(builder: SheetBuilder, role: str, texts: list[tuple[str | Figure | None, Align]], style: Style) -> None:
    contents = [_content(builder, role, text, align) for text, align in texts]
    shown = (
        (text if isinstance(text, str) else "", width) for (text, _), width in zip(texts, builder.widths, strict=True)
    )
    builder.row(contents, max(band_height(shown, role, style), style.table.row_height))


def _content(builder: SheetBuilder, role: str, text: str | Figure | None, align: Align) -> CellContent:
    index = builder.cell_styles.index
    if isinstance(text, Figure):
        return index(CellStyle(role, align, number_format=label_format(text))), number_content(text.value)
    if not text:
        return index(CellStyle(role, align)), BLANK
    return index(CellStyle(role, align, number_format=text_format(text), quoted=is_quoted(text))), text_content(text)


def _named(chart: Chart, n: int, row: int) -> Iterator[NamedFigure]:
    for k, series in enumerate(chart.series, 1):
        figure = series.figures[n]
        if figure:
            yield NamedFigure(f"{chart.id}/{n + 1}/{k}", figure, row, k + 1)


def _space(builder: SheetBuilder, height: float, style: Style) -> None:
    """Leave empty rows below the figures, over which the chart lies: they are in the printed area."""
    row = style.table.row_height
    blank = builder.cell_styles.index(CellStyle("table-cell", "left", boxed=False))
    for _ in range(ceil(height / row) + 1):
        builder.row([(blank, BLANK)] * len(builder.widths), row)


def _drawing(chart: Chart, row: int, width: float, height: float) -> str:
    """The drawing part: the chart in the size of the other formats, its upper left corner below ``row``."""
    words = f'name="{escaped(chart.id, chart.id)}" descr="{escaped(alternative_text(chart), chart.id)}"'
    return (
        f'{DECLARATION}<xdr:wsDr xmlns:xdr="{_XDR}" xmlns:a="{_A}"><xdr:oneCellAnchor>'
        f"<xdr:from><xdr:col>0</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>{row}</xdr:row>"
        f'<xdr:rowOff>{4 * _PER_POINT}</xdr:rowOff></xdr:from><xdr:ext cx="{round(width * _PER_POINT)}" '
        f'cy="{round(height * _PER_POINT)}"/><xdr:graphicFrame macro=""><xdr:nvGraphicFramePr>'
        f'<xdr:cNvPr id="2" {words}/><xdr:cNvGraphicFramePr/></xdr:nvGraphicFramePr><xdr:xfrm><a:off x="0" y="0"/>'
        f'<a:ext cx="0" cy="0"/></xdr:xfrm><a:graphic><a:graphicData uri="{_C}"><c:chart xmlns:c="{_C}" '
        f'xmlns:r="{R}" r:id="{CHART}"/></a:graphicData></a:graphic></xdr:graphicFrame><xdr:clientData/>'
        "</xdr:oneCellAnchor></xdr:wsDr>"
    )
