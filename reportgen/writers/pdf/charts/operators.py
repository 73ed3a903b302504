"""A drawing of reportlab.graphics as operators of a content stream (ISO 32000-1, 8.5), in our order and precision.

reportlab's own renderer writes to a canvas of reportlab, with fonts and a file of its own; here it is one marked
content of a tagged page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from reportlab.graphics.shapes import Circle, Drawing, Line, PolyLine, Rect, Wedge
from reportlab.pdfgen.pdfgeom import bezierArc


def operators(drawing: Drawing, x: float, y: float) -> str:
    """Return the operators that draw ``drawing`` with its lower left corner at ``x``, ``y``.

    Raises:
        TypeError: it has a shape that charts do not use.
    """
    return "\n".join([f"q 1 0 0 1 {x:.2f} {y:.2f} cm 1 j", *map(_shape, drawing.contents), "Q"])


def _shape(shape: Any) -> str:
    """The state, the path and the operator that paints it."""
    fill, stroke = getattr(shape, "fillColor", None), shape.strokeColor
    is_line = isinstance(shape, Line | PolyLine)
    state = f"{shape.strokeWidth:g} w {_colour(stroke)} RG"
    if is_line or fill is None:
        return f"{state} {' '.join(_path(shape))} S"
    return f"{_colour(fill)} rg {state} {' '.join(_path(shape))} B"


def _path(shape: Any) -> Iterator[str]:
    if isinstance(shape, Rect):
        yield f"{_lengths((shape.x, shape.y, shape.width, shape.height))} re"
    elif isinstance(shape, Line):
        yield f"{_lengths((shape.x1, shape.y1))} m {_lengths((shape.x2, shape.y2))} l"
    elif isinstance(shape, PolyLine):
        points = [shape.points[n : n + 2] for n in range(0, len(shape.points), 2)]
        yield f"{_lengths(points[0])} m"
        yield from (f"{_lengths(point)} l" for point in points[1:])
    elif isinstance(shape, Circle):
        yield from _arc(shape.cx, shape.cy, shape.r, (0, 360), "m")
        yield "h"
    elif isinstance(shape, Wedge):
        yield f"{_lengths((shape.centerx, shape.centery))} m"
        extent = shape.endangledegrees - shape.startangledegrees
        yield from _arc(shape.centerx, shape.centery, shape.radius, (shape.startangledegrees, extent), "l")
        yield "h"
    else:
        raise TypeError(f"a chart has no {type(shape).__name__}")


def _arc(x: float, y: float, radius: float, angles: tuple[float, float], begin: str) -> Iterator[str]:
    """An arc from its first angle over an extent, which ``begin`` reaches (``m``: a new path, ``l``: a line)."""
    curves = bezierArc(x - radius, y - radius, x + radius, y + radius, *angles)
    yield f"{_lengths(curves[0][:2])} {begin}"
    yield from (f"{_lengths(curve[2:])} c" for curve in curves)


def _lengths(values: Sequence[float]) -> str:
    return " ".join(f"{value:.2f}" for value in values)


def _colour(colour: Any) -> str:
    return f"{colour.red:.3f} {colour.green:.3f} {colour.blue:.3f}"
