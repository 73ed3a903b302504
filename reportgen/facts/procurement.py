"""政府采购: goods, works and services."""

from __future__ import annotations

from ..budget.model import Budget
from ..budget.terms import TOTAL_NAMES
from .fact import FactGroup, read, total
from .past import Past

PARTS = ("goods", "works", "services")


def procurement(budget: Budget, past: Past) -> FactGroup:
    """Return the group ``procurement``: ``goods``, ``works``, ``services``, their ``total``, and its past."""
    name = "procurement"
    parts = {key: read(f"{name}.{key}", getattr(budget.procurement, key), f"/{name}/{key}") for key in PARTS}
    group = FactGroup(name, total=past.whole(name, total(f"{name}.total", parts.values())), **parts)
    stated, earlier = past.of_total(name, name), past.earlier(name)
    past.put(group, ("total", *PARTS), stated, earlier=earlier, label=TOTAL_NAMES[name], reason=past.reason(name))
    return group
