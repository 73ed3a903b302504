"""One table on one sheet, in the order of the printed form: label, title, line, head, body, notes."""

from __future__ import annotations

from collections.abc import Sequence

from ...tree.grid import starts
from ...tree.nodes import Align, Table, plain
from ...tree.style import Page, Style
from ..tables.row_groups import row_groups
from .cell_styles import CellStyles
from .column_widths import column_widths, printable_width
from .origin_cells import OriginCell, origin_cells
from .page_setup import page_setup
from .row_heights import RowHeights, band_height, row_heights
from .row_writer import RowWriter, tallest_row
from .sheet_builder import BandText, SheetBuilder
from .text_size import units
from .worksheet import Worksheet, worksheet

_LEAST_HEIGHT = 60.0  # points; where a head leaves less of the page, rows are split no smaller than this


def table_sheet(
    name: str, table: Table, page: Page, style: Style, cell_styles: CellStyles, first_number: int | None
) -> Worksheet:
    """Return the sheet ``name`` with ``table``, whose pages are numbered from ``first_number`` or go on.

    Three rows come above the head: the label, the title, and the line with department and unit.

    Raises:
        SpanError: the spans of the table do not close.
        UnfitText: a text that no cell can hold.
    """
    rows = (*table.head, *table.body)
    cells = origin_cells(rows, len(table.columns))
    widths = column_widths(table, cells, page, style)
    heights = row_heights(len(rows), cells, widths, style)
    builder = SheetBuilder(cell_styles, widths)
    _masthead(builder, table, style)
    free = _free_height(builder, table, heights, page, style)
    if parted := _parted(table, cells, heights, free):
        heights = row_heights(len(rows), cells, widths, style, parted, tallest_row(free))
    tail = sum(_note_height(builder, plain(note.runs), style) for note in table.notes)
    head = RowWriter(builder, table, cells, style).write(heights, free, tail)
    _notes(builder, table, style)
    return worksheet(name, builder, head, page_setup(page, style, first_number))


def _parted(table: Table, cells: Sequence[OriginCell], heights: RowHeights, page: float) -> set[tuple[int, int]]:
    """The origins of the cells that the end of a page of ``page`` points may part: those in more than it holds."""
    head = len(table.head)
    bands = row_groups(table.body, starts(table.body, len(table.columns)))
    high = {
        head + row
        for band in bands
        if sum(heights.rows[head + band.first : head + band.last + 1]) > page
        for row in range(band.first, band.last + 1)
    }
    tallest = tallest_row(page)
    return {
        (row, column)
        for row, column, cell, *_ in cells
        if row >= head and (row in high if cell.rowspan > 1 else heights.rows[row] > tallest)
    }


def _masthead(builder: SheetBuilder, table: Table, style: Style) -> None:
    _band(builder, "table-line", table.label, style.table.label, style)
    _band(builder, "table-title", plain(table.title), "center", style)
    left, right = plain(table.left), plain(table.right)
    if len(builder.widths) == 1:
        _band(builder, "table-line", "　".join(filter(None, (left, right))), "left", style)
        return
    split = _split(builder.widths, right)
    sides = [(left, sum(builder.widths[:split])), (right, sum(builder.widths[split:]))]
    texts = [BandText(left, split, "left"), BandText(right, len(builder.widths) - split, "right")]
    builder.band("table-line", texts, band_height(sides, "table-line", style))


def _split(widths: Sequence[float], right: str) -> int:
    """The number of columns for the left text: all but the few at the end that ``right`` needs."""
    split, room = len(widths), 0.0
    while split > 1 and room < units(right) + 2:
        split -= 1
        room += widths[split]
    return split


def _free_height(builder: SheetBuilder, table: Table, heights: RowHeights, page: Page, style: Style) -> float:
    """The height, in points of the sheet, that a page has for rows below the repeated head."""
    shrink = max(1.0, sum(builder.widths) / printable_width(page, style))
    points = (page.height - page.top - page.bottom) * 72 / 25.4 * shrink
    head = builder.height + sum(heights.rows[: len(table.head)])
    free = points - head - style.table.row_height  # a row's height is kept free for rounding
    return max(free, _LEAST_HEIGHT)


def _notes(builder: SheetBuilder, table: Table, style: Style) -> None:
    for note in table.notes:
        text = plain(note.runs)
        builder.band("table-note", [BandText(text, len(builder.widths), "left")], _note_height(builder, text, style))


def _note_height(builder: SheetBuilder, text: str, style: Style) -> float:
    return band_height([(text, sum(builder.widths))], "table-note", style)


def _band(builder: SheetBuilder, role: str, text: str, align: Align, style: Style) -> None:
    height = band_height([(text, sum(builder.widths))], role, style)
    builder.band(role, [BandText(text, len(builder.widths), align)], height)
