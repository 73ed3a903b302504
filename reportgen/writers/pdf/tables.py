"""Tables on pages: what every page repeats (label, title, department and unit, head), then the rows.

A table begins a new page; only headings may stand above the first. Its notes stand under its last row.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from ...tree.nodes import Run, Table, Text, plain
from .cells import Typesetter
from .paging import Pager, Part
from .prose import flow, height_of, pieces
from .setting import Measure, SetLine, Setter
from .sheets import Box, Frame, Mark, Sheet, Sheets


class TablePages:
    """The pages of one table, as they are made."""

    def __init__(self, table: Table, frame: Frame, setter: Setter, sheets: Sheets) -> None:
        """Set ``table`` in the width of ``frame``, to be put on ``sheets``."""
        self._table, self._frame, self._setter, self._sheets = table, frame, setter, sheets
        self._bands = list(_bands(table, frame, setter))
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
        notes = [piece for note in self._table.notes for piece in pieces(note, self._frame, self._setter)]
        pager = Pager(self._table.id, self._body, height_of(notes), self._turn)
        pager.run()
        for sheet, parts in zip(self._made, pager.pages, strict=True):
            for part in parts:
                self._part(part, sheet)
        self._sheets.y = pager.y
        flow(notes, self._sheets)

    def _turn(self) -> tuple[float, float]:
        """Begin a page with all that is repeated; where its rows begin and must end."""
        if self._made:
            self._sheets.turn()
        else:
            heading = self._table.heading
            ids = (self._table.id, heading.id)
            self._sheets.sheet.marks.append(Mark(ids, self._sheets.y, heading.level, plain(heading.runs)))
        self._made.append(self._sheets.sheet)
        for leading, lines in self._bands:
            for line in lines:
                self._sheets.sheet.put(self._frame.left, self._sheets.y, leading, line)
            self._sheets.y += leading
        self._put_head()
        return self._sheets.y, self._frame.bottom

    def _put_head(self) -> None:
        tops = list(accumulate(self._head.heights, initial=self._sheets.y))
        for block in (block for line in self._head.blocks for block in line):
            top, bottom = tops[block.row], tops[block.last + 1]
            part = Part(block, top, bottom - top, block.lines, False)
            self._part(part, self._sheets.sheet, self._setter.style.table.shaded_head)
        self._sheets.y = tops[-1]

    def _part(self, part: Part, sheet: Sheet, shade: str = "") -> None:
        """Put a cell on its page: text in the middle of its height, text that goes on from its top."""
        block = part.block
        left = self._frame.left + block.x
        sheet.boxes.append(Box(left, part.top, block.width, part.height, shade))
        slack = part.height - 2 * block.padding - len(part.lines) * block.leading
        top = part.top + block.padding + (0 if part.cut else slack / 2)
        for line in part.lines:
            sheet.put(left + self._setter.style.table.pad_x, top, block.leading, line)
            top += block.leading


def _bands(table: Table, frame: Frame, setter: Setter) -> list[tuple[float, list[SetLine]]]:
    """The lines above the head: label on the right, title, department left and unit right."""
    look, title = setter.role("table-line"), setter.role("table-title")
    leading = frame.leading(look.leading, look.size)
    bands = [(leading, [line]) for line in _aside(table, (Text(table.label),), "right", frame.width, setter)]
    measure = Measure(frame.width, title.size, title.align)
    set_title = setter.balanced(table.title, title, measure, table.id)
    bands += [(frame.leading(title.leading, title.size), [line]) for line in set_title]
    right = _aside(table, table.right, "right", frame.width, setter)
    taken = max((line.width + 2 * look.size for line in right), default=0)
    left = _aside(table, table.left, "left", frame.width - taken, setter)
    count = max(len(left), len(right))
    for n in range(count):
        bands.append((leading, [*_nth(left, n - count), *_nth(right, n - count)]))
    return bands


def _aside(table: Table, runs: Sequence[Run], align: str, width: float, setter: Setter) -> list[SetLine]:
    look = setter.role("table-line")
    return setter.lines(runs, look, Measure(width, look.size, align), table.id)


def _nth(lines: list[SetLine], from_end: int) -> list[SetLine]:
    return [lines[from_end]] if -from_end <= len(lines) else []
