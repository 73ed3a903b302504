"""The other parts of a document: basic expenditure by 经济分类, “三公”, 机关运行经费, purchases, projects, totals."""

from __future__ import annotations

from collections.abc import Mapping

from ..budget.lines import ALL
from ..budget.purchases import KINDS_OF_PURCHASE
from ..budget.terms import EVERY_FUND, FISCAL_FUNDS, FUNDS, OWN_SOURCES
from .builder import Builder, sum_of
from .coded_rows import TOTAL
from .revenue_lines import unit_rows
from .table import RecognisedRow, StatedAmount
from .words import row_meanings, unnumbered

ITEMS = ("overseas", "vehicle_purchase", "vehicle_operation", "reception")
PERSONNEL_CLASSES, OPERATING_CLASSES = ("301", "303"), ("302", "310")
PROJECT_FUNDS = tuple(fund.key for fund in FUNDS)
NAMED = {"meetings": "会议费", "training": "培训费"}


def add_basic(builder: Builder) -> None:
    """Add 一般公共预算基本支出 by economic code; a code in the column of the other use is counted there."""
    kind = next((kind for kind in ("basic_expenditure", "economic_expenditure") if builder.rows(kind)), "")
    if not kind:
        builder.unread.add("/basic_expenditure")
    if kind == "economic_expenditure" and builder.book and any("project" in r.amounts for r in builder.rows(kind)):
        _add_economic(builder)
    column = "basic" if kind == "economic_expenditure" else "total"
    for row in builder.rows(kind):
        amount = row.amounts.get(column)
        if amount is None and column == "total":
            parts = [row.amounts[name] for name in ("personnel", "operating") if name in row.amounts]
            amount = sum_of(parts) if parts else None
        if amount is None or (row.kind == "unit" and not builder.is_department(row.name)):
            continue
        whole = row.kind != "code"
        unit = "" if builder.is_department(row.unit) else row.unit
        fields = {
            "unit": builder.unit_code(unit, row.place) if unit else None,
            "economic": ALL if whole else row.key,
            "name": None if whole else builder.line_name(row.key, row.name, builder.book.economic),
            "amount": amount,
            "counted_as": None if whole else _counted_as(row),
        }
        builder.add("basic_expenditure", fields, row.place)
        if column == "total":
            split = [row.amounts.get("personnel"), row.amounts.get("operating")]
            builder.adds_up(f"基本支出表 {row.key} {row.name}", amount, split)
    rows = [row for row in builder.rows("agency_operating") if "agency_operating" in row.amounts]
    for row in rows:
        _add_agency_share(builder, row)


def _add_economic(builder: Builder) -> None:
    """Add the projects of 一般公共预算支出表（按经济分类）."""
    for row in builder.rows("economic_expenditure"):
        amount = row.amounts.get("project")
        if row.kind == "code" and amount is not None and amount.value:
            unit = "" if builder.is_department(row.unit) else row.unit
            fields = {
                "unit": builder.unit_code(unit, row.place) if unit else None,
                "economic": row.key,
                "project": amount,
            }
            builder.add("economic_expenditure", fields, row.place)


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


def add_three_public(builder: Builder) -> None:
    """Add “三公” by unit, 机关运行经费 and what else stands in the table."""
    rows = builder.rows("three_public")
    if not rows:
        builder.unread.add("/three_public")
    units, whole = unit_rows(builder, rows)
    for row in units:
        _add_three_public(builder, row, builder.unit_code(row.name or row.key, row.place))
        _check_three_public(builder, row)
    if whole is not None:
        _add_whole_three_public(builder, whole)


def _add_whole_three_public(builder: Builder, whole: RecognisedRow) -> None:
    """Add what the table states of the whole department."""
    _add_three_public(builder, whole, ALL)
    for key, name in (("three_public", "total"), ("vehicles", "vehicles")):
        if name in whole.amounts:
            builder.put(f"/totals/{key}/amount", whole.amounts[name])
    if "agency_operating" in whole.amounts:
        builder.put("/agency_operating", whole.amounts["agency_operating"])
    for column, name in NAMED.items():
        if column in whole.amounts:
            builder.add("named", {"name": name, "amount": whole.amounts[column]}, whole.place)


def _check_three_public(builder: Builder, row: RecognisedRow) -> None:
    """Check the sums in the row of a unit; the document has no place to state them."""
    vehicles = row.amounts.get("vehicles")
    parts = [row.amounts[name] for name in ("vehicle_purchase", "vehicle_operation") if name in row.amounts]
    builder.adds_up(f"“三公”表“{row.name}”的公务用车小计", vehicles, parts)
    parts = [vehicles] if vehicles else parts
    whole = [*parts, *(row.amounts[name] for name in ("overseas", "reception") if name in row.amounts)]
    builder.adds_up(f"“三公”表“{row.name}”的合计", row.amounts.get("total"), whole)


def _add_three_public(builder: Builder, row: RecognisedRow, unit: str) -> None:
    amounts = {item: row.amounts[item] for item in ITEMS if item in row.amounts}
    if amounts:
        builder.add("three_public", {"unit": unit, **amounts}, row.place)
    elif any(amount.value for amount in row.amounts.values()):
        builder.warn("XL144", "“三公”表“{name}”没有分项", row.place, name=row.name)


def add_procurement(builder: Builder) -> None:
    """Add the totals of goods, works and services."""
    if not builder.rows("procurement"):
        builder.unread.add("/procurement")
    meanings, stated = row_meanings("purchases"), {}
    for row in builder.rows("procurement"):
        label = row.texts["kind"].value if "kind" in row.texts else row.name
        key = meanings.get(unnumbered(label), "") if row.kind == "record" else "total"
        if key in KINDS_OF_PURCHASE and key not in stated:
            stated[key] = row.amounts["amount"]
            builder.put(f"/procurement/{key}", row.amounts["amount"])
        elif key == "total":
            builder.put("/totals/procurement/amount", row.amounts["amount"])


