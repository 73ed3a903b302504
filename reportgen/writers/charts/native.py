"""The chart part of DOCX and XLSX (DrawingML charts, ECMA-376 part 1, 21.2), made with openpyxl's chart classes.

Its figures are those of cells, exact and in order: of the sheet that is embedded beside it in a DOCX, of the sheet that
it is on in an XLSX. The part keeps a copy of them, so that a viewer need not open the workbook.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import cos, radians, sin
from typing import Any

from openpyxl.chart import BarChart, PieChart
from openpyxl.chart.chartspace import ChartContainer, ChartSpace
from openpyxl.chart.data_source import (
    AxDataSource,
    NumData,
    NumDataSource,
    NumRef,
    NumVal,
    StrData,
    StrRef,
    StrVal,
)
from openpyxl.chart.label import DataLabel, DataLabelList
from openpyxl.chart.layout import Layout, ManualLayout
from openpyxl.chart.legend import Legend
from openpyxl.chart.marker import DataPoint
from openpyxl.chart.series import Series, SeriesLabel
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.text import CharacterProperties, Font, Paragraph, ParagraphProperties, RichTextProperties
from openpyxl.xml.constants import DRAWING_NS
from openpyxl.xml.functions import SubElement, tostring

from ...tree.nodes import Chart, ChartSeries, Figure, plain
from ...tree.style import Style
from ..opc import DECLARATION, R
from .appearance import OUTLINE, colour
from .bar_layout import BarLayout, lay_out_bars
from .cells import ChartCells
from .pie_layout import RADIUS, PieLabel, PieLayout, lay_out_pie
from .wording import has_legend, label_format

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
NAMESPACE = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_LABEL = {"showLegendKey": False, "showSerName": False, "showPercent": False, "showBubbleSize": False}
_LABEL_DISTANCE = 3.0
"""Points from a slice to where programs put its label."""
_HAIRLINE = 6350  # English metric units: half a point
_HUNDREDTHS = 100  # of a point, in which type sizes count


def chart_part(chart: Chart, cells: ChartCells, width: float, style: Style, workbook: str = "") -> str:
    """Return the part of ``chart``, whose figures are in ``cells``; ``width`` in points decides how bars stand.

    ``workbook`` is the id of the relationship to the embedded workbook, if it has one.
    """
    made = _pie(chart, cells, width, style) if chart.kind == "pie" else _bars(chart, cells, width, style)
    made.plot_area._charts = [made]
    legend = Legend() if has_legend(chart) else None
    if legend:
        legend.position = "t"
        legend.overlay = False
    container = ChartContainer(autoTitleDeleted=True, plotArea=made.plot_area, legend=legend, plotVisOnly=True)
    container.dispBlanksAs = "gap"
    plain_area = GraphicalProperties(noFill=True, ln=LineProperties(noFill=True))
    space = ChartSpace(roundedCorners=False, chart=container, spPr=plain_area, txPr=_text(style))
    tree = _in_schema_order(space.to_tree())
    _set_exact_values(tree, chart)
    _keep_on_a_line(tree)
    if chart.kind == "pie":
        _move_labels(tree, lay_out_pie(chart, width, style.text["chart-label"]), width)
    if workbook:
        data = SubElement(tree, f"{{{NAMESPACE}}}externalData", {f"{{{R}}}id": workbook})
        SubElement(data, f"{{{NAMESPACE}}}autoUpdate", {"val": "0"})
    return DECLARATION + str(tostring(tree, encoding="unicode"))


def _set_exact_values(tree: Any, chart: Chart) -> None:
    """Write the figures with all their digits, of which openpyxl makes floats, and with number formats of their own.

    The elements of its charts have no namespace until they are written.
    """
    for series, cache in zip(chart.series, tree.iter("numCache"), strict=True):
        usual = cache.findtext("formatCode")
        figures = (figure for figure in series.figures if figure)
        for point, figure in zip(cache.iter("pt"), figures, strict=True):
            point.find("v").text = f"{figure.value.normalize():f}"
            if (own := label_format(figure)) != usual:
                point.set("formatCode", own)


def _in_schema_order(tree: Any) -> Any:
    """Mend what openpyxl writes otherwise than the schema has it: separators, empty runs."""
    for separator in tree.iter("separator"):
        separator.text = separator.attrib.pop("val")
    for labels in tree.iter("dLbls"):
        lines, separator = labels.find("showLeaderLines"), labels.find("separator")
        if lines is not None and separator is not None:
            labels.remove(separator)
            labels.insert([*labels].index(lines), separator)
    for paragraph in tree.iter(f"{{{DRAWING_NS}}}p"):
        for run in paragraph.findall(f"{{{DRAWING_NS}}}r"):
            paragraph.remove(run)
    return tree


def _pie(chart: Chart, cells: ChartCells, width: float, style: Style) -> Any:
    layout = lay_out_pie(chart, width, style.text["chart-label"])
    made = PieChart(varyColors=True, firstSliceAng=round(layout.start))
    inner = {"x": (layout.x - RADIUS) / width, "y": (layout.y - RADIUS) / layout.height}
    size = {"w": 2 * RADIUS / width, "h": 2 * RADIUS / layout.height}
    made.plot_area.layout = _inner({**inner, **size})
    series = _series(chart, 0, chart.series[0], cells)
    series.dPt = [_point(chart, n) for n in range(len(chart.categories))]
    series.dLbls = _labels(chart, "outEnd", style)
    series.dLbls.dLbl = [_own_label(n, label, style) for n, label in enumerate(layout.labels)]
    made.series = [series]
    return made


def _gap(layout: BarLayout, chart: Chart) -> int:
    """The space between groups of bars, in hundredths of a bar; groups are as far apart as they are on average."""
    x, y, end, bottom = layout.base
    across = [bar.width if layout.upright else bar.height for bar in layout.bars]
    slot = (end - x if layout.upright else bottom - y) / len(chart.categories)
    return max(0, min(500, round((slot / across[0] - len(chart.series)) * 100)))


def _plot(layout: BarLayout, width: float) -> dict[str, float]:
    """The place of bars that lie: their names are on the left of it, their figures on the right."""
    left, right = min(bar.x for bar in layout.bars), max(bar.x + bar.width for bar in layout.bars)
    _, top, _, bottom = layout.base
    height = bottom - top
    return {
        "x": left / width,
        "y": top / layout.height,
        "w": max(right - left, 1) / width,
        "h": height / layout.height,
    }


def _own_label(n: int, label: PieLabel, style: Style) -> Any:
    text = _text(style)
    made = DataLabel(idx=n, dLblPos="outEnd", **_LABEL, showVal=True, showCatName=True, txPr=text)
    made.separator = " " if len(label.lines) == 1 else "\n"
    return made


def _keep_on_a_line(tree: Any) -> None:
    """Forbid programs to break labels, whose places are worked out; openpyxl leaves the word ``none`` out."""
    for labels in tree.iter("dLbls"):
        for body in labels.iter(f"{{{DRAWING_NS}}}bodyPr"):
            body.set("wrap", "none")


def _move_labels(tree: Any, layout: PieLayout, width: float) -> None:
    """Move the labels of a pie, each to its place in the layout; openpyxl has no class for that.

    Only a label whose name takes several lines may be broken.
    """
    for element, label in zip(tree.iter("dLbl"), layout.labels, strict=True):
        element.insert(1, Layout(ManualLayout(**_rounded(_moved(label, layout, width)))).to_tree())
        if len(label.lines) > 2:
            for body in element.iter(f"{{{DRAWING_NS}}}bodyPr"):
                body.set("wrap", "square")


def _moved(label: PieLabel, layout: PieLayout, width: float) -> dict[str, float]:
    """How far a label is from where programs put it, outside of its slice, in shares of the chart's size."""
    across, down = sin(radians(label.angle)), -cos(radians(label.angle))
    x, y = layout.on_circle(label.angle, RADIUS + _LABEL_DISTANCE)
    usual = (x + across * label.width / 2, y + down * label.height / 2)
    moved = {"x": (label.x + label.width / 2 - usual[0]) / width}
    moved["y"] = (label.y + label.height / 2 - usual[1]) / layout.height
    return moved


