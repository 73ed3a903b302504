"""Leader dots between an entry of the contents and its page number at the right edge."""

from __future__ import annotations

from dataclasses import replace

from ....tree.nodes import Text
from ....tree.style import TextStyle
from .text import Measure, TypesetLine, Typesetter

RESERVED = 3.0
"""The width at the end of each line that entries leave free for dots and number, in characters."""

_PITCH, _GAP = 0.5, 0.5
"""The distance from dot to dot, and the least blank between the entry's text and the first dot, in characters."""


def set_leader(
    last: TypesetLine, page: str, style: TextStyle, measure: Measure, typesetter: Typesetter
) -> tuple[TypesetLine, TypesetLine]:
    """Return the dots and the page number of an entry whose last line is ``last``.

    The dots are on a grid counted from the right edge, so those of all entries are aligned.
    """
    pitch = _PITCH * measure.size
    (number,) = typesetter.lines((Text(page),), style, Measure(measure.width, measure.size, "right"), "page number")
    number_width = measure.width - number.x
    reserved = int(number_width / pitch) + 1  # places on the grid that the number and the blank before it take up
    free = measure.width - last.x - last.width - _GAP * measure.size
    count = max(int(free / pitch) - reserved, 1)
    (dots,) = typesetter.lines((Text("." * count),), style, Measure(measure.width, measure.size, "left"), "page number")
    spread = 1000 * _PITCH - dots.text.widths[0]
    x = measure.width - (reserved + count) * pitch
    return replace(dots, x=x, line=replace(dots.line, spread=spread, width=1000 * _PITCH * count)), number
