"""机关运行经费 and its change from last year's budget."""

from __future__ import annotations

from ..budget.model import Budget
from ..core.settings import Printing
from .change import change
from .fact import FactGroup, read, source_text


def agency_operating(budget: Budget, printing: Printing) -> FactGroup:
    """Return the group ``agency_operating``: ``total``, ``change`` and ``reason``."""
    last_year = budget.comparison.budget.agency_operating
    amount = read("agency_operating.total", budget.agency_operating, "/agency_operating")
    base = None
    if last_year is not None:
        base = read("agency_operating.last", last_year, "/comparison/budget/agency_operating")
    return FactGroup(
        "agency_operating",
        total=amount,
        change=change("agency_operating.change", amount, base, printing),
        reason=source_text(budget.reasons.agency_operating, "/reasons/agency_operating"),
    )
