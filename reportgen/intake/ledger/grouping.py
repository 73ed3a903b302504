"""Rows grouped into lines: sums by department and by what distinguishes lines, exact in 分."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Any

import polars as pl

from ...budget.terms import FUNDS, KINDS, OWN_SOURCES, SURPLUS_USED, BaseKind
from .amounts import money
from .frame import Ledger
from .mapping import KINDS as COLUMNS

Line = dict[str, Any]
Sums = dict[str, int]
"""Amounts in 分 by the name of the measure."""
Cells = Mapping[str, Sums]
"""The sums of one line by the name of its column."""
Key = tuple[int, ...]
"""What distinguishes a line from others: numbers of meanings."""
COLUMN_ORDER = (
    "amount", "basic", *COLUMNS.values(), *(fund.key for fund in FUNDS), SURPLUS_USED.key,
    *(source.key for source in OWN_SOURCES if source is not SURPLUS_USED), "carry_over",
)  # fmt: skip
"""The order of columns in a line."""


class Grouping:
    """The completed rows of a ledger, and how they become lines. ``texts`` has the meanings of each field by number."""

    def __init__(self, rows: pl.DataFrame, ledger: Ledger) -> None:
        """Take the completed rows of a ledger."""
        self.rows = rows
        self.texts = {name: reading.meanings for name, reading in ledger.readings.items()}
        self._measures = ledger.measures
        self._kinds: tuple[BaseKind, ...] = tuple(kind for kind in KINDS if f"last_{kind}" in ledger.measures)

    def grouped(
        self,
        rows: pl.DataFrame,
        keys: tuple[str, ...],
        column: Callable[[Mapping[str, int]], str],
        parts: tuple[str, ...] = (),
    ) -> dict[str, dict[Key, dict[str, Sums]]]:
        """Return the sums of ``rows``: by department, by ``keys``, by the column of ``keys`` and ``parts``."""
        names = (*keys, *parts)
        sums_of = pl.col(self._measures).sum()
        found: dict[str, dict[Key, dict[str, Sums]]] = defaultdict(dict)
        for department, *values in rows.group_by("department_code", *names).agg(sums_of).iter_rows():
            cells = found[department].setdefault(tuple(values[: len(keys)]), {})
            name = column(dict(zip(names, values, strict=False)))
            sums = dict(zip(self._measures, values[len(names) :], strict=True))
            cells[name] = added(cells[name], sums) if name in cells else sums
        return found

    def lines(
        self,
        make: Callable[[Key, Cells], Line],
        rows: pl.DataFrame,
        keys: tuple[str, ...],
        column: Callable[[Mapping[str, int]], str],
        parts: tuple[str, ...] = (),
    ) -> dict[str, list[Line]]:
        """Return the lines of each department that have an amount, of this year or of last, made of grouped rows."""
        return {
            department: [
                make(key, lines[key]) for key in sorted(lines) if any(any(one.values()) for one in lines[key].values())
            ]
            for department, lines in self.grouped(rows, keys, column, parts).items()
        }

    def sums(self, rows: pl.DataFrame) -> dict[str, Sums]:
        """Return the sums of ``rows`` by department."""
        return {department: cells[()][""] for department, cells in self.grouped(rows, (), lambda keys: "").items()}

    def amounts(self, cells: Cells) -> Line:
        """Return this year's amounts that are not zero as a document has them."""
        return {name: money(cells[name]["amount"]) for name in COLUMN_ORDER if name in cells and cells[name]["amount"]}

    def last(self, *sums: Sums) -> Line:
        """Return last year's figures as a document has them; {} where the ledger has none."""
        return {kind: money(sum(one.get(f"last_{kind}", 0) for one in sums)) for kind in self._kinds}

    def with_last(self, cells: Cells, *sums: Sums) -> Line:
        """Return a line's amounts, and ``last`` of ``sums`` where the ledger has last year's figures."""
        last = self.last(*sums)
        return self.amounts(cells) | ({"last": last} if last else {})


def added(*sums: Sums) -> Sums:
    """Return the sum of amounts, measure by measure."""
    return {name: sum(one.get(name, 0) for one in sums) for name in dict.fromkeys(name for one in sums for name in one)}
