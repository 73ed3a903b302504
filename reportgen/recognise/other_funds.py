"""Money beyond the tables of funds: how much of it is 财政专户管理资金, how much 单位资金."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from ..budget.terms import FISCAL_ACCOUNT, OWN_FUNDS
from .builder import Builder
from .project_lines import listed_projects
from .stated_sums import sum_of
from .table import RecognisedRow, StatedAmount

Line = tuple[RecognisedRow, Mapping[str, StatedAmount]]
ZERO = Decimal(0)


def split_rest(builder: Builder, lines: Sequence[Line]) -> Iterator[tuple[RecognisedRow, str, dict[str, StatedAmount]]]:
    """Yield the lines with their fund.

    No table says it item by item. As much as there is revenue of 财政专户管理资金 is taken for it, projects by what
    项目支出表 states, from the first line on; the total of each fund is right, and a finding says what to look at.
    """
    account, projects = _account(builder), _account_projects(builder)
    if account is None or not account.value or FISCAL_ACCOUNT.key in builder.tables:
        yield from ((row, OWN_FUNDS.name, dict(amounts)) for row, amounts in lines)
        return
    of_projects = sum((amounts["project"].value for _, amounts in lines if "project" in amounts), ZERO)
    left = {"project": min(account.value, of_projects) if projects is None else projects.value}
    left["basic"] = account.value - left["project"]
    if len(lines) > 1 or _own_income(builder):
        message = "财政专户管理资金和单位资金安排的支出，表里没有按科目分开，暂按收入的数分"
        builder.warn("XL144", message, account.place, "导入之后核对“支出”里这两项资金的行")
    for row, amounts in lines:
        taken = _taken(amounts, left)
        rest = {column: replace(a, value=a.value - taken.get(column, ZERO)) for column, a in amounts.items()}
        rest = {column: amount for column, amount in rest.items() if amount.value}
        if taken:
            yield (
                row,
                FISCAL_ACCOUNT.name,
                {column: replace(amounts[column], value=value) for column, value in taken.items()},
            )
        if rest:
            yield row, OWN_FUNDS.name, rest


def _taken(amounts: Mapping[str, StatedAmount], left: dict[str, Decimal]) -> dict[str, Decimal]:
    """Take from one line what is left, and return the amounts by column with their total."""
    taken: dict[str, Decimal] = {}
    for column, source in (("project", "project"), ("operating", "basic"), ("personnel", "basic"), ("basic", "basic")):
        split = source == "basic" and column != "basic"
        if column not in amounts or (column == "basic" and ("operating" in taken or "personnel" in taken)):
            continue
        value = min(amounts[column].value, left[source])
        if value > 0:
            taken[column] = value
            left[source] -= value
            if split and "basic" in amounts:
                taken["basic"] = taken.get("basic", ZERO) + value
    if taken and "total" in amounts:
        taken["total"] = sum((value for column, value in taken.items() if column in ("project", "basic")), ZERO)
        if "basic" not in taken:
            taken["total"] += sum((taken.get(column, ZERO) for column in ("operating", "personnel")), ZERO)
    return taken


def _account(builder: Builder) -> StatedAmount | None:
    """Return the revenue of 财政专户管理资金, with what was carried over."""
    for row in builder.rows("revenue"):
        if row.kind == "total" or (row.kind == "unit" and builder.is_department(row.name)):
            parts = [
                row.amounts[key] for key in (FISCAL_ACCOUNT.key, f"carry_{FISCAL_ACCOUNT.key}") if key in row.amounts
            ]
            return sum_of(parts) if parts else None
    return next((row.amounts["total"] for row in builder.rows("balance") if row.key == FISCAL_ACCOUNT.key), None)


def _account_projects(builder: Builder) -> StatedAmount | None:
    """Return what 项目支出表 states of 财政专户管理资金."""
    rows = [row for _, row in listed_projects(builder)]
    if not rows:
        return None
    column = FISCAL_ACCOUNT.key
    total = next((row.amounts[column] for row in rows if row.kind == "total" and column in row.amounts), None)
    return total or sum_of([row.amounts[column] for row in rows if column in row.amounts])


def _own_income(builder: Builder) -> bool:
    """Whether there is revenue of 单位资金 beside."""
    return any(
        row.amounts["total"].value
        for row in builder.rows("balance")
        if row.side == "revenue" and row.key.endswith(("income", "subsidy", "own_funds")) and "total" in row.amounts
    )
