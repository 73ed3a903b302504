"""Sums over departments: each amount by the name of its fact."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal

from ..department_totals import Amounts, Totals
from ..outcome import Outcome


def generated_totals(outcomes: Iterable[Outcome]) -> Iterator[Totals]:
    """Yield the totals of the departments whose files are generated: only these make up the city's.

    Documents of units are left out: their amounts are part of their departments'.
    """
    totals = (outcome.totals for outcome in outcomes if outcome.status == "generated" and outcome.totals)
    return (document for document in totals if document.scope == "department")


def add_totals(totals: Iterable[Totals]) -> Amounts:
    """Return the sum of each amount over all departments."""
    return add_amounts(department.amounts for department in totals)


def add_amounts(amounts: Iterable[Amounts]) -> Amounts:
    """Return the sum of each amount, by name."""
    sums: defaultdict[str, Decimal] = defaultdict(Decimal)
    for department in amounts:
        for name, amount in department.items():
            sums[name] += amount
    return dict(sums)


def class_names(totals: Iterable[Totals]) -> dict[str, str]:
    """Return the names of all function classes by their codes, in order of the codes."""
    names: dict[str, str] = {}
    for department in totals:
        names.update({code: name for code, name in department.classes.items() if code not in names})
    return dict(sorted(names.items()))
