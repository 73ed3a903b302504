"""Revenue of final accounts: 财政拨款 by fund as the tables of funds have its 本年收入; 年初结转 and 使用结余 by item.

The form states 年初结转 of 一般公共预算 and of other money as one sum. An item that spent more than it received had at
least the difference; what is left of the sum is given to the item with the most money of the kind, which is said.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from ..budget.terms import FISCAL_FUNDS, GENERAL_PUBLIC, OWN_SOURCES, SURPLUS_USED
from .builder import Builder
from .stated_sums import less, sum_of
from .table import RecognisedRow, StatedAmount

FISCAL = tuple(fund.key for fund in FISCAL_FUNDS)
OWN = tuple(source.key for source in OWN_SOURCES if source is not SURPLUS_USED)
ZERO = Decimal(0)
Line = tuple[str, str, StatedAmount, str]
"""Code of the item, key of the source, 本年收入, place of the row."""
Openings = dict[tuple[str, str], StatedAmount]
"""What was there at the beginning, or was taken from savings, by code and source."""


def income_by_fund(builder: Builder, code: str, whole: StatedAmount) -> dict[str, StatedAmount]:
    """Return 财政拨款收入 of one item by fund: what the tables of the other funds do not have is 一般公共预算."""
    funds = {}
    for key in FISCAL:
        row = next((row for row in builder.rows(key) if row.key == code and not row.unit), None)
        if key != GENERAL_PUBLIC.key and row is not None:
            income = "income" if "income" in builder.tables[key].columns else "total"
            if income in row.amounts:
                funds[key] = row.amounts[income]
    rest = less(whole, list(funds.values()))
    return {**({GENERAL_PUBLIC.key: rest} if rest.value or not funds else {}), **funds}


def openings(builder: Builder, lines: Sequence[Line]) -> Openings:
    """Return 年初结转 and 使用非财政拨款结余 by item and source."""
    balance = _revenue_side(builder, "balance")
    fiscal = _revenue_side(builder, "appropriation_balance")
    found: Openings = {}
    for key in FISCAL:
        items = {row.key: row.amounts["opening"] for row in _items(builder, key) if "opening" in row.amounts}
        whole = fiscal.get(f"carry.{key}")
        if items or whole is None:
            found |= {(code, key): amount for code, amount in items.items() if amount.value}
        else:
            found |= _spread(builder, key, whole, _shortage(builder, lines, (key,), (key,)))
    carry = balance.get("carry")
    if carry is not None:
        known = fiscal.get("carry") or sum_of(list(found.values()), carry.place)
        rest = less(carry, [known])
        source = _largest_source(lines)
        found |= _spread(builder, source, rest, _shortage(builder, lines, OWN, ("own_funds",)))
    if (used := balance.get(SURPLUS_USED.key)) is not None:
        found |= _spread(builder, SURPLUS_USED.key, used, _shortage(builder, lines, OWN, ("own_funds",)))
    return found


def _revenue_side(builder: Builder, kind: str) -> Mapping[str, StatedAmount]:
    rows = [row for row in builder.rows(kind) if row.side == "revenue"]
    return {row.key: row.amounts["total"] for row in rows if "total" in row.amounts}


def _items(builder: Builder, kind: str) -> list[RecognisedRow]:
    """Return the rows of a table of a fund that no other row is below."""
    coded = [row for row in builder.rows(kind) if row.kind == "code"]
    return [row for row in coded if not any(one.key != row.key and one.key.startswith(row.key) for one in coded)]


def _shortage(
    builder: Builder, lines: Sequence[Line], sources: Sequence[str], funds: Sequence[str]
) -> dict[str, tuple[Decimal, Decimal]]:
    """Return by item how much more was spent than received of some money, and how much there was of it."""
    spent: dict[str, Decimal] = {}
    for row in _items(builder, "expenditure" if "own_funds" in funds else funds[0]):
        amount = row.amounts.get("total") or sum_of(list(row.amounts.values()), row.place)
        spent[row.key] = spent.get(row.key, ZERO) + amount.value
    if "own_funds" in funds:
        for key in FISCAL:
            for row in _items(builder, key):
                if row.key in spent and "total" in row.amounts:
                    spent[row.key] -= row.amounts["total"].value
    income: dict[str, Decimal] = {}
    for code, source, amount, _ in lines:
        if source in sources:
            income[code] = income.get(code, ZERO) + amount.value
    both = {code: (spent.get(code, ZERO), income.get(code, ZERO)) for code in dict.fromkeys((*spent, *income))}
    return {code: (max(out - got, ZERO), max(out, got)) for code, (out, got) in both.items()}


def _spread(
    builder: Builder, source: str, whole: StatedAmount, items: Mapping[str, tuple[Decimal, Decimal]]
) -> Openings:
    """Return a sum by item: what each is short of, and the rest to the one with the most money."""
    found: dict[str, Decimal] = {}
    left = whole.value
    for code, (short, _) in items.items():
        taken = min(short, left) if left > 0 else ZERO
        if taken > whole.rounding:
            found[code] = taken
            left -= taken
    if left and items:
        largest = max(items, key=lambda code: items[code][1])
        found[largest] = found.get(largest, ZERO) + left
    if len(found) > 1 or (left and len(items) > 1):
        message = "表里没有按科目写{name} {amount}，按各科目支出多于收入的数分到科目"
        hint = "导入之后在“收入”里核对各科目的年初结转"
        name = "使用非财政拨款结余" if source == SURPLUS_USED.key else "年初结转和结余"
        builder.warn("XL144", message, whole.place, hint, name=name, amount=builder.amount(whole))
    return {(code, source): replace(whole, value=value) for code, value in found.items() if value}


def _largest_source(lines: Sequence[Line]) -> str:
    """Return the source of 单位资金 that gave the most, 其他收入 if none did."""
    sums = {key: sum((one[2].value for one in lines if one[1] == key), ZERO) for key in OWN}
    largest = max(OWN, key=lambda key: sums[key])
    return largest if sums[largest] else "other_income"
