"""Recognised tables as plain values: what a grid was recognised as, with the places of everything."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from ..core.finding import Finding, Place, Severity
from .grid import Grid
from .head import Head
from .words import TableKind

RowKind = Literal["total", "unit", "code", "item", "record"]
Side = Literal["", "revenue", "expenditure"]

UNITS: Mapping[str, int] = {"元": 1, "千元": 1_000, "万元": 10_000, "亿元": 100_000_000}
"""How many 元 each unit of a table is."""


@dataclass(frozen=True, slots=True)
class StatedAmount:
    """An amount of a table: exact 元, where it stands, and how far it may be rounded (half of its last digit, 元)."""

    value: Decimal
    place: str
    rounding: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class StatedText:
    """A text of a table, and where it stands."""

    value: str
    place: str


@dataclass(frozen=True, slots=True)
class RecognisedRow:
    """One row with amounts.

    ``key`` is a code, the meaning of a label (``carry.general_public``), 合计, or "" in a table of records. ``unit`` is
    the name of the unit that it is of, ``level`` counts from 1 (类, 款, 项).
    """

    kind: RowKind
    key: str
    name: str
    place: str
    amounts: Mapping[str, StatedAmount]
    texts: Mapping[str, StatedText] = field(default_factory=dict)
    unit: str = ""
    level: int = 0
    side: Side = ""


@dataclass(frozen=True, slots=True)
class RecognisedTable:
    """One official table: its kind, title, unit, year (0 if the title has none), publisher, columns, rows.

    ``scope`` is ``unit`` where it says 编制单位, ``department`` where it says 编制部门, else "". ``columns`` has the
    place of the head of each column that was read, ``unit_place`` is where the unit stands, ``publisher_place`` where
    the publisher does. ``grid``, ``head`` and ``numbers`` (the rows of the body) are what the table was read from, for
    checks that go beyond the columns that are known.
    """

    kind: TableKind
    sheet: str
    title: str
    title_place: str
    unit: str
    year: int
    columns: Mapping[str, str]
    rows: tuple[RecognisedRow, ...]
    publisher: str = ""
    publisher_code: str = ""
    scope: Literal["", "department", "unit"] = ""
    publisher_place: str = ""
    unit_place: str = ""
    grid: Grid | None = field(default=None, repr=False)
    head: Head | None = field(default=None, repr=False)
    numbers: tuple[int, ...] = field(default=(), repr=False)


def table_finding(
    code: str, severity: Severity, message: str, where: str | tuple[str, ...], hint: str = "", /, **values: str
) -> Finding:
    """Return a finding about cells, which ``where`` names."""
    places = (where,) if isinstance(where, str) else where
    return Finding(code, severity, message, tuple(Place(cell=place) for place in places), hint, values)
