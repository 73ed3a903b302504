"""The cells of a column as plain values of JSON, and back: which reading belongs to which type of field."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from ...budget.field_types import Amount, Boolean, Choice, Code, Date, Integer
from ...budget.terms import OTHER_NAMES, STAGES
from ...budget.withheld import TABLES
from ...core.money import MoneyUnit
from ...recognise.cell_values import (
    CellReading,
    read_amount,
    read_boolean,
    read_choice,
    read_code,
    read_date,
    read_integer,
    read_text,
)
from ...recognise.grid import CellValue, GridCell
from .columns import Column

SCOPES = {"department": "部门预算", "unit": "单位预算"}
STAGE = ("stage",)
MOST_DIGITS = 15
"""Digits of a number that every spreadsheet keeps; an amount with more is written as text."""
WORDS: Mapping[tuple[str, ...], Mapping[str, str]] = {STAGE: STAGES, ("scope",): SCOPES, ("table",): TABLES}
"""Fields whose values in JSON are English: what the form shows of each."""


def choices_of(column: Column) -> tuple[str, ...]:
    """Return the words that a cell of the column may have; () where it is not one of a few."""
    if isinstance(column.type, Boolean):
        return ("是", "否")
    if not isinstance(column.type, Choice):
        return ()
    words = WORDS.get(column.path, {})
    return tuple(words.get(option, option) for option in column.type.options)


def shown_description(column: Column) -> str:
    """Return what the form says of a column: for values that it shows in other words, nothing of those of JSON."""
    english = column.path in WORDS and any(option in column.description for option in WORDS[column.path])
    return "" if english else column.description


def shown_value(column: Column, value: Any) -> Any:
    """Return a value of JSON as its cell shows it."""
    if isinstance(column.type, Boolean):
        return "是" if value else "否"
    return WORDS.get(column.path, {}).get(value, value) if isinstance(value, str) else value


def cell_value(column: Column, value: Any) -> CellValue:
    """Return what a cell holds of a value of JSON: amounts as numbers if that is exact."""
    if column.is_amount and not isinstance(value, bool):
        amount = Decimal(value)
        exact = len(amount.normalize().as_tuple().digits) <= MOST_DIGITS
        return amount if exact else f"{amount:f}"
    if column.is_number:
        return int(value)
    if isinstance(column.type, Date):
        return date.fromisoformat(value)
    shown: CellValue = shown_value(column, value)
    return shown


def read_value(column: Column, cell: GridCell | None, unit: MoneyUnit) -> CellReading:
    """Read a cell of the column; amounts are in ``unit``."""
    match column.type:
        case Amount():
            return read_amount(cell, unit)
        case Integer():
            return read_integer(cell)
        case Boolean():
            return read_boolean(cell)
        case Date():
            return read_date(cell)
        case Choice():
            return _choice(column, cell)
        case Code() if column.is_code:
            return read_code(cell)
    return read_text(cell)


def _choice(column: Column, cell: GridCell | None) -> CellReading:
    reading = read_choice(cell, choices_of(column))
    back = {word: option for option, word in WORDS.get(column.path, {}).items()}
    if reading.problem and cell is not None and cell.value in back.values():
        return reading._replace(value=str(cell.value), problem=None)
    official = OTHER_NAMES.get(str(cell.value).strip()) if reading.problem and cell is not None else None
    if official in choices_of(column):
        return reading._replace(value=official, problem=None)
    return reading._replace(value=back.get(reading.value, reading.value)) if reading.value else reading


def as_json(column: Column, value: str) -> Any:
    """Return what was read as JSON has it: whole numbers and booleans as such, all else as text.

    An amount has two decimals at least, as documents state them; a spreadsheet drops zeros at the end.
    """
    if isinstance(column.type, Amount):
        whole, _, fraction = value.partition(".")
        return f"{whole}.{fraction:0<2}"
    if isinstance(column.type, Integer):
        return int(value)
    return value == "true" if isinstance(column.type, Boolean) else value
