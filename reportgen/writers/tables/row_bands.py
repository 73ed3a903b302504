"""Bands: rows of a table that are tied together because a cell reaches from one into the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ...tree.nodes import Row


def bands(last_rows: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Return the first and the last row of each band, from top to bottom; most bands are a single row.

    ``last_rows`` gives for each row the last row that a cell beginning in it reaches.

    >>> list(bands([0, 3, 2, 3, 4]))
    [(0, 0), (1, 3), (4, 4)]
    """
    first, last = 0, -1
    for row, reached in enumerate(last_rows):
        if row > last >= 0:
            yield first, last
            first = row
        last = max(last, row, reached)
    if last >= 0:
        yield first, last


def last_row(number: int, row: Row) -> int:
    """Return the last row that a cell beginning in ``row``, the row ``number``, reaches."""
    return number + max([cell.rowspan for cell in row.cells], default=1) - 1
