"""The cells of a table set in type, and the heights of its rows.

A row is as high as its highest cell; where a cell over several rows needs more than they have, each of
them grows by the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from ....tree.nodes import Cell, Row, Table, Text
from ....tree.style import TextStyle
from ...tables.head_words import positions_within_words
from ...tables.roles import text_role
from ...tables.row_heights import TallCell, spread_tall_cells
from ..tagging import Element, cell_element
from .column_widths import GridRows, fit_columns, is_figure
from .text import Measure, TypesetLine, Typesetter


class TypesetCell:
    """A cell set in type: its first row, the number of its rows, its box, its lines; a label if it is no figure.

    ``lines_again`` are shown where a label is repeated because a page break cuts its rows. A document has thousands
    of cells, so this is no dataclass.
    """

    __slots__ = ("box", "is_label", "lines", "lines_again", "row", "rows", "tag")

    def __init__(
        self, row: int, rows: int, box: CellBox, tag: Element,
        lines: Sequence[TypesetLine] = (), lines_again: Sequence[TypesetLine] = (), is_label: bool = True,
    ) -> None:  # fmt: skip
        """Make a cell that begins in ``row`` and covers ``rows``."""
        self.row, self.rows, self.box, self.tag = row, rows, box, tag
        self.lines, self.lines_again, self.is_label = lines, lines_again, is_label

    @property
    def height(self) -> float:
        """The height it needs."""
        return len(self.lines) * self.box.leading + 2 * self.box.padding

    @property
    def last_row(self) -> int:
        """The last row that it covers."""
        return self.row + self.rows - 1


@dataclass(slots=True, eq=False)
class TypesetRows:
    """Rows set in type: their ids, the cells that begin in each, their heights, whether no cell leaves its row."""

    ids: list[str]
    cells: list[list[TypesetCell]]
    heights: list[float]
    plain: list[bool]


@dataclass(slots=True, eq=False)
class _RowFormat:
    """What the rows of one role share: style, type size and leading at the table's scale, boxes by (column, span)."""

    style: TextStyle
    size: float
    leading: float
    is_head: bool
    boxes: dict[tuple[int, int], CellBox]


@dataclass(slots=True, eq=False)
class CellBox:
    """What the cells of one row format in the columns from ``column`` to before ``end`` share.

    ``x`` is from the table's left, ``inner`` the width within the padding; lines are ``leading`` apart, ``padding`` is
    above and below them. ``known`` holds the lines of contents already set: equal cells are set once.
    """

    column: int
    end: int
    x: float
    width: float
    inner: float
    align: str
    leading: float
    padding: float
    known: dict[tuple[object, ...], list[TypesetLine]]