def _inner(places: Mapping[str, float]) -> Any:
    """The place of the plot without its labels, in shares of the chart's size."""
    return Layout(ManualLayout(layoutTarget="inner", xMode="edge", yMode="edge", **_rounded(places)))


def _rounded(places: Mapping[str, float]) -> dict[str, float]:
    return {name: round(place, 4) for name, place in places.items()}


def _bars(chart: Chart, cells: ChartCells, width: float, style: Style) -> Any:
    layout = lay_out_bars(chart, width, style.text["chart-label"])
    is_upright = layout.upright
    made = BarChart(barDir="col" if is_upright else "bar", grouping="clustered", varyColors=False)
    made.gapWidth, made.overlap = _gap(layout, chart), 0
    made.series = [_series(chart, n, series, cells) for n, series in enumerate(chart.series)]
    for n, series in enumerate(made.series):
        series.spPr = _fill(chart, n)
        series.invertIfNegative = False
        series.dLbls = _labels(chart, "outEnd", style)
    if not is_upright:
        made.plot_area.layout = _inner(_plot(layout, width))
    made.x_axis.txPr = _text(style, RichTextProperties(rot=0))  # LibreOffice breaks names only where they do not turn
    made.x_axis.delete, made.y_axis.delete = False, True
    made.x_axis.axPos, made.y_axis.axPos = ("b", "l") if is_upright else ("l", "b")
    made.x_axis.majorTickMark, made.x_axis.tickLblPos = "none", "low"
    made.x_axis.scaling.orientation = "minMax" if is_upright else "maxMin"
    made.y_axis.majorGridlines = None
    if all(figure.value >= 0 for series in chart.series for figure in series.figures if figure):
        made.y_axis.scaling.min = 0
    return made


