"""Last year's document as the base of this year's: its figures become 上年预算数, its lines the lines to fill in."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from ...budget.terms import FUNDS, GENERAL_PUBLIC, SURPLUS_USED, THREE_PUBLIC, TOTAL_NAMES, VEHICLES
from ...core.money import YUAN, MoneyUnit, in_unit
from ...facts import FactGroup
from .reading import put
from .rows import look_up

KEPT = ("scope", "reception_use", "glossary")
"""What of last year's document is taken over where this year's has nothing: texts that seldom change."""
_PEOPLE, _MORE = ("personnel", "operating"), ("project", "business", "paid_up", "subsidies")
_FUND_KEYS = (*(fund.key for fund in FUNDS), SURPLUS_USED.key)
Line = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Lines:
    """A list of the document: where it is, what a line is known by, which other texts are kept with it."""

    path: tuple[str, ...]
    key: tuple[str, ...]
    kept: tuple[str, ...] = ()


_LISTS = (
    _Lines(("revenue",), ("unit", "source", "function")),
    _Lines(("expenditure",), ("unit", "function", "fund"), ("name", "use")),
    _Lines(("basic_expenditure",), ("unit", "economic", "counted_as"), ("name",)),
    _Lines(("economic_expenditure",), ("unit", "economic", "fund"), ("name",)),
    _Lines(("three_public",), ("unit", "fund")),
    _Lines(("projects",), ("unit", "name"), ("use",)),
    _Lines(("procurement", "lines"), ("unit", "kind", "function", "project", "economic", "item", "method", "fund")),
    _Lines(("named",), ("unit", "name")),
)
_TOTALS = {
    "revenue": "revenue.total", "expenditure": "expenditure.total", "grand_total": "expenditure.grand_total",
    "appropriation": "appropriation.total", "appropriation_revenue": "revenue.appropriation.total",
    **{fund.key: f"{fund.key}.total" for fund in FUNDS},
    **{column: f"expenditure.{column}" for column in ("basic", "personnel", "operating", "project")},
    "basic_expenditure": "basic.total", "three_public": "three_public.total",
    **{item.key: f"three_public.{item.key}" for item in THREE_PUBLIC}, VEHICLES: f"three_public.{VEHICLES}",
    "agency_operating": "agency_operating.total", "procurement": "procurement.total",
}  # fmt: skip
"""The key of each total → the fact of last year's document that is its base."""
assert _TOTALS.keys() == TOTAL_NAMES.keys()


def with_last_year(data: Mapping[str, Any], last: Mapping[str, Any], facts: FactGroup) -> dict[str, Any]:
    """Return a document with last year's figures as 上年预算数, where it does not state any itself.

    Args:
        data: the document, perhaps with no more than year and money unit.
        last: last year's document in the present version of the contract.
        facts: what was derived from last year's document.
    """
    unit: MoneyUnit = data["money_unit"]
    result: dict[str, Any] = copy.deepcopy(dict(data))
    for name in KEPT:
        if name in last:
            result.setdefault(name, copy.deepcopy(last[name]))
    result.setdefault("department", copy.deepcopy(last["department"]))
    for lines in _LISTS:
        _merge(result, lines, last, unit)
    for key, name in _TOTALS.items():
        amount = _fact(facts, name)
        if amount is not None and look_up(result, ("totals", key, "last", "budget")) is None:
            put(result, ("totals", key, "last", "budget"), f"{in_unit(amount, unit):f}")
    return result


def _fact(facts: FactGroup, name: str) -> Decimal | None:
    try:
        found = facts.look_up(name)
    except KeyError:
        return None
    value = getattr(found, "value", None)
    return value if isinstance(value, Decimal) else None


def _merge(result: dict[str, Any], lines: _Lines, last: Mapping[str, Any], unit: MoneyUnit) -> None:
    """Put last year's figures of a list into the lines with the same key, or into new ones."""
    own: list[dict[str, Any]] = list(look_up(result, lines.path) or ())
    by_key = {_key(line, lines.key): line for line in reversed(own)}
    for key, (line, amounts) in _summed(lines, look_up(last, lines.path) or (), last["money_unit"], unit).items():
        if key not in by_key:
            by_key[key] = {name: line[name] for name in (*lines.key, *lines.kept) if name in line}
            own.append(by_key[key])
        for path, amount in amounts.items():
            if look_up(by_key[key], path) is None:
                put(by_key[key], path, f"{amount:f}")
    if own:
        put(result, lines.path, own)


def _key(line: Line, names: Sequence[str]) -> tuple[str, ...]:
    return tuple(line.get(name) or (GENERAL_PUBLIC.name if name == "fund" else "") for name in names)


_Amounts = dict[tuple[str, ...], Decimal]


def _summed(
    lines: _Lines, old: Sequence[Line], from_unit: MoneyUnit, unit: MoneyUnit
) -> dict[tuple[str, ...], tuple[Line, _Amounts]]:
    """Return each key of last year's lines with the first line and the sums of this key's amounts in ``unit``."""
    found: dict[tuple[str, ...], tuple[Line, _Amounts]] = {}
    for line in old:
        _, amounts = found.setdefault(_key(line, lines.key), (line, {}))
        for path, amount in _bases(lines.path[-1], line):
            amounts[path] = amounts.get(path, Decimal(0)) + amount * YUAN[from_unit] / YUAN[unit]
    return {key: value for key, value in found.items() if value[1]}


def _bases(name: str, line: Line) -> Iterator[tuple[tuple[str, ...], Decimal]]:
    """Yield where each amount of a line of last year belongs this year, and the amount."""
    if name == "three_public":
        for item in THREE_PUBLIC:
            if item.key in line:
                yield ("last", "budget", item.key), Decimal(line[item.key])
        return
    if name == "revenue" and "carry_over" in line:
        yield ("carry_over_last", "budget"), Decimal(line["carry_over"])
    amount = _amount(name, line)
    if amount is not None:
        yield ("last", "budget"), amount


def _amount(name: str, line: Line) -> Decimal | None:
    """Return the amount of a line that a base is compared with; None if it states none."""
    match name:
        case "expenditure" if "total" in line:
            names: Sequence[str] = ("total",)
        case "expenditure":
            names = (*(("basic",) if "basic" in line else _PEOPLE), *_MORE)
        case "economic_expenditure":
            names = ("basic", "project")
        case "projects":
            names = _FUND_KEYS
        case _:
            names = ("amount",)
    amounts = [Decimal(line[one]) for one in names if one in line]
    return sum(amounts, Decimal(0)) if amounts else None
