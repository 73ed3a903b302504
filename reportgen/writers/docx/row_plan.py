"""Plans the rows of a table: how high each must be, which stay together, where the text of a tall span is cut.

Rows tied by spans form a *band*. Word breaks a page between any two rows and shows of a vertically merged
cell what fits beside the rows of that page; what its text needs beyond the merged rows it adds to the last
of them alone. So the height that a span needs is spread over its rows beforehand, a band that fits on a page
is kept together, and a longer one is cut into *parts* that do, each with a piece of the text (joined they are
the text of the cell, unchanged).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count
from math import ceil, inf

from ...tree.grid import Placed
from ...tree.nodes import Row
from ..tables import estimate
from ..tables.cell_measure import CellMeasure, PlacedRows, origins, row_heights
from ..tables.row_bands import bands, last_row
from ..tables.row_groups import leading_rows, row_groups


@dataclass(frozen=True, slots=True)
class RowPlan:
    """A row as it is to be set: its estimated and its least height in points, the first and last row of its part.

    ``whole`` rows may not break across pages, ``keep`` rows stay with the next one. A row grows above its least height
    by itself; only what a cell over several rows needs must be given.
    """

    height: float
    least: float
    first: int
    last: int
    whole: bool
    keep: bool


def plan(rows: Sequence[Row], grid: PlacedRows, measure: CellMeasure, page: float) -> list[RowPlan]:
    """Return the plan of ``rows`` for pages that leave ``page`` points to the body of the table."""
    plans: list[RowPlan] = []
    for first, last in bands(map(last_row, count(), rows)):
        if first == last:
            least = measure.table.row_height
            plans.append(RowPlan(least, least, first, first, _fits(grid[first], measure, page), False))
        else:
            plans += _band(grid, first, last, measure, page)
    for row in _leading(rows, grid):
        plans[row] = replace(plans[row], keep=plans[row].whole)
    return plans


def head_plan(rows: Sequence[Row], grid: PlacedRows, measure: CellMeasure) -> list[RowPlan]:
    """Return the plan of a table's head: one part, kept together, with room for the text of every span."""
    last = len(rows) - 1
    heights = row_heights(grid, 0, last, measure, inf)
    return [RowPlan(height, height, 0, last, True, True) for height in heights]


def parts_text(placed: Placed, plans: Sequence[RowPlan], measure: CellMeasure) -> dict[int, str]:
    """Return first row → text, for every part that the cell ``placed`` reaches into."""
    end = placed.row + placed.cell.rowspan
    rest, texts, row = placed.cell.text, {}, placed.row
    while row < end:
        after = min(plans[row].last + 1, end)
        height = sum(plan.height for plan in plans[row:after])
        if after < end:
            lines = measure.lines_in(height)
            texts[row], rest = estimate.split_text(rest, measure.text_width(placed), measure.fit.size, lines)
        else:
            texts[row] = rest
        row = after
    return texts


def _leading(rows: Sequence[Row], grid: PlacedRows) -> Iterator[int]:
    """The rows that stay with the next one: those that introduce a group, totals that come before their parts."""
    yield from leading_rows(rows)
    begun = [[c for c, placed in enumerate(line) if placed[:2] == (r, c)] for r, line in enumerate(grid)]
    yield from (group.first - 1 for group in row_groups(rows, begun) if group.introduced)


def _fits(row: Sequence[Placed], measure: CellMeasure, page: float) -> bool:
    """Whether a row that no span ties to others fits on a page."""
    return all(measure.surely_fits(placed.cell.text, page) or measure.height(placed) <= page for placed in row)


def _band(grid: PlacedRows, first: int, last: int, measure: CellMeasure, page: float) -> Iterator[RowPlan]:
    heights = row_heights(grid, first, last, measure, page)
    least = _least_heights(grid, first, heights, measure)
    for start, end in _parts(heights, page):
        for k in range(start, end + 1):
            whole = heights[k] < page
            yield RowPlan(heights[k], least[k], first + start, first + end, whole, whole and k < end)


def _least_heights(grid: PlacedRows, first: int, heights: Sequence[float], measure: CellMeasure) -> Sequence[float]:
    """The heights to be given: the estimated ones only where rows of the usual height are too low for a span."""
    usual = measure.table.row_height
    rows = range(first, first + len(heights))
    spans = [placed for r in rows for placed in origins(grid, r) if placed.cell.rowspan > 1]
    is_enough = all(measure.height(placed) <= usual * placed.cell.rowspan for placed in spans)
    return [usual] * len(heights) if is_enough else heights


def _parts(heights: Sequence[float], page: float) -> Iterator[tuple[int, int]]:
    """First and last row of parts of about equal height, at most about ``page`` unless a single row is higher."""
    total = sum(heights)
    target = total / max(1, ceil(total / page))
    start, used = 0, 0.0
    for k, height in enumerate(heights):
        if k > start and used + height / 2 > target:
            yield start, k - 1
            start, used = k, 0.0
        used += height
    yield start, len(heights) - 1