def _series(chart: Chart, n: int, series: ChartSeries, cells: ChartCells) -> Any:
    names = [plain(category) for category in chart.categories]
    return Series(
        idx=n,
        order=n,
        tx=SeriesLabel(strRef=_texts(cells.series_name(n), [plain(series.name)])),
        cat=AxDataSource(strRef=_texts(cells.categories(), names)),
        val=NumDataSource(numRef=NumRef(f=cells.figures(n), numCache=_numbers(series.figures))),
    )


def _texts(cells: str, texts: Sequence[str]) -> Any:
    points = [StrVal(idx=n, v=text) for n, text in enumerate(texts)]
    return StrRef(f=cells, strCache=StrData(ptCount=len(points), pt=points))


def _numbers(figures: Sequence[Figure | None]) -> Any:
    formats = [label_format(figure) for figure in figures if figure]
    points = [NumVal(idx=n, v=0) for n, figure in enumerate(figures) if figure]
    return NumData(formatCode=formats[0] if formats else "General", ptCount=len(figures), pt=points)


def _labels(chart: Chart, position: str, style: Style) -> Any:
    is_pie = chart.kind == "pie"
    labels = DataLabelList(
        dLblPos=position, **_LABEL, showVal=True, showCatName=is_pie, showLeaderLines=is_pie or None,
        txPr=_text(style),
    )  # fmt: skip
    labels.separator = "\n" if is_pie else None
    return labels


def _point(chart: Chart, n: int) -> Any:
    return DataPoint(idx=n, spPr=_fill(chart, n))


def _fill(chart: Chart, n: int) -> Any:
    return GraphicalProperties(solidFill=colour(chart, n), ln=LineProperties(solidFill=OUTLINE, w=_HAIRLINE))


def _text(style: Style, body: Any = None) -> Any:
    """The type of text in the chart; ``body`` are the properties of a text that are not of its type."""
    text = style.text["chart-label"]
    face = Font(typeface=style.faces[text.face].name)
    size = round(text.size * _HUNDREDTHS)
    properties = CharacterProperties(sz=size, solidFill=OUTLINE, latin=face, ea=face, cs=face)
    return RichText(
        bodyPr=body, p=[Paragraph(pPr=ParagraphProperties(defRPr=properties), endParaRPr=CharacterProperties())]
    )
