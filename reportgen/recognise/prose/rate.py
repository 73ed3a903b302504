"""The rates that printed figures allow: each stands for a range, so that a rate from them is in a range too."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from ...core.money import rounded
from .statement import Change, Direction, Printed

HUNDRED = Decimal(100)
Cause = Literal["divided by this year", "ratio of the years", "other direction", "decimal point", ""]


@dataclass(frozen=True, slots=True)
class Interval:
    """The least and the greatest percentage that figures allow; ``high`` is None where there is no greatest."""

    low: Decimal
    middle: Decimal | None
    high: Decimal | None

    def has(self, percent: Printed, margin: Decimal = Decimal(0)) -> bool:
        """Whether a printed percentage can be of the interval."""
        value, rounding = abs(percent.value), percent.rounding + margin
        return value + rounding >= self.low and (self.high is None or value - rounding <= self.high)

    def nearly(self, percent: Printed) -> bool:
        """Whether a printed percentage is wrong by its last digit only: cut off in place of rounded."""
        return self.has(percent, percent.rounding)

    def shown(self, percent: Printed) -> str:
        """Return the right percentage as ``percent`` is printed."""
        decimals = len(percent.text.rstrip("%").partition(".")[2])
        return f"{rounded(self.middle if self.middle is not None else self.low, decimals):f}%"


def rate_interval(amount: Printed, change: Printed, direction: Direction) -> Interval | None:
    """Return the rates of a change of which this year's amount is known; None if last year's can only be zero."""
    way: Literal[-1, 1] = -1 if direction == "up" else 1
    delta = abs(change.value)
    low, high = max(Decimal(0), delta - change.rounding), delta + change.rounding
    if way < 0 and amount.value < 0:
        return Interval(Decimal(0), None, None)
    base = amount.value + way * delta
    if base + amount.rounding + change.rounding <= 0 or (base == 0 and delta == amount.value):
        return None
    if way < 0:
        return Interval(
            _ratio(low, amount.high - low) or Decimal(0), _ratio(delta, base), _ratio(high, amount.low - high)
        )
    return Interval(_ratio(low, amount.high + low) or Decimal(0), _ratio(delta, base), _ratio(high, amount.low + high))


def rate_between(amount: Printed, base: Printed) -> Interval | None:
    """Return the rates of a change between two amounts, without their signs; None from nothing."""
    if base.low <= 0:
        return None
    delta, rounding = abs(amount.value - base.value), amount.rounding + base.rounding
    return Interval(
        _ratio(max(Decimal(0), delta - rounding), base.high) or Decimal(0),
        _ratio(delta, base.value),
        _ratio(delta + rounding, base.low),
    )


def share_interval(part: Printed, whole: Printed) -> Interval | None:
    """Return the percentages that a part may be of a whole; None of nothing."""
    if whole.low <= 0:
        return None
    return Interval(
        _ratio(part.low, whole.high) or Decimal(0), _ratio(part.value, whole.value), _ratio(part.high, whole.low)
    )


def cause(amount: Printed, change: Change) -> Cause:
    """Return what probably went wrong with a rate, "" where nothing that is known fits."""
    if change.amount is None or change.rate is None:
        return ""
    rate, delta = change.rate, abs(change.amount.value)
    base = amount.value - delta if change.direction == "up" else amount.value + delta
    mirrored = amount.value + delta if change.direction == "up" else amount.value - delta
    right = _ratio(delta, base) or Decimal(0)
    fits: tuple[tuple[Cause, Decimal | None], ...] = (
        ("divided by this year", _ratio(delta, amount.value)),
        ("ratio of the years", _ratio(amount.value, base)),
        ("other direction", _ratio(delta, mirrored)),
        ("decimal point", right.scaleb(-2)),
        ("decimal point", right.scaleb(-1)),
        ("decimal point", right.scaleb(1)),
        ("decimal point", right.scaleb(2)),
    )
    fitting = (name for name, value in fits if value and value > 0 and abs(value - abs(rate.value)) <= rate.rounding)
    return next(fitting, "")


def _ratio(part: Decimal, whole: Decimal) -> Decimal | None:
    return HUNDRED * part / whole if whole > 0 else None
