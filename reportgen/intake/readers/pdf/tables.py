"""Tables of pages to tables of the document: joined over pages, with the lines above them, as grids with places."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ....recognise.blocks import Box, ReadTable
from ....recognise.grid import Grid, GridCell
from ....recognise.words import head_meanings, plain
from .above import is_title_text
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
        return [title for text in found if is_title_text(text) and (title := _CONTINUED.sub("", plain(text)))]

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
        return all(title in before.titles() for title in titles)
    return not _has_new_head(before, after)


def _same_columns(one: PageTable, other: PageTable) -> bool:
    few, many = sorted((one.lattice.xs, other.lattice.xs), key=len)
    if len(few) == len(many):
        return True
    return len(few) > 3 and all(min(abs(x - y) for y in many) < SAME_COLUMN for x in few)


def _has_new_head(before: Part, after: Part) -> bool:
    """Whether the first row of a table is a head, and no row at the top of the one before it is the same."""
    first = after.row(0)
    if len(first) < 2 or sum(text in head_meanings() for text in first) < 2:
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
    name = f"第 {pages[0]} 页" if pages[0] == pages[-1] else f"第 {pages[0]}—{pages[-1]} 页"
    building = _Building(name)
    columns = _columns(parts)
    _add_above(building, parts[0], len(columns[0]))
    indents = _Indents(parts, columns)
    for part, numbers in zip(parts, columns, strict=True):
        _add_part(building, part, numbers, indents)
    grid = Grid(name, building.cells, tuple(building.merged))
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
            place = f"第 {page} 页表题第 {number} 行" + (f"第 {at} 列" if len(line.pieces) > 1 else "")
            building.cells[building.row, column] = GridCell(piece.text.strip(), place)
            building.boxes[place] = (_box(page, piece.area),)


def _add_part(building: _Building, part: Part, numbers: list[int], indents: _Indents) -> None:
    table, lattice = part.table, part.table.lattice
    first = building.row + 1
    prefix = f"第 {table.page} 页" + (f"第 {table.number} 个表" if table.number > 1 else "")
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
            place = f"{prefix}第 {cell.top + 1} 行第 {cell.left + 1} 列"
            blanks = " " * indents.of(left, lattice.area_of(cell), text)
            building.cells[top, left] = GridCell(blanks + text.text, place)
            building.boxes[place] = (_box(table.page, lattice.area_of(cell)),)
    for row in range(len(lattice.ys) - 1):
        area = Area(lattice.xs[0], lattice.ys[row], lattice.xs[-1], lattice.ys[row + 1])
        building.boxes[f"{prefix}第 {row + 1} 行"] = (_box(table.page, area),)
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
