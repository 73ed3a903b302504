"""Where the slices of a pie and their labels are: labels in two columns beside the circle, none over another.

Angles are degrees clockwise from the top; lengths are points from the upper left corner of the chart, down and to the
right. All formats have the same places, for widths are estimated without font metrics.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import accumulate
from math import cos, radians, sin

from ...tree.nodes import Chart, plain
from ...tree.style import TextStyle
from .wording import ems, value_label, wrapped

RADIUS = 66.0
_LEAST_HEIGHT = 160.0
_GAP = 20.0
"""From the circle to the columns of labels."""
_ELBOW = 8.0
"""From the circle to where a leader line turns."""
_BEFORE_TEXT = 3.0
"""Between the end of a leader line and its label."""
_TINY = 0.06
"""The share below which a slice is too small for a label of its own height; several in a row go to the side."""
_FEW = 2
"""So many tiny slices in a row find space anywhere."""


@dataclass(frozen=True, slots=True)
class PieLabel:
    """The label of a slice: its lines, the box they are in, the slice's middle angle; ``right``: beside which half."""

    lines: tuple[str, ...]
    x: float
    y: float
    width: float
    height: float
    angle: float
    right: bool


@dataclass(frozen=True, slots=True)
class PieLayout:
    """A pie: its height, the middle of the circle, where the first slice begins, how far each goes, the labels."""

    height: float
    x: float
    y: float
    start: float
    extents: tuple[float, ...]
    labels: tuple[PieLabel, ...]

    def on_circle(self, angle: float, radius: float = RADIUS) -> tuple[float, float]:
        """Return the point at an angle and a distance from the middle."""
        return self.x + radius * sin(radians(angle)), self.y - radius * cos(radians(angle))

    def leader(self, label: PieLabel) -> list[tuple[float, float]]:
        """Return the points of the line from the circle to a label."""
        edge = label.x - _BEFORE_TEXT if label.right else label.x + label.width + _BEFORE_TEXT
        return [
            self.on_circle(label.angle),
            self.on_circle(label.angle, RADIUS + _ELBOW),
            (edge, label.y + label.height / 2),
        ]


def lay_out_pie(chart: Chart, width: float, text: TextStyle) -> PieLayout:
    """Return the layout of a pie in ``width`` points; without any amount there is no slice, and all labels are left."""
    values = [figure.value if figure else Decimal(0) for figure in chart.series[0].figures]
    total = sum(values)
    extents = tuple(float(value / total) * 360 if total else 0.0 for value in values)
    start = _start(extents)
    column = width / 2 - RADIUS - _GAP
    leading = text.leading or text.size * 1.3
    labels = [
        _label(chart, n, start + begin + extent / 2, column, text.size, leading)
        for n, (begin, extent) in enumerate(zip(accumulate(extents, initial=0.0), extents, strict=False))
    ]
    sides = [[n for n, label in enumerate(labels) if label.right is right] for right in (True, False)]
    needed = max(sum(labels[n].height for n in side) for side in sides)
    height = max(_LEAST_HEIGHT, needed + leading)
    middle = height / 2
    for side in sides:
        side.sort(key=lambda n: (-cos(radians(labels[n].angle)), n if labels[n].right else -n))
        wanted = [middle - 1.1 * RADIUS * cos(radians(labels[n].angle)) - labels[n].height / 2 for n in side]
        for n, y in zip(side, _spread(wanted, [labels[n].height for n in side], height), strict=True):
            x = width / 2 + RADIUS + _GAP if labels[n].right else width / 2 - RADIUS - _GAP - labels[n].width
            labels[n] = replace(labels[n], x=x, y=y)
    return PieLayout(height, width / 2, middle, start, extents, tuple(labels))


def _label(chart: Chart, n: int, angle: float, column: float, size: float, leading: float) -> PieLabel:
    """The label of a slice on one line, or with its figure below its name, which may take several."""
    name, figure = plain(chart.categories[n]), chart.series[0].figures[n]
    value = value_label(figure) if figure else ""
    most = column / size
    lines = (f"{name} {value}",) if ems(f"{name} {value}") <= most else (*wrapped(name, most), value)
    width = max(ems(line) for line in lines) * size
    return PieLabel(tuple(lines), 0, 0, width, len(lines) * leading, angle % 360, angle % 360 < 180)


def _start(extents: Sequence[float]) -> float:
    """Return the angle where the first slice begins: at the top, unless a row of tiny slices has to be at the side."""
    tiny = [extent < _TINY * 360 for extent in extents]
    if all(tiny):
        return 0.0
    best: tuple[int, int] = (0, 0)
    for first in range(len(tiny)):
        count = 0
        while tiny[(first + count) % len(tiny)]:
            count += 1
        best = max(best, (count, -first))
    count, first = best[0], -best[1]
    if count <= _FEW:
        return 0.0
    before = sum(extents[:first])
    run = sum(extents[(first + n) % len(extents)] for n in range(count))
    return float(round(90 - before - run / 2) % 360)


def _spread(wanted: Sequence[float], heights: Sequence[float], height: float) -> list[float]:
    """Return the places of labels one below the other, near where they are wanted, within ``height``."""
    places: list[float] = []
    free = 0.0
    for y, own in zip(wanted, heights, strict=True):
        places.append(max(y, free))
        free = places[-1] + own
    end = height
    for n in range(len(places) - 1, -1, -1):
        places[n] = min(places[n], end - heights[n])
        end = places[n]
    return places
