"""Rows and cells of a table (§17.4.78, §17.4.65): spans, looks by role, the text itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ...tree.grid import Placed
from ...tree.nodes import Align, Row, Table
from ...tree.style import Style
from . import names
from .bands import Grid, Line, Measure, pieces
from .figures import FigureMarks
from .looks import indents
from .markup import paragraph, twips

_FIGURES = {names.TABLE_TEXT: names.TABLE_FIGURE, names.TOTAL_TEXT: names.TOTAL_FIGURE}
_BY_ROLE = {"head": names.TABLE_HEAD, "number": names.TABLE_NUMBER, "total": names.TOTAL_TEXT}
_TEXT_ROLE = {
    names.TABLE_HEAD: "table-head",
    names.TABLE_NUMBER: "table-number",
    names.TABLE_TEXT: "table-cell",
    names.TABLE_FIGURE: "table-cell",
    names.TOTAL_TEXT: "table-total",
    names.TOTAL_FIGURE: "table-total",
}
KEEP_NEXT = "<w:keepNext/>"
NO_RULE = 'w:val="nil"'


@dataclass(frozen=True, slots=True)
class Sheet:
    """What all cells of a table share. ``widths`` are twips; they add up to the table's width."""

    table: Table
    style: Style
    measure: Measure
    widths: tuple[int, ...]
    figures: FigureMarks

    def width(self, column: int, colspan: int) -> int:
        """The width of ``colspan`` columns from ``column`` on, in twips."""
        return sum(self.widths[column : column + colspan])


@dataclass(frozen=True, slots=True)
class Part:
    """What one row shows of a cell: text, ``w:vMerge``, whether the cell goes on beyond the rows kept together."""

    text: str
    merge: str
    cut_above: bool
    cut_below: bool


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
    end = placed.row + placed.cell.rowspan - 1
    first, last = max(placed.row, line.first), min(end, line.last)
    merge, text = "", ""
    if r == first:
        text = placed.cell.text if texts is None else texts[r]
    if first < last:
        merge = '<w:vMerge w:val="restart"/>' if r == first else "<w:vMerge/>"
    return Part(text, merge, first > placed.row, last < end)


def _cell(sheet: Sheet, row: Row, placed: Placed, part: Part, keep: bool) -> str:
    cell = placed.cell
    content = _content(sheet, row, placed, part.text, keep)
    width = sheet.width(placed.column, cell.colspan)
    return cell_markup(width, cell.colspan, content, _look(sheet, row, part), part.merge)


def _look(sheet: Sheet, row: Row, part: Part) -> str:
    cut = {side: NO_RULE for side, open in (("top", part.cut_above), ("bottom", part.cut_below)) if open}
    fill = sheet.style.table.shaded_head if row.role in ("head", "number") else ""
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill.lstrip("#")}"/>' if fill else ""
    return f'{borders(**cut)}{shade}<w:vAlign w:val="{"top" if cut else "center"}"/>'


def _content(sheet: Sheet, row: Row, placed: Placed, text: str, keep: bool) -> str:
    cell = placed.cell
    style = _BY_ROLE.get(row.role, names.TABLE_TEXT)
    own: Align | None = cell.align
    if own is None and style in _FIGURES:
        own = sheet.table.columns[placed.column].align
    if own == "right" and style in _FIGURES:
        style, own = _FIGURES[style], None
    look = sheet.style.text[_TEXT_ROLE[style]]
    size = min(look.size, sheet.measure.sizing.size)
    align = f'<w:jc w:val="{own}"/>' if own and own != look.align else ""
    content = sheet.figures.text(text, cell.runs, f"{row.id}/{placed.column + 1}")
    direct = (KEEP_NEXT if keep else "", indents(size, left=cell.indent), align)
    return paragraph(names.sized(style, size, look.size), content, *direct)
