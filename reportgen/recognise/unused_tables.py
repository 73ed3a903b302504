"""Tables that were read but of which the document has nothing: they are reported, and their parts stay unread."""

from __future__ import annotations

from ..budget.terms import FISCAL_FUNDS
from .builder import Builder
from .table import RecognisedTable

PART_OF = {
    "procurement": "/procurement",
    "purchased_services": "/procurement",
    "projects": "/projects",
    "key_projects": "",
    "three_public": "/three_public",
    "basic_expenditure": "/basic_expenditure",
    "agency_operating": "",
    **dict.fromkeys((fund.key for fund in FISCAL_FUNDS), ""),
}
"""The part of the document that a kind of table alone fills, "" where others fill it, too.

Tables of goals report their own rows; the others only repeat what is in these.
"""
HEADS_SHOWN = 8


def report_unused(builder: Builder) -> None:
    """Report each table with amounts of which none is in the document or was compared with another."""
    used = set(builder.cells.values())
    used |= {place for one in builder.comparisons for place in one.places()}
    for table in builder.tables.values():
        if table.kind.key not in PART_OF:
            continue
        amounts = [amount for row in table.rows for amount in row.amounts.values() if amount.value]
        if not amounts or any(amount.place in used for amount in amounts):
            continue
        message = "“{title}”读到 {count} 行，没有一个数用上；表头是：{heads}"
        hint = "把表头改成通行的名称再导入，或导入之后在文件里补上这张表"
        values = {"title": table.title, "count": str(len(table.rows)), "heads": _heads(table)}
        builder.warn("XL136", message, table.title_place, hint, **values)
        builder.unread |= {part for part in (PART_OF[table.kind.key],) if part}


def _heads(table: RecognisedTable) -> str:
    columns = table.head.columns if table.head else ()
    heads = list(dict.fromkeys(" / ".join(column.labels) for column in columns))
    return "、".join(f"“{head}”" for head in heads[:HEADS_SHOWN]) + ("…" if len(heads) > HEADS_SHOWN else "")
