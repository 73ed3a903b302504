"""The shapes of a chart, drawn with reportlab.graphics: slices, bars, keys of the legend, leader lines.

Lengths are points; the origin of a drawing is its lower left corner.
"""

from __future__ import annotations

from itertools import accumulate

from reportlab.graphics.shapes import Circle, Drawing, Line, PolyLine, Rect, Shape, Wedge
from reportlab.lib.colors import HexColor

from ....tree.nodes import Chart
from ...charts.appearance import OUTLINE, colour
from ...charts.bar_layout import Bar, BarLayout
from ...charts.pie_layout import RADIUS, PieLayout

_RULE = 0.5
_WHOLE = 359.999
"""Degrees from which a slice is the whole circle."""


def pie_drawing(chart: Chart, layout: PieLayout, width: float) -> Drawing:
    """Return the circle with its slices and the leader lines to their labels."""
    drawing = Drawing(width, layout.height)
    middle = layout.height - layout.y
    if not any(layout.extents):
        drawing.add(_outlined(Circle(layout.x, middle, RADIUS), "FFFFFF"))
    begins = accumulate(layout.extents, initial=layout.start)
    for n, (begin, extent) in enumerate(zip(begins, layout.extents, strict=False)):
        if extent >= _WHOLE:
            drawing.add(_outlined(Circle(layout.x, middle, RADIUS), colour(chart, n)))
        elif extent:  # reportlab counts angles from the right, against the clock
            slice = Wedge(layout.x, middle, RADIUS, 90 - begin - extent, 90 - begin)
            drawing.add(_outlined(slice, colour(chart, n)))
    for label in layout.labels:
        drawing.add(PolyLine([c for x, y in layout.leader(label) for c in (x, layout.height - y)], strokeWidth=_RULE))
    return drawing


def bar_drawing(chart: Chart, layout: BarLayout, width: float) -> Drawing:
    """Return the bars, the keys of the legend and the base line."""
    drawing = Drawing(width, layout.height)
    for bar in (*layout.bars, *(key for key, _ in layout.legend)):
        drawing.add(_rectangle(chart, bar, layout.height))
    x, y, end, bottom = layout.base
    drawing.add(Line(x, layout.height - y, end, layout.height - bottom, strokeWidth=_RULE))
    return drawing


def _rectangle(chart: Chart, bar: Bar, height: float) -> Shape:
    shape = Rect(bar.x, height - bar.y - bar.height, bar.width, bar.height)
    return _outlined(shape, colour(chart, bar.series))


def _outlined(shape: Shape, fill: str) -> Shape:
    shape.fillColor, shape.strokeColor, shape.strokeWidth = HexColor(f"#{fill}"), HexColor(f"#{OUTLINE}"), _RULE
    return shape
