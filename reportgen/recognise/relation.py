"""A relation between cells of one printed table, and when relations are those of the table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from .table import StatedAmount

MOST = Decimal("0.75")
"""The share of its rows in which a relation between columns has to hold to be one."""
FEWEST = 3
"""So many rows have to keep a relation between columns."""


@dataclass(frozen=True, slots=True)
class Relation:
    """``whole``, which stands in ``row`` and ``column``, is the sum of ``parts``: of rows below, or of columns."""

    kind: Literal["rows", "columns"]
    row: str
    column: str
    whole: StatedAmount
    parts: tuple[StatedAmount, ...]
    twice: tuple[str, ...] = ()
    """The places of rows that repeat the one before them, where the sum holds only without them."""

    @property
    def gap(self) -> Decimal:
        """By how much the parts are more than the whole, in 元."""
        return sum((part.value for part in self.parts), Decimal(0)) - self.whole.value

    @property
    def holds(self) -> bool:
        """Whether whole and parts differ by no more than all of them may be rounded."""
        return abs(self.gap) <= self.whole.rounding + sum((part.rounding for part in self.parts), Decimal(0))

    @property
    def is_zero(self) -> bool:
        """Whether whole and parts are all zero, so that the relation says nothing."""
        return not self.whole.value and not any(part.value for part in self.parts)

    def places(self) -> Iterator[str]:
        """Yield the places of the cells that take part."""
        yield self.whole.place
        yield from (part.place for part in self.parts)


def kept(found: Sequence[Relation], fewest: int = FEWEST) -> Sequence[Relation]:
    """Return the relations if most of them hold, and ``fewest`` of them, else none."""
    telling = [one for one in found if not one.is_zero]
    holding = sum(one.holds for one in telling)
    return found if holding >= fewest and holding >= MOST * len(telling) else ()
