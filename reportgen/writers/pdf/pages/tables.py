"""Tables on pages: what every page repeats (label, title, department and unit, head), then the rows.

A table begins a new page; only headings may stand above the first. Its notes stand under its last row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from ....tree.nodes import Run, Table, Text, plain
from ..tagging import Element, Tag, repeated
from ..typeset.set_text import Measure, SetLine, Setter
from ..typeset.table_cells import Block, Grid, Typesetter
from .prose import flow, height_of, pieces
from .row_headers import name_rows
from .row_pager import Pager, Part, Strip
from .sheets import Frame, Mark, Ruled, Sheet, Sheets


@dataclass(frozen=True, slots=True)
class Band:
    """One of the texts above the head: the type of its element, its name, its lines with their tops and leading."""

    kind: str
    name: str
    lines: Sequence[tuple[float, float, SetLine]]


class TablePages:
    """The pages of one table, as they are made."""

    def __init__(self, table: Table, frame: Frame, setter: Setter, sheets: Sheets, into: Element) -> None:
        """Set ``table`` in the width of ``frame``, to be put on ``sheets``; its element goes ``into`` another."""
        self._table, self._frame, self._setter, self._sheets, self._into = table, frame, setter, sheets, into
        self._first = self._later = _bands(table, table.title, frame, setter)
        if table.continued:
            self._later = _bands(table, (*table.title, Text(table.continued)), frame, setter)
        cells = Typesetter(table, frame.width, setter)
        self._head, self._body = cells.head(), cells.body()
        self._made: list[Sheet] = []

    def put(self, shared: bool) -> None:
        """Put the table on pages; ``shared``: the first may hold headings already.

        Raises:
            NoRoom: the head fills the page.
        """
        if not (shared or self._sheets.fresh):
            self._sheets.turn()
        tag = self._into.add("Table", self._table.id)
        caption = tag.add("Caption")
        self._captions = [caption.add(band.kind, f"{self._table.id}/{band.name}") for band in self._first[0]]
        _add_rows(tag.add("THead"), self._head)
        _add_rows(tag.add("TBody"), self._body)
        name_rows(self._body.blocks)
        notes = [p for note in self._table.notes for p in pieces(note, self._frame, self._setter, self._into)]
        pager = Pager(self._table.id, self._body, height_of(notes), self._turn)
        pager.run()
        for sheet, parts in zip(self._made, pager.pages, strict=True):
            for part in parts:
                if isinstance(part, Strip):
                    self._strip(part, sheet)
                else:
                    self._part(part, sheet)
        self._sheets.y = pager.y
        flow(notes, self._sheets)

    def _turn(self) -> tuple[float, float]:
        """Begin a page with all that is repeated; where its rows begin and must end."""
        first = not self._made
        if not first:
            self._sheets.turn()
        else:
            heading = self._table.heading
            ids = (self._table.id, heading.id)
            self._sheets.sheet.marks.append(Mark(ids, self._sheets.y, heading.level, plain(heading.runs)))
        self._made.append(self._sheets.sheet)
        bands, height = self._first if first else self._later
        for band, element in zip(bands, self._captions, strict=True):
            tag = element if first else repeated()
            for top, leading, line in band.lines:
                self._sheets.sheet.put(self._frame.left, self._sheets.y + top, leading, line, tag)
        self._sheets.y += height
        self._put_head(again=not first)
        return self._sheets.y, self._frame.bottom

    def _put_head(self, again: bool) -> None:
        tops = list(accumulate(self._head.heights, initial=self._sheets.y))
        for block in (block for line in self._head.blocks for block in line):
            top, bottom = tops[block.row], tops[block.last + 1]
            part = Part(block, top, bottom - top, block.lines, False, again)
            self._part(part, self._sheets.sheet, self._setter.style.table.shaded_head)
        self._sheets.y = tops[-1]

    def _strip(self, strip: Strip, sheet: Sheet) -> None:
        """Put a whole row on its page."""
        spans = [self._across(block) for block in strip.blocks]
        sheet.ruled.append(Ruled(strip.top, strip.height, spans))
        for block in strip.blocks:
            if block.lines:
                self._put_lines(block, block.lines, (strip.top, strip.height), sheet, block.tag)

    def _part(self, part: Part, sheet: Sheet, shade: str = "") -> None:
        """Put a cell on its page: text in the middle of its height, text that goes on from its top."""
        sheet.ruled.append(Ruled(part.top, part.height, [self._across(part.block)], shade))
        tag = repeated() if part.again else part.block.tag
        if part.lines:
            self._put_lines(part.block, part.lines, (part.top, part.height), sheet, tag, part.cut)

    def _across(self, block: Block) -> tuple[float, float]:
        return self._frame.left + block.slot.x, block.slot.width

    def _put_lines(
        self, block: Block, lines: Sequence[SetLine], place: tuple[float, float], sheet: Sheet, tag: Tag,
        cut: bool = False,
    ) -> None:  # fmt: skip
        slot, (top, height) = block.slot, place
        slack = height - 2 * slot.padding - len(lines) * slot.leading
        top += slot.padding + (0 if cut else slack / 2)
        x = self._frame.left + slot.x + self._setter.style.table.pad_x
        for line in lines:
            sheet.put(x, top, slot.leading, line, tag)
            top += slot.leading


def _add_rows(group: Element, grid: Grid) -> None:
    for id, blocks in zip(grid.ids, grid.blocks, strict=True):
        group.add("TR", id).kids = [block.tag for block in blocks]


def _bands(table: Table, words: Sequence[Run], frame: Frame, setter: Setter) -> tuple[list[Band], float]:
    """The texts above the head: label on the right, title, department left and unit right; the height of all."""
    look, title = setter.role("table-line"), setter.role("table-title")
    leading = frame.leading(look.leading, look.size)
    label = _aside(table, (Text(table.label),), "right", frame.width, setter)
    measure = Measure(frame.width, title.size, title.align)
    set_title = setter.balanced(words, title, measure, table.id)
    right = _aside(table, table.right, "right", frame.width, setter)
    taken = max((line.width + 2 * look.size for line in right), default=0)
    left = _aside(table, table.left, "left", frame.width - taken, setter)
    title_leading = frame.leading(title.leading, title.size)
    below_label = len(label) * leading
    below_title = below_label + len(set_title) * title_leading
    height = below_title + max(len(left), len(right)) * leading
    return [
        Band("Lbl", "label", _stacked(label, 0, leading)),
        Band("P", "title", _stacked(set_title, below_label, title_leading)),
        Band("P", "left", _stacked(left, height - len(left) * leading, leading)),
        Band("P", "right", _stacked(right, height - len(right) * leading, leading)),
    ], height


def _aside(table: Table, runs: Sequence[Run], align: str, width: float, setter: Setter) -> list[SetLine]:
    look = setter.role("table-line")
    return setter.lines(runs, look, Measure(width, look.size, align), table.id)


def _stacked(lines: Sequence[SetLine], top: float, leading: float) -> list[tuple[float, float, SetLine]]:
    return [(top + n * leading, leading, line) for n, line in enumerate(lines)]
