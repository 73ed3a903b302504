"""The ruled part of a table: a sheet row for each row of head and body, or several for a very tall one."""

from __future__ import annotations

from collections.abc import Sequence

from ...tree.nodes import Align, Figure, Table
from ...tree.style import Style
from .cell_styles import CellStyle
from .cells import BLANK, is_quoted, number_content, number_format, text_content, text_format
from .origin_cells import OriginCell
from .row_heights import TALLEST, RowHeights, split_height
from .sheet_builder import CellContent, NamedFigure, SheetBuilder

BaseStyle = tuple[str, Align, bool, int]
"""The part of a :class:`CellStyle` that does not depend on the text: role, alignment, top or centre, indent."""


class RowWriter:
    """Writes head and body of one table into a sheet."""

    def __init__(self, builder: SheetBuilder, table: Table, cells: Sequence[OriginCell], style: Style) -> None:
        """Prepare to write ``table``, whose origin cells are ``cells``, with ``builder``."""
        self._builder = builder
        self._table = table
        self._cells = cells
        self._aligns: list[Align] = [column.align for column in table.columns]
        self._head_aligns = {role: _head_align(style, role) for role in ("table-head", "table-number")}
        self._contents_by_text: dict[tuple[BaseStyle, str], CellContent] = {}
        self._styles_by_pattern: dict[tuple[BaseStyle, str], int] = {}

    def write(self, heights: RowHeights, tallest: float) -> int:
        """Write all rows, those below the head in pieces of at most ``tallest`` points.

        Returns the number of the head's last sheet row.
        """
        tops = self._write_rows(self._contents(heights, tallest), heights.rows, tallest)
        self._merge(tops)
        self._name_figures(tops)
        return tops[len(self._table.head)] - 1

    def _contents(self, heights: RowHeights, tallest: float) -> list[list[CellContent]]:
        """Return the content of each place, row by row; covered places are empty, in the style of their origin cell."""
        rows: list[list[CellContent]] = [[(0, BLANK)] * len(self._aligns) for _ in heights.rows]
        for origin in self._cells:
            row, column, cell, _, cell_text, figure = origin
            base = self._base(origin, heights.is_long(origin, tallest))
            content = self._figure(base, figure) if figure else self._text(base, cell_text)
            rows[row][column] = content
            if cell.colspan > 1 or cell.rowspan > 1:
                across = range(column, column + cell.colspan)
                for r in range(row, row + cell.rowspan):
                    for c in across:
                        rows[r][c] = content[0], BLANK
                rows[row][column] = content
        return rows

    def _write_rows(self, rows: Sequence[Sequence[CellContent]], heights: Sequence[float], tallest: float) -> list[int]:
        """Write the rows; return the sheet row at which each begins, and the one below the last."""
        builder, head, tops = self._builder, len(self._table.head), []
        for r, (row, height) in enumerate(zip(rows, heights, strict=True)):
            tops.append(builder.last + 1)
            first, *more = split_height(height, TALLEST if r < head else tallest)
            builder.row(row, first)
            for rest in more:
                builder.row([(style, BLANK) for style, _ in row], rest)
        return [*tops, builder.last + 1]

    def _text(self, base: BaseStyle, cell_text: str) -> CellContent:
        """Return the content of a cell of text or of nothing; equal contents are made once."""
        content = self._contents_by_text.get((base, cell_text))
        if content is None:
            style = CellStyle(*base, text_format(cell_text), is_quoted(cell_text)) if cell_text else CellStyle(*base)
            content = self._builder.cell_styles.index(style), text_content(cell_text)
            self._contents_by_text[base, cell_text] = content
        return content

    def _figure(self, base: BaseStyle, figure: Figure) -> CellContent:
        pattern = number_format(figure)
        style = self._styles_by_pattern.get((base, pattern))
        if style is None:
            style = self._styles_by_pattern[base, pattern] = self._builder.cell_styles.index(CellStyle(*base, pattern))
        return style, number_content(figure.value)

    def _base(self, origin: OriginCell, long: bool) -> BaseStyle:
        own, role = origin.cell.align, origin.role
        align = own or self._head_aligns.get(role) or self._aligns[origin.column]
        if align != "left":
            return role, align, long, 0
        if origin.figure and not own:
            return role, "right", long, 0
        return role, align, long, origin.cell.indent

    def _name_figures(self, tops: Sequence[int]) -> None:
        """Keep each figure's place and sheet cell: the workbook defines its name when all sheets are written."""
        rows = (*self._table.head, *self._table.body)
        for origin in self._cells:
            if origin.figure:
                where = f"{rows[origin.row].id}/{origin.column + 1}"
                self._builder.figures.append(NamedFigure(where, origin.figure, tops[origin.row], origin.column + 1))

    def _merge(self, tops: Sequence[int]) -> None:
        for row, column, cell, *_ in self._cells:
            top, bottom = tops[row], tops[row + cell.rowspan] - 1
            if bottom > top or cell.colspan > 1:
                self._builder.merge(top, column + 1, bottom, column + cell.colspan)


def _head_align(style: Style, role: str) -> Align:
    align = style.text[role].align
    return "left" if align == "justify" else align
