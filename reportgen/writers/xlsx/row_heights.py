"""Heights of rows, in points, so that every line of every cell shows.

A spreadsheet never fits the height of a row to a merged cell, so the heights are worked out here. A cell that spans
rows spreads what it needs over them. Excel has no row above 409.5 points: a row that needs more is written as several
sheet rows, and its cells are merged over them. A text that the end of a page falls into is parted there, between two
lines: printed over the page's end a line would be cut in two.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from ...tree.style import Style
from ..tables.row_heights import TallCell, spread_tall_cells
from .origin_cells import OriginCell
from .text_size import INDENT, PADDING, first_lines, line_count, line_height

TALLEST = 408.75
"""The highest row, in points: below Excel's limit of 409.5 and a whole number of screen dots."""

_DOT = 0.75  # points of a screen dot; Excel rounds heights to it
_LONG = 4  # a text of more lines begins at the top of its cell, where reading begins


@dataclass(frozen=True, slots=True)
class RowHeights:
    """The height of each row of a table, the origins (row, column) of cells with long texts."""

    rows: tuple[float, ...]
    long: frozenset[tuple[int, int]]

    def is_long(self, origin: OriginCell, tallest: float) -> bool:
        """Return whether the cell's text begins at its top: it is long, or the cell is higher than ``tallest`` points.

        A page ends between two rows; a text in the middle of a cell that high might be cut in two there.
        """
        row, column, cell, *_ = origin
        height = self.rows[row] if cell.rowspan == 1 else sum(self.rows[row : row + cell.rowspan])
        return height > tallest or (row, column) in self.long


def row_heights(
    row_count: int,
    cells: Sequence[OriginCell],
    widths: Sequence[float],
    style: Style,
    parted: Collection[tuple[int, int]] = (),
    page: float = TALLEST,
) -> RowHeights:
    """Return heights for ``row_count`` rows that hold ``cells`` in columns of ``widths`` units.

    The texts of the cells with the origins ``parted`` may be parted by the ends of pages of ``page`` points: they need
    more, because each of their parts is of whole lines.
    """
    heights = [style.table.row_height] * row_count
    needs: dict[tuple[int, str], float] = {}
    tall: list[TallCell] = []
    long: set[tuple[int, int]] = set()
    for origin in cells:
        row, column, cell, role, text, figure = origin
        count = 1 if figure or not text else _line_count(origin, widths, style)
        need = needs.get((count, role))
        if need is None:
            need = needs[count, role] = text_height(count, role, style)
        if count > 1 and (row, column) in parted:
            need += math.ceil(need / page) * text_height(1, role, style, padded=True)
        if count > _LONG:
            long.add((row, column))
        if cell.rowspan > 1:
            tall.append(TallCell(row, cell.rowspan, need))
        elif need > heights[row]:
            heights[row] = need
    spread_tall_cells(heights, tall)
    return RowHeights(tuple(whole_dots(height) for height in heights), frozenset(long))


def text_height(count: int, role: str, style: Style, padded: bool = False) -> float:
    """Return the height of a cell with ``count`` lines of text set in ``role``; only several lines need padding."""
    text = style.text[role]
    padding = 2 * style.table.pad_y if count > 1 or padded else 0.0
    return count * line_height(text.size, text.leading) + padding


def text_parts(origin: OriginCell, heights: Sequence[float], widths: Sequence[float], style: Style) -> list[str]:
    """Return the text of a cell as parts for places of ``heights`` points, one below the other, each of whole lines.

    The last part has all that is left.
    """
    parts, rest = [], origin.text
    for height in heights[:-1]:
        count = int((height - 2 * style.table.pad_y) / text_height(1, origin.role, style))
        end = first_lines(rest, _room(origin, widths, style), max(count, 0))
        parts.append(rest[:end])
        rest = rest[end:]
    return [*parts, rest]


def band_height(texts: Iterable[tuple[str, float]], role: str, style: Style) -> float:
    """Return the height of a band of texts side by side, each given with the width in units that it has."""
    scale = style.text[role].size / style.text["table-cell"].size
    count = max((line_count(text, (width - PADDING) / scale) for text, width in texts if text), default=1)
    return whole_dots(text_height(count, role, style) + style.text[role].before)


def split_height(height: float, tallest: float) -> tuple[float, ...]:
    """Return ``height`` as the heights of the sheet rows that make it up, none above ``tallest`` (whole dots).

    >>> split_height(18.0, 408.75), split_height(900.0, 408.75)
    ((18.0,), (300.0, 300.0, 300.0))
    """
    tallest = math.floor(tallest / _DOT) * _DOT
    count = math.ceil(height / tallest)
    return (whole_dots(height / count),) * count


def whole_dots(height: float) -> float:
    """Return ``height`` rounded up to whole screen dots."""
    return math.ceil(height / _DOT) * _DOT


def _line_count(origin: OriginCell, widths: Sequence[float], style: Style) -> int:
    return line_count(origin.text, _room(origin, widths, style))


def _room(origin: OriginCell, widths: Sequence[float], style: Style) -> float:
    """The width that a line of the cell's text has, in units of its role's type."""
    cell, column = origin.cell, origin.column
    room = widths[column] if cell.colspan == 1 else sum(widths[column : column + cell.colspan])
    room -= PADDING + cell.indent * INDENT
    return room * style.text["table-cell"].size / style.text[origin.role].size
