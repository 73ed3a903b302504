"""Places of cells as texts: the row that a cell is in."""

from __future__ import annotations

import re

_COLUMN = re.compile(" ?第 [0-9]+ 列$|(?<=!)[A-Z]+(?=[0-9]+$)")


def row_of(place: str) -> str:
    """Return the row of a cell of a printed table; one wrong figure breaks several relations of its row.

    >>> row_of("第 12 页第 3 行第 4 列")
    '第 12 页第 3 行'
    >>> row_of("支出!D17")
    '支出!17'
    """
    return _COLUMN.sub("", place)
