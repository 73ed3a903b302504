"""“三公”经费 of all departments of a city together (本级汇总): by department, in total, the change from last year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from ..budget.terms import THREE_PUBLIC
from ..core.settings import Printing
from .fact import Fact, FactGroup, SourceText, counted, read, source_text, total
from .past import changes
from .three_public import COLUMNS, all_tails, columns_of, summed

ITEM_KEYS = tuple(item.key for item in THREE_PUBLIC)
Items = Mapping[str, Decimal]
"""元, exact, by the keys of the “三公” items; an item that is missing is zero."""


@dataclass(frozen=True, slots=True)
class CityDepartment:
    """One department: its name, its items of this year and of last year (None: not known).

    ``typed`` is whether it was typed in a list and has no document in the run.
    """

    name: str
    items: Items
    last: Items | None = None
    typed: bool = False


@dataclass(frozen=True, slots=True)
class City:
    """All departments of a year, the sums of those that there were last year only, the reasons by item.

    ``gone`` is None if last year's amounts are not known.
    """

    year: int
    departments: Sequence[CityDepartment]
    gone: Items | None = None
    reasons: Mapping[str, str] = field(default_factory=dict)

    @property
    def compared(self) -> bool:
        """Whether last year's amounts are known of all departments."""
        return self.gone is not None and all(department.last is not None for department in self.departments)


def city_facts(city: City, printing: Printing) -> FactGroup:
    """Return the facts of a city's summary: ``year``, ``last_year``, ``city``, and ``three_public`` as of a budget.

    The rows of ``three_public`` are departments. Pointers lead into the plain data of ``city``.
    """
    rows = [_row(n, department) for n, department in enumerate(city.departments)]
    group = summed(rows)
    reasons = {key: source_text(city.reasons.get(key), f"/reasons/{key}") for key in ITEM_KEYS}
    group.put(rows=rows, reasons=FactGroup("three_public.reasons", **reasons))
    moved = FactGroup("three_public.change", budget=changes(group, "budget", _bases(city), printing))
    group.put(change=moved, tails=all_tails("departments", group, rows, printing))
    typed = sum(department.typed for department in city.departments)
    counts = FactGroup(
        "city",
        departments=counted("city.departments", len(rows), "个", "/departments"),
        typed=counted("city.typed", typed, "个", "/departments"),
    )
    last_year = counted("last_year", city.year - 1, "年", "/year", formula="year - 1")
    year = counted("year", city.year, "年", "/year")
    return FactGroup("", year=year, last_year=last_year, city=counts, three_public=group)


def _row(n: int, department: CityDepartment) -> FactGroup:
    name, pointer = f"three_public.departments.{n}", f"/departments/{n}"
    row = columns_of(name, _read(name, department.items, f"{pointer}/items"))
    row.put(name=SourceText(department.name, f"{pointer}/name"), level=0)
    return row


def _bases(city: City) -> dict[str, Fact | None]:
    """Return last year's sums by column; None for each if they are not known."""
    if not city.compared:
        return dict.fromkeys(COLUMNS)
    name = "three_public.last.budget"
    parts = [
        _read(f"{name}.{n}", department.last or {}, f"/departments/{n}/last")
        for n, department in enumerate(city.departments)
    ]
    parts.append(_read(f"{name}.gone", city.gone or {}, "/gone"))
    group = columns_of(name, {key: total(f"{name}.{key}", (part[key] for part in parts)) for key in ITEM_KEYS})
    return {column: group[column] for column in COLUMNS}


def _read(name: str, items: Items, pointer: str) -> dict[str, Fact]:
    return {key: read(f"{name}.{key}", items.get(key), f"{pointer}/{key}") for key in ITEM_KEYS}
