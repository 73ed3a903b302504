"""The change of a figure from last year: difference, rate and direction, decided on the printed values."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from ..core.money import in_unit, rounded
from ..core.settings import Printing
from .fact import ZERO, Fact, FactGroup

DIRECTIONS = ("up", "down", "flat", "new", "unknown")
"""What a change may be; ``new`` where the base prints zero, ``unknown`` where there is none."""
HUNDRED = Decimal(100)
NO_FIGURES = dict.fromkeys(("base", "delta", "signed", "rate"))


def change(name: str, this: Fact | None, base: Fact | None, printing: Printing) -> FactGroup:
    """Return the change from ``base`` to ``this`` as a group.

    It has ``this``, ``base``, ``delta`` (元, not negative), ``signed`` (with its sign), ``rate``, ``direction``.

    ``direction`` is ``up``, ``down``, ``flat`` (the difference prints as zero), ``new`` (last year's figure prints as
    zero, so there is no rate) or ``unknown`` (the document does not state last year's figure). ``rate`` is None where
    it would print as zero beside a difference that does not, and 100 where the figure prints as zero.
    ``basically_flat``: the rate is below the layout's threshold.
    """
    if this is None or base is None:
        return FactGroup(name, this=this, direction="unknown", basically_flat=False, **NO_FIGURES)
    delta = Fact(
        f"{name}.delta",
        abs(this.value - base.value),
        formula=f"|{this.name} - {base.name}|",
        inputs=(this, base),
    )
    signed = Fact(f"{name}.signed", this.value - base.value, formula=f"{this.name} - {base.name}", inputs=(this, base))
    group = FactGroup(name, this=this, base=base, delta=delta, signed=signed, rate=None, basically_flat=False)
    if not prints(delta, printing):
        group.put(direction="flat")
    elif not prints(base, printing):
        group.put(direction="new")
    else:
        rate = _rate(f"{name}.rate", delta, base)
        if not prints(this, printing):  # all of the base is gone, as printed
            rate = replace(rate, value=HUNDRED)
        printed = rounded(rate.value, printing.percent_decimals)
        direction, flat = "up" if this.value > base.value else "down", printed < printing.flat_below
        group.put(direction=direction, rate=rate if printed else None, basically_flat=flat)
    return group


def completion(moved: FactGroup, printing: Printing) -> Fact | None:
    """Return 完成率, the final figure of a change in percent of its base; None where the base prints as zero.

    It is 0 where the final figure prints as zero, and 100 where both print the same.
    """
    if moved.direction == "unknown" or not prints(moved.base, printing):
        return None
    rate = _rate(f"{moved.dotted}.completion", moved.this, moved.base)
    if not prints(moved.this, printing):
        return replace(rate, value=ZERO)
    is_same = as_printed(moved.this, printing) == as_printed(moved.base, printing)
    return replace(rate, value=HUNDRED) if is_same else rate


def prints(amount: Fact, printing: Printing) -> bool:
    """Whether an amount prints as anything but zero."""
    return bool(as_printed(amount, printing))


def as_printed(amount: Fact, printing: Printing) -> Decimal:
    """Return an amount as it prints, in the unit of ``printing``."""
    return rounded(in_unit(amount.value, printing.unit), printing.decimals)


def _rate(name: str, delta: Fact, base: Fact) -> Fact:
    value = HUNDRED * delta.value / base.value
    return Fact(name, value, "percent", "%", f"{delta.name} / {base.name}", (delta, base))
