"""Tables that a document must have and has not: relations with what they print cannot be held."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..budget.terms import GENERAL_PUBLIC, GOVERNMENT_FUND, STATE_CAPITAL
from .table import RecognisedTable

REQUIRED = (
    "balance", "revenue", "expenditure", "appropriation_balance", GENERAL_PUBLIC.key, "basic_expenditure",
    "three_public", GOVERNMENT_FUND.key,
)  # fmt: skip
"""Kinds of the tables that every department publishes, with figures or without (预算公开操作规程, 2016)."""
ALTERNATIVES = {
    GOVERNMENT_FUND.key: ("fund_balance",),
    GENERAL_PUBLIC.key: ("appropriation",),
    "basic_expenditure": ("appropriation_basic", "basic_by_source"),
}
"""Tables that some places publish in the place of a required one."""
STATING_FUNDS = ("balance", "appropriation_balance", "revenue", "projects")
"""Tables that have a row or a column for each fund."""


def missing_kinds(tables: Iterable[RecognisedTable]) -> list[str]:
    """Return the required kinds that no table is of, in the order of the form."""
    kinds = {table.kind.key for table in tables}
    return [key for key in REQUIRED if not kinds & {key, *ALTERNATIVES.get(key, ())}]


def absent_kinds(tables: Sequence[RecognisedTable]) -> frozenset[str]:
    """Return the kinds of tables whose figures are not in the document.

    A table of 政府性基金 or 国有资本经营预算 is one of them only if another table states money of the fund.
    """
    found = set(missing_kinds(tables)) - {GOVERNMENT_FUND.key}
    return frozenset(found | {fund.key for fund in (GOVERNMENT_FUND, STATE_CAPITAL) if lacks_table(tables, fund.key)})


def lacks_table(tables: Iterable[RecognisedTable], fund: str) -> bool:
    """Whether other tables state money of a fund whose own table is not there."""
    found = list(tables)
    kinds = {table.kind.key for table in found}
    if kinds & {fund, *ALTERNATIVES.get(fund, ())}:
        return False
    return any(_states(table, fund) for table in found if table.kind.key in STATING_FUNDS)


def _states(table: RecognisedTable, fund: str) -> bool:
    names = (fund, f"carry.{fund}", f"carry_{fund}")
    return any(
        amount.value and (row.key in names or column in names)
        for row in table.rows
        for column, amount in row.amounts.items()
    )
