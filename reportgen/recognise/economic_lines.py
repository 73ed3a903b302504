"""Lines by 经济分类: 一般公共预算基本支出, other expenditure by economic code, 机关运行经费."""

from __future__ import annotations

from decimal import Decimal

from ..budget.lines import ALL
from ..budget.terms import FUNDS, OWN_SOURCES
from .builder import Builder
from .stated_sums import sum_of
from .table import RecognisedRow, StatedAmount

PERSONNEL_CLASSES, OPERATING_CLASSES = ("301", "303"), ("302", "310")
OTHER_SOURCES = {fund.key: fund.name for fund in FUNDS[1:]} | {source.key: source.name for source in OWN_SOURCES}
"""What pays for basic expenditure beyond 一般公共预算, by the column of 基本支出总表."""
SPLIT = ("personnel", "operating")


def add_basic(builder: Builder) -> None:
    """Add 一般公共预算基本支出 by economic code, and what else tables state by economic code."""
    stated = [(row, _amount(builder, row)) for row in builder.rows("basic_expenditure")]
    if not stated:
        stated = [(row, row.amounts.get("basic")) for row in builder.rows("economic_expenditure")]
        _add_economic(builder)
    for row, amount in stated:
        if amount is not None:
            _add(builder, row, amount)
    if not stated:
        builder.unread.add("/basic_expenditure")
    for row in builder.rows("agency_operating"):
        if "agency_operating" in row.amounts:
            _add_agency_share(builder, row)


def _amount(builder: Builder, row: RecognisedRow) -> StatedAmount | None:
    """Return the amount of a row, which its two columns have to add up to."""
    columns = builder.tables["basic_expenditure"].columns
    split = [row.amounts[name] for name in SPLIT if name in row.amounts]
    amount = row.amounts.get("total")
    if split:
        builder.require_total("basic_expenditure", row)
    if set(SPLIT) <= set(columns) and not split:
        split = [StatedAmount(Decimal(0), row.place)]
    builder.compare_sum(f"基本支出表 {row.key} {row.name}", amount, split)
    return amount or (sum_of(split) if split else None)


def _add(builder: Builder, row: RecognisedRow, amount: StatedAmount) -> None:
    """Add one line; a code in the column of the other use is counted there."""
    if row.kind == "unit" and not builder.is_department(row.name):
        return
    whole = row.kind != "code"
    fields = {
        **_economic(builder, row),
        "economic": ALL if whole else row.key,
        "name": None if whole else builder.line_name(row.key, row.name, builder.book.economic),
        "amount": amount,
        "counted_as": None if whole else _counted_as(row),
    }
    builder.add("basic_expenditure", fields, row.place)


def _add_economic(builder: Builder) -> None:
    """Add the projects of 一般公共预算支出表（按经济分类）, and what other money pays of 基本支出总表."""
    for row in builder.rows("economic_expenditure"):
        amount = row.amounts.get("project")
        if row.kind == "code" and len(row.key) == 5 and amount is not None and amount.value:
            builder.add("economic_expenditure", {**_economic(builder, row), "project": amount}, row.place)
    for row in builder.rows("basic_by_source"):
        paid = {key: row.amounts[key] for key in OTHER_SOURCES if key in row.amounts and row.amounts[key].value}
        if row.kind != "code" or len(row.key) != 5:
            continue
        carry = row.amounts.get("carry")
        if carry is not None and carry.value and len(paid) > 1:
            last = OTHER_SOURCES[list(paid)[-1]]
            message = "“{name}”的上年结转 {amount} 没有写是哪种资金的，记在{fund}"
            hint = "导入之后在“经济分类支出”里改成实际的资金"
            values = {"name": row.name, "amount": builder.amount(carry), "fund": last}
            builder.warn("XL144", message, carry.place, hint, **values)
        for number, (key, amount) in enumerate(paid.items()):
            fields = {**_economic(builder, row), "fund": OTHER_SOURCES[key], "basic": amount}
            if carry is not None and carry.value and number == len(paid) - 1:
                fields |= {"basic": sum_of([amount, carry], amount.place), "carry_over": carry}
            builder.add("economic_expenditure", fields, row.place)


def _economic(builder: Builder, row: RecognisedRow) -> dict[str, object]:
    return {"unit": builder.unit_of(row), "economic": row.key}


def _counted_as(row: RecognisedRow) -> str | None:
    """Return the use that a section is counted as, where its class is of the other one."""
    personnel, operating = (
        name in row.amounts and bool(row.amounts[name].value) for name in ("personnel", "operating")
    )
    if len(row.key) < 5 or personnel == operating:
        return None
    if personnel and row.key[:3] in OPERATING_CLASSES:
        return "人员经费"
    return "公用经费" if operating and row.key[:3] in PERSONNEL_CLASSES else None


def _add_agency_share(builder: Builder, row: RecognisedRow) -> None:
    """Put what a section has of 机关运行经费 into its line of basic expenditure."""
    amount = row.amounts["agency_operating"]
    if row.kind == "total":
        builder.put("/agency_operating", amount)
        return
    lines = builder.data.get("basic_expenditure", [])
    number = next((n for n, line in enumerate(lines) if line["economic"] == row.key and "unit" not in line), None)
    if number is None:
        message = "机关运行经费表的 {code} {name} 不在一般公共预算基本支出表里"
        builder.warn("XL144", message, row.place, code=row.key, name=row.name)
    elif len(row.key) == 5:
        builder.put_in("basic_expenditure", number, "agency_operating", amount)
