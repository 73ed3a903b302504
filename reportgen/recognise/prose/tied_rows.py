"""Find rows that lists of sentences name: the kinds of purchases, and what is of one unit of the department."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..purchase_lines import is_single_purchase, kind_of_purchase
from ..stated_sums import sum_of
from ..table import RecognisedRow, RecognisedTable, StatedAmount
from ..words import plain
from .statement import Subject

Found = tuple[RecognisedTable, RecognisedRow, StatedAmount]
"""A cell: its table, its row, its amount."""
OF_UNIT = ("basic", "personnel", "operating", "project", "business", "paid_up", "subsidies")
"""Keys of parts that are columns in the row of a unit."""


def purchases(tables: Sequence[RecognisedTable], key: str) -> Iterator[Found]:
    """Yield what tables of 政府采购 show of a kind (``goods``, ``works``, ``services``) or ``total``, as row or sum."""
    for table in tables:
        of_kind = [row for row in table.rows if "amount" in row.amounts and _kind(row) == key]
        single = [row for row in of_kind if is_single_purchase(row)]
        stated = [row for row in of_kind if row not in single]
        if stated or single:
            rows = stated[:1] or single
            yield table, rows[0], sum_of([row.amounts["amount"] for row in rows])


def _kind(row: RecognisedRow) -> str:
    return kind_of_purchase(row) if row.kind == "record" else "total"


def of_unit(tables: Sequence[RecognisedTable], unit: str, subject: Subject) -> Iterator[Found]:
    """Yield the cells of a unit that show a part of it: a use, an item of 经济分类; its total for ``""``."""
    for table in tables:
        for row in table.rows:
            if row.kind == "unit" and plain(row.name) == unit:
                column = subject.key if subject.key in OF_UNIT else "total" if not subject.key else ""
                if column in row.amounts:
                    yield table, row, row.amounts[column]
            elif row.kind == "code" and plain(row.unit) == unit and _is_item(table, row, subject):
                yield table, row, row.amounts["total"]


def _is_item(table: RecognisedTable, row: RecognisedRow, subject: Subject) -> bool:
    """Whether a row is the item of 经济分类 that a subject names, with or without 支出 at its end."""
    if table.kind.rows != "economic" or subject.key != "economic" or "total" not in row.amounts:
        return False
    return plain(row.name).removesuffix("支出") == plain(subject.name).removesuffix("支出")
