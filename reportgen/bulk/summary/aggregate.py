"""Sums over departments: every amount by the name of its fact."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal

from ..department_totals import Amounts, Totals
from ..outcome import Outcome


def published(outcomes: Iterable[Outcome]) -> Iterator[Totals]:
    """The totals of the departments that are published: these alone make up the city's."""
    return (one.totals for one in outcomes if one.status == "published" and one.totals)


def added(totals: Iterable[Totals]) -> Amounts:
    """The amounts of all, name by name."""
    return add_up(one.amounts for one in totals)


def add_up(amounts: Iterable[Amounts]) -> Amounts:
    """The same of bare amounts."""
    sums: defaultdict[str, Decimal] = defaultdict(Decimal)
    for one in amounts:
        for name, amount in one.items():
            sums[name] += amount
    return dict(sums)


def classes(totals: Iterable[Totals]) -> dict[str, str]:
    """Names of all function classes by their codes, in order of the codes."""
    names: dict[str, str] = {}
    for one in totals:
        names.update({code: name for code, name in one.classes.items() if code not in names})
    return dict(sorted(names.items()))
