"""Amounts that are printed so coarsely that they would no longer add up, rounded so that they do."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_FLOOR, Decimal

from ..core.money import rounded
from .fact import ZERO, Fact


def adding_up(parts: Sequence[Fact], step: Decimal) -> list[Fact]:
    """Return the amounts rounded to multiples of ``step`` (元) that add up to their sum rounded by itself.

    Each is rounded down; those that lose most get one step more (largest remainder), the first of equal ones first.
    The name of each is ``adding_up(n, step, …)`` with the names of all parts, of which it is the ``n``-th (1 …); by it
    :class:`~.by_name.FactsByName` finds the amount again.

    >>> amounts = [Fact(name, Decimal(value)) for name, value in [("a", 14_000), ("b", 16_000), ("c", 15_900)]]
    >>> [str(fact.value) for fact in adding_up(amounts, Decimal(10_000))]
    ['10000', '20000', '20000']
    """
    steps = [part.value / step for part in parts]
    whole = [value.to_integral_value(ROUND_FLOOR) for value in steps]
    missing = int(rounded(sum(steps, ZERO), 0) - sum(whole, ZERO))
    for n in sorted(range(len(parts)), key=lambda n: whole[n] - steps[n])[:missing]:
        whole[n] += 1
    names = ", ".join(part.name for part in parts)
    formula = f"{' + '.join(part.name for part in parts)}，各项印出来加得拢"
    return [
        Fact(f"adding_up({n}, {step:f}, {names})", value * step, formula=formula, inputs=tuple(parts))
        for n, value in enumerate(whole, 1)
    ]
