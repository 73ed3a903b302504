"""The cells of a table set in type, and how high its rows must be.

A row is as high as its highest cell; where a cell over several rows needs more than they have, each of
them grows by the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from ....tree.nodes import Cell, Row, Table, Text
from ....tree.style import TextStyle
from ...tables.roles import text_role
from ...tables.row_heights import TallCell, spread_tall_cells
from ..tagging import Element, cell_element
from .column_widths import Rows, fit, is_figure
from .set_text import Measure, SetLine, Setter


class Block:
    """A cell set in type: its rows, its place across the table, its lines, whether it is words (no figure).

    ``lines_again`` are shown where a label stands again because a page's end cut its rows. A document has thousands
    of blocks, so this is no dataclass.
    """

    __slots__ = ("label", "lines", "lines_again", "row", "rows", "slot", "tag")

    def __init__(
        self, row: int, rows: int, slot: Slot, tag: Element,
        lines: Sequence[SetLine] = (), lines_again: Sequence[SetLine] = (), label: bool = True,
    ) -> None:  # fmt: skip
        """A cell that begins in ``row`` and goes over ``rows``."""
        self.row, self.rows, self.slot, self.tag = row, rows, slot, tag
        self.lines, self.lines_again, self.label = lines, lines_again, label

    @property
    def height(self) -> float:
        """The height it needs."""
        return len(self.lines) * self.slot.leading + 2 * self.slot.padding

    @property
    def last(self) -> int:
        """Its last row."""
        return self.row + self.rows - 1


@dataclass(slots=True, eq=False)
class Grid:
    """Rows set in type: their ids, the blocks that begin in each, the heights; whether no cell leaves its row."""

    ids: list[str]
    blocks: list[list[Block]]
    heights: list[float]
    plain: list[bool]


@dataclass(slots=True, eq=False)
class _Kind:
    """What the cells of rows of one role share: their look, its size and leading as the table is scaled."""

    look: TextStyle
    size: float
    leading: float
    head: bool
    slots: dict[tuple[int, int], Slot]


@dataclass(slots=True, eq=False)
class Slot:
    """What the cells of one kind in one column (or over several) share, and what was set there: equal cells once.

    It takes up the columns from ``column`` to before ``end``. ``x`` is from the table's left, lines are
    ``leading`` apart, ``padding`` is above and below them.
    """

    column: int
    end: int
    x: float
    width: float
    inner: float
    align: str
    leading: float
    padding: float
    known: dict[tuple[object, ...], list[SetLine]]


class Typesetter:
    """Sets the cells of one table."""

    def __init__(self, table: Table, width: float, setter: Setter) -> None:
        """For ``table``, set ``width`` points wide."""
        self._table, self._setter, self._style = table, setter, setter.style.table
        count = len(table.columns)
        self._head, self._body = Rows.of(table.head, count), Rows.of(table.body, count)
        self._fit = fit(table, self._head, self._body, width, setter)
        self._lefts = list(accumulate(self._fit.widths, initial=0.0))
        self._kinds: dict[str, _Kind] = {}
        self._known: dict[tuple[object, ...], dict[tuple[object, ...], list[SetLine]]] = {}

    def head(self) -> Grid:
        """The rows that every page repeats."""
        return self._grid(self._head)

    def body(self) -> Grid:
        """The rows that follow them."""
        return self._grid(self._body)

    def _grid(self, rows: Rows) -> Grid:
        ids = [f"{self._table.id}/{row.id}" for row in rows.rows]
        blocks = [self._row(n, row, columns, ids[n]) for n, (row, columns) in enumerate(rows)]
        plain = [all([block.rows == 1 for block in line]) for line in blocks]
        return Grid(ids, blocks, _heights(blocks, self._style.row_height), plain)

    def _row(self, number: int, row: Row, columns: Sequence[int], id: str) -> list[Block]:
        kind = self._kinds.get(row.role) or self._kind(row)
        line = []
        for column, cell in zip(columns, row.cells, strict=True):
            slot = kind.slots.get((column, cell.colspan)) or self._slot(kind, column, cell.colspan)
            tag = cell_element(f"{id}/{column + 1}", kind.head, cell.rowspan, cell.colspan)
            if not cell.runs:
                line.append(Block(number, cell.rowspan, slot, tag))
            elif cell.rowspan > 1:
                line.append(self._tall(number, cell, kind, slot, tag))
            else:
                label = not is_figure(cell)
                lines = self._lines(cell, kind, slot, label)
                line.append(Block(number, 1, slot, tag, lines, lines, label))
        return line

    def _kind(self, row: Row) -> _Kind:
        role, scale = text_role(row.role), self._fit.scale
        look, head = self._setter.role(role), role in ("table-head", "table-number")
        kind = _Kind(look, look.size * scale, (look.leading or 1.35 * look.size) * scale, head, {})
        self._kinds[row.role] = kind
        return kind

    def _slot(self, kind: _Kind, column: int, columns: int) -> Slot:
        x = self._lefts[column]
        width = self._lefts[column + columns] - x
        align = "center" if kind.head else self._table.columns[column].align if columns == 1 else "left"
        inner = width - 2 * self._style.pad_x
        known = self._known.setdefault((id(kind.look), inner, align), {})  # columns of figures are often equally wide
        slot = Slot(column, column + columns, x, width, inner, align, kind.leading, self._style.pad_y, known)
        kind.slots[column, columns] = slot
        return slot

    def _tall(self, row: int, cell: Cell, kind: _Kind, slot: Slot, tag: Element) -> Block:
        """A cell over several rows, with what stands there again where a page's end cuts them."""
        label = not is_figure(cell)
        lines = again = self._lines(cell, kind, slot, label)
        if self._table.continued and label:
            again = self._lines(replace(cell, runs=(*cell.runs, Text(self._table.continued))), kind, slot, label)
        return Block(row, cell.rowspan, slot, tag, lines, again, label)

    def _lines(self, cell: Cell, kind: _Kind, slot: Slot, label: bool) -> list[SetLine]:
        runs = cell.runs
        key = (runs if len(runs) > 1 else runs[0].text, label, cell.align, cell.indent)
        lines = slot.known.get(key)
        if lines is None:
            lines = slot.known[key] = self._set(cell, kind, slot, label)
        return lines

    def _set(self, cell: Cell, kind: _Kind, slot: Slot, label: bool) -> list[SetLine]:
        runs, size, width, where = cell.runs, kind.size, slot.inner, self._table.id
        align = cell.align or slot.align
        indent = cell.indent * size if align == "left" else 0
        if not label:
            need = self._setter.natural(runs, kind.look, where) * size / 1000
            size *= min(1, (width - indent) / need) if need > width - indent else 1
        measure = Measure(width, size, align, left=indent)
        line = self._setter.short(runs[0].text, kind.look, measure, where) if len(runs) == 1 else None
        return [line] if line else self._setter.lines(runs, kind.look, measure, where)


def _heights(blocks: list[list[Block]], least: float) -> list[float]:
    """The heights of rows: first what cells of one row need, then what taller cells lack, shorter spans first."""
    heights = [_height(line, least) for line in blocks]
    tall = (TallCell(block.row, block.rows, block.height) for line in blocks for block in line if block.rows > 1)
    spread_tall_cells(heights, tall)
    return heights


def _height(line: Sequence[Block], least: float) -> float:
    """What the cells of one row need: as they are of one kind, the height of the one with the most lines."""
    most, highest = -1, None
    for block in line:
        if block.rows == 1 and len(block.lines) > most:
            most, highest = len(block.lines), block
    return max(least, highest.height) if highest else least
