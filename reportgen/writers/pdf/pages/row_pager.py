"""The rows of a table spread over pages, and the cells that continue from page to page.

Rows stay whole; only a row taller than a page is split. Rows that belong together (``row_groups``) stay on one page
where a page can hold them. The last three that show something stay together, unless they are high: a total row is not
left alone. A cell over several rows that a page break cuts becomes a cell on each page, and its text flows on: what did
not fit comes at the top of the next. A label that was complete on the first page is repeated on the next ones; a figure
is not, lest it be added up twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter

from ....core.errors import TypesettingError
from ..typeset.table_cells import TypesetCell, TypesetRows
from ..typeset.text import TypesetLine
from .row_groups import heights_kept_together

_SHORT_LABEL = 4
"""The most lines of a repeated label that a row may grow for."""
_LAST_ROWS = 3
_TOLERANCE = 0.01


class HeadTooTall(TypesettingError):
    """The head of a table leaves no space for a row on the page. The message names the table."""


@dataclass(slots=True, eq=False)
class CellPart:
    """What one page shows of a cell: top and height of its rectangle, its lines, whether lines are on other pages too.

    ``again``: the lines were complete on an earlier page.
    """

    cell: TypesetCell
    top: float
    height: float
    lines: Sequence[TypesetLine]
    cut: bool
    again: bool = False

    @property
    def x(self) -> float:
        """The left edge of the cell, from the table's left."""
        return self.cell.box.x


@dataclass(slots=True, eq=False)
class WholeCells:
    """Cells side by side, each whole in one row, as most are."""

    cells: Sequence[TypesetCell]
    top: float
    height: float
    x: float = 0


@dataclass(slots=True)
class _OpenCell:
    """A cell whose rows continue: the top of its part on this page, how many of its lines are on earlier ones."""

    cell: TypesetCell
    top: float
    done: int = 0
    again: bool = False

    @property
    def lines(self) -> Sequence[TypesetLine]:
        """The lines to be shown on this page and further ones, with those already done."""
        return self.cell.lines_again if self.again else self.cell.lines

    def height_to_end(self) -> float:
        """Return the height that the part on this page needs to show all remaining lines."""
        left = len(self.lines) - self.done
        if self.again and left > _SHORT_LABEL:
            return 0
        return left * self.cell.box.leading + 2 * self.cell.box.padding if left else 0

    def close(self, bottom: float, last: bool) -> CellPart:
        """Return the part of the cell down to ``bottom``, and be ready for the next page unless it is the ``last``."""
        box = self.cell.box
        free_lines = max(int((bottom - self.top - 2 * box.padding + _TOLERANCE) / box.leading), 0)
        rest = self.lines[self.done :]
        if len(rest) == free_lines + 1 and free_lines > 2:  # the last line would be alone on the next page
            free_lines -= 1
        lines = rest if len(rest) <= free_lines else () if self.again else rest[:free_lines]
        whole, again = len(lines) == len(self.lines), self.again
        if not last:
            self.again = (self.again or whole) and self.cell.is_label
            self.done = 0 if self.again else self.done + len(lines)
        return CellPart(self.cell, self.top, bottom - self.top, lines, not whole, again)


