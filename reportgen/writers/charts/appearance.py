"""The height of a chart and its colours: the same in all formats."""

from __future__ import annotations

from ...tree.nodes import Chart
from ...tree.style import TextStyle
from .bar_layout import lay_out_bars
from .pie_layout import lay_out_pie

OUTLINE = "000000"
_COLOURS = ("1F3864", "BDD7EE", "5B9BD5", "FFFFFF", "2E75B6", "9DC3E6")
"""No two are equally light: in black and white each is another grey, and outlines separate neighbours."""


def colour(chart: Chart, n: int) -> str:
    """Return the colour of the ``n``-th slice of a pie or series of bars; no two neighbours of a circle share one."""
    index = n % len(_COLOURS)
    if chart.kind == "pie" and n and not index and n == len(chart.categories) - 1:
        index = 2
    return _COLOURS[index]


def chart_height(chart: Chart, width: float, text: TextStyle) -> float:
    """Return the height of a chart that is ``width`` wide, in points, without its caption."""
    make = lay_out_pie if chart.kind == "pie" else lay_out_bars
    return make(chart, width, text).height