def add_projects(builder: Builder) -> None:
    """Add the projects; the source of 单位资金 where the table has it."""
    rows = builder.rows("projects")
    if not rows:
        builder.unread.add("/projects")
    goals = _goals(builder)
    unit = ""
    for row in rows:
        unit = row.unit or unit
        whole = row.kind == "total" or not row.name
        amounts: dict[str, object] = {key: row.amounts[key] for key in PROJECT_FUNDS if key in row.amounts}
        sources = {one.key: row.amounts[one.key] for one in OWN_SOURCES if one.key in row.amounts}
        surplus = sources.pop("surplus_used", None)
        parts = [*(row.amounts[key] for key in PROJECT_FUNDS if key in row.amounts), *sources.values()]
        builder.adds_up(f"项目支出表“{row.name}”", row.amounts.get("total"), parts)
        if row.kind == "total" or row.name:
            code = ALL if whole else builder.unit_code(unit, row.place) if unit else builder.only_unit()
            amounts |= {"sources": sources} if sources else {}
            goal = goals.get((unit, row.name), {}) if not whole else {}
            builder.add(
                "projects",
                {"unit": code, "name": None if whole else row.name, **amounts, "surplus_used": surplus, **goal},
                row.place,
            )


def _goals(builder: Builder) -> dict[tuple[str, str], dict[str, object]]:
    """Return the goal of each project by unit and name; a project with a row in the table of key projects is one."""
    goals: dict[tuple[str, str], dict[str, object]] = {}
    for row in builder.rows("performance"):
        if "goal" in row.texts and "indicator" not in row.texts:
            goals[row.unit, row.name] = {"goal": row.texts["goal"].value}
    for row in builder.rows("key_projects"):
        if row.name:
            goals[row.unit, row.name] = {"goal": row.texts["goal"].value if "goal" in row.texts else None, "key": True}
    return goals


def add_totals(builder: Builder) -> None:
    """Add the stated totals and 年终结转结余; compare what several tables state."""
    balance: Mapping[str, RecognisedRow] = {f"{row.side}.{row.key}": row for row in builder.rows("balance")}
    revenue, expenditure = _total(builder, "revenue"), _total(builder, "expenditure")

    def stated(key: str, column: str = "total") -> StatedAmount | None:
        return balance[key].amounts.get(column) if key in balance else None

    builder.agree("收支总表的收入总计与收入总表的合计", stated("revenue.total"), revenue)
    forward = stated("expenditure.carried_forward")
    for pointer, amount in (
        ("/totals/revenue/amount", stated("revenue.total") or revenue),
        (
            "/totals/expenditure/amount",
            None if _states_every_fund(builder) else expenditure or stated("expenditure.this"),
        ),
        ("/totals/grand_total/amount", stated("expenditure.total")),
        ("/carried_forward", forward),
    ):
        if amount is not None:
            builder.put(pointer, amount)
    if "carried_forward" not in builder.data:
        builder.unread.add("/carried_forward")
    builder.agree("收支总表与支出总表的本年支出合计", stated("expenditure.this"), expenditure)
    _compare_expenditure(builder, "balance", "expenditure")


def _states_every_fund(builder: Builder) -> bool:
    """Whether a line of expenditure states the total of all funds."""
    lines = builder.data.get("expenditure", ())
    return any(line["function"] == ALL and line["fund"] == EVERY_FUND and "total" in line for line in lines)


def _total(builder: Builder, kind: str) -> StatedAmount | None:
    rows = [
        row
        for row in builder.rows(kind)
        if row.kind == "total" or (row.kind == "unit" and builder.is_department(row.name))
    ]
    return next((row.amounts["total"] for row in rows if "total" in row.amounts), None)


def _compare_expenditure(builder: Builder, balance: str, table: str) -> None:
    """Compare the sides of expenditure of the two balances with the tables by 功能分类."""
    codes = {row.key: row for row in builder.rows(table) if row.kind == "code" and builder.is_department(row.unit)}
    for row in builder.rows(balance):
        if row.side != "expenditure" or row.key not in codes:
            continue
        for column, amount in row.amounts.items():
            builder.agree(f"{row.key} {row.name}", amount, codes[row.key].amounts.get(column))


def compare_appropriation(builder: Builder) -> None:
    """Compare 财政拨款收支总表 and 财政拨款支出表 with the tables of funds."""
    funds = {
        fund.key: {row.key: row for row in builder.rows(fund.key) if builder.is_department(row.unit)}
        for fund in FISCAL_FUNDS
    }
    for row in (*builder.rows("appropriation_balance"), *builder.rows("appropriation")):
        if row.side == "revenue" or row.kind == "item":
            continue
        code = TOTAL if row.kind in ("total", "unit") else row.key
        for key, rows in funds.items():
            if key in row.amounts and code in rows:
                builder.agree(f"财政拨款 {row.key} {row.name}", row.amounts[key], _whole(rows[code]))
        parts = [amount for rows in funds.values() if code in rows and (amount := _whole(rows[code])) is not None]
        if row.kind == "code" and all(key in builder.tables for key in funds):
            builder.adds_up(f"财政拨款 {row.key} {row.name}", row.amounts.get("total"), parts)


def _whole(row: RecognisedRow) -> StatedAmount | None:
    return row.amounts.get("total") or row.amounts.get("project") or row.amounts.get("basic")
