"""The cells of a table set in type, and how high its rows must be.

A row is as high as its highest cell; where a cell over several rows needs more than they have, each of
them grows by the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ...tree.grid import Placed, place
from ...tree.nodes import Cell, Row, Table, Text
from ...tree.style import TextStyle
from .columns import Origins, fit, is_figure, origins, role_of
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


@dataclass(slots=True, eq=False)
class _Kind:
    """What the cells of rows of one role share: their look, its size and leading as the table is scaled."""

    look: TextStyle
    size: float
    leading: float
    head: bool


class Typesetter:
    """Sets the cells of one table; equal cells are set once."""

    def __init__(self, table: Table, width: float, setter: Setter) -> None:
        """For ``table``, set ``width`` points wide."""
        self._table, self._setter = table, setter
        count = len(table.columns)
        self._head, self._body = origins(place(table.head, count)), origins(place(table.body, count))
        self._fit = fit(table, self._head, self._body, width, setter)
        self._lefts = [0.0]
        for one in self._fit.widths:
            self._lefts.append(self._lefts[-1] + one)
        self._known: dict[tuple[object, ...], list[SetLine]] = {}
        self._kinds: dict[str, _Kind] = {}

    def head(self) -> Grid:
        """The rows that every page repeats."""
        return self._grid(self._table.head, self._head)

    def body(self) -> Grid:
        """The rows that follow them."""
        return self._grid(self._table.body, self._body)

    def _grid(self, rows: Sequence[Row], cells: Origins) -> Grid:
        ids = [f"{self._table.id}/{row.id}" for row in rows]
        kinds = [self._kinds.get(role) or self._kind(role) for role in map(role_of, rows)]
        blocks = [
            [self._block(placed, kind, id) for placed in line] for line, kind, id in zip(cells, kinds, ids, strict=True)
        ]
        heights = _heights(blocks, self._setter.style.table.row_height)
        return Grid(ids, blocks, heights)

    def _kind(self, role: str) -> _Kind:
        look, scale = self._setter.role(role), self._fit.scale
        head = role in ("table-head", "table-number")
        kind = self._kinds[role] = _Kind(look, look.size * scale, (look.leading or 1.35 * look.size) * scale, head)
        return kind

    def _block(self, placed: Placed, kind: _Kind, row: str) -> Block:
        cell, column, style = placed.cell, placed.column, self._setter.style.table
        left = self._lefts[column]
        width = self._lefts[column + cell.colspan] - left
        tag = cell_element(f"{row}/{column + 1}", kind.head, cell.rowspan, cell.colspan)
        lines: Sequence[SetLine] = ()
        again, label = lines, True
        if cell.runs:
            label = not is_figure(cell)
            align = cell.align or ("center" if kind.head else "")
            align = align or (self._table.columns[column].align if cell.colspan == 1 else "left")
            lines = again = self._lines(cell, kind, align, width - 2 * style.pad_x, label)
            if self._table.continued and cell.rowspan > 1 and label:
                more = replace(cell, runs=(*cell.runs, Text(self._table.continued)))
                again = self._lines(more, kind, align, width - 2 * style.pad_x, label)
        return Block(
            placed.row, column, cell.rowspan, left, width, lines, again, kind.leading, style.pad_y, label, tag
        )  # fmt: skip

    def _lines(self, cell: Cell, kind: _Kind, align: str, width: float, label: bool) -> list[SetLine]:
        runs, size = cell.runs, kind.size
        key = (runs if len(runs) > 1 else runs[0].text, label, kind.look.face, size, align, width, cell.indent)
        known = self._known.get(key)
        if known is None:
            where = self._table.id
            indent = cell.indent * size if align == "left" else 0
            if not label:
                need = self._setter.natural(runs, kind.look, where) * size / 1000
                size *= min(1, (width - indent) / need) if need > width - indent else 1
            measure = Measure(width, size, align, left=indent)
            line = self._setter.short(runs[0].text, kind.look, measure, where) if len(runs) == 1 else None
            known = [line] if line else self._setter.lines(runs, kind.look, measure, where)
            self._known[key] = known
        return known


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
