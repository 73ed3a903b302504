"""Charts placed on pages: the drawing with its texts, and the caption below it, all on one page.

Each text is an element of its own within the figure, so that it can be searched, read and found by the name of the
figure that it prints. Names of series come first, then each category with its figures.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from ....core.errors import TypesettingError
from ....tree.locations import chart_name
from ....tree.nodes import Align, Chart, Text
from ...charts.bar_layout import BarLayout, BarText, lay_out_bars
from ...charts.pie_layout import PieLabel, PieLayout, lay_out_pie
from ...charts.wording import alternative_text, value_label
from ..tagging import Element
from ..typeset.prose import typeset_caption_line
from ..typeset.text import Measure, TypesetLine, Typesetter
from ..typeset.type_area import MM, TypeArea
from .page import Drawing, Pages
from .prose_flow import flow, height_of

_BETWEEN = 0.5
"""From a name to its figure on one line, in type sizes."""


@dataclass(frozen=True, slots=True)
class _PlacedText:
    """A line of type at a place in the chart."""

    x: float
    y: float
    line: TypesetLine
    tag: Element


class ChartPages:
    """One chart, set in type, to be placed on a page."""

    def __init__(self, chart: Chart, area: TypeArea, typesetter: Typesetter, pages: Pages, parent: Element) -> None:
        """Set ``chart`` in the width of the type area; ``parent`` gets its element."""
        self._chart, self._area, self._typesetter, self._pages = chart, area, typesetter, pages
        self._style = typesetter.style_of("chart-label")
        self._leading = self._style.leading or self._style.size * 1.3
        self._figure = parent.add("Figure", chart.id)
        self._figure.alternative = alternative_text(chart)
        self._shapes = self._figure.add("Span", f"{chart.id}/drawing")
        self._layout: PieLayout | BarLayout
        if chart.kind == "pie":
            self._layout = pie = lay_out_pie(chart, area.width, self._style)
            self._texts = [*self._of_pie(pie)]
        else:
            self._layout = bars = lay_out_bars(chart, area.width, self._style)
            self._texts = [*self._of_bars(bars)]
        self._caption = [typeset_caption_line(chart, area, typesetter, self._figure)]

    @property
    def height(self) -> float:
        """The height of the chart with its caption."""
        return self._layout.height + height_of(self._caption)

    def put(self) -> None:
        """Place the chart on the current page, or on a new one if it does not fit there.

        Raises:
            TypesettingError: it is higher than a page.
        """
        pages, area = self._pages, self._area
        if self.height > pages.free_height and not pages.is_blank:
            pages.turn()
        if self.height > pages.free_height + 1:
            message, hint = "{chart}太高，一页放不下", "减少图里的类或系列，或在 style.yaml 里减小 chart-label"
            raise TypesettingError(message, hint, chart=chart_name(self._chart))
        x, y, height = area.left, pages.y, self._layout.height
        bottom = area.setup.height * MM - y - height
        self._figure.attributes = self._attributes(x, bottom)
        pages.current.drawings.append(Drawing(self._operators(x, bottom), self._shapes))
        for text in self._texts:
            pages.current.put(x + text.x, y + text.y, self._leading, text.line, text.tag)
        pages.y += height
        flow(self._caption, pages)

    def _operators(self, x: float, bottom: float) -> str:
        from ..charts.operators import operators  # reportlab is loaded only where a document has a chart
        from ..charts.shapes import bar_drawing, pie_drawing

        layout, width = self._layout, self._area.width
        if isinstance(layout, PieLayout):
            return operators(pie_drawing(self._chart, layout, width), x, bottom)
        return operators(bar_drawing(self._chart, layout, width), x, bottom)

    def _attributes(self, x: float, bottom: float) -> str:
        """The place of the figure on its page (ISO 32000-1, 14.8.5.4)."""
        box = f"{x:.2f} {bottom:.2f} {x + self._area.width:.2f} {bottom + self._layout.height:.2f}"
        return f"/A<</O/Layout/Placement/Block/BBox[{box}]>>"

    def _of_pie(self, layout: PieLayout) -> Iterator[_PlacedText]:
        for n, label in enumerate(layout.labels):
            figure = self._chart.series[0].figures[n]
            value = value_label(figure) if figure else ""
            if len(label.lines) == 1:
                yield from self._on_one_line(n, label, value)
                continue
            align: Align = "left" if label.right else "right"
            yield from self._lines(self._name_tag(n), label.lines[:-1], label.x, label.y, label.width, align)
            at = label.y + (len(label.lines) - 1) * self._leading
            yield from self._lines(self._figure_tag(n, 0), (value,), label.x, at, label.width, align)

    def _on_one_line(self, n: int, label: PieLabel, value: str) -> Iterator[_PlacedText]:
        """Name and figure side by side, against the circle."""
        name = label.lines[0].removesuffix(value).rstrip()
        first = self._line(name, "left", label.width)
        second = self._line(value, "left", label.width)
        between = self._style.size * _BETWEEN
        x = label.x if label.right else label.x + label.width - first.width - between - second.width
        yield _PlacedText(x, label.y, first, self._name_tag(n))
        yield _PlacedText(x + first.width + between, label.y, second, self._figure_tag(n, 0))

    def _of_bars(self, layout: BarLayout) -> Iterator[_PlacedText]:
        for k, (_, text) in enumerate(layout.legend):
            yield from self._text(self._figure.add("Span", f"{self._chart.id}/series/{k + 1}"), text)
        for n, (name, figures) in enumerate(zip(layout.names, layout.figures, strict=True)):
            yield from self._text(self._name_tag(n), name)
            for k, figure in enumerate(figures):
                if figure:
                    yield from self._text(self._figure_tag(n, k), figure)

    def _text(self, tag: Element, text: BarText) -> Iterator[_PlacedText]:
        return self._lines(tag, text.lines, text.x, text.y, text.width, text.align)

    def _lines(
        self, tag: Element, lines: tuple[str, ...], x: float, y: float, width: float, align: Align
    ) -> Iterator[_PlacedText]:
        for k, text in enumerate(lines):
            yield _PlacedText(x, y + k * self._leading, self._line(text, align, width), tag)

    def _line(self, text: str, align: Align, width: float) -> TypesetLine:
        """A text on one line, however wide it is in the face of the labels."""
        measured = self._typesetter.lines(
            (Text(text),), self._style, Measure(math.inf, self._style.size, "left"), self._chart.id
        )
        line = measured[0]
        free = width - line.width
        line.x = {"left": 0.0, "center": free / 2, "right": free}[align]
        return line

    def _name_tag(self, n: int) -> Element:
        return self._figure.add("Span", f"{self._chart.id}/{n + 1}")

    def _figure_tag(self, n: int, k: int) -> Element:
        return self._figure.add("Span", f"{self._chart.id}/{n + 1}/{k + 1}")
