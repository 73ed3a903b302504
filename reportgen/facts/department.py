"""The department, its units, and the years."""

from __future__ import annotations

from ..budget.model import Budget, Unit
from .fact import Fact, FactGroup, SourceText, counted, source_text


def years(budget: Budget) -> dict[str, Fact]:
    """Return the facts ``year`` and ``last_year``."""
    return {
        "year": counted("year", budget.year, "年", "/year"),
        "last_year": counted("last_year", budget.year - 1, "年", "/year", formula="year - 1"),
    }


def department(budget: Budget) -> FactGroup:
    """Return the group ``department``; ``line`` is the name that the tables print above their left corner."""
    stated = budget.department
    name = SourceText(stated.name, "/department/name")
    short_name = source_text(stated.short_name, "/department/short_name") or name
    return FactGroup(
        "department",
        code=SourceText(stated.code, "/department/code"),
        name=name,
        short_name=short_name,
        line=source_text(stated.line_name, "/department/line_name") or short_name,
        duties=[SourceText(duty, f"/department/duties/{n}") for n, duty in enumerate(stated.duties)],
    )


def unit_names(budget: Budget) -> dict[str | None, SourceText]:
    """Return the names of the units by their codes."""
    units = enumerate(budget.department.units)
    return {unit.code: SourceText(unit.name, f"/department/units/{n}/name") for n, unit in units}


def units(budget: Budget) -> FactGroup:
    """Return the group ``units``: ``rows``, their ``count``, and those with 机关运行经费.

    These are ``administrative`` (行政) and ``managed`` (参公).
    """
    rows = [_unit(n, unit) for n, unit in enumerate(budget.department.units)]
    every = (f"/department/units/{row.index}" for row in rows)
    group = FactGroup("units", rows=rows, count=counted("units.count", len(rows), "家", *every))
    for key, nature in (("administrative", "行政"), ("managed", "参公")):
        of_nature = [row for row in rows if row.nature == nature]
        pointers = (f"/department/units/{row.index}/nature" for row in of_nature)
        group.put(**{key: of_nature, f"{key}_count": counted(f"units.{key}_count", len(of_nature), "家", *pointers)})
    return group


def _unit(n: int, unit: Unit) -> FactGroup:
    pointer = f"/department/units/{n}"
    name = SourceText(unit.name, f"{pointer}/name")
    called = source_text(unit.called, f"{pointer}/called") or name
    code = source_text(unit.code, f"{pointer}/code")
    short_name = source_text(unit.short_name, f"{pointer}/short_name") or name
    return FactGroup(
        f"units.{n}", name=name, called=called, nature=unit.nature, index=n, unit_code=code, short_name=short_name
    )


def publication(budget: Budget) -> dict[str, FactGroup | SourceText | None]:
    """Return ``approved`` (``year``, ``month``, ``day``; None where it is not stated), ``approved_by``, ``contact``."""
    day = budget.approved
    parts = {} if day is None else {"year": day.year, "month": day.month, "day": day.day}
    approved = {key: counted(f"approved.{key}", value, "", "/approved") for key, value in parts.items()}
    texts = {key: source_text(getattr(budget, key), f"/{key}") for key in ("approved_by", "contact")}
    return {"approved": FactGroup("approved", **approved) if approved else None, **texts}