class TableTypesetter:
    """Sets the cells of one table."""

    def __init__(self, table: Table, width: float, typesetter: Typesetter) -> None:
        """Fit the columns of ``table`` to a ``width`` in points.

        Raises:
            SpanError: the cells of the table do not fill its grid, or overlap.
        """
        self._table, self._typesetter, self._style = table, typesetter, typesetter.style.table
        count = len(table.columns)
        self._head, self._body = GridRows.of(table.head, count), GridRows.of(table.body, count)
        self._fit = fit_columns(table, self._head, self._body, width, typesetter)
        self._lefts = list(accumulate(self._fit.widths, initial=0.0))
        self._formats: dict[str, _RowFormat] = {}
        self._known: dict[tuple[object, ...], dict[tuple[object, ...], list[TypesetLine]]] = {}

    def head(self) -> TypesetRows:
        """Set the rows that every page repeats."""
        return self._rows(self._head)

    def body(self) -> TypesetRows:
        """Set the rows below the head."""
        return self._rows(self._body)

    def _rows(self, rows: GridRows) -> TypesetRows:
        ids = [f"{self._table.id}/{row.id}" for row in rows.rows]
        cells = [self._row(n, row, columns, ids[n]) for n, (row, columns) in enumerate(rows)]
        plain = [all([cell.rows == 1 for cell in row]) for row in cells]
        return TypesetRows(ids, cells, _heights(cells, self._style.row_height), plain)

    def _row(self, number: int, row: Row, columns: Sequence[int], id: str) -> list[TypesetCell]:
        format = self._formats.get(row.role) or self._format(row)
        boxes, is_head, cells = format.boxes, format.is_head, []
        for column, cell in zip(columns, row.cells, strict=True):
            span, rows = cell.colspan, cell.rowspan
            box = boxes.get((column, span)) or self._box(format, column, span)
            tag = cell_element(f"{id}/{column + 1}", is_head, rows, span)
            if not cell.runs:
                cells.append(TypesetCell(number, rows, box, tag))
            elif rows > 1:
                cells.append(self._tall_cell(number, cell, format, box, tag))
            else:
                is_label = not is_figure(cell)
                lines = self._lines(cell, format, box, is_label)
                cells.append(TypesetCell(number, 1, box, tag, lines, lines, is_label))
        return cells

    def _format(self, row: Row) -> _RowFormat:
        role, scale = text_role(row.role), self._fit.scale
        style, is_head = self._typesetter.style_of(role), role in ("table-head", "table-number")
        leading = (style.leading or 1.35 * style.size) * scale
        format = self._formats[row.role] = _RowFormat(style, style.size * scale, leading, is_head, {})
        return format

    def _box(self, format: _RowFormat, column: int, columns: int) -> CellBox:
        x = self._lefts[column]
        width = self._lefts[column + columns] - x
        align = "center" if format.is_head else self._table.columns[column].align if columns == 1 else "left"
        inner = width - 2 * self._style.pad_x
        known = self._known.setdefault((id(format.style), inner, align), {})  # figure columns are often equally wide
        box = CellBox(column, column + columns, x, width, inner, align, format.leading, self._style.pad_y, known)
        format.boxes[column, columns] = box
        return box

    def _tall_cell(self, row: int, cell: Cell, format: _RowFormat, box: CellBox, tag: Element) -> TypesetCell:
        """Set a cell over several rows, and what is repeated where a page break cuts them."""
        is_label = not is_figure(cell)
        lines = lines_again = self._lines(cell, format, box, is_label)
        if self._table.continued and is_label:
            continued = replace(cell, runs=(*cell.runs, Text(self._table.continued)))
            lines_again = self._lines(continued, format, box, is_label)
        return TypesetCell(row, cell.rowspan, box, tag, lines, lines_again, is_label)

    def _lines(self, cell: Cell, format: _RowFormat, box: CellBox, is_label: bool) -> list[TypesetLine]:
        runs = cell.runs
        key = (runs if len(runs) > 1 else runs[0].text, is_label, cell.align, cell.indent)
        lines = box.known.get(key)
        if lines is None:
            lines = box.known[key] = self._set(cell, format, box, is_label)
        return lines

    def _set(self, cell: Cell, format: _RowFormat, box: CellBox, is_label: bool) -> list[TypesetLine]:
        runs, size, width, table_id = cell.runs, format.size, box.inner, self._table.id
        align = cell.align or box.align
        indent = cell.indent * size if align == "left" else 0
        if not is_label:  # a figure too wide for its column is set smaller
            natural = self._typesetter.natural_width(runs, format.style, table_id) * size / 1000
            size *= min(1, (width - indent) / natural) if natural > width - indent else 1
        measure = Measure(width, size, align, left=indent)
        if len(runs) == 1:
            line = self._typesetter.single_line(runs[0].text, format.style, measure, table_id)
            if line:
                return [line]
        within_words = positions_within_words(runs[0].text) if format.is_head and len(runs) == 1 else frozenset()
        return self._typesetter.lines(runs, format.style, measure, table_id, within_words)


def _heights(rows: list[list[TypesetCell]], least: float) -> list[float]:
    """Return the heights of rows: what cells of one row need, then what taller cells lack, shorter spans first."""
    heights = [_height(cells, least) for cells in rows]
    tall = (TallCell(cell.row, cell.rows, cell.height) for cells in rows for cell in cells if cell.rows > 1)
    spread_tall_cells(heights, tall)
    return heights


def _height(cells: Sequence[TypesetCell], least: float) -> float:
    """Return what the cells of one row need: they share a leading, so the height of the one with the most lines."""
    most, highest = -1, None
    for cell in cells:
        if cell.rows == 1 and len(cell.lines) > most:
            most, highest = len(cell.lines), cell
    return max(least, highest.height) if highest else least
