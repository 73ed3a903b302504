"""政府采购: goods, works and services."""

from __future__ import annotations

from ..budget.model import Budget
from .fact import FactGroup, read, total


def procurement(budget: Budget) -> FactGroup:
    """Return the group ``procurement``: ``goods``, ``works``, ``services`` and their ``total``."""
    parts = {
        key: read(f"procurement.{key}", getattr(budget.procurement, key), f"/procurement/{key}")
        for key in ("goods", "works", "services")
    }
    return FactGroup("procurement", total=total("procurement.total", parts.values()), **parts)
