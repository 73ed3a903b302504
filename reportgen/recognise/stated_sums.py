"""Sums of stated amounts, and a whole held against its parts within the rounding of all of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from .table import StatedAmount


def sum_of(parts: Sequence[StatedAmount], place: str = "") -> StatedAmount:
    """Return the sum of amounts, at the place of the first."""
    value = sum((part.value for part in parts), Decimal(0))
    rounding = sum((part.rounding for part in parts), Decimal(0))
    return StatedAmount(value, parts[0].place if parts else place, rounding)


def less(whole: StatedAmount, parts: Sequence[StatedAmount]) -> StatedAmount:
    """Return what is left of ``whole`` without ``parts``: zero where that could come of rounding alone."""
    rest = sum_of(parts)
    value, rounding = whole.value - rest.value, whole.rounding + rest.rounding
    return StatedAmount(Decimal(0) if abs(value) <= rounding else value, whole.place, rounding)


class WholeAndParts:
    """What is known of a ``whole`` and the ``parts`` that it is to be the sum of; a base of frozen dataclasses."""

    __slots__ = ()
    whole: StatedAmount
    parts: tuple[StatedAmount, ...]

    @property
    def other(self) -> StatedAmount:
        """The sum of the parts, at the place of the first."""
        return sum_of(self.parts)

    @property
    def gap(self) -> Decimal:
        """By how much the parts are more than the whole, in 元."""
        return self.other.value - self.whole.value

    @property
    def holds(self) -> bool:
        """Whether whole and parts differ by no more than all of them may be rounded."""
        return abs(self.gap) <= self.whole.rounding + self.other.rounding

    @property
    def is_zero(self) -> bool:
        """Whether all amounts are zero, so that nothing is said."""
        return not self.whole.value and not any(part.value for part in self.parts)

    def places(self) -> Iterator[str]:
        """Yield the places of the cells that take part."""
        yield self.whole.place
        yield from (part.place for part in self.parts)
