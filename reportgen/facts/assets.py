"""国有资产占有使用情况: vehicles and equipment at a date, and what this year's budget buys."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial

from ..budget.assets import PURCHASES, VEHICLE_USES, Assets
from ..budget.map_type import is_key
from .fact import FactGroup, SourceText, counted

EQUIPMENT = "台（套）"
VEHICLES = "vehicles"


def assets(stated: Assets | None) -> FactGroup | None:
    """Return the group ``assets``, or None where the document has no ``assets``."""
    if stated is None:
        return None
    vehicles, planned_vehicles = stated.vehicles or {}, stated.planned_vehicles or {}
    group = FactGroup(
        "assets", vehicles=counts("assets.vehicles", vehicles, "辆", VEHICLE_USES), planned=_planned(stated)
    )
    for key, value in (("year", stated.as_of.year), ("month", stated.as_of.month), ("day", stated.as_of.day)):
        group.put(**{key: counted(f"assets.{key}", value, "", "/assets/as_of")})
    for key in ("equipment", "special_equipment"):
        group.put(**{key: counted(f"assets.{key}", getattr(stated, key), EQUIPMENT, f"/assets/{key}")})
    group.put(
        others=counts("assets.others", stated.others or {}, EQUIPMENT),
        planned_vehicles=counts("assets.planned_vehicles", planned_vehicles, "辆"),
    )
    return group


def counts(name: str, stated: Mapping[str, int], unit: str, known: Iterable[str] = ()) -> FactGroup:
    """Return a count for each key and each ``known`` one, ``rows`` in the order of the document and ``total``.

    A key that the document does not have is zero: the layout names the categories.
    """
    path = "/" + name.replace(".", "/")
    values = {**dict.fromkeys(known, 0), **stated}
    group = FactGroup(name, **{key: counted(f"{name}.{key}", n, unit, f"{path}/{key}") for key, n in values.items()})
    rows = [
        FactGroup(f"{name}.{key}", key=key, name=SourceText(key, f"{path}/{key}"), count=group[key]) for key in stated
    ]
    pointers = [f"{path}/{key}" for key in values]
    whole = counted(f"{name}.total", sum(stated.values()), unit, *pointers, formula="sum by use")
    group.put(rows=rows, total=whole)
    group.on_request(partial(_zero, name, unit))
    return group


def _zero(name: str, unit: str, key: str) -> object:
    return counted(f"{name}.{key}", 0, unit) if is_key(key) else None


def _planned(stated: Assets) -> FactGroup:
    """Return what this year's budget buys; ``any`` is whether it buys anything."""
    planned = stated.planned or {}
    group = counts("assets.planned", planned, EQUIPMENT, PURCHASES)
    by_use = stated.planned_vehicles or {}
    pointers = [f"/assets/planned_vehicles/{key}" for key in by_use]
    count, cells = (planned[VEHICLES], ["/assets/planned/vehicles"]) if VEHICLES in planned else (
        sum(by_use.values()), pointers
    )  # fmt: skip
    vehicles = counted("assets.planned.vehicles", count, "辆", *cells)
    group.put(**{VEHICLES: vehicles}, any=bool(vehicles or any(planned.values())))
    return group
