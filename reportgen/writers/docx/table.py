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
from ..tables.cell_measure import CellMeasure
from . import style_ids
from .cells import KEEP_NEXT, NO_RULE, TableContext, borders, cell_markup, row_markup, rows_markup
from .figure_bookmarks import FigureBookmarks
from .markup import paragraph, run, twips
from .row_plan import RowPlan, head_plan, plan

_POINTS_PER_MM = 72 / 25.4
_KEPT_AT_THE_END = 2  # rows that go to the next page together, and with the notes
_UNRULED = (
    borders(top=NO_RULE, left=NO_RULE, bottom=NO_RULE, right=NO_RULE)
    + '<w:tcMar><w:top w:w="0" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/></w:tcMar><w:vAlign w:val="bottom"/>'
)
_LEAST_ROOM = 72.0  # points; for a head that leaves less the plan is made as if it left so much
_SAFE = 0.9  # of a page: the heights are estimates


def type_width(page: Page) -> float:
    """Return the width of the type area of ``page``, in points."""
    return (page.width - page.left - page.right) * _POINTS_PER_MM


def table_markup(table: Table, style: Style, page: Page, fit: estimate.TableFit, figures: FigureBookmarks) -> str:
    """Return the ``w:tbl`` of ``table`` and its notes, for pages set up as ``page``.

    ``fit`` is its :func:`estimate.fit_table`; ``figures`` puts its figures into bookmarks.

    Raises:
        reportgen.tree.grid.SpanError: the cells of the head or of the body do not close.
        ValueError: a text holds a character that XML forbids.
    """
    context = _context(table, style, fit, figures)
    columns = len(table.columns)
    head, body = place(table.head, columns), place(table.body, columns)
    head_plans = head_plan(table.head, head, context.measure)
    room = _SAFE * (_type_height(page) - _head_height(context, head_plans))
    body_plans = plan(table.body, body, context.measure, max(room, _LEAST_ROOM))
    rows = [
        *_top_rows(context),
        *rows_markup(context, table.head, head, head_plans, repeat=True),
        *rows_markup(context, table.body, body, _kept_at_the_end(table, body_plans), repeat=False),
    ]
    return f"<w:tbl>{_properties(context)}{''.join(rows)}</w:tbl>{_notes(context)}"


def _context(table: Table, style: Style, fit: estimate.TableFit, figures: FigureBookmarks) -> TableContext:
    edges = [twips(edge) for edge in accumulate(fit.widths, initial=0.0)]
    widths = tuple(right - left for left, right in pairwise(edges))
    return TableContext(table, style, CellMeasure(fit, style.table), widths, figures)


def _properties(context: TableContext) -> str:
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in context.widths)
    title = escaped(plain(context.table.title), context.table.id)
    return (
        f'<w:tblPr><w:tblStyle w:val="{style_ids.TABLE}"/><w:tblW w:w="{sum(context.widths)}" w:type="dxa"/>'
        '<w:jc w:val="center"/><w:tblLayout w:type="fixed"/>'
        '<w:tblLook w:val="0620" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" '
        'w:noHBand="1" w:noVBand="1"/>'
        f'<w:tblCaption w:val="{title}"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
    )


def _top_rows(context: TableContext) -> Iterator[str]:
    """The label, the title and the line of department and unit, without rules, each only if it is given."""
    table, line, title = context.table, context.style.text["table-line"], context.style.text["table-title"]
    if table.label:
        on_left = '<w:jc w:val="left"/>' if context.style.table.label == "left" else ""
        yield _top_row(context, line.leading, (style_ids.TABLE_LABEL, table.label, on_left))
    if plain(table.title):
        content = context.figures.runs(table.title, f"{table.id}/title")
        titled = paragraph(style_ids.TABLE_TITLE, content, KEEP_NEXT)
        yield row_markup(
            cell_markup(sum(context.widths), len(context.widths), titled, _UNRULED),
            title.leading,
            whole=True,
            repeat=True,
        )
    if plain(table.left) or plain(table.right):
        left, right = (style_ids.TABLE_LINE, plain(table.left), ""), (style_ids.TABLE_LABEL, plain(table.right), "")
        yield _top_row(context, line.leading, left, right)


def _top_row(context: TableContext, height: float, *texts: tuple[str, str, str]) -> str:
    """A row without rules of one or two cells, given as style, text and properties; repeated on every page."""
    contents = [paragraph(style, run(text, context.table.id), KEEP_NEXT, more) for style, text, more in texts]
    cut = _columns_left_of(context, texts[-1][1]) if len(contents) == 2 else 0
    if cut:
        spans = [(0, cut, contents[0]), (cut, len(context.widths) - cut, contents[1])]
    else:
        spans = [(0, len(context.widths), "".join(contents))]
    cells = (cell_markup(context.width(at, count), count, content, _UNRULED) for at, count, content in spans)
    return row_markup("".join(cells), height, whole=True, repeat=True)


def _columns_left_of(context: TableContext, right: str) -> int:
    """The columns on the left of the line of department and unit: as many as leave room for ``right``."""
    need = twips(estimate.ems(right) * context.style.text["table-line"].size + 4 * context.style.table.pad_x)
    edges = accumulate(context.widths)
    counts = [count for count, edge in enumerate(edges, 1) if sum(context.widths) - edge >= need]
    return counts[-1] if counts else 0


def _type_height(page: Page) -> float:
    return (page.height - page.top - page.bottom) * _POINTS_PER_MM


def _head_height(context: TableContext, plans: Sequence[RowPlan]) -> float:
    line, title = context.style.text["table-line"], context.style.text["table-title"]
    padding = 3 * 2 * context.style.table.pad_y
    return 2 * line.leading + title.leading + padding + sum(plan.height for plan in plans)


def _kept_at_the_end(table: Table, plans: list[RowPlan]) -> list[RowPlan]:
    """The plans with the last rows kept together and with the notes: no notes and no total row alone on a page."""
    first = max(0, len(plans) - _KEPT_AT_THE_END)
    last = len(plans) if table.notes else len(plans) - 1
    return [replace(plan, keep=True) if first <= n < last else plan for n, plan in enumerate(plans)]


def _notes(context: TableContext) -> str:
    return "".join(
        paragraph(style_ids.TABLE_NOTE, context.figures.runs(note.runs, note.id)) for note in context.table.notes
    )
