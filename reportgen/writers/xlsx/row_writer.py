"""The ruled part of a table: a sheet row for each row of head and body, or several for a very tall one."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate, pairwise

from ...tree.grid import starts
from ...tree.nodes import Align, Figure, Table
from ...tree.style import Style
from ..tables.row_groups import heights_kept_together, leading_rows, row_groups
from .cell_styles import CellStyle
from .cells import BLANK, is_quoted, number_content, number_format, reads_as_number, text_content, text_format
from .origin_cells import OriginCell
from .page_breaks import page_starts
from .row_heights import TALLEST, RowHeights, split_height, text_parts, whole_dots
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
        self._style = style
        self._aligns: list[Align] = [column.align for column in table.columns]
        self._head_aligns = {role: _head_align(style, role) for role in ("table-head", "table-number")}
        self._contents_by_text: dict[tuple[BaseStyle, str], CellContent] = {}
        self._styles_by_pattern: dict[tuple[BaseStyle, str], int] = {}

    def write(self, heights: RowHeights, page: float, tail: float) -> int:
        """Write all rows for pages of ``page`` points; ``tail`` points below the last row belong to it.

        Rows below the head are in pieces that fit on a page. Returns the number of the head's last sheet row.
        """
        tallest = tallest_row(page)
        pieces = self._pieces(heights, tallest, page)
        tops = list(accumulate(map(len, pieces), initial=self._builder.last + 1))
        page_tops = [tops[row] + piece for row, piece in self._page_starts(heights, pieces, page, tail)]
        contents = self._contents(heights, tallest)
        self._write_rows(contents, pieces, self._continue(contents, tops, pieces, page_tops))
        self._builder.page_starts += page_tops
        self._builder.continued += [(start, 1, len(self._aligns)) for start in page_tops if start not in set(tops)]
        self._merge(tops, page_tops)
        self._name_figures(tops)
        self._note_digits(tops)
        return tops[len(self._table.head)] - 1

    def _pieces(self, heights: RowHeights, tallest: float, page: float) -> list[tuple[float, ...]]:
        """Return for each row the heights of its sheet rows; several of a row too high for one fill a page."""
        head, filling = len(self._table.head), page / math.ceil(page / tallest)
        return [
            split_height(height, TALLEST if r < head else filling if height > tallest else tallest)
            for r, height in enumerate(heights.rows)
        ]

    def _page_starts(
        self, heights: RowHeights, pieces: Sequence[Sequence[float]], page: float, tail: float
    ) -> Iterator[tuple[int, int]]:
        """Return the row, and which of its sheet rows, that each page but the first begins with."""
        head, body = len(self._table.head), self._table.body
        groups = list(row_groups(body, starts(body, len(self._aligns))))
        together = heights_kept_together(heights.rows[head:], groups, leading_rows(body), tail)
        return ((head + row, piece) for row, piece in page_starts(pieces[head:], together, page))

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

    def _continue(
        self,
        contents: list[list[CellContent]],
        tops: Sequence[int],
        pieces: Sequence[Sequence[float]],
        page_tops: Sequence[int],
    ) -> dict[tuple[int, int], CellContent]:
        """Leave in each text what its first page holds; return the rest by the sheet rows that begin the next pages."""
        continued: dict[tuple[int, int], CellContent] = {}
        heights = [height for row in pieces for height in row]
        for origin in self._cells:
            top, below = tops[origin.row], tops[origin.row + origin.cell.rowspan]
            cuts = _between(page_tops, top, below)
            if origin.figure or not origin.text or not cuts:
                continue
            bounds = [row - tops[0] for row in (top, *cuts, below)]
            places = [sum(heights[start:end]) for start, end in pairwise(bounds)]
            first, *others = text_parts(origin, places, self._builder.widths, self._style)
            if any(others):
                base = self._base(origin, long=True)
                contents[origin.row][origin.column] = self._text(base, first)
                continued |= {
                    (row, origin.column): self._text(base, part) for row, part in zip(cuts, others, strict=True) if part
                }
        self._builder.continued += [(row, column + 1, column + 1) for row, column in continued if row in set(tops)]
        return continued

    def _write_rows(
        self,
        rows: Sequence[Sequence[CellContent]],
        pieces: Sequence[Sequence[float]],
        continued: Mapping[tuple[int, int], CellContent],
    ) -> None:
        """Write the rows with what is ``continued`` in them, by sheet row and column."""
        for row, heights in zip(rows, pieces, strict=True):
            for n, height in enumerate(heights):
                top = self._builder.last + 1
                usual = row if n == 0 else [(style, BLANK) for style, _ in row]
                self._builder.row([continued.get((top, c), cell) for c, cell in enumerate(usual)], height)

    def _text(self, base: BaseStyle, cell_text: str) -> CellContent:
        """Return the content of a cell of text or of nothing; equal contents are made once."""
        content = self._contents_by_text.get((base, cell_text))
        if content is None:
            style = CellStyle(*base, text_format(cell_text), is_quoted(cell_text)) if cell_text else CellStyle(*base)
            content = self._builder.cell_styles.index(style), text_content(cell_text)
            self._contents_by_text[base, cell_text] = content
        return content

    def _figure(self, base: BaseStyle, figure: Figure) -> CellContent:
        pattern = number_format(figure, at_right=base[1] == "right")
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

    def _note_digits(self, tops: Sequence[int]) -> None:
        """Keep the places of texts that a spreadsheet would mark as numbers stored as text."""
        for origin in self._cells:
            if not origin.figure and reads_as_number(origin.text):
                self._builder.digits.append((tops[origin.row], origin.column + 1))

    def _merge(self, tops: Sequence[int], page_tops: Sequence[int]) -> None:
        """Merge the places of each cell; those on different pages apart, so that each page draws its rules."""
        for row, column, cell, *_ in self._cells:
            top, below = tops[row], tops[row + cell.rowspan]
            if below - top == 1 and cell.colspan == 1:
                continue
            for first, after in pairwise((top, *_between(page_tops, top, below), below)):
                self._builder.merge(first, column + 1, after - 1, column + cell.colspan)


def tallest_row(page: float) -> float:
    """Return the height of the highest sheet row below the head, on pages of ``page`` points."""
    return whole_dots(min(page, TALLEST - 1))


def _between(page_tops: Sequence[int], top: int, below: int) -> Sequence[int]:
    """Return the page starts inside a cell of the sheet rows from ``top`` to before ``below``."""
    return page_tops[bisect_right(page_tops, top) : bisect_left(page_tops, below)]


def _head_align(style: Style, role: str) -> Align:
    align = style.text[role].align
    return "left" if align == "justify" else align
