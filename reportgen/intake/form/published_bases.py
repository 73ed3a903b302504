"""What was published as the bases of a document: its figures become 上年预算数, its lines the lines to fill in.

Last year's budget gives 上年预算数, last year's final accounts 上年执行数 and the 年初结转, this year's budget gives
the 年初预算数 of final accounts.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from ...budget.lines import ALL
from ...budget.terms import (
    BASE_PARTS,
    BUDGET,
    FINAL,
    FUNDS,
    GENERAL_PUBLIC,
    REVENUE_SOURCES,
    THREE_PUBLIC,
    TOTAL_NAMES,
    VEHICLES,
    BaseKind,
)
from ...core.money import YUAN, MoneyUnit, in_unit
from ...facts import FactGroup
from .closings import CLOSING_KEY, ITEM_DIGITS, Line, amount_of, closings
from .reading import put
from .rows import look_up

KEPT = ("scope", "reception_use", "glossary")
"""What of a published document is taken over where this year's has nothing: texts that seldom change."""
_SOURCES = frozenset(source.name for source in REVENUE_SOURCES)
_CODES = ("function", "economic")
"""The codes of which one may be the beginning of others, which are below it."""


@dataclass(frozen=True, slots=True)
class _Lines:
    """A list of the document: where it is, what a line is known by, which other texts are kept with it.

    ``of_this_year`` is whether final accounts list its lines as this year's budget did, with 年初预算数 or without.
    """

    path: tuple[str, ...]
    key: tuple[str, ...]
    kept: tuple[str, ...] = ()
    of_this_year: bool = False


