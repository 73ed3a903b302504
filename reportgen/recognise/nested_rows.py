"""Rows that are sums of the rows below them, where neither codes nor indents say which: the rows that are none.

A table of projects may have 通用项目, 专项购置 and the project itself one below the other, each with the same amount.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

MOST_ROWS = 400
"""Rows of one unit; more are not taken apart."""
MOST_STEPS = 200_000


def lowest(amounts: Sequence[Decimal], whole: Decimal) -> list[int] | None:
    """Return the numbers of the rows that add up to ``whole`` once all rows that are sums of those below are left out.

    All rows are used: each is counted, or is the sum of rows right below it. None if that is not possible.

    >>> lowest([Decimal(n) for n in (5, 5, 5, 7, 3, 4)], Decimal(12))
    [2, 4, 5]
    """
    if len(amounts) > MOST_ROWS or any(amount < 0 for amount in amounts):
        return None
    search = _Search(amounts)
    ends = search.ends(0, whole)
    return search.rows(0, whole, len(amounts)) if len(amounts) in ends else None


class _Search:
    """Which rows after a given one can be reached when rows from it on add up to an amount."""

    def __init__(self, amounts: Sequence[Decimal]) -> None:
        self._amounts = amounts
        self._known: dict[tuple[int, Decimal], frozenset[int]] = {}
        self._steps = 0

    def ends(self, first: int, whole: Decimal) -> frozenset[int]:
        """Return the rows before which rows from ``first`` on can end that add up to ``whole``."""
        key = (first, whole)
        if key not in self._known:
            self._known[key] = frozenset()
            self._known[key] = self._ends(first, whole)
        return self._known[key]

    def _ends(self, first: int, whole: Decimal) -> frozenset[int]:
        self._steps += 1
        found = {first} if whole == 0 else set[int]()
        if first == len(self._amounts) or self._amounts[first] > whole or self._steps > MOST_STEPS:
            return frozenset(found)
        amount = self._amounts[first]
        for after in self._after(first, amount):
            found |= self.ends(after, whole - amount)
        return frozenset(found)

    def _after(self, first: int, amount: Decimal) -> list[int]:
        """Return where a row may end: with the rows that it is the sum of, the longest first, or by itself."""
        groups = sorted(self.ends(first + 1, amount), reverse=True) if amount else []
        return [end for end in groups if end > first + 1] + [first + 1]

    def rows(self, first: int, whole: Decimal, last: int) -> list[int]:
        """Return the numbers of the counted rows of a way from ``first`` to ``last``."""
        if first == last:
            return []
        amount = self._amounts[first]
        for after in self._after(first, amount):
            if last in self.ends(after, whole - amount):
                own = self.rows(first + 1, amount, after) if after > first + 1 else [first]
                return own + self.rows(after, whole - amount, last)
        return []
