"""Tables of pages to tables of the document: joined over pages, with the lines above them, as grids with places."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ....recognise.blocks import Box, ReadTable
from ....recognise.cell_values import read_amount
from ....recognise.grid import Grid, GridCell
from ....recognise.words import head_meanings, plain
from ..headings import is_table_title
from ..places import above_place, cell_place, pages_name, row_place
from .cell_text import CellText, PageTable
from .geometry import Area
from .lines import Line

SAME_COLUMN = 6.0
"""Points by which the same column of two pages may be off."""
_CONTINUED = re.compile(r"\(?续表?[0-9一二三四五六七八九十]*\)?|\(?第[0-9]+页(?:,?共[0-9]+页)?\)?")


@dataclass(slots=True)
class Part:
    """A table of a page, with the lines above it that belong to it."""

    table: PageTable
    above: list[Line] = field(default_factory=list)

    def titles(self) -> list[str]:
        """Return its titles, above it and in its first rows, as they are compared."""
        found = [piece.text for line in self.above for piece in line.pieces]
        lattice = self.table.lattice
        for cell, text in zip(lattice.cells, self.table.texts, strict=True):
            if text is not None and cell.top < 3 and cell.right - cell.left + 1 >= (len(lattice.xs) - 1) * 0.6:
                found.append(text.text)
        return [title for text in found if is_table_title(text) and (title := _CONTINUED.sub("", plain(text)))]

    def row(self, number: int) -> list[str]:
        """Return the texts of the cells that begin in a row, counted from 0."""
        pairs = zip(self.table.lattice.cells, self.table.texts, strict=True)
        return [plain(text.text) for cell, text in pairs if text is not None and cell.top == number]


def goes_on(before: Part, after: Part) -> bool:
    """Whether a table goes on with the one before it: as many columns, no new title, no new head."""
    if not _same_columns(before.table, after.table):
        return False
    titles = after.titles()
    if titles:
        return all(title in before.titles() for title in titles) and not _is_another(before, after)
    return not _has_new_head(before, after)


def is_figure(text: str) -> bool:
    """Whether a text is an amount."""
    return read_amount(GridCell(text, "")).value is not None


def _same_columns(one: PageTable, other: PageTable) -> bool:
    few, many = sorted((one.lattice.xs, other.lattice.xs), key=len)
    if len(few) == len(many):
        return True
    return len(few) > 3 and all(min(abs(x - y) for y in many) < SAME_COLUMN for x in few)


def _is_another(before: Part, after: Part) -> bool:
    """Whether the first row has the label of the one above, and another value: the next of several forms."""
    first, above = after.row(0), before.row(0)
    return len(first) > 1 and first[0] == above[0] and set(first) != set(above)


def _has_new_head(before: Part, after: Part) -> bool:
    """Whether the first row of a table is a head, and no row at the top of the one before it is the same."""
    first = after.row(0)
    if any(is_figure(text) for text in first) or sum(text in head_meanings() for text in first) < 2:
        return False
    heads = [set(before.row(number)) for number in range(8)]
    return not any(set(first) <= head for head in heads)


@dataclass(slots=True)
class _Building:
    name: str
    cells: dict[tuple[int, int], GridCell] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    boxes: dict[str, tuple[Box, ...]] = field(default_factory=dict)
    row: int = 0


def table_of(parts: Sequence[Part]) -> tuple[ReadTable, Mapping[str, tuple[Box, ...]]]:
    """Return the table whose pages are ``parts``, and the boxes of its places."""
    pages = [part.table.page for part in parts]
    building = _Building(pages_name(pages[0], pages[-1]))
    columns = _columns(parts)
    _add_above(building, parts[0], len(columns[0]))
    indents = _Indents(parts, columns)
    for part, numbers in zip(parts, columns, strict=True):
        _add_part(building, part, numbers, indents)
    grid = Grid(building.name, building.cells, tuple(building.merged))
    return ReadTable(grid, pages[0]), building.boxes


def _columns(parts: Sequence[Part]) -> list[list[int]]:
    """Return for each part the columns of the grid, from 1, in which its columns begin; last, one past the end."""
    widest = max((part.table.lattice.xs for part in parts), key=len)
    found = []
    for part in parts:
        xs = part.table.lattice.xs
        if len(xs) == len(widest):
            found.append(list(range(1, len(xs) + 1)))
        else:
            found.append([1 + min(range(len(widest)), key=lambda n, x=x: abs(widest[n] - x)) for x in xs])  # type: ignore[misc]
    return found


def _add_above(building: _Building, part: Part, columns: int) -> None:
    """Put the lines above a table into its first rows: the first piece into the first column, others to the right."""
    page, last = part.table.page, max(columns - 1, 1)
    for number, line in enumerate(part.above, 1):
        building.row += 1
        places = (
            [1, *range(last - len(line.pieces) + 2, last + 1)]
            if last >= len(line.pieces)
            else range(1, len(line.pieces) + 1)
        )
        for at, (column, piece) in enumerate(zip(places, line.pieces, strict=False), 1):
            place = above_place(page, part.table.number, number, at if len(line.pieces) > 1 else 0)
            building.cells[building.row, column] = GridCell(piece.text.strip(), place)
            building.boxes[place] = (_box(page, piece.area),)


def _add_part(building: _Building, part: Part, numbers: list[int], indents: _Indents) -> None:
    table, lattice = part.table, part.table.lattice
    first = building.row + 1
    for cell, text in zip(lattice.cells, table.texts, strict=True):
        top, left, bottom, right = (
            first + cell.top,
            numbers[cell.left],
            first + cell.bottom,
            numbers[cell.right + 1] - 1,
        )
        if (bottom > top or right > left) and right >= left:
            building.merged.append((top, left, bottom, right))
        if text is not None:
            place = cell_place(table.page, table.number, cell.top + 1, cell.left + 1)
            blanks = " " * indents.of(left, lattice.area_of(cell), text)
            building.cells[top, left] = GridCell(blanks + text.text, place)
            building.boxes[place] = (_box(table.page, lattice.area_of(cell)),)
    for row in range(len(lattice.ys) - 1):
        area = Area(lattice.xs[0], lattice.ys[row], lattice.xs[-1], lattice.ys[row + 1])
        building.boxes[row_place(table.page, table.number, row + 1)] = (_box(table.page, area),)
    building.row += len(lattice.ys) - 1


def _box(page: int, area: Area) -> Box:
    return Box(page, *(round(value, 1) for value in area))


class _Indents:
    """How deep the labels of each column are indented, in blanks of half an em; those in the middle are not."""

    def __init__(self, parts: Sequence[Part], columns: Sequence[list[int]]) -> None:
        least: dict[int, float] = {}
        for part, numbers in zip(parts, columns, strict=True):
            lattice = part.table.lattice
            for cell, text in zip(lattice.cells, part.table.texts, strict=True):
                if text is not None and cell.left == cell.right and _is_label(text):
                    area = lattice.area_of(cell)
                    if not _is_centred(area, text):
                        column = numbers[cell.left]
                        least[column] = min(least.get(column, 1e9), text.ink.left - area.left)
        self._least = least

    def of(self, column: int, area: Area, text: CellText) -> int:
        """Return the blanks before a text."""
        if column not in self._least or not _is_label(text) or _is_centred(area, text):
            return 0
        return max(0, round((text.ink.left - area.left - self._least[column]) / max(text.size / 2, 1)))


def _is_label(text: CellText) -> bool:
    return any("\u4e00" <= char <= "\u9fff" for char in text.text)


def _is_centred(area: Area, text: CellText) -> bool:
    left, right = text.ink.left - area.left, area.right - text.ink.right
    return left > 1.2 * text.size and abs(left - right) < max(0.6 * text.size, 2)
