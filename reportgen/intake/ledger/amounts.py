"""Amounts of a ledger as whole 分: exact, a column at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

import polars as pl

from ...core.money import LIMIT, YUAN, MoneyUnit
from ...recognise.cell_values import FEN, read_amount
from ...recognise.grid import GridCell
from . import row_problems as kinds
from .problems import RowProblem

WHOLE_DIGITS: dict[MoneyUnit, int] = {"元": 15, "万元": 11}
"""Digits before the point that are read; with those after it they fit 64 bits."""
MOST = 9 * 10**18
"""分, over all rows: a sum of amounts below it fits 64 bits."""


@dataclass(slots=True)
class AmountColumn:
    """What a column of texts holds: 分 or null, and what is wrong or was rewritten (position in the column, kind)."""

    amounts: pl.Series
    problems: list[tuple[int, RowProblem]] = field(default_factory=list)


def read_amounts(texts: Sequence[str], unit: MoneyUnit) -> AmountColumn:
    """Return the amounts in ``texts``, which are stated in ``unit``.

    >>> read_amounts(["12.5", "", "1,000"], "元").amounts.to_list()
    [1250, None, 100000]
    """
    series = pl.Series(texts, dtype=pl.String)
    decimals = FEN[unit]
    is_plain = series.str.contains(rf"^[0-9]{{1,{WHOLE_DIGITS[unit]}}}(?:\.[0-9]{{1,{decimals}}})?$")
    parts = series.str.split_exact(".", 1).struct.unnest()
    fraction = parts["field_1"].fill_null("").str.pad_end(decimals, "0")
    digits = (parts["field_0"] + fraction).zip_with(is_plain, pl.Series([None], dtype=pl.String))
    column = AmountColumn(digits.cast(pl.Int64))
    rest = (~is_plain & (series.str.len_bytes() > 0)).arg_true().to_list()
    found = {at: fen for at in rest if (fen := _one(texts[at], unit, at, column.problems)) is not None}
    if found:
        column.amounts = column.amounts.scatter(list(found), list(found.values()))
    return column


def _one(text: str, unit: MoneyUnit, at: int, problems: list[tuple[int, RowProblem]]) -> int | None:
    """Return one amount that is not plain digits; what is wrong or was rewritten is added to ``problems``."""
    if text.lstrip().startswith("="):
        problems.append((at, kinds.FORMULA))
        return None
    reading = read_amount(GridCell(text, ""), unit)
    if reading.value is None:
        if reading.problem:
            problems.append((at, kinds.NOT_AMOUNT))
        return None
    value = Decimal(reading.value)
    fen = value * 100 * YUAN[unit]
    wrong = _wrong(value, fen, unit)
    if wrong:
        problems.append((at, wrong))
        return None
    if reading.note and reading.value != text.strip():
        problems.append((at, kinds.ROUNDED if "四舍五入" in reading.note.message else kinds.REWRITTEN))
    return int(fen)


def _wrong(value: Decimal, fen: Decimal, unit: MoneyUnit) -> RowProblem | None:
    if value < 0:
        return kinds.NEGATIVE
    if value * YUAN[unit] > LIMIT:
        return kinds.TOO_LARGE
    return kinds.TOO_FINE if fen != fen.to_integral_value() else None


def money(fen: int) -> str:
    """Return 分 as 元 in the text of a document.

    >>> money(123405), money(7)
    ('1234.05', '0.07')
    """
    return f"{fen // 100}.{fen % 100:02d}"
