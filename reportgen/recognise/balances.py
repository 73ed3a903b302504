"""收支总表 and 财政拨款收支总表 compared: with themselves, with the lines of revenue, with the tables by 功能分类.

The document states these amounts elsewhere, so no rule sees what the two balances say.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Literal

from ..budget.terms import FISCAL_FUNDS, FUNDS, OWN_FUNDS, REVENUE_SOURCES, SURPLUS_USED
from ..core.finding import Severity
from .builder import Builder
from .stated_sums import sum_of
from .table import RecognisedRow, StatedAmount, table_finding

FISCAL = tuple(fund.key for fund in FISCAL_FUNDS)
OWN = tuple(source.key for source in REVENUE_SOURCES if source.fund is OWN_FUNDS)
USES = ("basic", "project", "business", "paid_up", "subsidies")
Rows = Mapping[str, RecognisedRow]


def compare_balances(builder: Builder) -> None:
    """Check both balances."""
    for kind in ("balance", "appropriation_balance"):
        revenue, expenditure = _side(builder, kind, "revenue"), _side(builder, kind, "expenditure")
        _check_revenue(builder, kind, revenue)
        _check_expenditure(builder, kind, expenditure)
        _compare_revenue(builder, kind, revenue)


def _side(builder: Builder, kind: str, side: Literal["revenue", "expenditure"]) -> Rows:
    """Return the rows of one side by key; a second row of the same key is a finding."""
    rows: dict[str, RecognisedRow] = {}
    for row in builder.rows(kind):
        if row.side != side:
            continue
        if row.key in rows and not _same(rows[row.key], row):
            message, hint = "“{table}”里“{code_and_name}”写了两行", "删去重复的一行，或改正写错的编码"
            values = {"table": builder.tables[kind].kind.name, "code_and_name": row.name}
            places = (rows[row.key].place, row.place)
            builder.findings.append(table_finding("XL139", Severity.ERROR, message, places, hint, **values))
        rows.setdefault(row.key, row)
    if rows and "total" not in rows:
        message, hint = "“{table}”里没有 {code} 这一行", "检查是否漏了一行，或把编码写错了"
        code = {"revenue": "收入总计", "expenditure": "支出总计"}[side]
        place = builder.tables[kind].title_place
        builder.warn("XL137", message, place, hint, table=builder.tables[kind].kind.name, code=code)
    return rows


def _same(first: RecognisedRow, second: RecognisedRow) -> bool:
    """Whether two rows of other names state the same, as 部门预算 at the top and 本年收入合计 at the bottom do."""
    amounts = [{name: one.value for name, one in row.amounts.items() if one.value} for row in (first, second)]
    return first.name != second.name and amounts[0] == amounts[1]


def _amounts(rows: Rows, keys: Sequence[str], column: str = "total") -> list[StatedAmount]:
    return [rows[key].amounts[column] for key in keys if key in rows and column in rows[key].amounts]


def _check_revenue(builder: Builder, kind: str, rows: Rows) -> None:
    """Check the sums on the side of revenue: 财政拨款, 单位资金, 本年收入, 上年结转, 收入总计."""
    table = builder.tables[kind].kind.name if rows else ""
    stated = {key: row.amounts.get("total") for key, row in rows.items()}
    funds, own = _amounts(rows, FISCAL), _amounts(rows, OWN)
    builder.compare_sum(f"{table}的财政拨款", stated.get("appropriation"), funds)
    builder.compare_sum(f"{table}的单位资金", stated.get("own_funds"), own)
    carried = _amounts(rows, [f"carry.{key}" for key in FISCAL]) or _amounts(
        rows, ("carry_appropriation", "carry_other")
    )
    builder.compare_sum(f"{table}的上年结转", stated.get("carry"), carried)
    year = [
        *(funds or _amounts(rows, ("appropriation",))),
        *_amounts(rows, ("fiscal_account",)),
        *(own or _amounts(rows, ("own_funds",))),
    ]
    saved = _amounts(rows, (SURPLUS_USED.key,)) if builder.final else []
    received = [amount for amount in year if amount not in saved]
    builder.compare_sum(f"{table}的本年收入", stated.get("this"), received)
    rest = _amounts(rows, ("carry",)) or carried
    builder.compare_sum(f"{table}的收入总计", stated.get("total"), [*year, *rest])


def _check_expenditure(builder: Builder, kind: str, rows: Rows) -> None:
    """Check the sums on the side of expenditure, column by column, and the funds of each row."""
    if not rows:
        return
    table = builder.tables[kind].kind.name
    parts = [key for key in rows if len(key) == 3 and key.isdigit()] or [key for key in USES if key in rows]
    for column in dict.fromkeys(column for row in rows.values() for column in row.amounts):
        below = _amounts(rows, parts, column)
        this, total = (_amounts(rows, (key,), column) for key in ("this", "total"))
        forward = _amounts(rows, ("surplus_distributed", "carried_forward"), column)
        if parts and (column == "total" or column in FISCAL):
            below = below or [StatedAmount(Decimal(0), rows[parts[0]].place)]
        builder.compare_sum(f"{table}的本年支出", this[0] if this else None, below)
        builder.compare_sum(f"{table}的支出总计", total[0] if total else None, [*below, *forward] if below else [])
    columns = [key for key in (fund.key for fund in FUNDS) if f"expenditure.{key}" in builder.tables[kind].columns]
    for row in rows.values() if columns else ():
        funds = [row.amounts[key] for key in columns if key in row.amounts]
        builder.compare_sum(
            f"{table} {row.name}", row.amounts.get("total"), funds or [StatedAmount(Decimal(0), row.place)]
        )
        if funds and "total" not in row.amounts:
            builder.compare_sum(f"{table} {row.name}", StatedAmount(Decimal(0), row.place), funds)


def _say_carry(
    builder: Builder, what: str, name: str, this: StatedAmount, left: StatedAmount, stated: Sequence[StatedAmount]
) -> None:
    """Compare a source with the lines of 收入总表 that have no column for 上年结转, and say what they include."""
    whole = sum_of(stated)
    both = sum_of([this, left], this.place)
    if abs(whole.value - both.value) > whole.rounding + both.rounding:
        builder.agree(what, this, whole)
        return
    message = "收入总表没有上年结转一栏，{name}里有 {amount} 是上年结转的，没有分出来"
    hint = "导入之后在“收入”里把它移到“上年结转”一栏"
    builder.warn("XL144", message, (left.place, whole.place), hint, name=name, amount=builder.amount(left))


def _compare_revenue(builder: Builder, kind: str, rows: Rows) -> None:
    """Compare the sources with the lines of revenue; without rows of 上年结转 they include it."""
    if not rows:
        return
    table = builder.tables[kind].kind.name
    carried = any(key.startswith("carry") for key in rows)
    for source in REVENUE_SOURCES:
        this, carry = builder.revenue.get(source.key, ([], []))
        found = rows[source.key].amounts.get("total") if source.key in rows else None
        left = rows[f"carry.{source.key}"].amounts.get("total") if f"carry.{source.key}" in rows else None
        if left is not None and left.value and not carry and this:
            own = found or StatedAmount(Decimal(0), left.place, left.rounding)
            _say_carry(builder, f"{table}与收入总表的{source.name}", source.name, own, left, this)
            continue
        if found is not None:
            builder.agree(
                f"{table}与收入总表的{source.name}", found, sum_of([*this, *([] if carried else carry)], found.place)
            )
        found = left
        if found is not None:
            builder.agree(f"{table}与收入总表的上年结转", found, sum_of(carry, found.place))
    if kind == "balance" and not any(key in rows for key in ("appropriation", "carry_appropriation")) and not carried:
        whole = [amount for this, carry in builder.revenue.values() for amount in (*this, *carry)]
        builder.compare_sum(
            f"{table}的收入总计", rows["total"].amounts.get("total") if "total" in rows else None, whole
        )
