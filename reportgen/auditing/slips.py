"""Slips of a writer: a figure that is another one but for a single digit, or for two digits that changed places."""

from __future__ import annotations

from decimal import Decimal

from ..recognise.prose.statement import Printed
from .statement_finding import like

FEWEST = 3
"""So many digits of a figure have to be printed: of fewer, many are like others by chance."""
TELLING = 2
"""So many of them are left without the zeros at both ends: round figures are like others by chance, too."""


def is_slip(said: Printed, right: Decimal) -> bool:
    """Whether a figure is an amount (元) but for one digit, or for two neighbouring digits that changed places.

    A difference that may come of rounding is none.

    >>> said = Printed(Decimal(3600000), Decimal(50), "360.00万元", "万元")
    >>> [is_slip(said, Decimal(amount)) for amount in (3900000, 6300000, 4100000, 3600100, 36000000)]
    [True, True, False, False, False]
    """
    own, other = (_digits(like(value, said)) for value in (said.value, right))
    telling = max(len(own.strip("0")), len(other.strip("0")))
    if len(own) != len(other) or len(own) < FEWEST or telling < TELLING:
        return False
    if abs(said.value - right) <= 4 * said.rounding:
        return False
    differing = [n for n, (a, b) in enumerate(zip(own, other, strict=True)) if a != b]
    if len(differing) == 2:
        first, second = differing
        return second == first + 1 and own[first : second + 1] == other[first : second + 1][::-1]
    return len(differing) == 1


def is_telling(said: Printed) -> bool:
    """Whether so many digits of a figure are printed that another one is hardly equal by chance."""
    return len(_digits(like(said.value, said))) >= FEWEST


def _digits(text: str) -> str:
    return "".join(c for c in text if c.isdigit()).lstrip("0")
