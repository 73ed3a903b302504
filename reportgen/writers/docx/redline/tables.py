"""A table that is in both documents: text changed in its cells, rows inserted and deleted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ....tree.matching import Pair
from ....tree.nodes import Table
from .changed_text import mark_changed_text, text_of
from .revisions import W_, Element, P, R, RevisionMarker, element
from .row_pairs import BodyRows, row_pairs

_ROW, _CELL, _PROPERTIES = f"{W_}tr", f"{W_}tc", f"{W_}tcPr"
_SPAN, _MERGE, _VAL = f"{W_}gridSpan", f"{W_}vMerge", f"{W_}val"
_AFTER_A_MERGE = {
    f"{W_}{name}" for name in ("tcBorders", "shd", "noWrap", "tcMar", "textDirection", "tcFitText", "vAlign")
}


class TableMarkup:
    """The mark-up of one table: the rows of its head (title lines included), and the cells of its body by column."""

    def __init__(self, markup: Element, table: Table) -> None:
        """``markup`` is the ``w:tbl`` of ``table``."""
        rows = [*markup.iterchildren(_ROW)]
        first = len(rows) - len(table.body)
        self.markup, self.body = markup, BodyRows.of(table)
        self.head, self.rows = rows[:first], rows[first:]
        self.cells = [_by_column(row) for row in self.rows]

    def parts(self, row: int, column: int, rowspan: int) -> list[Element]:
        """Return the paragraphs that together show the cell which begins at a place; at least one."""
        paragraphs = [self.cells[r][column].find(P) for r in range(row, row + rowspan)]
        return [paragraph for paragraph in paragraphs if text_of(paragraph)] or paragraphs[:1]

    def cut(self) -> set[tuple[int, int]]:
        """Return the places where a part of a cell from above begins."""
        return {
            (r, cell.column)
            for r in range(len(self.rows))
            for cell in self.body.cells(r)
            if cell.row < r and not _goes_on(self.cells[r][cell.column])
        }


def can_stay(old: TableMarkup, new: TableMarkup) -> bool:
    """Return whether the tables have the same columns under heads of the same shape."""
    same_columns = len(old.body.table.columns) == len(new.body.table.columns)
    return same_columns and [_shape(row) for row in old.head] == [_shape(row) for row in new.head]


def mark_table(old: TableMarkup, new: TableMarkup, marker: RevisionMarker) -> None:
    """Mark, in the mark-up of ``new``, what has changed since ``old``; deleted rows are taken over from there."""
    for before, after in zip(old.head, new.head, strict=True):
        for old_paragraph, new_paragraph in zip(before.iter(P), after.iter(P), strict=True):
            mark_changed_text([new_paragraph], text_of(old_paragraph), marker)
    matches = row_pairs(old.body, new.body, new.cut())
    for i, j in matches:
        if i is not None and j is not None:
            _mark_row(old.body, i, new, j, marker)
    _put_in_order(old, new, matches, marker)


def _put_in_order(old: TableMarkup, new: TableMarkup, matches: Sequence[Pair], marker: RevisionMarker) -> None:
    """Mark inserted rows where they are, and put deleted rows where they were."""
    at = new.markup.index(new.rows[0]) if new.rows else len(new.markup)
    kept = {i for i, j in matches if i is not None and j is not None}
    above: Mapping[int, Element] = {}
    for i, j in matches:
        if j is not None:
            above = new.cells[j]
            if i is None:
                marker.row(new.rows[j], "ins")
        elif i is not None:
            _continue_merged_cells(old, i, kept, above)
            new.markup.insert(at, marker.row(old.rows[i], "del"))
            above = old.cells[i]
        at += 1


def _mark_row(old: BodyRows, i: int, new: TableMarkup, j: int, marker: RevisionMarker) -> None:
    for before, after in zip(old.cells(i), new.body.cells(j), strict=True):
        if after.row == j:
            parts = new.parts(j, after.column, after.cell.rowspan)
            mark_changed_text(parts, _normal_line_ends(before.cell.text), marker)


def _normal_line_ends(text: str) -> str:
    """A cell's text with its line ends as the mark-up has them."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _continue_merged_cells(old: TableMarkup, i: int, kept: set[int], above: Mapping[int, Element]) -> None:
    """Continue the merged cells that are in both documents through the deleted row, without the text it had."""
    for placed in old.body.cells(i):
        if placed.row in kept:
            cell = old.cells[i][placed.column]
            _merge(cell).attrib.pop(_VAL, None)
            for run in [*cell.find(P).iter(R)]:
                run.getparent().remove(run)
            if above[placed.column].find(f"{_PROPERTIES}/{_MERGE}") is None:
                _merge(above[placed.column]).set(_VAL, "restart")


def _merge(cell: Element) -> Element:
    """The ``w:vMerge`` of a cell, made if there is none."""
    properties = cell.find(_PROPERTIES)
    merge = properties.find(_MERGE)
    if merge is None:
        at = next((n for n, child in enumerate(properties) if child.tag in _AFTER_A_MERGE), len(properties))
        properties.insert(at, merge := element(_MERGE))
    return merge


def _by_column(row: Element) -> dict[int, Element]:
    cells: dict[int, Element] = {}
    column = 0
    for cell in row.iterchildren(_CELL):
        cells[column] = cell
        column += _span(cell)
    return cells


def _span(cell: Element) -> int:
    span = cell.find(f"{_PROPERTIES}/{_SPAN}")
    return 1 if span is None else int(span.get(_VAL))


def _goes_on(cell: Element) -> bool:
    merge = cell.find(f"{_PROPERTIES}/{_MERGE}")
    return merge is not None and merge.get(_VAL) != "restart"


def _shape(row: Element) -> list[tuple[int, bool, int]]:
    return [(_span(cell), _goes_on(cell), len(cell.findall(P))) for cell in row.iterchildren(_CELL)]
