"""The ruled part of a table: a sheet row for each row of head and body, or several for a very tall one."""

from __future__ import annotations

from collections.abc import Sequence

from ...tree.nodes import Align, Figure, Table
from ...tree.style import Style
from .cell_styles import Look
from .cells import BLANK, is_quoted, number, number_format, text, text_format
from .origins import Origin
from .row_heights import TALLEST, Heights, pieces
from .sheet_builder import Content, Named, Paper

Base = tuple[str, Align, bool, int]
"""What a cell's look begins with: role, alignment, whether its text begins at the top, indent."""


class Body:
    """Writes the rows of one table onto paper."""

    def __init__(self, paper: Paper, table: Table, cells: Sequence[Origin], style: Style) -> None:
        """Make ready to write ``table``, whose written cells are ``cells``."""
        self._paper = paper
        self._table = table
        self._cells = cells
        self._aligns: list[Align] = [column.align for column in table.columns]
        self._head_aligns = {role: _head_align(style, role) for role in ("table-head", "table-number")}
        self._known: dict[tuple[Base, str], Content] = {}
        self._looks: dict[tuple[Base, str], int] = {}

    def write(self, heights: Heights, tallest: float) -> int:
        """Write all rows, those below the head in pieces of at most ``tallest`` points.

        Returns the number of the head's last sheet row.
        """
        tops = self._rows(self._contents(heights, tallest), heights.rows, tallest)
        self._merge(tops)
        self._name_figures(tops)
        return tops[len(self._table.head)] - 1

    def _contents(self, heights: Heights, tallest: float) -> list[list[Content]]:
        """What stands in each place; a place that a cell covers is empty and looks like the cell."""
        lines: list[list[Content]] = [[(0, BLANK)] * len(self._aligns) for _ in heights.rows]
        for origin in self._cells:
            row, column, cell, _, words, figure = origin
            base = self._base(origin, heights.is_long(origin, tallest))
            content = self._figure(base, figure) if figure else self._words(base, words)
            lines[row][column] = content
            if cell.colspan > 1 or cell.rowspan > 1:
                across = range(column, column + cell.colspan)
                for r in range(row, row + cell.rowspan):
                    for c in across:
                        lines[r][c] = content[0], BLANK
                lines[row][column] = content
        return lines

    def _rows(self, lines: Sequence[Sequence[Content]], heights: Sequence[float], tallest: float) -> list[int]:
        """Write the rows; the sheet row at which each begins, and the one below the last."""
        paper, head, tops = self._paper, len(self._table.head), []
        for r, (line, height) in enumerate(zip(lines, heights, strict=True)):
            tops.append(paper.last + 1)
            first, *more = pieces(height, TALLEST if r < head else tallest)
            paper.row(line, first)
            for piece in more:
                paper.row([(look, BLANK) for look, _ in line], piece)
        return [*tops, paper.last + 1]

    def _words(self, base: Base, words: str) -> Content:
        """A cell with words or nothing; what stands in many cells is made once."""
        found = self._known.get((base, words))
        if found is None:
            look = Look(*base, text_format(words), is_quoted(words)) if words else Look(*base)
            found = self._known[base, words] = (self._paper.looks.number(look), text(words))
        return found

    def _figure(self, base: Base, figure: Figure) -> Content:
        pattern = number_format(figure)
        look = self._looks.get((base, pattern))
        if look is None:
            look = self._looks[base, pattern] = self._paper.looks.number(Look(*base, pattern))
        return look, number(figure.value)

    def _base(self, origin: Origin, long: bool) -> Base:
        own, role = origin.cell.align, origin.role
        align = own or self._head_aligns.get(role) or self._aligns[origin.column]
        if align != "left":
            return role, align, long, 0
        if origin.figure and not own:
            return role, "right", long, 0
        return role, align, long, origin.cell.indent

    def _name_figures(self, tops: Sequence[int]) -> None:
        """Remember each figure's place and sheet cell: its stable name is defined when all sheets stand."""
        rows = (*self._table.head, *self._table.body)
        for origin in self._cells:
            if origin.figure:
                where = f"{rows[origin.row].id}/{origin.column + 1}"
                self._paper.figures.append(Named(where, origin.figure, tops[origin.row], origin.column + 1))

    def _merge(self, tops: Sequence[int]) -> None:
        for row, column, cell, *_ in self._cells:
            top, bottom = tops[row], tops[row + cell.rowspan] - 1
            if bottom > top or cell.colspan > 1:
                self._paper.merge(top, column + 1, bottom, column + cell.colspan)


def _head_align(style: Style, role: str) -> Align:
    align = style.text[role].align
    return "left" if align == "justify" else align
