"""The rows of a table spread over pages, and the cells that go on from page to page.

Rows stay whole; only a row taller than a page is parted. Rows that belong together (``groups``) stay on one page where
a page can hold them. The last two stay together: a total row is not left alone. A cell over several rows that a page's
end cuts becomes a cell on each page, and its text flows on: what did not fit goes on at the top of the next. A label
that stood complete on the first page stands again on the next ones; a figure does not, lest it be added up twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter

from ....core.errors import TypesettingError
from ..typeset.set_text import SetLine
from ..typeset.table_cells import Block, Grid
from .row_groups import together

_SHORT_LABEL = 4
_NOTHING = 0.01


class NoRoom(TypesettingError):
    """The head of a table leaves no room for a row on the page. The message names the table."""


@dataclass(slots=True, eq=False)
class Part:
    """What one page shows of a cell: its rectangle's top and height, its lines, whether they are cut.

    ``again``: they stood complete on an earlier page.
    """

    block: Block
    top: float
    height: float
    lines: Sequence[SetLine]
    cut: bool
    again: bool = False

    @property
    def x(self) -> float:
        """Where the cell begins, from the table's left."""
        return self.block.slot.x


@dataclass(slots=True, eq=False)
class Strip:
    """Cells side by side that stand on a page in a row of their own, as most do: they are not parts of anything."""

    blocks: Sequence[Block]
    top: float
    height: float
    x: float = 0


@dataclass(slots=True)
class _Flow:
    """A cell on its way down the pages: where its part on this page begins, how many lines are printed."""

    block: Block
    top: float
    done: int = 0
    again: bool = False

    @property
    def lines(self) -> Sequence[SetLine]:
        """The lines of the cell, on this page and further ones."""
        return self.block.lines_again if self.again else self.block.lines

    def rest(self) -> float:
        """The height that the part on this page must have to end the cell."""
        left = len(self.lines) - self.done
        if self.again and left > _SHORT_LABEL:
            return 0
        return left * self.block.slot.leading + 2 * self.block.slot.padding if left else 0

    def close(self, bottom: float, last: bool) -> Part:
        """The part down to ``bottom``; afterwards the flow stands ready for the next page."""
        slot = self.block.slot
        room = max(int((bottom - self.top - 2 * slot.padding + _NOTHING) / slot.leading), 0)
        rest = self.lines[self.done :]
        lines = rest if len(rest) <= room else () if self.again else rest[:room]
        whole, again = len(lines) == len(self.lines), self.again
        if not last:
            self.again = (self.again or whole) and self.block.label
            self.done = 0 if self.again else self.done + len(lines)
        return Part(self.block, self.top, bottom - self.top, lines, not whole, again)


