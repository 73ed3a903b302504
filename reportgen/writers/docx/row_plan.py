"""How high the rows of a table must be, which of them stay together, and where a tall span is cut.

Rows tied by spans form a *band*. Word breaks a page between any two rows and shows of a vertically merged
cell what fits beside the rows of that page; what its text needs beyond the merged rows it adds to the last
of them alone. So here the text of a span gets its height shared out over its rows beforehand, a band that
fits on a page is kept together, and a longer one is cut into *parts* that do, each with its share of
the text (together the text of the cell, unchanged).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from math import ceil, inf

from ...tree.grid import Placed
from ...tree.nodes import Row
from ...tree.style import TableStyle
from ..tables import estimate
from ..tables.row_bands import bands
from ..tables.row_heights import TallCell, spread_tall_cells

_TOGETHER = 0.7  # of a page: bands up to this stay whole …
_PART = 0.45  # … and parts of longer ones are this high at most, so that pages fill up

Grid = Sequence[Sequence[Placed]]


@dataclass(frozen=True, slots=True)
class Line:
    """A row as it will stand: its least height in points, the first and last row of its part.

    ``whole`` rows may not break across pages, ``keep`` rows stay with the next one.
    """

    height: float
    first: int
    last: int
    whole: bool
    keep: bool


class Measure:
    """Estimated heights of cells in a table of this ``fit``, in points."""

    def __init__(self, sizing: estimate.Fit, table: TableStyle) -> None:
        """Heights for type and columns of ``sizing`` with the padding of ``table``."""
        self.sizing, self.table = sizing, table

    def room(self, placed: Placed) -> float:
        """The width a cell leaves for text."""
        cell = placed.cell
        full = self.sizing.width(placed.column, cell.colspan) - 2 * self.table.pad_x
        return max(self.sizing.size, full - cell.indent * self.sizing.size)

    def surely_fits(self, text: str, page: float) -> bool:
        """Whether ``text`` is never higher than ``page``, however narrow its cell: a line holds a character or more."""
        return (len(text) * estimate.LOST_TO_RULES + 1) * self.sizing.leading + 2 * self.table.pad_y <= page

    def height(self, placed: Placed) -> float:
        """What a cell needs to show all its text."""
        count = estimate.lines(placed.cell.text, self.room(placed), self.sizing.size)
        return count * self.sizing.leading + 2 * self.table.pad_y

    def lines(self, height: float) -> int:
        """How many lines go into ``height``."""
        return int((height - 2 * self.table.pad_y) / self.sizing.leading)


def plan(rows: Sequence[Row], grid: Grid, measure: Measure, page: float) -> list[Line]:
    """The lines of ``rows`` for pages that leave ``page`` points to the body of the table."""
    lines: list[Line] = []
    for first, last in bands(map(_last_row, count(), rows)):
        if first == last:
            lines.append(Line(measure.table.row_height, first, first, _fits(grid[first], measure, page), False))
        else:
            lines += _band(grid, first, last, measure, page)
    return lines


def head_plan(rows: Sequence[Row], grid: Grid, measure: Measure) -> list[Line]:
    """The lines of a table's head: one part, kept together, with room for the text of every span."""
    last = len(rows) - 1
    heights = shared_out(grid, 0, last, measure, inf)
    return [Line(height, 0, last, True, True) for height in heights]


def pieces(placed: Placed, lines: Sequence[Line], measure: Measure) -> dict[int, str]:
    """First row → text, for every part that the cell ``placed`` reaches into."""
    end = placed.row + placed.cell.rowspan
    rest, found, row = placed.cell.text, {}, placed.row
    while row < end:
        after = min(lines[row].last + 1, end)
        height = sum(line.height for line in lines[row:after])
        if after < end:
            found[row], rest = estimate.split(rest, measure.room(placed), measure.sizing.size, measure.lines(height))
        else:
            found[row] = rest
        row = after
    return found


def _fits(line: Sequence[Placed], measure: Measure, page: float) -> bool:
    """Whether a row that no span ties to others fits on a page."""
    return all(measure.surely_fits(placed.cell.text, page) or measure.height(placed) <= page for placed in line)


def _last_row(r: int, row: Row) -> int:
    """The last row that a cell beginning in row ``r`` reaches."""
    return r + max([cell.rowspan for cell in row.cells], default=1) - 1


def _band(grid: Grid, first: int, last: int, measure: Measure, page: float) -> Iterator[Line]:
    heights = shared_out(grid, first, last, measure, page)
    for start, end in _parts(heights, page):
        for k in range(start, end + 1):
            whole = heights[k] < page
            yield Line(heights[k], first + start, first + end, whole, whole and k < end)


def shared_out(grid: Grid, first: int, last: int, measure: Measure, page: float) -> list[float]:
    """Row heights at which every span of the band has room; none above ``page``."""
    heights = [measure.table.row_height] * (last - first + 1)
    tall: list[TallCell] = []
    for r in range(first, last + 1):
        for placed in _origins(grid, r):
            if placed.cell.rowspan > 1:
                tall.append(TallCell(placed.row - first, placed.cell.rowspan, measure.height(placed)))
            else:
                heights[r - first] = min(page, max(heights[r - first], measure.height(placed)))
    spread_tall_cells(heights, tall, highest=page)
    return heights


def _parts(heights: Sequence[float], page: float) -> Iterator[tuple[int, int]]:
    """Runs of rows of about equal height, well below ``page`` unless a single row is higher."""
    total = sum(heights)
    target = total if total <= _TOGETHER * page else total / ceil(total / (_PART * page))
    start, used = 0, 0.0
    for k, height in enumerate(heights):
        if k > start and used + height / 2 > target:
            yield start, k - 1
            start, used = k, 0.0
        used += height
    yield start, len(heights) - 1


def _origins(grid: Grid, row: int) -> Iterator[Placed]:
    for column, placed in enumerate(grid[row]):
        if (placed.row, placed.column) == (row, column):
            yield placed
