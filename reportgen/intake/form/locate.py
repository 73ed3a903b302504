"""Find the sheets of the form among grids, and their columns: a sheet by its title cell, a column by its head.

So a sheet may be renamed, and sheets, columns and rows may be moved, inserted or hidden.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ...recognise.grid import Grid, GridCell, column_name
from .columns import Column
from .sheet_kinds import FormSheet
from .sheets import FINAL_HEADS, all_sheets

AUTOMATIC = re.compile(r"检查|单位|说明|.*\(自动\)")
"""Heads of columns that the workbook fills by formulas, or that only explain: they are not read."""
SEARCHED = 30
"""Rows from the top of a sheet in which title and heads are looked for."""
_BLANKS = re.compile(r"[\s\u200b\ufeff]+")
_UNIT = re.compile(r"\((万?元|年|分|辆|台\(套\)|辆、台\(套\))\)$")


@dataclass(frozen=True, slots=True)
class Head:
    """A head: the number of its column, its cell, the unit that it states ("" for none)."""

    column: int
    cell: GridCell
    unit: str


@dataclass(frozen=True, slots=True)
class FoundSheet:
    """A sheet of the form in a file: where its heads are. ``others`` are heads that the form does not have."""

    sheet: FormSheet
    grid: Grid
    head_row: int
    heads: Mapping[str, tuple[Head, ...]]
    others: tuple[Head, ...]

    def missing(self) -> Iterator[Column]:
        """Yield the columns of the form that the sheet lacks."""
        yield from (column for column in self.sheet.columns if column.head not in self.heads)

    def data_rows(self) -> Iterator[tuple[int, dict[int, GridCell]]]:
        """Yield the rows below the heads; a unit in a cell that is merged over several rows is in each of them."""
        shared = self._shared()
        for row, cells in self.grid.rows():
            if row > self.head_row:
                yield row, {**shared.get(row, {}), **cells}

    def _shared(self) -> dict[int, dict[int, GridCell]]:
        """Return by row and column the codes of units that merged cells hold for the rows below their first."""
        names = [column.head for column in self.sheet.columns if column.is_unit]
        columns = {head.column for name in names for head in self.heads.get(name, ())}
        shared: dict[int, dict[int, GridCell]] = {}
        for top, left, bottom, _ in self.grid.merged:
            cell = self.grid.cells.get((top, left))
            if left in columns and cell is not None and top > self.head_row:
                for row in range(top + 1, min(bottom, top + SEARCHED * 10) + 1):
                    shared.setdefault(row, {})[left] = cell
        return shared

    def place(self, row: int, head: str) -> str:
        """Return how a message names a cell, which may be empty."""
        at = self.heads.get(head)
        return f"{self.grid.name}!{column_name(at[0].column)}{row}" if at else f"{self.grid.name}!{row}"


def plain(text: str) -> str:
    """Return a title or head without blanks and asterisks, full-width characters replaced."""
    return _BLANKS.sub("", unicodedata.normalize("NFKC", text)).strip("*★")


_TITLES = {plain(sheet.title): sheet for sheet in all_sheets()}


def is_form(grids: Sequence[Grid]) -> bool:
    """Whether any of the grids is a sheet of the fill-in workbook."""
    return any(sheet_of(grid) for grid in grids)


def sheet_of(grid: Grid) -> FormSheet | None:
    """Return the sheet of the form, as final accounts have it, whose title stands in the grid, or None."""
    for (row, _), cell in sorted(grid.cells.items()):
        if row > SEARCHED:
            break
        if isinstance(cell.value, str) and len(cell.value) < 60 and (found := _TITLES.get(plain(cell.value))):
            return found
    return None


def find_heads(sheet: FormSheet, grid: Grid) -> FoundSheet | None:
    """Return where the heads of a sheet are: the row that has most of them; None if none has any."""
    known = {plain(column.head): column.head for column in sheet.columns}
    known |= {plain(other): head for other, head in FINAL_HEADS.items() if head in known.values()}
    best: FoundSheet | None = None
    for row, cells in grid.rows():
        if row > SEARCHED:
            break
        found = _heads(sheet, grid, row, cells, known)
        if found.heads and (best is None or len(found.heads) > len(best.heads)):
            best = found
    return best


def _heads(
    sheet: FormSheet, grid: Grid, row: int, cells: Mapping[int, GridCell], known: Mapping[str, str]
) -> FoundSheet:
    heads: dict[str, tuple[Head, ...]] = {}
    others = []
    for column, cell in cells.items():
        text = plain(str(cell.value))
        unit = _UNIT.search(text)
        name = text[: unit.start()] if unit and text not in known else text
        head = Head(column, cell, unit[1] if unit else "")
        if own := known.get(name):
            heads[own] = (*heads.get(own, ()), head)
        elif name and not AUTOMATIC.fullmatch(name):
            others.append(head)
    return FoundSheet(sheet, grid, row, heads, tuple(others))
