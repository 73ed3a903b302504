"""Put values of JSON into cells of the workbook."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from openpyxl.cell.cell import Cell

from ...budget.field_types import Date
from .columns import Column
from .values import shown_value

MOST_DIGITS = 15
"""Digits of a number that every spreadsheet keeps; an amount with more is written as text."""


def write_value(cell: Cell, column: Column, value: Any) -> None:
    """Put a value of JSON into a cell: amounts as numbers if that is exact, texts as texts whatever they begin with."""
    if value is None:
        return
    if column.is_amount and not isinstance(value, bool):
        amount = Decimal(value)
        exact = len(amount.normalize().as_tuple().digits) <= MOST_DIGITS
        _put_text(cell, f"{amount:f}") if not exact else setattr(cell, "value", amount)
    elif column.is_number:
        cell.value = int(value)
    elif isinstance(column.type, Date):
        cell.value = date.fromisoformat(value)
        cell.number_format = "yyyy-mm-dd"
    else:
        _put_text(cell, shown_value(column, value))


def _put_text(cell: Cell, text: str) -> None:
    cell.value = text
    cell.data_type = "s"