class Pager:
    """Spreads the rows of one table. ``turn`` begins a page and says where its rows begin and must end."""

    def __init__(self, name: str, grid: Grid, tail: float, turn: Callable[[], tuple[float, float]]) -> None:
        """For the rows ``grid`` of the table ``name``; ``tail`` points must be free below the last."""
        self._name, self._grid, self._turn_page = name, grid, turn
        self._tail = tail
        slots = {block.slot for line in grid.blocks for block in line}
        self._least = max((slot.leading + 2 * slot.padding for slot in slots), default=0)
        self.pages: list[list[Part | Strip]] = []
        self.y = self._top = self._bottom = 0.0
        self._flows: list[_Flow] = []
        self._together = together(grid)

    def run(self) -> None:
        """Spread all rows; ``pages`` then holds what each page shows in reading order, ``y`` where the last ends."""
        self._turn()
        keep, height = self._end()
        for row in range(len(self._grid.heights)):
            if any(map(self._lacks, [*self._together.get(row, ()), *([height] if row == keep else [])])):
                self._turn()
            self._row(row)
        for page in self.pages:
            page.sort(key=attrgetter("top", "x"))

    def _lacks(self, height: float) -> bool:
        """Whether what is ``height`` points high must go to the next page: there it has room, here it has not."""
        fits = height <= self._bottom - self._top + _NOTHING
        return fits and self._top < self.y and self.y + height > self._bottom + _NOTHING

    def _end(self) -> tuple[int, float]:
        """The last two rows, which stand together with what follows: the first of them, the height of all."""
        rows = len(self._grid.heights)
        count = min(2, rows)
        return rows - count, sum(self._grid.heights[rows - count :]) + self._tail

    def _row(self, row: int) -> None:
        """Put a row on the page, or on the next one, or in parts on several."""
        blocks = self._grid.blocks[row]
        fresh = [] if self._grid.plain[row] else [_Flow(block, self.y) for block in blocks if block.rows > 1]
        need = self._need(row, fresh, 0)
        if self.y + need <= self._bottom + _NOTHING:
            self.pages[-1] += self._strips(row, need)
            self._end_row(row, need, fresh)
        elif self._top < self.y and not self._parts_now(need):
            self._turn()
            self._row(row)
        else:
            self._row_in_parts(row)

    def _strips(self, row: int, height: float) -> Iterator[Strip]:
        """The cells that stand in the row alone, each stretch of them that is not interrupted by others."""
        blocks = self._grid.blocks[row]
        if self._grid.plain[row] and not self._flows:
            yield Strip(blocks, self.y, height)
            return
        line: list[Block] = []
        for block in blocks:
            if line and (block.rows > 1 or block.slot.column != line[-1].slot.end):
                yield Strip(line, self.y, height, line[0].slot.x)
                line = []
            if block.rows == 1:
                line.append(block)
        if line:
            yield Strip(line, self.y, height, line[0].slot.x)

    def _row_in_parts(self, row: int) -> None:
        fresh = [_Flow(block, self.y) for block in self._grid.blocks[row]]
        used = 0.0
        while True:
            for flow in fresh if not used else ():
                flow.top = self.y
            need = self._need(row, fresh, used)
            if self.y + need <= self._bottom + _NOTHING:
                break
            if self._top < self.y and not self._parts_now(need):
                self._turn()
                continue
            used += self._part(fresh)
        self._end_row(row, need, fresh)

    def _end_row(self, row: int, need: float, fresh: list[_Flow]) -> None:
        """Go on below the row; what ends with it is cut off here."""
        self.y += need
        self._flows += fresh
        for flow in self._flows:
            if flow.block.last == row:
                self._close(flow, last=True)
        self._flows = [f for f in self._flows if f.block.last != row]

    def _need(self, row: int, fresh: list[_Flow], used: float) -> float:
        """What the row must still have in height: its own, and what cells that end in it lack."""
        ending = [f for f in (*self._flows, *fresh) if f.block.last == row]
        return max([self._grid.heights[row] - used, 0, *(f.top + f.rest() - self.y for f in ending)])

    def _parts_now(self, need: float) -> bool:
        """Whether a row is parted right here: it is taller than a page, and there is fair room left."""
        page = self._bottom - self._top
        return need > page and self._bottom - self.y > page / 4

    def _part(self, fresh: list[_Flow]) -> float:
        """Fill the page with a part of the row that begins with the cells ``fresh``; how high it was."""
        height = self._bottom - self.y
        waiting, self._flows = self._flows, self._flows + fresh
        self.y = self._bottom
        self._turn()
        self._flows = waiting
        return height

    def _turn(self) -> None:
        """End the page, cutting the cells that go on, and begin the next."""
        for flow in self._flows:
            self._close(flow, last=False)
        self._top, self._bottom = self._turn_page()
        if self._bottom - self._top < self._least:
            raise NoRoom("{table}：表头太高，一页里放不下任何一行", "请缩短表头文字，或加宽窄列", table=self._name)
        self.pages.append([])
        self.y = self._top
        for flow in self._flows:
            flow.top = self.y

    def _close(self, flow: _Flow, last: bool) -> None:
        if self.y > flow.top + _NOTHING:
            self.pages[-1].append(flow.close(self.y, last))
