"""Dots that lead from an entry of the contents to its page number at the right edge."""

from __future__ import annotations

from dataclasses import replace

from ....tree.nodes import Text
from ....tree.style import TextStyle
from .set_text import Measure, SetLine, Setter

ROOM = 3.0
"""Characters at the end of each line that entries leave free for dots and numbers."""

_PITCH, _BEFORE = 0.5, 0.5
"""Characters from dot to dot, and the least blank between the entry's text and the first of them."""


def leader(last: SetLine, page: str, look: TextStyle, measure: Measure, setter: Setter) -> tuple[SetLine, SetLine]:
    """The dots and the page number of an entry that ends with the line ``last``, set to its ``measure``.

    The dots stand on a grid counted from the right edge, so that those of all entries stand below each other.
    """
    pitch = _PITCH * measure.size
    (number,) = setter.lines((Text(page),), look, Measure(measure.width, measure.size, "right"), "page number")
    first = measure.width - number.x
    kept = int(first / pitch) + 1  # places on the grid that the number and the blank before it take up
    room = measure.width - last.x - last.width - _BEFORE * measure.size
    count = max(int(room / pitch) - kept, 1)
    (dots,) = setter.lines((Text("." * count),), look, Measure(measure.width, measure.size, "left"), "page number")
    spread = 1000 * _PITCH - dots.text.widths[0]
    x = measure.width - (kept + count) * pitch
    return replace(dots, x=x, line=replace(dots.line, spread=spread, width=1000 * _PITCH * count)), number
