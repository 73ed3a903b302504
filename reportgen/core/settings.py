"""What arithmetic must know of the page: how figures are printed, because wording is decided on printed values.

A layout fills this in; facts read it. So facts need not know layouts, and a sentence never says 增加 beside
a figure that prints 0.00.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from .money import MoneyUnit

SharePolicy = Literal["plain", "largest_absorbs", "largest_remainder"]


@dataclass(frozen=True, slots=True)
class Printing:
    """How the prose prints figures.

    ``flat_below`` is the rate (in percent, of the absolute value) under which a change that is not zero
    counts as 基本持平. ``shares`` says what is done when shares that make up a whole do not print as 100.0:
    ``plain`` nothing, ``largest_absorbs`` the largest takes the difference, ``largest_remainder`` those cut
    most get one unit of the last place each.
    """

    unit: MoneyUnit = "万元"
    decimals: int = 2
    grouped: bool = False
    percent_decimals: int = 1
    shares: SharePolicy = "plain"
    flat_below: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Tie:
    """An equality of a layout's own: the facts on the left add up to the facts on the right.

    ``say`` is the relation in words; the vocabulary is this small on purpose: an expression in YAML would be a second
    programming language.
    """

    code: str
    say: str
    left: tuple[str, ...]
    right: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DisabledRule:
    """A rule that a layout switches off, and why it may."""

    code: str
    reason: str