_LISTS = (
    _Lines(("revenue",), ("unit", "source", "function"), of_this_year=True),
    _Lines(("expenditure",), ("unit", "function", "fund"), ("name", "use"), of_this_year=True),
    _Lines(("basic_expenditure",), ("unit", "economic", "counted_as"), ("name",), of_this_year=True),
    _Lines(("economic_expenditure",), ("unit", "economic", "fund"), ("name",)),
    _Lines(("three_public",), ("unit", "fund"), of_this_year=True),
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
"""The key of each total → the fact of the published document that is its base."""
_PARTS_OF_BASIC = ("expenditure.personnel", "expenditure.operating")
assert _TOTALS.keys() == TOTAL_NAMES.keys()


def with_bases(
    data: Mapping[str, Any], published: Mapping[str, Any], facts: FactGroup, kind: BaseKind
) -> dict[str, Any]:
    """Return a document with the figures of a published one as its bases, where it does not state any itself.

    Args:
        data: the document, perhaps with no more than stage, year and money unit.
        published: the other document in the present version of the contract.
        facts: what was derived from it.
        kind: the kind of base that its figures are.
    """
    unit = _unit(data)
    result: dict[str, Any] = copy.deepcopy(dict(data))
    for name in KEPT:
        if name in published:
            result.setdefault(name, copy.deepcopy(published[name]))
    result.setdefault("department", copy.deepcopy(published["department"]))
    for lines in _LISTS:
        if kind != "initial" or lines.of_this_year:
            _merge(result, lines, _listed(lines, published, kind), kind)
    part = BASE_PARTS[kind]
    for key, name in _TOTALS.items():
        amount = _fact(facts, name, published)
        if amount is not None and look_up(result, ("totals", key, part, kind)) is None:
            put(result, ("totals", key, part, kind), f"{in_unit(amount, unit):f}")
    if kind == "execution" and data.get("stage") == FINAL:
        _carry_over(result, published)
    return result


def kind_of_last(published: Mapping[str, Any]) -> BaseKind:
    """Return which base last year's document gives: 上年预算数 or, of final accounts, 上年执行数."""
    return "execution" if published.get("stage", BUDGET) == FINAL else "budget"


def _unit(data: Mapping[str, Any]) -> MoneyUnit:
    return "元" if data["money_unit"] == "元" else "万元"


def _fact(facts: FactGroup, name: str, published: Mapping[str, Any]) -> Decimal | None:
    """Return a figure of the published document; None for one that it does not have, or of which nothing was read."""
    try:
        found = facts.look_up(name)
    except KeyError:
        return None
    value = getattr(found, "value", None)
    if not isinstance(value, Decimal):
        return None
    return value if next(found.cells(), None) is not None or _is_zero(facts, name, published) else None


def _is_zero(facts: FactGroup, name: str, published: Mapping[str, Any]) -> bool:
    """Whether a figure without cells is zero, and not unknown: not read (``unread``), or a part that is not split.

    A table of “三公” that was read has every item; final accounts need not split 基本支出.
    """
    if name in _PARTS_OF_BASIC and facts.expenditure.basic:
        return False
    unread = published.get("unread", ())
    return not unread or (name.startswith("three_public.") and "/three_public" not in unread)


def _listed(lines: _Lines, published: Mapping[str, Any], kind: BaseKind) -> Mapping[str, Any]:
    """Return the published document with the lines that are to be filled in.

    Final accounts state revenue by function; a budget that does not has the functions in its expenditure.
    """
    if kind != "initial" or lines.path != ("revenue",) or any("function" in one for one in published["revenue"]):
        return published
    spending = [(one, one.get("fund") or GENERAL_PUBLIC.name) for one in published["expenditure"]]
    revenue = (
        {"unit": one.get("unit"), "source": fund, "function": one["function"]}
        for one, fund in spending
        if fund in _SOURCES and len(one["function"]) == ITEM_DIGITS
    )
    named = [{name: value for name, value in line.items() if value} for line in revenue]
    return {**published, "revenue": named}


def _merge(result: dict[str, Any], lines: _Lines, published: Mapping[str, Any], kind: BaseKind) -> None:
    """Put the published figures of a list into the lines with the same key, or into new ones."""
    own: list[dict[str, Any]] = list(look_up(result, lines.path) or ())
    by_key = {_key(line, lines.key): line for line in reversed(own)}
    given, published_lines = bool(own), look_up(published, lines.path) or ()
    for key, (line, amounts) in _summed(lines, published, _unit(result), kind).items():
        if key not in by_key and _states_sum(line, published_lines):
            continue
        if key not in by_key and (amounts or not given):
            by_key[key] = {name: line[name] for name in (*lines.key, *lines.kept) if name in line}
            own.append(by_key[key])
        for path, amount in amounts.items():
            if look_up(by_key[key], path) is None:
                put(by_key[key], path, f"{amount:f}")
    if own:
        put(result, lines.path, own)


def _states_sum(line: Line, lines: Sequence[Line]) -> bool:
    """Whether a line states the sum of others: a new line with no amount would state zero."""
    codes = [(str(line[name]), name) for name in ("unit", "source", "function", "economic") if name in line]
    return any(
        code == ALL
        or (name in _CODES and any(str(one.get(name, "")).startswith(code) and one[name] != code for one in lines))
        for code, name in codes
    )


def _key(line: Line, names: Sequence[str]) -> tuple[str, ...]:
    return tuple(line.get(name) or (GENERAL_PUBLIC.name if name == "fund" else "") for name in names)


_Amounts = dict[tuple[str, ...], Decimal]


def _summed(
    lines: _Lines, published: Mapping[str, Any], unit: MoneyUnit, kind: BaseKind
) -> dict[tuple[str, ...], tuple[Line, _Amounts]]:
    """Return each key of the published lines with the first line and the sums of this key's amounts in ``unit``.

    A line without an amount has no base; one of this year's budget is listed all the same, to be filled in.
    """
    from_unit = _unit(published)
    found: dict[tuple[str, ...], tuple[Line, _Amounts]] = {}
    for line in look_up(published, lines.path) or ():
        _, amounts = found.setdefault(_key(line, lines.key), (line, {}))
        for path, amount in _bases(lines.path[-1], line, kind):
            amounts[path] = amounts.get(path, Decimal(0)) + amount * YUAN[from_unit] / YUAN[unit]
    return {key: value for key, value in found.items() if value[1] or kind == "initial"}


def _bases(name: str, line: Line, kind: BaseKind) -> Iterator[tuple[tuple[str, ...], Decimal]]:
    """Yield where each amount of a published line belongs in the document, and the amount."""
    part = BASE_PARTS[kind]
    if name == "three_public":
        for item in THREE_PUBLIC:
            if item.key in line:
                yield (part, kind, item.key), Decimal(line[item.key])
        return
    if kind == "initial" and name != "expenditure":
        return
    if name == "revenue" and "carry_over" in line:
        yield ("carry_over_last", kind), Decimal(line["carry_over"])
    amount = amount_of(name, line)
    if amount is not None:
        yield (part, kind), amount


def _carry_over(result: dict[str, Any], last: Mapping[str, Any]) -> None:
    """Put 年末结转和结余 of last year's items into the lines of revenue as 年初结转, where none is stated."""
    own: list[dict[str, Any]] = list(result.get("revenue", ()))
    if any("carry_over" in line for line in own):
        return
    by_function = any("function" in line for line in own)
    sums: dict[tuple[str, ...], Decimal] = {}
    key: tuple[str, ...]
    for (unit, source, function), amount in closings(last).items():
        key = (unit, source, function if by_function else "")
        sums[key] = sums.get(key, Decimal(0)) + amount * YUAN[_unit(last)] / YUAN[_unit(result)]
    by_key = {_key(line, CLOSING_KEY): line for line in reversed(own)}
    for key, amount in sums.items():
        if key not in by_key:
            by_key[key] = {name: value for name, value in zip(CLOSING_KEY, key, strict=True) if value}
            own.append(by_key[key])
        by_key[key]["carry_over"] = f"{amount:f}"
    if own:
        result["revenue"] = own
