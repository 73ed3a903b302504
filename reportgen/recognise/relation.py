"""A relation between cells of one printed table, and when relations are those of the table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from .stated_sums import WholeAndParts
from .table import StatedAmount

MOST = Decimal("0.75")
"""The share of its rows in which a relation between columns has to hold to be one."""
FEWEST = 3
"""So many rows have to keep a relation between columns."""


@dataclass(frozen=True, slots=True)
class Relation(WholeAndParts):
    """``whole``, which stands in ``row`` and ``column``, is the sum of ``parts``: of rows below, or of columns."""

    kind: Literal["rows", "columns"]
    row: str
    column: str
    whole: StatedAmount
    parts: tuple[StatedAmount, ...]
    twice: tuple[str, ...] = ()
    """The places of rows that repeat the one before them, where the sum holds only without them."""


def kept(found: Sequence[Relation], fewest: int = FEWEST) -> Sequence[Relation]:
    """Return the relations if most of them hold, and ``fewest`` of them, else none."""
    telling = [one for one in found if not one.is_zero]
    holding = sum(one.holds for one in telling)
    return found if holding >= fewest and holding >= MOST * len(telling) else ()
