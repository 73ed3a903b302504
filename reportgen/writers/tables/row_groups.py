"""Which rows of a table belong on one page: those that a cell over several rows ties, and the row that introduces them.

The row above a group often has the same labels (a project, and then its indicators). It is kept with the group.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import count, pairwise
from typing import NamedTuple

from ...tree.nodes import Row, RowRole
from .row_bands import bands, last_row

_ORDER: tuple[RowRole, ...] = ("head", "number", "total", "subtotal", "item", "filler")
_ITEM = _ORDER.index("item")


class RowGroup(NamedTuple):
    """The first and the last row of a group, from 0, and whether the row before ``first`` introduces it."""

    first: int
    last: int
    introduced: bool


def row_groups(rows: Sequence[Row], begun: Sequence[Sequence[int]]) -> Iterator[RowGroup]:
    """Return the groups of more than one row, from top to bottom; ``begun`` are the columns where cells begin."""
    for first, last in bands(map(last_row, count(), rows)):
        if last > first:
            yield RowGroup(first, last, first > 0 and _introduces(rows, begun, first - 1))


def leading_rows(rows: Sequence[Row]) -> set[int]:
    """Return the rows with a total that come before what they are the total of: a page does not end below them."""
    pairs = enumerate(pairwise(rows))
    return {r for r, (row, below) in pairs if _ORDER.index(row.role) < _ORDER.index(below.role) <= _ITEM}


def heights_kept_together(
    heights: Sequence[float], groups: Sequence[RowGroup], leading: Collection[int] = (), tail: float = 0.0
) -> dict[int, tuple[float, ...]]:
    """Return, by the row that begins them, the heights that should be free on the page where that row is.

    These are a group with the row that introduces it; a total that comes before its parts (``leading``) with the first
    of them; and the last two rows with the ``tail`` points below them: a total is not left alone. An introducing row
    needs the row after it in any case.

    >>> heights_kept_together([10, 10, 20, 20, 10, 10], [RowGroup(2, 3, True)], tail=5)
    {2: (40,), 1: (50, 30), 4: (25,)}
    >>> heights_kept_together([10, 11, 12, 10, 10], [], {0, 1})
    {0: (33,), 1: (23,), 3: (20.0,)}
    """
    together: dict[int, tuple[float, ...]] = {}
    for row in sorted(leading):
        end = next(r for r in range(row + 1, len(heights)) if r not in leading)
        together[row] = (sum(heights[row : end + 1]),)
    for first, last, introduced in groups:
        height = sum(heights[first : last + 1])
        together[first] = (*together.get(first, ()), height)
        if introduced:
            before = heights[first - 1]
            together[first - 1] = (*together.get(first - 1, ()), before + height, before + heights[first])
    ending = max(len(heights) - 2, 0)
    together[ending] = (*together.get(ending, ()), sum(heights[ending:]) + tail)
    return together


def _introduces(rows: Sequence[Row], begun: Sequence[Sequence[int]], above: int) -> bool:
    """Return whether the labels that a row begins with are those of the group below it."""
    uppers = zip(begun[above], rows[above].cells, strict=True)
    lowers = zip(begun[above + 1], rows[above + 1].cells, strict=True)
    pairs = [(*upper, *lower) for upper, lower in zip(uppers, lowers, strict=False)]
    labels = next((n for n, (_, up, _, low) in enumerate(pairs) if not (up.text and low.rowspan > 1)), len(pairs))
    return labels > 0 and all(left == right and up.text == low.text for left, up, right, low in pairs[:labels])