class RowPager:
    """Spreads the rows of one table over pages.

    ``pages`` then holds what each page shows in reading order, and ``y`` is the bottom of the last row.
    """

    def __init__(self, name: str, rows: TypesetRows, tail: float, turn: Callable[[], tuple[float, float]]) -> None:
        """Make a pager for the ``rows`` of the table ``name``.

        ``tail`` points are kept free below the last row. ``turn`` begins a page and returns where its rows begin and
        must end.
        """
        self._name, self._rows, self._begin_page = name, rows, turn
        self._tail = tail
        boxes = {cell.box for cells in rows.cells for cell in cells}
        self._least = max((box.leading + 2 * box.padding for box in boxes), default=0)
        self.pages: list[list[CellPart | WholeCells]] = []
        self.y = self._top = self._bottom = 0.0
        self._open: list[_OpenCell] = []
        self._together = heights_kept_together(rows)

    def run(self) -> None:
        """Spread all rows.

        Raises:
            HeadTooTall: a page has less height for rows than a line needs.
        """
        self._turn()
        last_kept, height = self._last_rows()
        for row in range(len(self._rows.heights)):
            if any(map(self._needs_turn, [*self._together.get(row, ()), *([height] if row == last_kept else [])])):
                self._turn()
            self._put_row(row)
        for page in self.pages:
            page.sort(key=attrgetter("top", "x"))

    def _needs_turn(self, height: float) -> bool:
        """Return whether something ``height`` points high fits on a new page, but not on the rest of this one."""
        fits = height <= self._bottom - self._top + _TOLERANCE
        return fits and self._top < self.y and self.y + height > self._bottom + _TOLERANCE

    def _last_rows(self) -> tuple[int, float]:
        """Return the first of the last rows, which are kept with what follows them, and the height of all that.

        They are the last three rows that show something: a total row below a row of blanks is not left alone either.
        """
        heights, first, shown = self._rows.heights, len(self._rows.heights), 0
        while first > 0 and shown < _LAST_ROWS:
            first -= 1
            shown += any(cell.lines for cell in self._rows.cells[first])
        if sum(heights[first:]) > (self._bottom - self._top) / 4:
            first = max(len(heights) - 2, 0)
        return first, sum(heights[first:]) + self._tail

    def _put_row(self, row: int) -> None:
        """Place a row on this page, on the next one, or split over several."""
        cells = self._rows.cells[row]
        new = [] if self._rows.plain[row] else [_OpenCell(cell, self.y) for cell in cells if cell.rows > 1]
        need = self._height_needed(row, new, 0)
        if self.y + need <= self._bottom + _TOLERANCE:
            self.pages[-1] += self._whole_cells(row, need)
            self._end_row(row, need, new)
        elif self._top < self.y and not self._splits_here(need):
            self._turn()
            self._put_row(row)
        else:
            self._split_row(row)

    def _whole_cells(self, row: int, height: float) -> Iterator[WholeCells]:
        """Return the cells that cover this row alone, in stretches that no other cell interrupts."""
        cells = self._rows.cells[row]
        if self._rows.plain[row] and not self._open:
            yield WholeCells(cells, self.y, height)
            return
        stretch: list[TypesetCell] = []
        for cell in cells:
            if stretch and (cell.rows > 1 or cell.box.column != stretch[-1].box.end):
                yield WholeCells(stretch, self.y, height, stretch[0].box.x)
                stretch = []
            if cell.rows == 1:
                stretch.append(cell)
        if stretch:
            yield WholeCells(stretch, self.y, height, stretch[0].box.x)

    def _split_row(self, row: int) -> None:
        """Place a row taller than a page on this page and further ones."""
        new = [_OpenCell(cell, self.y) for cell in self._rows.cells[row]]
        used = 0.0
        while True:
            for opened in new if not used else ():
                opened.top = self.y
            need = self._height_needed(row, new, used)
            if self.y + need <= self._bottom + _TOLERANCE:
                break
            if self._top < self.y and not self._splits_here(need):
                self._turn()
                continue
            used += self._fill_page(new)
        self._end_row(row, need, new)

    def _end_row(self, row: int, need: float, new: list[_OpenCell]) -> None:
        """Move below the row and close the cells that end with it."""
        self.y += need
        self._open += new
        for opened in self._open:
            if opened.cell.last_row == row:
                self._close(opened, last=True)
        self._open = [opened for opened in self._open if opened.cell.last_row != row]

    def _height_needed(self, row: int, new: list[_OpenCell], used: float) -> float:
        """Return the height that the row still needs: its own less ``used``, and what cells ending in it lack."""
        ending = [opened for opened in (*self._open, *new) if opened.cell.last_row == row]
        lacking = (opened.top + opened.height_to_end() - self.y for opened in ending)
        return max([self._rows.heights[row] - used, 0, *lacking])

    def _splits_here(self, need: float) -> bool:
        """Return whether a row is split on this page: it is taller than a page, and a quarter of the page is free."""
        page = self._bottom - self._top
        return need > page and self._bottom - self.y > page / 4

    def _fill_page(self, new: list[_OpenCell]) -> float:
        """Fill the page with a part of the row that begins with the cells ``new``; return the height of that part."""
        height = self._bottom - self.y
        before, self._open = self._open, self._open + new
        self.y = self._bottom
        self._turn()
        self._open = before
        return height

    def _turn(self) -> None:
        """End the page, cutting the cells that continue, and begin the next one."""
        for opened in self._open:
            self._close(opened, last=False)
        self._top, self._bottom = self._begin_page()
        if self._bottom - self._top < self._least:
            raise HeadTooTall("{table}：表头太高，一页里放不下任何一行", "请缩短表头文字，或加宽窄列", table=self._name)
        self.pages.append([])
        self.y = self._top
        for opened in self._open:
            opened.top = self.y

    def _close(self, opened: _OpenCell, last: bool) -> None:
        if self.y > opened.top + _TOLERANCE:
            self.pages[-1].append(opened.close(self.y, last))
