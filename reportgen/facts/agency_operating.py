"""机关运行经费 and its change from last year."""

from __future__ import annotations

from ..budget.model import Budget
from ..budget.terms import TOTAL_NAMES
from .fact import FactGroup, read
from .past import Past


def agency_operating(budget: Budget, past: Past) -> FactGroup:
    """Return the group ``agency_operating``: ``total`` and its past."""
    name = "agency_operating"
    amount = past.whole(name, read(f"{name}.total", budget.agency_operating, "/agency_operating"))
    group = FactGroup(name, total=amount)
    stated, earlier = past.of_total(name, name), past.earlier(name)
    past.put(group, ("total",), stated, earlier=earlier, label=TOTAL_NAMES[name], reason=past.reason(name))
    return group
