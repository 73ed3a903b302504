"""The cells of a table set in type, and how high its rows must be.

A row is as high as its highest cell; where a cell over several rows needs more than they have, each of
them grows by the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ...tree.grid import Placed, place
from ...tree.nodes import Cell, Row, Table, Text
from .columns import fit, is_figure, origins, role_of
from .setting import Measure, SetLine, Setter
from .tagging import Element, cell_element


@dataclass(slots=True, eq=False)
class Block:
    """A cell set in type: its place in the grid, its lines ``leading`` apart, its place across the table.

    ``lines_again`` are shown where a label stands again because a page's end cut its rows.
    """

    row: int
    column: int
    rows: int
    x: float
    width: float
    lines: Sequence[SetLine]
    lines_again: Sequence[SetLine]
    leading: float
    padding: float
    label: bool
    tag: Element

    @property
    def height(self) -> float:
        """The height it needs."""
        return len(self.lines) * self.leading + 2 * self.padding

    @property
    def last(self) -> int:
        """Its last row."""
        return self.row + self.rows - 1


@dataclass(slots=True, eq=False)
class Grid:
    """Rows set in type: their ids, the blocks that begin in each, and the heights."""

    ids: list[str]
    blocks: list[list[Block]]
    heights: list[float]


class Typesetter:
    """Sets the cells of one table; equal cells are set once."""

    def __init__(self, table: Table, width: float, setter: Setter) -> None:
        """For ``table``, set ``width`` points wide."""
        self._table, self._setter = table, setter
        count = len(table.columns)
        self._head, self._body = place(table.head, count), place(table.body, count)
        self._fit = fit(table, self._head, self._body, width, setter)
        self._lefts = [0.0]
        for one in self._fit.widths:
            self._lefts.append(self._lefts[-1] + one)
        self._known: dict[tuple[object, str, str, float, int], list[SetLine]] = {}

    def head(self) -> Grid:
        """The rows that every page repeats."""
        return self._grid(self._table.head, self._head)

    def body(self) -> Grid:
        """The rows that follow them."""
        return self._grid(self._table.body, self._body)

    def _grid(self, rows: Sequence[Row], grid: list[list[Placed]]) -> Grid:
        blocks: list[list[Block]] = [[] for _ in rows]
        for placed in origins(grid):
            blocks[placed.row].append(self._block(placed, rows[placed.row]))
        heights = _heights(blocks, self._setter.style.table.row_height)
        return Grid([f"{self._table.id}/{row.id}" for row in rows], blocks, heights)

    def _block(self, placed: Placed, row: Row) -> Block:
        cell, style = placed.cell, self._setter.style.table
        left, right = self._lefts[placed.column], self._lefts[placed.column + cell.colspan]
        role = role_of(row)
        align = cell.align or ("center" if role in ("table-head", "table-number") else "")
        align = align or (self._table.columns[placed.column].align if cell.colspan == 1 else "left")
        label = not is_figure(cell)
        inner = right - left - 2 * style.pad_x
        lines = again = self._lines(cell, role, align, inner) if cell.runs else ()
        if self._table.continued and cell.rowspan > 1 and label and lines:
            again = self._lines(replace(cell, runs=(*cell.runs, Text(self._table.continued))), role, align, inner)
        leading = self._setter.role(role).leading or 1.35 * self._setter.role(role).size
        head = role in ("table-head", "table-number")
        tag = cell_element(f"{self._table.id}/{row.id}/{placed.column + 1}", head, cell.rowspan, cell.colspan)
        return Block(
            placed.row, placed.column, cell.rowspan, left, right - left, lines, again,
            leading * self._fit.scale, style.pad_y, label, tag,
        )  # fmt: skip

    def _lines(self, cell: Cell, role: str, align: str, width: float) -> list[SetLine]:
        where = self._table.id
        same = cell.runs if len(cell.runs) > 1 else (cell.text, is_figure(cell))
        key = (same, role, align, width, cell.indent)
        if key not in self._known:
            look = self._setter.role(role)
            size = look.size * self._fit.scale
            indent = cell.indent * size if align == "left" else 0
            if is_figure(cell):
                need = self._setter.natural(cell.runs, look, where) * size / 1000
                size *= min(1, (width - indent) / need) if need > width - indent else 1
            self._known[key] = self._setter.lines(cell.runs, look, Measure(width, size, align, left=indent), where)
        return self._known[key]


def _heights(blocks: list[list[Block]], least: float) -> list[float]:
    """The heights of rows: first what cells of one row need, then what taller cells lack, shorter spans first."""
    heights = [max([least, *(b.height for b in line if b.rows == 1)]) for line in blocks]
    spans = sorted((b for line in blocks for b in line if b.rows > 1), key=lambda b: (b.rows, b.row, b.column))
    for block in spans:
        lack = block.height - sum(heights[block.row : block.last + 1])
        if lack > 0:
            for row in range(block.row, block.last + 1):
                heights[row] += lack / block.rows
    return heights
