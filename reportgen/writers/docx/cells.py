"""Rows and cells of a table (§17.4.78, §17.4.65): spans, styles by role, the text itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from ...tree.grid import Placed
from ...tree.nodes import Align, Row, RowRole, Table
from ...tree.style import Style
from ..tables.cell_measure import CellMeasure, PlacedRows
from ..tables.head_words import line_count
from ..tables.roles import text_role
from . import style_ids
from .figure_bookmarks import FigureBookmarks
from .markup import paragraph, twips
from .properties import indents
from .row_plan import RowPlan, parts_text

_FIGURES = {style_ids.TABLE_TEXT: style_ids.TABLE_FIGURE, style_ids.TOTAL_TEXT: style_ids.TOTAL_FIGURE}
_BY_TEXT_ROLE = {
    "table-head": style_ids.TABLE_HEAD,
    "table-number": style_ids.TABLE_NUMBER,
    "table-cell": style_ids.TABLE_TEXT,
    "table-total": style_ids.TOTAL_TEXT,
}
KEEP_NEXT = "<w:keepNext/>"
_LINE_SLACK = 0.1  # ems; programs round widths
NO_RULE = 'w:val="nil"'
_CONTENT = "\0"  # marks where a cell's content goes; no mark-up can hold it


@dataclass(frozen=True, slots=True)
class TableContext:
    """What all cells of a table share. ``widths`` are twips; they add up to the table's width.

    ``wrappers`` keeps the mark-up around the content of cells by their format: many cells of a column have the same.
    """

    table: Table
    style: Style
    measure: CellMeasure
    widths: tuple[int, ...]
    figures: FigureBookmarks
    wrappers: dict[tuple[object, ...], tuple[str, str]] = field(default_factory=dict)

    def width(self, column: int, colspan: int) -> int:
        """Return the width of ``colspan`` columns from ``column`` on, in twips."""
        return sum(self.widths[column : column + colspan])


class CellPart(NamedTuple):
    """What one row shows of a cell: text, ``w:vMerge``, whether it continues above or below the rows kept together."""

    text: str
    merge: str = ""
    cut_above: bool = False
    cut_below: bool = False


_BLANK = CellPart("")


class _CellFormat(NamedTuple):
    """All that the mark-up of a cell depends on, except its content."""

    column: int
    colspan: int
    role: RowRole
    align: Align | None
    indent: int
    merge: str
    cut_above: bool
    cut_below: bool
    keep: bool
    inset: int


def rows_markup(
    context: TableContext, rows: Sequence[Row], grid: PlacedRows, plans: Sequence[RowPlan], repeat: bool
) -> Iterator[str]:
    """Return one ``w:tr`` after the other; with ``repeat`` they are shown at the top of every page."""
    texts_by_place: dict[tuple[int, int], dict[int, str]] = {}  # the texts of cells in several parts, by place
    for r, row in enumerate(rows):
        cells: list[str] = []
        column = 0
        while column < len(context.widths):
            placed = grid[r][column]
            if placed.row == r and r + placed.cell.rowspan - 1 > plans[r].last:
                texts_by_place[r, column] = parts_text(placed, plans, context.measure)
            part = _part(placed, r, plans[r], texts_by_place.get((placed.row, column)))
            cells.append(_cell(context, row, placed, part, plans[r].keep))
            column += placed.cell.colspan
        yield row_markup("".join(cells), plans[r].least, plans[r].whole, repeat)


def row_markup(cells: str, height: float, whole: bool, repeat: bool) -> str:
    """Return a ``w:tr`` at least ``height`` points high."""
    least = f'<w:trHeight w:val="{twips(height)}" w:hRule="atLeast"/>'
    flags = f"{'<w:cantSplit/>' if whole else ''}{least}{'<w:tblHeader/>' if repeat else ''}"
    return f"<w:tr><w:trPr>{flags}</w:trPr>{cells}</w:tr>"


def cell_markup(width: int, colspan: int, content: str, properties: str = "", merge: str = "") -> str:
    """Return a ``w:tc`` of ``width`` twips; ``merge`` is its ``w:vMerge``, ``properties`` follow it in the schema."""
    span = f'<w:gridSpan w:val="{colspan}"/>' if colspan > 1 else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}{properties}</w:tcPr>{content}</w:tc>'


def borders(**sides: str) -> str:
    """Return ``w:tcBorders`` with the attributes given for ``top``, ``left``, ``bottom``, ``right``."""
    order = ("top", "left", "bottom", "right")
    inner = "".join(f"<w:{side} {sides[side]}/>" for side in order if side in sides)
    return f"<w:tcBorders>{inner}</w:tcBorders>" if inner else ""


def _part(placed: Placed, r: int, plan: RowPlan, texts: Mapping[int, str] | None) -> CellPart:
    if placed.cell.rowspan == 1:
        return CellPart(placed.cell.text) if placed.cell.runs else _BLANK
    end = placed.row + placed.cell.rowspan - 1
    first, last = max(placed.row, plan.first), min(end, plan.last)
    merge, text = "", ""
    if r == first:
        text = placed.cell.text if texts is None else texts[r]
    if first < last:
        merge = '<w:vMerge w:val="restart"/>' if r == first else "<w:vMerge/>"
    return CellPart(text, merge, first > placed.row, last < end)


def _cell(context: TableContext, row: Row, placed: Placed, part: CellPart, keep: bool) -> str:
    column, cell = placed.column, placed.cell
    inset = _inset(context, placed, part.text) if row.role == "head" else 0
    key = (column, cell.colspan, row.role, cell.align, cell.indent, *part[1:], keep, inset)
    before, after = context.wrappers.get(key) or context.wrappers.setdefault(key, _wrapper(context, _CellFormat(*key)))
    content = context.figures.text(part.text, cell.runs, f"{row.id}/{column + 1}") if part.text else ""
    return f"{before}{content}{after}"


def _inset(context: TableContext, placed: Placed, text: str) -> int:
    """The twips by which the lines of a head are made shorter on both sides, so that they end between words."""
    size = _size(context, "table-head")
    room = context.width(placed.column, placed.cell.colspan) / 20 - 2 * context.style.table.pad_x
    fits = int(room / size)
    if len(text) <= fits:
        return 0
    per_line = next((count for count in range(fits, 1, -1) if line_count(text, count)), fits)
    exact = per_line < fits or any(letter < "\u2000" for letter in text)  # whose widths differ from face to face
    return twips((room - (per_line + _LINE_SLACK) * size) / 2) if exact else 0


def _size(context: TableContext, role: str) -> float:
    """The size of type of a role in this table."""
    return min(context.style.text[role].size, context.measure.fit.size)


def _wrapper(context: TableContext, cell: _CellFormat) -> tuple[str, str]:
    """The mark-up of such a cell before and after its content."""
    width = context.width(cell.column, cell.colspan)
    whole = cell_markup(width, cell.colspan, _paragraph(context, cell), _properties(context, cell), cell.merge)
    before, after = whole.split(_CONTENT)
    return before, after


def _properties(context: TableContext, cell: _CellFormat) -> str:
    """Rules, shade and vertical place of a cell."""
    cut = {side: NO_RULE for side, open in (("top", cell.cut_above), ("bottom", cell.cut_below)) if open}
    fill = context.style.table.shaded_head if cell.role in ("head", "number") else ""
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill.lstrip("#")}"/>' if fill else ""
    return f'{borders(**cut)}{shade}<w:vAlign w:val="{"top" if cut else "center"}"/>'


def _paragraph(context: TableContext, cell: _CellFormat) -> str:
    role = text_role(cell.role)
    style = _BY_TEXT_ROLE[role]
    align: Align | None = cell.align
    if align is None and style in _FIGURES:
        align = context.table.columns[cell.column].align
    if align == "right" and style in _FIGURES:
        style, align = _FIGURES[style], None
    text = context.style.text[role]
    size = _size(context, role)
    inset = f'<w:ind w:left="{cell.inset}" w:right="{cell.inset}"/>' if cell.inset else ""
    own_align = f'<w:jc w:val="{align}"/>' if align and align != text.align else ""
    direct = (KEEP_NEXT if cell.keep else "", inset or indents(size, left=cell.indent), own_align)
    return paragraph(style_ids.sized(style, size, text.size), _CONTENT, *direct)
