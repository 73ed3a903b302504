"""“三公”经费: by unit, in total, and the change from last year's budget."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from ..budget.model import ALL, Budget, ThreePublicLine
from ..budget.terms import (
    OVERSEAS,
    RECEPTION,
    THREE_PUBLIC,
    VEHICLE_ITEMS,
    VEHICLE_OPERATION,
    VEHICLE_PURCHASE,
    VEHICLES,
)
from ..core.settings import Printing
from .change import as_printed, change
from .department import unit_names
from .fact import ZERO, Fact, FactGroup, SourceText, read, source_text, total

ITEM_KEYS = tuple(item.key for item in THREE_PUBLIC)
COLUMNS = ("total", OVERSEAS.key, VEHICLES, VEHICLE_PURCHASE.key, VEHICLE_OPERATION.key, RECEPTION.key)


def three_public(budget: Budget, printing: Printing) -> FactGroup:
    """Return the group ``three_public``: a fact a column, ``rows`` by unit, ``change.<column>``, ``reason.<item>``."""
    lines = [(f"/three_public/{n}", line) for n, line in enumerate(budget.three_public)]
    names = unit_names(budget)
    rows = [_row(pointer, line, names) for pointer, line in lines if line.unit != ALL]
    stated = [(pointer, line) for pointer, line in lines if line.unit == ALL]
    group = _stated(*stated[0]) if stated else summed(rows)
    group.put(rows=rows, change=changes(group, _bases(budget), printing), reason=_reasons(budget))
    group.put(tails=all_tails("units", group, rows, printing))
    return group


def all_tails(of: str, group: FactGroup, rows: Sequence[FactGroup], printing: Printing) -> list[FactGroup]:
    """Return the tails (尾差) of the sums over the ``rows`` of a table, which are called ``of``, and within rows."""
    sums = [(column, group[column], [row[column] for row in rows]) for column in COLUMNS]
    within = [tail for row in (group, *rows) for tail in _tails(row.dotted, _sums_of_row(row), printing)]
    return [*_tails(of, sums, printing), *within]


def _sums_of_row(row: FactGroup) -> list[tuple[str, Fact, list[Fact]]]:
    """Return the sums of one row of the table: each with its column and its parts."""
    return [
        (VEHICLES, row[VEHICLES], [row[item.key] for item in VEHICLE_ITEMS]),
        ("total", row.total, [row[OVERSEAS.key], row[VEHICLES], row[RECEPTION.key]]),
    ]


def _tails(of: str, sums: Iterable[tuple[str, Fact, list[Fact]]], printing: Printing) -> Iterator[FactGroup]:
    """Yield each exact sum that does not add up as printed (尾差): its column, its parts, itself."""
    for column, whole, parts in sums:
        printed, expected = sum((as_printed(part, printing) for part in parts), ZERO), as_printed(whole, printing)
        if parts and printed != expected and whole.value == sum((part.value for part in parts), ZERO):
            yield FactGroup(f"three_public.tails.{of}", of=of, column=column, parts=printed, whole=expected, sum=whole)


def _row(pointer: str, line: ThreePublicLine, names: dict[str | None, SourceText]) -> FactGroup:
    row = columns_of(
        f"three_public.{line.unit}",
        {k: read(f"three_public.{line.unit}.{k}", getattr(line, k), f"{pointer}/{k}") for k in ITEM_KEYS},
    )
    row.put(name=names.get(line.unit, SourceText(line.unit, f"{pointer}/unit")), level=0)
    return row


def columns_of(name: str, items: Mapping[str, Fact]) -> FactGroup:
    """Return the facts of all columns from those of the items: with 公务用车购置及运行维护费 and the total."""
    vehicles = total(f"{name}.{VEHICLES}", (items[item.key] for item in VEHICLE_ITEMS))
    whole = total(f"{name}.total", (items[OVERSEAS.key], vehicles, items[RECEPTION.key]))
    return FactGroup(name, total=whole, **{VEHICLES: vehicles}, **items)


def _stated(pointer: str, line: ThreePublicLine) -> FactGroup:
    return columns_of(
        "three_public", {k: read(f"three_public.{k}", getattr(line, k), f"{pointer}/{k}") for k in ITEM_KEYS}
    )


def summed(rows: Sequence[FactGroup]) -> FactGroup:
    """Return the group ``three_public`` with the sums of ``rows``."""
    return columns_of("three_public", {k: total(f"three_public.{k}", (row[k] for row in rows)) for k in ITEM_KEYS})


def changes(group: FactGroup, bases: Mapping[str, Fact | None], printing: Printing) -> FactGroup:
    """Return the group ``three_public.change``: the change of each column from its base (None: not known)."""
    moved = {key: change(f"three_public.change.{key}", group[key], bases[key], printing) for key in COLUMNS}
    return FactGroup("three_public.change", **moved)


def _bases(budget: Budget) -> dict[str, Fact | None]:
    """Return last year's budget by column; None for an item that the document does not state, and for its sums."""
    name = "three_public.last"
    stated = {key: getattr(budget.comparison.budget, key) for key in ITEM_KEYS}
    items = {key: read(f"{name}.{key}", value, f"/comparison/budget/{key}") for key, value in stated.items()}
    if None in stated.values():
        known = {key: fact if stated[key] is not None else None for key, fact in items.items()}
        return {**known, VEHICLES: None, "total": None}
    columns = columns_of(name, items)
    return {key: columns[key] for key in COLUMNS}


def _reasons(budget: Budget) -> FactGroup:
    reasons = {key: source_text(getattr(budget.reasons, key), f"/reasons/{key}") for key in ITEM_KEYS}
    return FactGroup("three_public.reason", **reasons)
