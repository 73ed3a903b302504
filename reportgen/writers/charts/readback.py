"""Read a chart part back (DrawingML charts, ECMA-376 part 1, 21.2): what it shows, and the cells that it refers to."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from ...tree.readback import BLANK, ReadCell, Unreadable
from ..shown_numbers import shown

_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_PLOTS = {f"{_C}pieChart": "pie", f"{_C}barChart": "bar"}
_MOST = 1000  # points of a series that are read
_RANGE = re.compile(r"(.+)!\$([A-Z])\$(\d+)(?::\$([A-Z])\$(\d+))?")

Cells = Callable[[str, str], ReadCell]
"""A cell by the name of its sheet, as formulas write it, and its address."""


@dataclass(frozen=True, slots=True)
class NativeChart:
    """A chart part: its kind, what it shows, and the cells that it refers to in the same order."""

    kind: str
    shown: tuple[ReadCell, ...]
    source: tuple[ReadCell, ...]


def read_chart(root: Any, cells: Cells) -> NativeChart:
    """Return the chart of a part whose outermost element is ``root``; ``cells`` has those that it refers to.

    Raises:
        Unreadable, KeyError: it is none of the charts that this program makes.
    """
    plot = next((element for element in root.iter(*_PLOTS)), None)
    if plot is None:
        raise Unreadable("a chart that is neither a pie nor bars")
    series = plot.findall(f"{_C}ser")
    kind = _PLOTS[plot.tag]
    if kind == "bar" and len(series) > 1:
        kind = "grouped-bar"
    cached = [[_cached(part) for part in _parts(one)] for one in series]
    referred = [[_referred(part, cells) for part in _parts(one)] for one in series]
    return NativeChart(kind, tuple(_in_order(cached)), tuple(_in_order(referred)))


def _parts(series: Any) -> Iterator[Any]:
    """The references of a series: its name, the categories, the figures."""
    for path in ("tx/{c}strRef", "cat/{c}strRef", "val/{c}numRef"):
        found = series.find(f"{_C}{path.format(c=_C)}")
        if found is None:
            raise Unreadable("a series that refers to no cells")
        yield found


def _cached(reference: Any) -> list[ReadCell]:
    cache = next(element for element in reference if element.tag in (f"{_C}strCache", f"{_C}numCache"))
    count = int(cache.find(f"{_C}ptCount").get("val"))
    usual = cache.findtext(f"{_C}formatCode")
    cells = [BLANK] * min(count, _MOST)
    for point in cache.iter(f"{_C}pt"):
        text = point.findtext(f"{_C}v") or ""
        cell = ReadCell(text)
        if usual is not None:
            cell = ReadCell(shown(Decimal(text), point.get("formatCode") or usual), Decimal(text))
        cells[int(point.get("idx"))] = cell
    return cells


def _referred(reference: Any, cells: Cells) -> list[ReadCell]:
    match = _RANGE.fullmatch(reference.findtext(f"{_C}f") or "")
    if not match:
        raise Unreadable("a chart that refers to no range of cells")
    sheet, column, first, last_column, last = match.groups()
    if last_column not in (None, column):
        raise Unreadable("a chart that refers to several columns at once")
    rows = range(int(first), min(int(last or first), int(first) + _MOST) + 1)
    return [cells(sheet, f"{column}{row}") for row in rows]


def _in_order(series: list[list[list[ReadCell]]]) -> Iterator[ReadCell]:
    if len(series) > 1:
        yield from (name for names, _, _ in series for name in names)
    for n, category in enumerate(series[0][1] if series else ()):
        yield category
        yield from (figures[n] if n < len(figures) else BLANK for _, _, figures in series)
    for _, categories, figures in series:
        if categories != series[0][1] or len(figures) != len(categories):
            raise Unreadable("series of a chart that have not the same categories")
