"""What published final accounts carried forward of each item of 财政拨款: the 年初结转 of the next year's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, TypeAlias

from ...budget.terms import FISCAL_FUNDS, FUNDS, GENERAL_PUBLIC, SURPLUS_USED

Line: TypeAlias = Mapping[str, Any]
CLOSING_KEY = ("unit", "source", "function")
"""What a line of revenue is known by, and what is carried forward with it."""
ITEM_DIGITS = 7
"""The digits of the code of a 项, which no other line states the sum of."""
_PEOPLE, _MORE = ("personnel", "operating"), ("project", "business", "paid_up", "subsidies")
_FUND_KEYS = (*(fund.key for fund in FUNDS), SURPLUS_USED.key)
_FISCAL = {fund.name: fund.key for fund in FISCAL_FUNDS}


def closings(last: Mapping[str, Any]) -> dict[tuple[str, ...], Decimal]:
    """Return by unit, fund and item what was carried forward, in the document's own unit; zero is left out.

    It is what the item states, else 年初结转 and 本年收入 less 本年支出. A fund is left out whose items do not add up
    to what the document states of the fund, or of which one is less than zero (revenue is not by function). So is all
    money that is not 财政拨款: its source is not known.
    """
    found: dict[tuple[str, ...], Decimal] = {}
    stated: dict[tuple[str, ...], Decimal] = {}
    for line in last.get("revenue", ()):
        if line["source"] in _FISCAL:
            _add(found, _key(line, line["source"]), *(line.get(name, 0) for name in ("amount", "carry_over")))
    for line in last.get("expenditure", ()):
        fund = line.get("fund") or GENERAL_PUBLIC.name
        if fund in _FISCAL and len(line["function"]) == ITEM_DIGITS:
            _add(found, _key(line, fund), -(amount_of("expenditure", line) or Decimal(0)))
            if "carried_forward" in line:
                _add(stated, _key(line, fund), line["carried_forward"])
    found |= stated
    whole = last.get("fiscal_carried_forward", {})
    of_fund = {name: [amount for (_, fund, _), amount in found.items() if fund == name] for name in _FISCAL}
    right = {
        name
        for name, key in _FISCAL.items()
        if sum(of_fund[name]) == Decimal(whole.get(key, 0)) and min(of_fund[name], default=0) >= 0
    }
    return {key: amount for key, amount in found.items() if key[1] in right and amount}


def _key(line: Line, source: str) -> tuple[str, str, str]:
    return line.get("unit") or "", source, line.get("function") or ""


def _add(sums: dict[tuple[str, ...], Decimal], key: tuple[str, ...], *amounts: Any) -> None:
    sums[key] = sums.get(key, Decimal(0)) + sum((Decimal(amount) for amount in amounts), Decimal(0))


def amount_of(name: str, line: Line) -> Decimal | None:
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
