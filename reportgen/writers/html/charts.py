"""A chart as a drawing within the page (SVG), with its texts as text and a text alternative."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate

from ...tree.nodes import Align, Chart, plain
from ...tree.style import TextStyle
from ..charts.appearance import OUTLINE, colour
from ..charts.bar_layout import Bar, BarText, lay_out_bars
from ..charts.pie_layout import RADIUS, PieLabel, PieLayout, lay_out_pie
from ..charts.wording import alternative_text, value_label
from ..opc import escaped
from .markup import RunMarkup, element

WIDTH = 330.0
"""The width of the drawing in points: its texts can still be read where a telephone shows it in 370 pixels."""
_RULE = 0.5
_WHOLE = 359.999
"""Degrees from which a slice is the whole circle."""
_BASELINE = 0.36
"""From the middle of a line to the foot of its letters, in type sizes."""
_ANCHORS = {"left": "start", "center": "middle", "right": "end"}


def chart_markup(chart: Chart, id: str, text: TextStyle, runs: RunMarkup) -> str:
    """Return a chart with its caption below it; ``text`` is the style of its labels.

    Raises:
        ValueError: a text has a character that no mark-up can have.
    """
    drawing = _Drawing(chart, text, runs)
    if chart.kind == "pie":
        layout = lay_out_pie(chart, WIDTH, text)
        parts, height = [*drawing.pie(layout)], layout.height
    else:
        bars = lay_out_bars(chart, WIDTH, text)
        parts = [*drawing.bars((*bars.bars, *(key for key, _ in bars.legend)), bars.base)]
        parts += [drawing.label(entry) for _, entry in bars.legend]
        for n, (name, figures) in enumerate(zip(bars.names, bars.figures, strict=True)):
            parts.append(drawing.label(name))
            parts += [drawing.figure_label(n, k, figure) for k, figure in enumerate(figures) if figure]
        height = bars.height
    picture = element(
        "svg", "\n".join(parts), viewBox=f"0 0 {WIDTH:g} {height:.2f}", role="img", font_size=f"{text.size:g}",
        aria_label=escaped(alternative_text(chart), chart.id),
    )  # fmt: skip
    caption = escaped(chart.label, chart.id) + runs.runs(chart.caption, f"{chart.id}/caption")
    return element("figure", f"\n{picture}\n{element('figcaption', caption)}\n", id=id, class_=f"chart {chart.kind}")


class _Drawing:
    """The shapes and texts of one chart."""

    def __init__(self, chart: Chart, text: TextStyle, runs: RunMarkup) -> None:
        self._chart, self._size, self._runs = chart, text.size, runs
        self._leading = text.leading or text.size * 1.3

    def bars(self, bars: tuple[Bar, ...], base: tuple[float, float, float, float]) -> Iterator[str]:
        """Yield the bars and the keys of the legend, and the base line."""
        for bar in bars:
            place = f'x="{bar.x:.2f}" y="{bar.y:.2f}" width="{bar.width:.2f}" height="{bar.height:.2f}"'
            yield f"<rect {place} {self._paint(bar.series)}/>"
        x, y, end, bottom = base
        yield _line(f"M{x:.2f} {y:.2f}L{end:.2f} {bottom:.2f}")

    def pie(self, layout: PieLayout) -> Iterator[str]:
        """Yield the slices, the leader lines, and the labels in the order of the categories."""
        if not any(layout.extents):
            yield self._circle(layout, f'fill="#FFFFFF" {_OUTLINE}')
        for n, (begin, extent) in enumerate(
            zip(accumulate(layout.extents, initial=layout.start), layout.extents, strict=False)
        ):
            if extent >= _WHOLE:
                yield self._circle(layout, self._paint(n))
            elif extent:
                yield f'<path d="{_slice(layout, begin, extent)}" {self._paint(n)}/>'
        for label in layout.labels:
            yield _line("M" + "L".join(f"{x:.2f} {y:.2f}" for x, y in layout.leader(label)))
        for n, label in enumerate(layout.labels):
            yield from self._pie_label(n, label)

    def label(self, text: BarText) -> str:
        """Return a name with each of its lines in its place."""
        return self._lines(text.lines, text.x, text.y, text.width, text.align)

    def figure_label(self, n: int, k: int, text: BarText) -> str:
        """Return the ``k``-th figure of the ``n``-th category."""
        x, y, anchor = self._anchor(text.x, text.y, text.width, text.align)
        return element("text", self._figure(n, k), x=x, y=y, text_anchor=anchor)

    def _pie_label(self, n: int, label: PieLabel) -> Iterator[str]:
        align: Align = "left" if label.right else "right"
        has_figure = self._chart.series[0].figures[n] is not None
        if len(label.lines) > 1:
            yield self._lines(label.lines[:-1], label.x, label.y, label.width, align)
            at = label.y + (len(label.lines) - 1) * self._leading
            x, y, anchor = self._anchor(label.x, at, label.width, align)
            if has_figure:
                yield element("text", self._figure(n, 0), x=x, y=y, text_anchor=anchor)
            return
        x, y, anchor = self._anchor(label.x, label.y, label.width, align)
        name = element("tspan", self._escaped(plain(self._chart.categories[n])), class_="shown")
        figure = f" {self._figure(n, 0)}" if has_figure else ""
        yield element("text", name + figure, x=x, y=y, text_anchor=anchor)

    def _lines(self, lines: tuple[str, ...], x: float, y: float, width: float, align: Align) -> str:
        parts = []
        for k, line in enumerate(lines):
            across, down, anchor = self._anchor(x, y + k * self._leading, width, align)
            parts.append(element("tspan", self._escaped(line), x=across, y=down, text_anchor=anchor))
        return element("text", "".join(parts), class_="shown")

    def _figure(self, n: int, k: int) -> str:
        figure = self._chart.series[k].figures[n]
        assert figure is not None
        place = f"{self._chart.id}/{n + 1}/{k + 1}"
        return element("tspan", self._runs.figure(figure, value_label(figure), place, "tspan"), class_="shown")

    def _anchor(self, x: float, y: float, width: float, align: Align) -> tuple[str, str, str]:
        """Where a line of text is fixed: its point, and which end of it is there."""
        across = x + {"left": 0.0, "center": width / 2, "right": width}[align]
        return f"{across:.2f}", f"{y + self._leading / 2 + _BASELINE * self._size:.2f}", _ANCHORS[align]

    def _circle(self, layout: PieLayout, paint: str) -> str:
        return f'<circle cx="{layout.x:.2f}" cy="{layout.y:.2f}" r="{RADIUS:g}" {paint}/>'

    def _paint(self, n: int) -> str:
        return f'fill="#{colour(self._chart, n)}" {_OUTLINE}'

    def _escaped(self, text: str) -> str:
        return escaped(text, self._chart.id)


_OUTLINE = f'stroke="#{OUTLINE}" stroke-width="{_RULE:g}"'


def _line(path: str) -> str:
    return f'<path d="{path}" fill="none" {_OUTLINE}/>'


def _slice(layout: PieLayout, begin: float, extent: float) -> str:
    x, y = layout.on_circle(begin)
    end_x, end_y = layout.on_circle(begin + extent)
    arc = f"A{RADIUS:g} {RADIUS:g} 0 {int(extent > 180)} 1 {end_x:.2f} {end_y:.2f}"
    return f"M{layout.x:.2f} {layout.y:.2f}L{x:.2f} {y:.2f}{arc}Z"
