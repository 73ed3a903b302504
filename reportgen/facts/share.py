"""Shares of a whole, and the policies for shares that do not add up to 100.0 as printed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import ROUND_DOWN, Decimal

from ..core.money import rounded
from ..core.settings import Printing, SharePolicy
from .change import HUNDRED, as_printed, prints
from .fact import ZERO, Fact


def shares(parts: Sequence[Fact], whole: Fact, printing: Printing, suffix: str = "share") -> list[Fact | None]:
    """Return one percent fact for each part, named ``<part>.<suffix>``; its value is already rounded as it prints.

    A share that prints as zero beside an amount that does not is None where ``small_shares`` of ``printing`` is
    ``omit``, and always a share that does not beside an amount that prints as zero: the sentence then states the
    amount alone.

    The policy of ``printing`` applies where the parts add up to the whole (but for rounding); shares of some of the
    parts are simply rounded.
    """
    exact = [HUNDRED * part.value / whole.value if whole.value else ZERO for part in parts]
    if prints(whole, printing) and sum(prints(part, printing) for part in parts) == 1:  # what is left prints as zero
        exact = [_all_of(part, whole, value, printing) for part, value in zip(parts, exact, strict=True)]
    complete = abs(sum(exact, ZERO) - HUNDRED) < Decimal("0.05")
    policy: SharePolicy = printing.shares if complete else "plain"
    printed = POLICIES[policy](exact, printing.percent_decimals)
    names = [part.name.removesuffix(".total") for part in parts]
    return [
        Fact(f"{name}.{suffix}", value, "percent", "%", f"{part.name} / {whole.name} ({policy})", (part, whole))
        if bool(value) == prints(part, printing) or (printing.small_shares == "print" and not value)
        else None
        for name, part, value in zip(names, parts, printed, strict=True)
    ]


def _all_of(part: Fact, whole: Fact, value: Decimal, printing: Printing) -> Decimal:
    """Return 100 for a part that prints the same as its whole, else the share."""
    return HUNDRED if as_printed(part, printing) == as_printed(whole, printing) else value


def share_of(part: Fact, whole: Fact) -> Fact | None:
    """Return the share of any fact in any other as a percentage, exact; None of nothing.

    Its name is ``share(part, whole)``, by which :class:`~.by_name.FactsByName` finds it again.
    """
    if not whole.value:
        return None
    value = HUNDRED * part.value / whole.value
    return Fact(
        f"share({part.name}, {whole.name})", value, "percent", "%", f"{part.name} / {whole.name}", (part, whole)
    )


def sum_of(parts: Sequence[Fact]) -> Fact:
    """Return the sum of facts that a layout groups; its name is ``sum(…)`` with theirs."""
    names = ", ".join(part.name for part in parts)
    value = sum((part.value for part in parts), ZERO)
    measure, unit = (parts[0].measure, parts[0].unit) if parts else ("money", "")
    formula = " + ".join(part.name for part in parts)
    return Fact(f"sum({names})", value, measure, unit, formula, tuple(parts))


def plain(exact: Sequence[Decimal], decimals: int) -> list[Decimal]:
    """Round each share by itself; the sum may print as 99.9 or 100.1."""
    return [rounded(value, decimals) for value in exact]


def largest_absorbs(exact: Sequence[Decimal], decimals: int) -> list[Decimal]:
    """Round each share by itself and add the difference to 100 to the largest.

    >>> [str(x) for x in largest_absorbs([Decimal("0.28"), Decimal("51.46"), Decimal("48.26")], 1)]
    ['0.3', '51.4', '48.3']
    """
    printed = plain(exact, decimals)
    largest = max(range(len(exact)), key=exact.__getitem__)
    printed[largest] += HUNDRED - sum(printed, ZERO)
    return printed


def largest_remainder(exact: Sequence[Decimal], decimals: int) -> list[Decimal]:
    """Cut off each share, then add one unit of the last place to those that lost most, until the sum is 100.

    >>> [str(x) for x in largest_remainder([Decimal("33.333")] * 3, 1)]
    ['33.4', '33.3', '33.3']
    """
    step = Decimal(1).scaleb(-decimals)
    printed = [value.quantize(step, ROUND_DOWN) for value in exact]
    missing = int((HUNDRED - sum(printed, ZERO)) / step)
    for index in sorted(range(len(exact)), key=lambda n: printed[n] - exact[n])[: max(0, missing)]:
        printed[index] += step
    return printed


POLICIES: dict[SharePolicy, Callable[[Sequence[Decimal], int], list[Decimal]]] = {
    "plain": plain,
    "largest_absorbs": largest_absorbs,
    "largest_remainder": largest_remainder,
}
