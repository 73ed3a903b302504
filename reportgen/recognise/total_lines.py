"""Stated totals of the document, and 财政拨款 compared with the tables of funds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from ..budget.lines import ALL
from ..budget.terms import EVERY_FUND, FISCAL_FUNDS
from .builder import Builder
from .coded_rows import TOTAL
from .stated_sums import sum_of
from .table import RecognisedRow, StatedAmount


def add_totals(builder: Builder) -> None:
    """Add the stated totals and 年终结转结余; compare what several tables state."""
    balance: Mapping[str, RecognisedRow] = {f"{row.side}.{row.key}": row for row in builder.rows("balance")}
    revenue, expenditure = _total(builder, "revenue"), _total(builder, "expenditure")

    def stated(key: str, column: str = "total") -> StatedAmount | None:
        return balance[key].amounts.get(column) if key in balance else None

    forward = stated("expenditure.carried_forward") or _none_forward(
        stated("expenditure.this") or expenditure, stated("expenditure.total")
    )
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


def _none_forward(this: StatedAmount | None, total: StatedAmount | None) -> StatedAmount | None:
    """Return 年终结转结余 of zero where 支出总计 is the expenditure of the year, so that there is known to be none."""
    if this is None or total is None or this.value != total.value:
        return None
    return StatedAmount(Decimal(0), total.place)


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
    codes = {code: row for code, row in _by_code(builder, table).items() if row.kind == "code"}
    for row in builder.rows(balance):
        if row.side != "expenditure" or row.key not in codes:
            continue
        for column, amount in row.amounts.items():
            builder.agree(f"{row.key} {row.name}", amount, codes[row.key].amounts.get(column))


def _by_code(builder: Builder, kind: str) -> dict[str, RecognisedRow]:
    """Return the rows of the department by key; of a table that lists units only, the sums of their rows."""
    rows = builder.rows(kind)
    own = {row.key: row for row in rows if builder.is_department(row.unit)}
    if any(row.kind == "code" for row in own.values()):
        return own
    by_code: dict[str, list[RecognisedRow]] = {}
    for row in rows:
        if row.kind == "code":
            by_code.setdefault(row.key, []).append(row)
    return own | {
        code: replace(found[0], amounts={name: _sum(found, name) for row in found for name in row.amounts})
        for code, found in by_code.items()
    }


def _sum(rows: Sequence[RecognisedRow], column: str) -> StatedAmount:
    return sum_of([row.amounts[column] for row in rows if column in row.amounts])


def compare_appropriation(builder: Builder) -> None:
    """Compare 财政拨款收支总表 and 财政拨款支出表 with the tables of funds."""
    funds = {fund.key: _by_code(builder, fund.key) for fund in FISCAL_FUNDS}
    without_carry = _without_carry(builder, funds)
    for row in (*builder.rows("appropriation_balance"), *builder.rows("appropriation")):
        if row.side == "revenue" or ((row.key != "this" if builder.final else True) and row.kind == "item"):
            continue
        if builder.final and row.side and row.kind == "total":
            continue  # 支出总计 has 年末结转和结余 in it
        code = TOTAL if row.kind != "code" else row.key
        for key, rows in funds.items():
            if key in row.amounts and code in rows and key not in without_carry:
                own = _whole(rows[code])
                if row.kind != "total" or not _is_spent(builder, key, own):
                    builder.agree(f"财政拨款 {row.key} {row.name}", row.amounts[key], own)
        parts = [amount for rows in funds.values() if code in rows and (amount := _whole(rows[code])) is not None]
        if row.kind == "code" and all(key in builder.tables for key in funds) and not without_carry:
            builder.compare_sum(f"财政拨款 {row.key} {row.name}", row.amounts.get("total"), parts)


def _is_spent(builder: Builder, fund: str, whole: StatedAmount | None) -> bool:
    """Whether the whole of a fund is what 财政拨款收支总表 calls 本年支出; its 总计 has what is left at the end."""
    spent = [row.amounts.get(fund) for row in builder.rows("appropriation_balance") if row.key == "this" and row.side]
    return whole is not None and any(
        one is not None and abs(one.value - whole.value) <= one.rounding + whole.rounding for one in spent
    )


def _without_carry(builder: Builder, funds: Mapping[str, Mapping[str, RecognisedRow]]) -> set[str]:
    """Return the funds whose tables are without 上年结转, which 财政拨款收支总表 includes; a warning says so."""
    balance = {f"{row.side}.{row.key}": row.amounts for row in builder.rows("appropriation_balance")}
    found = set()
    for key, rows in funds.items():
        whole = balance.get("expenditure.total", {}).get(key)
        left = (balance.get(f"revenue.carry.{key}") or balance.get("revenue.carry", {})).get("total")
        own = _whole(rows[TOTAL]) if TOTAL in rows else None
        if whole is None or left is None or own is None or not left.value:
            continue
        rounding = whole.rounding + left.rounding + own.rounding
        if abs(whole.value - own.value - left.value) <= rounding < abs(left.value):
            found.add(key)
            message = "“{table}”不含上年结转 {amount}，“{balance}”含，没有逐行核对"
            names = {
                "table": builder.tables[key].kind.name,
                "balance": builder.tables["appropriation_balance"].kind.name,
            }
            places = (own.place, left.place)
            builder.warn("XL144", message, places, "核对两张表的口径", amount=builder.amount(left), **names)
    return found


def _whole(row: RecognisedRow) -> StatedAmount | None:
    return row.amounts.get("total") or row.amounts.get("project") or row.amounts.get("basic")
