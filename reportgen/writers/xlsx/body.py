"""The ruled part of a table: a sheet row for each row of head and body, or several for a very tall one."""

from __future__ import annotations

from collections.abc import Sequence

from ...tree.grid import Placed
from ...tree.nodes import Align, Cell, Table
from ...tree.style import Style
from .cells import BLANK, is_quoted, number, number_format, text, text_format
from .heights import TALLEST, Heights, pieces
from .looks import Look
from .origins import Origin
from .paper import Content, Named, Paper


class Body:
    """Writes the rows of one table onto paper."""

    def __init__(self, paper: Paper, table: Table, cells: Sequence[Origin], style: Style) -> None:
        """Make ready to write ``table``, whose written cells are ``cells``."""
        self._paper = paper
        self._table = table
        self._cells = cells
        self._style = style

    def write(self, grid: Sequence[Sequence[Placed]], heights: Heights, tallest: float) -> int:
        """Write all rows of ``grid``, those below the head in pieces of at most ``tallest`` points.

        Returns the number of the head's last sheet row.
        """
        looks = {(o.row, o.column): self._look(o, heights.is_long(o, tallest)) for o in self._cells}
        written = {(o.row, o.column): self._content(o, looks[o.row, o.column]) for o in self._cells}
        blanks = {spot: (self._paper.looks.number(look), BLANK) for spot, look in looks.items()}
        tops = []
        for r, line in enumerate(grid):
            tops.append(self._paper.last + 1)
            covered = [blanks[placed.row, placed.column] for placed in line]
            limit = TALLEST if r < len(self._table.head) else tallest
            first, *more = pieces(heights.rows[r], limit)
            self._paper.row([written.get((r, c), blank) for c, blank in enumerate(covered)], first)
            for piece in more:
                self._paper.row(covered, piece)
        tops.append(self._paper.last + 1)
        self._merge(tops)
        self._name_figures(tops)
        return tops[len(self._table.head)] - 1

    def _content(self, origin: Origin, look: Look) -> Content:
        if origin.figure:
            look = look._replace(number=number_format(origin.figure))
            return self._paper.looks.number(look), number(origin.figure.value)
        words = origin.text
        if words:
            look = look._replace(number=text_format(words), quoted=is_quoted(words))
        return self._paper.looks.number(look), text(words)

    def _look(self, origin: Origin, long: bool) -> Look:
        align = self._align(origin)
        return Look(origin.role, align, long, origin.cell.indent if align == "left" else 0)

    def _align(self, origin: Origin) -> Align:
        if origin.cell.align:
            return origin.cell.align
        align: Align = self._table.columns[origin.column].align
        if origin.role in ("table-head", "table-number"):
            set_in = self._style.text[origin.role].align
            align = "left" if set_in == "justify" else set_in
        return "right" if origin.figure and align == "left" else align

    def _name_figures(self, tops: Sequence[int]) -> None:
        """Remember each figure's place and sheet cell: its stable name is defined when all sheets stand."""
        rows = (*self._table.head, *self._table.body)
        for origin in self._cells:
            if origin.figure:
                where = f"{rows[origin.row].id}/{origin.column + 1}"
                self._paper.figures.append(Named(where, origin.figure, tops[origin.row], origin.column + 1))

    def _merge(self, tops: Sequence[int]) -> None:
        for origin in self._cells:
            cell: Cell = origin.cell
            bottom = tops[origin.row + cell.rowspan] - 1
            right = origin.column + cell.colspan
            self._paper.merge(tops[origin.row], origin.column + 1, bottom, right)
