"""Rows and cells of a table (§17.4.78, §17.4.65): spans, looks by role, the text itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from ...tree.grid import Placed
from ...tree.nodes import Align, Row, RowRole, Table
from ...tree.style import Style
from ..tables.roles import text_role
from . import style_ids
from .figure_bookmarks import FigureMarks
from .markup import paragraph, twips
from .properties import indents
from .row_plan import Grid, Line, Measure, pieces

_FIGURES = {style_ids.TABLE_TEXT: style_ids.TABLE_FIGURE, style_ids.TOTAL_TEXT: style_ids.TOTAL_FIGURE}
_BY_TEXT_ROLE = {
    "table-head": style_ids.TABLE_HEAD,
    "table-number": style_ids.TABLE_NUMBER,
    "table-cell": style_ids.TABLE_TEXT,
    "table-total": style_ids.TOTAL_TEXT,
}
KEEP_NEXT = "<w:keepNext/>"
NO_RULE = 'w:val="nil"'
_CONTENT = "\0"  # stands for a cell's content in its frame; no mark-up can hold it


@dataclass(frozen=True, slots=True)
class Sheet:
    """What all cells of a table share. ``widths`` are twips; they add up to the table's width.

    ``frames`` keeps the mark-up around the content of cells: those that look alike in a column have the same.
    """

    table: Table
    style: Style
    measure: Measure
    widths: tuple[int, ...]
    figures: FigureMarks
    frames: dict[tuple[object, ...], tuple[str, str]] = field(default_factory=dict)

    def width(self, column: int, colspan: int) -> int:
        """The width of ``colspan`` columns from ``column`` on, in twips."""
        return sum(self.widths[column : column + colspan])


class Part(NamedTuple):
    """What one row shows of a cell: text, ``w:vMerge``, whether the cell goes on beyond the rows kept together."""

    text: str
    merge: str = ""
    cut_above: bool = False
    cut_below: bool = False


_BLANK = Part("")


class _Look(NamedTuple):
    """All that the mark-up of a cell depends on, but its content."""

    column: int
    colspan: int
    role: RowRole
    align: Align | None
    indent: int
    merge: str
    cut_above: bool
    cut_below: bool
    keep: bool


def rows_markup(sheet: Sheet, rows: Sequence[Row], grid: Grid, lines: Sequence[Line], repeat: bool) -> Iterator[str]:
    """One ``w:tr`` after the other; rows to ``repeat`` stand on top of every page."""
    cut: dict[tuple[int, int], dict[int, str]] = {}  # the texts of cells in several parts, by place
    for r, row in enumerate(rows):
        cells: list[str] = []
        column = 0
        while column < len(sheet.widths):
            placed = grid[r][column]
            if placed.row == r and r + placed.cell.rowspan - 1 > lines[r].last:
                cut[r, column] = pieces(placed, lines, sheet.measure)
            part = _part(placed, r, lines[r], cut.get((placed.row, column)))
            cells.append(_cell(sheet, row, placed, part, lines[r].keep))
            column += placed.cell.colspan
        yield row_markup("".join(cells), lines[r].height, lines[r].whole, repeat)


def row_markup(cells: str, height: float, whole: bool, repeat: bool) -> str:
    """A ``w:tr`` at least ``height`` points high."""
    least = f'<w:trHeight w:val="{twips(height)}" w:hRule="atLeast"/>'
    flags = f"{'<w:cantSplit/>' if whole else ''}{least}{'<w:tblHeader/>' if repeat else ''}"
    return f"<w:tr><w:trPr>{flags}</w:trPr>{cells}</w:tr>"


def cell_markup(width: int, colspan: int, content: str, look: str = "", merge: str = "") -> str:
    """A ``w:tc`` of ``width`` twips; ``merge`` is its ``w:vMerge``, ``look`` what the schema puts after it."""
    span = f'<w:gridSpan w:val="{colspan}"/>' if colspan > 1 else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}{look}</w:tcPr>{content}</w:tc>'


def borders(**sides: str) -> str:
    """``w:tcBorders`` with the attributes given for ``top``, ``left``, ``bottom``, ``right``."""
    order = ("top", "left", "bottom", "right")
    inner = "".join(f"<w:{side} {sides[side]}/>" for side in order if side in sides)
    return f"<w:tcBorders>{inner}</w:tcBorders>" if inner else ""


def _part(placed: Placed, r: int, line: Line, texts: Mapping[int, str] | None) -> Part:
    if placed.cell.rowspan == 1:
        return Part(placed.cell.text) if placed.cell.runs else _BLANK
    end = placed.row + placed.cell.rowspan - 1
    first, last = max(placed.row, line.first), min(end, line.last)
    merge, text = "", ""
    if r == first:
        text = placed.cell.text if texts is None else texts[r]
    if first < last:
        merge = '<w:vMerge w:val="restart"/>' if r == first else "<w:vMerge/>"
    return Part(text, merge, first > placed.row, last < end)


def _cell(sheet: Sheet, row: Row, placed: Placed, part: Part, keep: bool) -> str:
    column, cell = placed.column, placed.cell
    look = (column, cell.colspan, row.role, cell.align, cell.indent, *part[1:], keep)
    before, after = sheet.frames.get(look) or sheet.frames.setdefault(look, _frame(sheet, _Look(*look)))
    content = sheet.figures.text(part.text, cell.runs, f"{row.id}/{column + 1}") if part.text else ""
    return f"{before}{content}{after}"


def _frame(sheet: Sheet, look: _Look) -> tuple[str, str]:
    """The mark-up of such a cell before and after its content."""
    whole = cell_markup(
        sheet.width(look.column, look.colspan),
        look.colspan,
        _paragraph(sheet, look),
        _properties(sheet, look),
        look.merge,
    )
    before, after = whole.split(_CONTENT)
    return before, after


def _properties(sheet: Sheet, look: _Look) -> str:
    """Rules, shade and vertical place of a cell."""
    cut = {side: NO_RULE for side, open in (("top", look.cut_above), ("bottom", look.cut_below)) if open}
    fill = sheet.style.table.shaded_head if look.role in ("head", "number") else ""
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill.lstrip("#")}"/>' if fill else ""
    return f'{borders(**cut)}{shade}<w:vAlign w:val="{"top" if cut else "center"}"/>'


def _paragraph(sheet: Sheet, cell: _Look) -> str:
    role = text_role(cell.role)
    style = _BY_TEXT_ROLE[role]
    own: Align | None = cell.align
    if own is None and style in _FIGURES:
        own = sheet.table.columns[cell.column].align
    if own == "right" and style in _FIGURES:
        style, own = _FIGURES[style], None
    look = sheet.style.text[role]
    size = min(look.size, sheet.measure.sizing.size)
    align = f'<w:jc w:val="{own}"/>' if own and own != look.align else ""
    direct = (KEEP_NEXT if cell.keep else "", indents(size, left=cell.indent), align)
    return paragraph(style_ids.sized(style, size, look.size), _CONTENT, *direct)
