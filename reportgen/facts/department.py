"""What remains: who publishes, the units, 机关运行经费, 政府采购, 国有资产, 名词解释."""

from __future__ import annotations

from dataclasses import fields

from ..budget.model import Assets, Budget, Planned, Unit, Vehicles
from ..core.settings import Printing
from .change import change
from .fact import FactGroup, SourceText, counted, read, total, words


def years(budget: Budget) -> dict[str, object]:
    """``year`` and ``last_year``."""
    year = counted("year", budget.year, "年", "/year")
    return {
        "year": year,
        "last_year": counted("last_year", budget.year - 1, "年", "/year", formula="year - 1"),
    }


def department(budget: Budget) -> FactGroup:
    """Names of the department; ``line`` is the name in the department line of the tables."""
    about = budget.department
    name = SourceText(about.name, "/department/name")
    short = words(about.short_name, "/department/short_name") or name
    duties = [SourceText(duty, f"/department/duties/{n}") for n, duty in enumerate(about.duties)]
    return FactGroup(
        "department",
        code=SourceText(about.code, "/department/code"),
        name=name,
        short_name=short,
        line=words(about.line_name, "/department/line_name") or short,
        duties=duties,
    )


def units(budget: Budget) -> FactGroup:
    """``rows``, and those whose operating expenses are 机关运行经费: ``administrative`` 行政, ``managed`` 参公."""
    rows = [_unit(n, unit) for n, unit in enumerate(budget.department.units)]
    group = FactGroup("units", rows=rows)
    for key, nature in (("administrative", "行政"), ("managed", "参公")):
        chosen = [row for row in rows if row.nature == nature]
        pointers = (f"/department/units/{row.index}/nature" for row in chosen)
        group.put(**{key: chosen, f"{key}_count": counted(f"units.{key}_count", len(chosen), "家", *pointers)})
    return group


def _unit(n: int, unit: Unit) -> FactGroup:
    pointer = f"/department/units/{n}"
    name = SourceText(unit.name, f"{pointer}/name")
    called = words(unit.called, f"{pointer}/called") or name
    return FactGroup(f"units.{n}", name=name, called=called, nature=unit.nature, index=n)


def agency_operating(budget: Budget, printing: Printing) -> FactGroup:
    """机关运行经费 against last year's budget."""
    base = budget.comparison.budget.agency_operating
    amount = read("agency_operating.total", budget.agency_operating, "/agency_operating")
    last = None if base is None else read("agency_operating.last", base, "/comparison/budget/agency_operating")
    moved = change("agency_operating.change", amount, last, printing)
    reason = words(budget.reasons.agency_operating, "/reasons/agency_operating")
    return FactGroup("agency_operating", total=amount, change=moved, reason=reason)


def procurement(budget: Budget) -> FactGroup:
    """政府采购: goods, works, services and their total."""
    parts = {
        key: read(f"procurement.{key}", getattr(budget.procurement, key), f"/procurement/{key}")
        for key in ("goods", "works", "services")
    }
    return FactGroup("procurement", total=total("procurement.total", parts.values()), **parts)


def assets(found: Assets | None) -> FactGroup | None:
    """国有资产占有使用情况 and what this year's budget buys; None when the document is silent."""
    if found is None:
        return None
    group = FactGroup("assets", vehicles=_vehicles(found.vehicles), planned=_planned(found.planned))
    for key, value in (("year", found.as_of.year), ("month", found.as_of.month), ("day", found.as_of.day)):
        group.put(**{key: counted(f"assets.{key}", value, "", "/assets/as_of")})
    for key in ("equipment", "special_equipment"):
        group.put(**{key: counted(f"assets.{key}", getattr(found, key), "台（套）", f"/assets/{key}")})
    return group


def _vehicles(found: Vehicles) -> FactGroup:
    group = FactGroup("assets.vehicles")
    pointers = []
    for one in fields(found):
        pointers.append(f"/assets/vehicles/{one.name}")
        group.put(**{one.name: counted(f"assets.vehicles.{one.name}", getattr(found, one.name), "辆", pointers[-1])})
    everything = sum(getattr(found, one.name) for one in fields(found))
    group.put(total=counted("assets.vehicles.total", everything, "辆", *pointers, formula="sum by use"))
    return group


def _planned(found: Planned) -> FactGroup:
    units = {"vehicles": "辆", "equipment": "台（套）", "special_equipment": "台（套）"}
    return FactGroup(
        "assets.planned",
        any=any(getattr(found, key) for key in units),
        **{k: counted(f"assets.planned.{k}", getattr(found, k), u, f"/assets/planned/{k}") for k, u in units.items()},
    )


def glossary(budget: Budget, items: list[FactGroup]) -> FactGroup:
    """名词解释: ``functions``, one per item used that the document explains, in code order; ``terms`` of its own."""
    texts = {
        term.function: SourceText(term.text, f"/glossary/{n}/text")
        for n, term in enumerate(budget.glossary)
        if term.function
    }
    functions = [FactGroup(f"glossary.{row.key}", row=row, text=texts[row.key]) for row in items if row.key in texts]
    terms = [
        FactGroup(
            f"glossary.{n}",
            term=SourceText(t.term, f"/glossary/{n}/term"),
            text=SourceText(t.text, f"/glossary/{n}/text"),
        )
        for n, t in enumerate(budget.glossary)
        if t.term
    ]
    return FactGroup("glossary", functions=functions, terms=terms)
