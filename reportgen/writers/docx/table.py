"""A table of the form: title lines and head repeated on every page, rows, notes (§17.4)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate, pairwise

from ...tree.grid import place
from ...tree.nodes import Table, plain
from ...tree.style import Page, Style
from ..opc import escaped
from ..tables import estimate
from . import style_ids
from .cells import KEEP_NEXT, NO_RULE, Sheet, borders, cell_markup, row_markup, rows_markup
from .figure_bookmarks import FigureMarks
from .markup import paragraph, run, twips
from .row_plan import Line, Measure, head_plan, plan

_POINTS_PER_MM = 72 / 25.4
_KEPT_AT_THE_END = 2  # rows that go to the next page together, and with the notes
_UNRULED = (
    borders(top=NO_RULE, left=NO_RULE, bottom=NO_RULE, right=NO_RULE)
    + '<w:tcMar><w:top w:w="0" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/></w:tcMar><w:vAlign w:val="bottom"/>'
)
_LEAST_ROOM = 72.0  # points; below this a head leaves no page worth planning for
_SAFE = 0.9  # of a page: the heights are estimates


def type_width(page: Page) -> float:
    """The width of the type area of ``page``, in points."""
    return (page.width - page.left - page.right) * _POINTS_PER_MM


def table_markup(table: Table, style: Style, page: Page, sizing: estimate.Fit, figures: FigureMarks) -> str:
    """The ``w:tbl`` of ``table`` and its notes, for pages set up as ``page``.

    ``sizing`` is its :func:`estimate.fit`; ``figures`` gives its figures their names.

    Raises:
        reportgen.tree.grid.SpanError: the cells of the head or of the body do not close.
        ValueError: a text holds a character that XML forbids.
    """
    sheet = _sheet(table, style, sizing, figures)
    columns = len(table.columns)
    head, body = place(table.head, columns), place(table.body, columns)
    head_lines = head_plan(table.head, head, sheet.measure)
    room = _SAFE * (_type_height(page) - _head_height(sheet, head_lines))
    body_lines = plan(table.body, body, sheet.measure, max(room, _LEAST_ROOM))
    rows = [
        *_top_rows(sheet),
        *rows_markup(sheet, table.head, head, head_lines, repeat=True),
        *rows_markup(sheet, table.body, body, _kept_at_the_end(table, body_lines), repeat=False),
    ]
    return f"<w:tbl>{_properties(sheet)}{''.join(rows)}</w:tbl>{_notes(sheet)}"


def _sheet(table: Table, style: Style, sizing: estimate.Fit, figures: FigureMarks) -> Sheet:
    edges = [twips(edge) for edge in accumulate(sizing.widths, initial=0.0)]
    widths = tuple(right - left for left, right in pairwise(edges))
    return Sheet(table, style, Measure(sizing, style.table), widths, figures)


def _properties(sheet: Sheet) -> str:
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in sheet.widths)
    title = escaped(plain(sheet.table.title), sheet.table.id)
    return (
        f'<w:tblPr><w:tblStyle w:val="{style_ids.TABLE}"/><w:tblW w:w="{sum(sheet.widths)}" w:type="dxa"/>'
        '<w:jc w:val="center"/><w:tblLayout w:type="fixed"/>'
        '<w:tblLook w:val="0620" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" '
        'w:noHBand="1" w:noVBand="1"/>'
        f'<w:tblCaption w:val="{title}"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
    )


def _top_rows(sheet: Sheet) -> Iterator[str]:
    """The label, the title and the line of department and unit, without rules, as far as they are given."""
    table, line, title = sheet.table, sheet.style.text["table-line"], sheet.style.text["table-title"]
    if table.label:
        yield _top_row(sheet, line.leading, (style_ids.TABLE_LABEL, table.label))
    if plain(table.title):
        content = sheet.figures.runs(table.title, f"{table.id}/title")
        titled = paragraph(style_ids.TABLE_TITLE, content, KEEP_NEXT)
        yield row_markup(
            cell_markup(sum(sheet.widths), len(sheet.widths), titled, _UNRULED), title.leading, whole=True, repeat=True
        )
    if plain(table.left) or plain(table.right):
        left, right = (style_ids.TABLE_LINE, plain(table.left)), (style_ids.TABLE_LABEL, plain(table.right))
        yield _top_row(sheet, line.leading, left, right)


def _top_row(sheet: Sheet, height: float, *texts: tuple[str, str]) -> str:
    """A row without rules of one or two cells, given as style and text; it stands on top of every page."""
    contents = [paragraph(style, run(text, sheet.table.id), KEEP_NEXT) for style, text in texts]
    cut = _columns_left_of(sheet, texts[-1][1]) if len(contents) == 2 else 0
    if cut:
        spans = [(0, cut, contents[0]), (cut, len(sheet.widths) - cut, contents[1])]
    else:
        spans = [(0, len(sheet.widths), "".join(contents))]
    cells = (cell_markup(sheet.width(at, count), count, content, _UNRULED) for at, count, content in spans)
    return row_markup("".join(cells), height, whole=True, repeat=True)


def _columns_left_of(sheet: Sheet, right: str) -> int:
    """Where the line of department and unit is divided: the last column edge with room for ``right``."""
    need = twips(estimate.ems(right) * sheet.style.text["table-line"].size + 4 * sheet.style.table.pad_x)
    edges = accumulate(sheet.widths)
    fitting = [count for count, edge in enumerate(edges, 1) if sum(sheet.widths) - edge >= need]
    return fitting[-1] if fitting else 0


def _type_height(page: Page) -> float:
    return (page.height - page.top - page.bottom) * _POINTS_PER_MM


def _head_height(sheet: Sheet, lines: Sequence[Line]) -> float:
    line, title = sheet.style.text["table-line"], sheet.style.text["table-title"]
    padding = 3 * 2 * sheet.style.table.pad_y
    return 2 * line.leading + title.leading + padding + sum(each.height for each in lines)


def _kept_at_the_end(table: Table, lines: list[Line]) -> list[Line]:
    """The last rows kept together, and with the notes: neither notes nor a total row ever stand alone on a page."""
    first = max(0, len(lines) - _KEPT_AT_THE_END)
    last = len(lines) if table.notes else len(lines) - 1
    return [replace(line, keep=True) if first <= n < last else line for n, line in enumerate(lines)]


def _notes(sheet: Sheet) -> str:
    return "".join(
        paragraph(style_ids.TABLE_NOTE, sheet.figures.runs(note.runs, note.id)) for note in sheet.table.notes
    )
