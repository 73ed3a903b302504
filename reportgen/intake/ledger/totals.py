"""The totals of an import: sums over the rows as they were read, and the same sums over the documents made of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import polars as pl

from ...budget.terms import FUNDS, GENERAL_PUBLIC
from .amounts import money
from .frame import Ledger
from .mapping import KINDS
from .tables import SOURCES

Sums = Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class LedgerTotals:
    """This year's amounts in 元: of all rows, and by fund, function item and unit. ``rows`` is their number."""

    rows: int
    amount: Decimal
    by_fund: Sums
    by_function: Sums
    by_unit: Sums
    last: Sums
    """Last year's amounts over all rows, by ``budget`` and ``execution``, where the ledger has them."""


def of_rows(rows: pl.DataFrame, ledger: Ledger) -> LedgerTotals:
    """Return the totals of the completed rows of a ledger."""
    texts = {name: reading.meanings for name, reading in ledger.readings.items()}
    by_source = _by(rows, "source")
    by_fund: dict[str, int] = {fund.name: 0 for fund in FUNDS}
    for source, fen in by_source.items():
        by_fund[SOURCES[source].fund.name] += fen
    last = {name.removeprefix("last_"): _yuan(int(rows[name].sum())) for name in ledger.measures if name != "amount"}
    return LedgerTotals(
        ledger.count,
        _yuan(int(rows["amount"].sum())),
        {fund: _yuan(fen) for fund, fen in by_fund.items() if fen},
        {texts["function"][n]: _yuan(fen) for n, fen in _by(rows, "function").items() if fen},
        {texts["unit"][n]: _yuan(fen) for n, fen in _by(rows, "unit").items() if fen},
        last,
    )


def of_documents(documents: Iterable[Mapping[str, Any]]) -> tuple[Sums, Sums, Sums]:
    """Return the same sums by fund, function item and unit over 支出 of documents, added up line by line."""
    by_fund, by_function, by_unit = (defaultdict[str, Decimal](Decimal) for _ in range(3))
    for document in documents:
        for line in document["expenditure"]:
            if amount := _line_total(line):
                by_fund[line.get("fund", GENERAL_PUBLIC.name)] += amount
                by_function[line["function"]] += amount
                by_unit[line["unit"]] += amount
    return dict(by_fund), dict(by_function), dict(by_unit)


def differences(totals: LedgerTotals, documents: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Yield what differs between the rows and the documents; nothing does unless the program is wrong."""
    whole = list(documents)
    stated = (totals.by_fund, totals.by_function, totals.by_unit)
    for name, rows, made in zip(("fund", "function", "unit"), stated, of_documents(whole), strict=True):
        for key in sorted({*rows, *made}):
            if rows.get(key, Decimal()) != made.get(key, Decimal()):
                yield f"{name} {key}: rows {rows.get(key)}, documents {made.get(key)}"
    received = sum((_line_total(line, ("amount", "carry_over")) for one in whole for line in one["revenue"]), Decimal())
    if received != totals.amount:
        yield f"revenue: rows {totals.amount}, documents {received}"


def _line_total(line: Mapping[str, Any], columns: Iterable[str] = tuple(KINDS.values())) -> Decimal:
    return sum((Decimal(line[name]) for name in columns if name in line), Decimal())


def _by(rows: pl.DataFrame, name: str) -> dict[int, int]:
    return dict(rows.group_by(name).agg(pl.col("amount").sum()).sort(name).iter_rows())


def _yuan(fen: int) -> Decimal:
    return Decimal(money(fen))
