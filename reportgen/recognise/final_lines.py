"""What only final accounts state: 结余分配, 年末结转和结余 of funds and items, the budget beside “三公”."""

from __future__ import annotations

from collections.abc import Iterable

from ..budget.terms import FINAL, FISCAL_FUNDS
from .builder import Builder
from .table import RecognisedTable
from .words import FINAL as FINAL_WORD
from .words import plain

IN_PROSE = ("three_public_details", "evaluation", "agency_operating")
"""Parts that sentences state; a table of some places has 机关运行经费."""
NOT_IN_FORM = frozenset({"/projects", "/performance", "/expenditure/personnel"})
"""Parts that the form of final accounts has no table for: that they were not read says nothing."""
ADJUSTED = "全年预算数"
"""What a note below the “三公” table calls its 预算数, if it is no 年初预算数."""
ITEM_DIGITS = 7


def is_final(tables: Iterable[RecognisedTable]) -> bool:
    """Whether tables are of final accounts (决算): most of their titles say so."""
    titles = [FINAL_WORD in table.title for table in tables]
    return sum(titles) * 2 > len(titles)


def add_final_accounts(builder: Builder) -> None:
    """Add what only final accounts state; parts that their form has no table for are not unread."""
    builder.data["stage"] = FINAL
    for row in builder.rows("balance"):
        if row.key == "surplus_distributed" and "total" in row.amounts:
            builder.put("/surplus_distributed", row.amounts["total"])
    for row in builder.rows("appropriation_balance"):
        if row.side == "expenditure" and row.key == "carried_forward":
            for fund in FISCAL_FUNDS:
                if fund.key in row.amounts:
                    builder.put(f"/fiscal_carried_forward/{fund.key}", row.amounts[fund.key])
        if (row.side, row.key) == ("revenue", "total") and "total" in row.amounts:
            builder.put("/totals/appropriation_revenue/amount", row.amounts["total"])
    _add_closings(builder)
    builder.unread -= NOT_IN_FORM
    builder.unread |= {f"/{part}" for part in IN_PROSE if part not in builder.data}


def _add_closings(builder: Builder) -> None:
    """Add 年末结转和结余 of the items of the funds whose tables state it."""
    lines = builder.data.get("expenditure", [])
    for fund in FISCAL_FUNDS:
        for row in builder.rows(fund.key):
            if "closing" not in row.amounts or len(row.key) != ITEM_DIGITS:
                continue
            own = (n for n, line in enumerate(lines) if (line["function"], line["fund"]) == (row.key, fund.name))
            if (number := next(own, None)) is not None:
                builder.put_in("expenditure", number, "carried_forward", row.amounts["closing"])


def budget_of_three_public(table: RecognisedTable) -> str:
    """Return which budget the “三公” table has beside 决算数: ``adjusted`` where its head or its note says so."""
    cells = table.grid.cells.values() if table.grid is not None else ()
    return "adjusted" if any(ADJUSTED in plain(cell.value) for cell in cells) else "initial"
