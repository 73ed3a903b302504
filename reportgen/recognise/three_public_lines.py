"""“三公” lines: by unit and fund, this year's and last year's; 机关运行经费 and what else stands in the table."""

from __future__ import annotations

from collections.abc import Sequence

from ..budget.lines import ALL
from ..budget.terms import FISCAL_FUNDS, GENERAL_PUBLIC, OVERSEAS, RECEPTION, THREE_PUBLIC, VEHICLE_ITEMS
from .builder import Builder
from .final_lines import budget_of_three_public
from .revenue_lines import unit_rows
from .stated_sums import sum_of
from .table import RecognisedRow, StatedAmount
from .words import plain

ITEMS = tuple(item.key for item in THREE_PUBLIC)
NAMED = {"meetings": "会议费", "training": "培训费"}


def add_three_public(builder: Builder) -> None:
    """Add “三公” by unit, 机关运行经费 and what else stands in the table."""
    rows = builder.rows("three_public")
    if not rows:
        builder.unread.add("/three_public")
    years = [row for row in rows if _year(row) in ("", str(builder.data["year"]))]
    last = [row for row in rows if _year(row) == str(builder.data["year"] - 1)]
    units, whole = unit_rows(builder, years)
    for row in units:
        before = next((one for one in last if one.key == row.key), None)
        _add(builder, row, builder.unit_code(row.name or row.key, row.place), before)
        _check(builder, row)
    for row in [*last, *(row for row in rows if _year(row) == "change")]:
        _check(builder, row)
    _check_changes(builder, rows)
    if whole is not None:
        _add_whole(builder, whole, bool(units))
        _check(builder, whole)
        _check_units(builder, whole, units)


def _year(row: RecognisedRow) -> str:
    """Return the digits of the year of a row; "" without a column of years."""
    if "year" not in row.texts:
        return ""
    return "".join(filter(str.isdigit, plain(row.texts["year"].value))) or "change"


def _add_whole(builder: Builder, whole: RecognisedRow, units: bool) -> None:
    """Add what the table states of the whole department."""
    if whole.kind == "total" or not units:
        _add(builder, whole, ALL, None)
    for key, name in (("three_public", "total"), ("vehicles", "vehicles")):
        if name in whole.amounts and f"{GENERAL_PUBLIC.key}_{name}" not in whole.amounts and whole.kind == "total":
            builder.put(f"/totals/{key}/amount", whole.amounts[name])
    kind = budget_of_three_public(builder.tables["three_public"])
    for key, name in (("three_public", "budgeted_total"), ("vehicles", "budgeted_vehicles")):
        builder.put_stated(f"/totals/{key}/budgeted/{kind}", whole.amounts.get(name))
    builder.put_stated("/agency_operating", whole.amounts.get("agency_operating"))
    for column, name in NAMED.items():
        if column in whole.amounts:
            builder.add("named", {"name": name, "amount": whole.amounts[column]}, whole.place)


def _check(builder: Builder, row: RecognisedRow) -> None:
    """Check the sums in a row; the document has no place to state them."""
    for prefix in ("", "budgeted_", *(f"{fund.key}_" for fund in FISCAL_FUNDS)):
        vehicles = row.amounts.get(f"{prefix}vehicles")
        parts = [row.amounts[key] for item in VEHICLE_ITEMS if (key := prefix + item.key) in row.amounts]
        builder.compare_sum(f"“三公”表“{row.name}”的公务用车小计", vehicles, parts)
        parts = [vehicles] if vehicles else parts
        items = [row.amounts[key] for item in (OVERSEAS, RECEPTION) if (key := prefix + item.key) in row.amounts]
        builder.compare_sum(f"“三公”表“{row.name}”的合计", row.amounts.get(f"{prefix}total"), [*parts, *items])


def _check_changes(builder: Builder, rows: Sequence[RecognisedRow]) -> None:
    """Check the rows of changes: last year's amount and the change are this year's."""
    year = builder.data["year"]
    by_year = {(row.key, _year(row)): row for row in rows if _year(row)}
    for (key, which), row in by_year.items():
        this, last = by_year.get((key, str(year))), by_year.get((key, str(year - 1)))
        if which != "change" or this is None or last is None:
            continue
        for column, change in row.amounts.items():
            parts = [last.amounts.get(column), change]
            builder.compare_sum(f"“三公”表“{row.name}”的增减", this.amounts.get(column), parts)


def _check_units(builder: Builder, whole: RecognisedRow, units: Sequence[RecognisedRow]) -> None:
    """Check the columns of sums, which the document does not state by unit; rules check the others."""
    for column in ("total", "vehicles"):
        parts = [row.amounts[column] for row in units if column in row.amounts]
        builder.compare_sum("“三公”表“合计”", whole.amounts.get(column), parts)


def _add(builder: Builder, row: RecognisedRow, unit: str, last: RecognisedRow | None) -> None:
    """Add a line for each fund that has an amount, with last year's amounts."""
    added = False
    for fund in FISCAL_FUNDS:
        general = fund is GENERAL_PUBLIC
        amounts = _items(row, "" if general else f"{fund.key}_")
        before = _items(last, "" if general else f"{fund.key}_") if last else {}
        if not general and not any(amount.value for amount in (*amounts.values(), *before.values())):
            continue
        if amounts or before:
            fields: dict[str, object] = {"unit": unit, "fund": None if general else fund.name, **amounts}
            fields |= {"last": {"budget": before}} if before else {}
            planned = _items(row, "budgeted_") if general else {}
            if planned:
                fields |= {"budgeted": {budget_of_three_public(builder.tables["three_public"]): planned}}
            builder.add("three_public", fields, row.place)
            added = True
    if not added and sum_of(list(row.amounts.values())).value:
        builder.warn("XL144", "“三公”表“{name}”没有分项", row.place, name=row.name)


def _items(row: RecognisedRow, prefix: str) -> dict[str, StatedAmount]:
    return {item: row.amounts[f"{prefix}{item}"] for item in ITEMS if f"{prefix}{item}" in row.amounts}
