"""One table on one sheet, in the order of the printed form: label, title, line, head, body, notes."""

from __future__ import annotations

from collections.abc import Sequence

from ...tree.nodes import Align, Table, plain
from ...tree.style import Page, Style
from .body import Body
from .cell_styles import Looks
from .column_widths import column_widths, printable_width
from .origins import origins
from .page_setup import page_setup
from .row_heights import TALLEST, Heights, band_height, dots, row_heights
from .sheet_builder import Paper, Part
from .text_size import units
from .worksheet import Sheet, sheet

_SMALLEST_PIECE = 60.0  # points; a head that leaves less of the page than this must not make slivers of rows


def table_sheet(name: str, table: Table, page: Page, style: Style, looks: Looks, first_number: int | None) -> Sheet:
    """The sheet ``name`` with ``table``, whose pages are numbered from ``first_number`` or go on.

    Three rows stand above the head: the label, the title, and the line with department and unit.

    Raises:
        SpanError: the spans of the table do not close.
        UnfitText: a text that no cell can hold.
    """
    rows = (*table.head, *table.body)
    cells = origins(rows, len(table.columns))
    widths = column_widths(table, cells, page, style)
    heights = row_heights(len(rows), cells, widths, style)
    paper = Paper(looks, widths)
    _masthead(paper, table, style)
    tallest = _tallest(paper, table, heights, page, style)
    head = Body(paper, table, cells, style).write(heights, tallest)
    _notes(paper, table, style)
    return sheet(name, paper, head, page_setup(page, style, first_number))


def _masthead(paper: Paper, table: Table, style: Style) -> None:
    _band(paper, "table-line", table.label, "right", style)
    _band(paper, "table-title", plain(table.title), "center", style)
    left, right = plain(table.left), plain(table.right)
    if len(paper.widths) == 1:
        _band(paper, "table-line", "　".join(filter(None, (left, right))), "left", style)
        return
    split = _split(paper.widths, right)
    sides = [(left, sum(paper.widths[:split])), (right, sum(paper.widths[split:]))]
    parts = [Part(left, split, "left"), Part(right, len(paper.widths) - split, "right")]
    paper.band("table-line", parts, band_height(sides, "table-line", style))


def _split(widths: Sequence[float], right: str) -> int:
    """The number of columns for the left text: all but the few at the end that ``right`` needs."""
    split, room = len(widths), 0.0
    while split > 1 and room < units(right) + 2:
        split -= 1
        room += widths[split]
    return split


def _tallest(paper: Paper, table: Table, heights: Heights, page: Page, style: Style) -> float:
    """The highest sheet row, in points, that Excel knows and that fits on a page below the repeated head."""
    shrink = max(1.0, sum(paper.widths) / printable_width(page, style))
    points = (page.height - page.top - page.bottom) * 72 / 25.4 * shrink
    head = paper.height + sum(heights.rows[: len(table.head)])
    free = points - head - style.table.row_height  # a row's height is kept free for rounding
    return dots(min(max(free, _SMALLEST_PIECE), TALLEST - 1))


def _notes(paper: Paper, table: Table, style: Style) -> None:
    for note in table.notes:
        _band(paper, "table-note", plain(note.runs), "left", style)


def _band(paper: Paper, role: str, words: str, align: Align, style: Style) -> None:
    height = band_height([(words, sum(paper.widths))], role, style)
    paper.band(role, [Part(words, len(paper.widths), align)], height)
