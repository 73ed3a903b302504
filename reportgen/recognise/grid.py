"""Grids: tables of cells as they stood in a file, each with its place; which kind of file it was is not known here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal, TypeAlias

Problem: TypeAlias = Literal["", "not calculated", "error"]
"""Why a cell has no value to use: its formula was never calculated, or came to an error (``#REF!``)."""
CellValue: TypeAlias = str | int | Decimal | bool | date
"""What a cell holds. A number is an ``int`` or the shortest decimal that the file's binary number stands for."""


@dataclass(frozen=True, slots=True)
class GridCell:
    """One cell that is not empty.

    ``place`` is how a message names it (``支出!D17``). ``indent`` counts the levels that its text is indented by the
    cell's alignment; leading blanks are in the text itself. ``formula`` is whether the value was calculated. Where
    there is a ``problem``, the value is the text of the formula or of the error. ``percent`` is whether the number is
    shown as a percentage: 0.95 is what a cell holds that shows 95%.
    """

    value: CellValue
    place: str
    indent: int = 0
    hidden: bool = False
    formula: bool = False
    problem: Problem = ""
    percent: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of cells by row and column, both counted from 1. Of merged cells only the first holds a value.

    ``merged`` has (top, left, bottom, right) of every merged range. ``hidden`` is whether the whole sheet is hidden.
    """

    name: str
    cells: Mapping[tuple[int, int], GridCell]
    merged: tuple[tuple[int, int, int, int], ...] = ()
    hidden: bool = False

    def rows(self) -> Iterator[tuple[int, dict[int, GridCell]]]:
        """Yield each row that is not empty: its number, and its cells by column from left to right."""
        rows: dict[int, dict[int, GridCell]] = {}
        for (row, column), cell in sorted(self.cells.items()):
            rows.setdefault(row, {})[column] = cell
        yield from rows.items()

    def text(self, row: int, column: int) -> str:
        """Return what a cell shows as text without outer blanks; "" for an empty one."""
        cell = self.cells.get((row, column))
        return "" if cell is None else str(cell.value).strip()


def column_name(column: int) -> str:
    """Return the letters of a column.

    >>> column_name(1), column_name(28), column_name(16384)
    ('A', 'AB', 'XFD')
    """
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
