"""Put values of JSON into cells of the workbook."""

from __future__ import annotations

from datetime import date
from typing import Any

from openpyxl.cell.cell import Cell

from .columns import Column
from .values import cell_value


def write_value(cell: Cell, column: Column, value: Any) -> None:
    """Put a value of JSON into a cell, texts as texts whatever they begin with."""
    if value is None:
        return
    shown = cell_value(column, value)
    cell.value = shown
    if isinstance(shown, str):
        cell.data_type = "s"
    elif isinstance(shown, date):
        cell.number_format = "yyyy-mm-dd"
