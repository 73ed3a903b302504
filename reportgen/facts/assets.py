"""国有资产占有使用情况: vehicles and equipment at a date, and what this year's budget buys."""

from __future__ import annotations

from dataclasses import fields

from ..budget.model import Assets, Planned, Vehicles
from .fact import FactGroup, counted


def assets(stated: Assets | None) -> FactGroup | None:
    """Return the group ``assets``, or None where the document has no ``assets``."""
    if stated is None:
        return None
    group = FactGroup("assets", vehicles=_vehicles(stated.vehicles), planned=_planned(stated.planned))
    for key, value in (("year", stated.as_of.year), ("month", stated.as_of.month), ("day", stated.as_of.day)):
        group.put(**{key: counted(f"assets.{key}", value, "", "/assets/as_of")})
    for key in ("equipment", "special_equipment"):
        group.put(**{key: counted(f"assets.{key}", getattr(stated, key), "台（套）", f"/assets/{key}")})
    return group


def _vehicles(stated: Vehicles) -> FactGroup:
    """Return the number of vehicles for each use, and ``total``."""
    group = FactGroup("assets.vehicles")
    counts = {field.name: getattr(stated, field.name) for field in fields(stated)}
    for key, count in counts.items():
        group.put(**{key: counted(f"assets.vehicles.{key}", count, "辆", f"/assets/vehicles/{key}")})
    pointers = [f"/assets/vehicles/{key}" for key in counts]
    total = sum(counts.values())
    group.put(total=counted("assets.vehicles.total", total, "辆", *pointers, formula="sum by use"))
    return group


def _planned(stated: Planned) -> FactGroup:
    """Return what this year's budget buys; ``any`` is whether it buys anything."""
    units = {"vehicles": "辆", "equipment": "台（套）", "special_equipment": "台（套）"}
    counts = {
        key: counted(f"assets.planned.{key}", getattr(stated, key), unit, f"/assets/planned/{key}")
        for key, unit in units.items()
    }
    return FactGroup("assets.planned", any=any(getattr(stated, key) for key in units), **counts)
