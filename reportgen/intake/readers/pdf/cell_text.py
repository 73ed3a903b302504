"""Which characters of a page stand in which cell, and the text of each cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .geometry import Area, Char, area_of
from .lattice import Lattice
from .lines import is_wide, joined, rows_of, text_of

_APART = 0.3
"""A gap of so many ems ends a run of characters."""
_CLOSE = 0.08
"""A gap of less than so many ems is none."""
_ACROSS = 0.15
"""A character reaches over a line between cells if so much of an em of it is on either side."""


@dataclass(frozen=True, slots=True)
class CellText:
    """The text of one cell: joined over its lines, where its characters stand, their size."""

    text: str
    ink: Area
    size: float


@dataclass(frozen=True, slots=True)
class PageTable:
    """A ruled table on one page: its lattice, and the text of each of its cells, None for an empty one.

    ``number`` counts the tables of the page from 1.
    """

    page: int
    number: int
    lattice: Lattice
    texts: tuple[CellText | None, ...]

    @property
    def area(self) -> Area:
        """Its rectangle."""
        return self.lattice.area


def split_page(number: int, chars: Sequence[Char], lattices: Sequence[Lattice]) -> tuple[list[PageTable], list[Char]]:
    """Return the tables of a page with their texts, and the characters that stand in none."""
    held: list[list[list[Char]]] = [[[] for _ in lattice.cells] for lattice in lattices]
    outside: list[Char] = []
    for run in _runs(chars):
        for char, (table, cell) in zip(run, _cells(run, lattices), strict=True):
            if table < 0:
                outside.append(char)
            else:
                held[table][cell].append(char)
    tables: list[PageTable] = []
    for lattice, cells in zip(lattices, held, strict=True):
        texts = tuple(_cell_text(cell) for cell in cells)
        if _is_table(lattice, texts):
            tables.append(PageTable(number, len(tables) + 1, lattice, texts))
        else:
            outside += [char for cell in cells for char in cell]
    return tables, outside


def _is_table(lattice: Lattice, texts: Sequence[CellText | None]) -> bool:
    """Whether a lattice is a table: more than one column and one row, or a row with figures; else it frames prose."""
    columns = {cell.left for cell in lattice.cells}
    rows = {cell.top for cell in lattice.cells}
    if len(columns) < 2:
        return False
    filled = [text for text in texts if text is not None]
    if len(rows) < 2:
        return len(filled) > 2 or (len(filled) > 1 and any(any(char.isdigit() for char in one.text) for one in filled))
    return len(filled) > 1


def _runs(chars: Sequence[Char]) -> list[list[Char]]:
    """Return the characters in runs: each stands directly at the right of the one before it in the file."""
    runs: list[list[Char]] = []
    before: Char | None = None
    for char in chars:
        size = max(char.size, 1)
        if (
            before is not None
            and -size < char.left - before.right < _APART * size
            and abs(char.top + char.bottom - before.top - before.bottom) < 0.5 * size
        ):
            runs[-1].append(char)
        else:
            runs.append([char])
        before = char
    return runs


def _cells(run: list[Char], lattices: Sequence[Lattice]) -> list[tuple[int, int]]:
    """Return table and cell of each character of a run, (-1, -1) outside.

    A run that was written across the line between two cells stays whole: a text in the cell where it begins, a figure
    where most of it is.
    """
    cells = [_cell(char, lattices) for char in run]
    start = 0
    for at in range(1, len(run) + 1):
        if at < len(run) and (cells[at] == cells[at - 1] or _crosses(run[at - 1], run[at], cells[at], lattices)):
            continue
        part = cells[start:at]
        if len(set(part)) > 1:
            first = part[0] if is_wide(run[start].text) else max(part, key=part.count)
            cells[start:at] = [first] * len(part)
        start = at
    return cells


def _cell(char: Char, lattices: Sequence[Lattice]) -> tuple[int, int]:
    x, y = (char.left + char.right) / 2, (char.top + char.bottom) / 2
    for number, lattice in enumerate(lattices):
        cell = lattice.cell_at(x, y)
        if cell >= 0:
            return number, cell
    return -1, -1


def _crosses(before: Char, char: Char, at: tuple[int, int], lattices: Sequence[Lattice]) -> bool:
    """Whether two neighbouring characters were written across the line at the left of the cell of the second.

    The line goes through one of them, or they are of Chinese script and without any gap.
    """
    table, number = at
    if table < 0:
        return False
    if is_wide(before.text) and is_wide(char.text) and abs(char.left - before.right) < _CLOSE * max(char.size, 1):
        return True
    lattice = lattices[table]
    line, least = lattice.xs[lattice.cells[number].left], _ACROSS * max(char.size, 1)
    return before.right - line > least or line - char.left > least


def _cell_text(chars: list[Char]) -> CellText | None:
    solid = [char for char in chars if not char.text.isspace()]
    if not solid:
        return None
    text = joined(text_of(row) for row in rows_of(chars)).strip()
    return CellText(text, area_of(solid), solid[0].size)
