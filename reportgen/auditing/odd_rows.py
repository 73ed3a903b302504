"""Find the rows of 功能分类 whose amount one table prints otherwise than all others that print it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ..core.finding import Finding, Place, Severity
from ..recognise.table import RecognisedRow, RecognisedTable, StatedAmount
from .tables import printed

FEWEST = 2
"""So many other tables have to agree with each other."""


@dataclass(frozen=True, slots=True)
class OddRow:
    """A row of a table, its amount there, and the amount that the other tables print (元)."""

    table: RecognisedTable
    row: RecognisedRow
    amount: StatedAmount
    right: Decimal
    others: int

    @property
    def gap(self) -> Decimal:
        """By how much the amounts differ."""
        return abs(self.amount.value - self.right)

    def is_below(self, code: str) -> bool:
        """Whether the row is of a code ("" for the total), or of one below it."""
        return self.row.key.startswith(code)

    def finding(self) -> Finding:
        """Return what is said of the row."""
        message = "“{table}”「{row}」印的是 {amount}，另外 {count} 张表都是 {right}"
        values = {
            "table": self.table.kind.name,
            "row": f"{self.row.key} {self.row.name}".strip(),
            "amount": printed(self.amount.value, self.table.unit),
            "right": printed(self.right, self.table.unit),
            "count": str(self.others),
        }
        place = (Place(cell=self.amount.place),)
        return Finding("AU104", Severity.ERROR, message, place, "多半错在这一处：核对这一行，改正", values)


def odd_rows(tables: Sequence[RecognisedTable]) -> Iterator[OddRow]:
    """Yield the rows that one table alone prints otherwise, in the order of the tables."""
    printed_by: dict[str, list[tuple[RecognisedTable, RecognisedRow, StatedAmount]]] = {}
    for table in tables:
        for row in table.rows:
            if (
                row.kind == "code"
                and row.key[:1] == "2"
                and row.side != "revenue"
                and (found := row.amounts.get("total"))
            ):
                printed_by.setdefault(row.key, []).append((table, row, found))
    for entries in printed_by.values():
        values = Counter(amount.value for _, _, amount in entries)
        right, often = values.most_common(1)[0]
        if often >= FEWEST and often == len(entries) - 1:
            yield from (OddRow(*entry, right, often) for entry in entries if entry[2].value != right)
