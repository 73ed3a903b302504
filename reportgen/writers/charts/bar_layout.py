"""Where the bars of a chart, their figures, the names of their groups and the legend are: no text over another.

Bars stand side by side if every figure fits the width of its bar, otherwise they lie one below the other. Lengths are
points from the upper left corner of the chart, down and to the right; widths of text are estimated without font
metrics, so that all formats have the same places.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ...tree.nodes import Align, Chart, Figure, plain
from ...tree.style import TextStyle
from .wording import ems, has_legend, value_label, wrapped

GROUP = 0.7
"""The share of the space of a category that its bars take, where they stand."""
NAMES = 0.3
"""The share of the width that names take, where bars lie."""
_PLOT_HEIGHT = 130.0
_WIDEST = 72.0
_BETWEEN = 0.8
"""Between groups of bars that lie, in lines."""
_GAP = 4.0
_DIGITS = 1.12
"""Factor on the estimated width of figures, for faces with wider digits."""


@dataclass(frozen=True, slots=True)
class Bar:
    """The bar of a series."""

    series: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class BarText:
    """Lines of text one below the other in a box ``width`` wide that begins at ``x``, ``y``."""

    lines: tuple[str, ...]
    x: float
    y: float
    width: float
    align: Align


@dataclass(frozen=True, slots=True)
class BarLayout:
    """Bars, texts and the base line (x, y, x, y). ``figures`` are by categories, and by series within each."""

    height: float
    upright: bool
    bars: tuple[Bar, ...]
    names: tuple[BarText, ...]
    figures: tuple[tuple[BarText | None, ...], ...]
    legend: tuple[tuple[Bar, BarText], ...]
    base: tuple[float, float, float, float]


def has_upright_bars(chart: Chart, width: float, text: TextStyle) -> bool:
    """Return whether the bars of a chart stand: each figure fits its bar, each name its group in two lines."""
    slot = width / len(chart.categories)
    fits_bars = _widest_figure(chart, text) <= bar_width(chart, width)
    return fits_bars and all(len([*_name(name, slot, text)]) <= 2 for name in _names(chart))


def bar_width(chart: Chart, width: float) -> float:
    """Return the width of a bar that stands."""
    return min(_WIDEST, width / len(chart.categories) * GROUP / len(chart.series))


def lay_out_bars(chart: Chart, width: float, text: TextStyle) -> BarLayout:
    """Return the layout of a chart of bars in ``width`` points."""
    line = text.leading or text.size * 1.3
    legend = tuple(_legend(chart, width, text, line))
    top = legend[-1][1].y + 1.5 * line if legend else line / 2
    make = _upright if has_upright_bars(chart, width, text) else _lying
    return make(chart, width, text, (line, top, legend))


_Above = tuple[float, float, tuple[tuple[Bar, BarText], ...]]
"""The height of a line, the top of the plot, the legend above it."""


def _upright(chart: Chart, width: float, text: TextStyle, above: _Above) -> BarLayout:
    line, top, legend = above
    slot, count = width / len(chart.categories), len(chart.series)
    across = bar_width(chart, width)
    low, high = _range(chart)
    scale = _PLOT_HEIGHT / ((high - low) or 1)
    base = top + line + high * scale
    bars, figures = [], []
    for n in range(len(chart.categories)):
        row: list[BarText | None] = []
        for k, figure in enumerate(_figures(chart, n)):
            x = n * slot + (slot - count * across) / 2 + k * across
            length = float(figure.value) * scale if figure else 0.0
            bars += [Bar(k, x, base - max(length, 0), across, abs(length))] if figure else []
            place = (
                BarText((value_label(figure),), x, base - max(length, 0) - line, across, "center") if figure else None
            )
            row.append(place)
        figures.append(tuple(row))
    below = top + line + _PLOT_HEIGHT + line / 3
    names = [
        BarText((*_name(name, slot, text),), n * slot, below, slot, "center") for n, name in enumerate(_names(chart))
    ]
    height = below + line * max(len(name.lines) for name in names)
    return BarLayout(height, True, tuple(bars), tuple(names), tuple(figures), legend, (0, base, width, base))


def _lying(chart: Chart, width: float, text: TextStyle, above: _Above) -> BarLayout:
    line, top, legend = above
    count, left = len(chart.series), width * NAMES
    low, high = _range(chart)
    scale = (width - left - 3 * _GAP - _widest_figure(chart, text)) / ((high - low) or 1)
    base = left + 2 * _GAP - low * scale
    bars, figures, names, y = [], [], [], top
    for n, name in enumerate(_names(chart)):
        lines = (*wrapped(name, left / text.size),)
        slot = max(count, len(lines)) * line
        names.append(BarText(lines, 0, y + (slot - len(lines) * line) / 2, left, "right"))
        row: list[BarText | None] = []
        for k, figure in enumerate(_figures(chart, n)):
            length = float(figure.value) * scale if figure else 0.0
            at = y + (slot - count * line) / 2 + k * line
            bars += [Bar(k, base + min(length, 0), at, abs(length), line)] if figure else []
            x = base + max(length, 0) + _GAP
            row.append(BarText((value_label(figure),), x, at, width - x, "left") if figure else None)
        figures.append(tuple(row))
        y += slot + _BETWEEN * line
    return BarLayout(
        y, False, tuple(bars), tuple(names), tuple(figures), legend, (base, top, base, y - _BETWEEN * line)
    )


def _legend(chart: Chart, width: float, text: TextStyle, line: float) -> Iterator[tuple[Bar, BarText]]:
    """Iterate over the entries of the legend, in as many lines as they need."""
    x, y = 0.0, 0.0
    for k, series in enumerate(chart.series if has_legend(chart) else ()):
        name, key = plain(series.name), text.size * 0.8
        across = min(ems(name) * text.size * _DIGITS, width - key - _GAP)
        if x and x + key + _GAP + across > width:
            x, y = 0.0, y + line
        place = BarText((name,), x + key + _GAP, y, across, "left")
        yield Bar(k, x, y + (line - key) / 2, key, key), place
        x += key + across + 4 * _GAP


def _range(chart: Chart) -> tuple[float, float]:
    values = [float(figure.value) for series in chart.series for figure in series.figures if figure]
    return min(0.0, *values), max(0.0, *values)


def _widest_figure(chart: Chart, text: TextStyle) -> float:
    labels = (value_label(figure) for series in chart.series for figure in series.figures if figure)
    return max(ems(label) for label in labels) * text.size * _DIGITS


def _figures(chart: Chart, n: int) -> Sequence[Figure | None]:
    return [series.figures[n] for series in chart.series]


def _names(chart: Chart) -> list[str]:
    return [plain(category) for category in chart.categories]


def _name(name: str, slot: float, text: TextStyle) -> Iterator[str]:
    return wrapped(name, (slot - _GAP) / text.size)
