"""Where the printed pages of a sheet end: between rows that do not belong together (:mod:`..tables.row_groups`).

A spreadsheet ends a page wherever its rows reach the end of the paper. It would cut a text, part a project from its
indicators and leave a total row alone. So the pages are ended before, by the heights of the rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

_MOST_USED = 0.5  # of a page: below this much a group too high for any page begins on the next one


def page_starts(
    rows: Sequence[Sequence[float]], together: Mapping[int, Sequence[float]], page: float
) -> Iterator[tuple[int, int]]:
    """Return the rows that begin a page, except the first page: the row and which of its sheet rows.

    ``rows`` are the heights of the sheet rows that each row consists of, ``together`` the heights that should be free
    where a row begins, ``page`` is the height of a page without what it repeats.

    >>> list(page_starts([[10], [10], [10], [10], [10]], {3: (20,)}, 40))
    [(3, 0)]
    """
    used = 0.0
    for row, pieces in enumerate(rows):
        if used and any(_moves(used, need, page) for need in (*together.get(row, ()), sum(pieces))):
            yield row, 0
            used = 0.0
        for piece, height in enumerate(pieces):
            if piece and used + height > page:
                yield row, piece
                used = 0.0
            used += height


def _moves(used: float, need: float, page: float) -> bool:
    """Return whether rows of ``need`` points go to the next page: they do not fit below ``used`` points of this one."""
    return used + need > page and (need <= page or used > _MOST_USED * page)
