"""The bodies of two tables compared list by list, row by row, cell by cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ..tree.matching import Known, pairs, reunited
from ..tree.nodes import Table, Text, plain
from .change import Change, Location, change
from .locations import Cells, Columns, homes, lists


def compared_bodies(old: Table | None, new: Table | None) -> Iterator[Change]:
    """Every cell that reads otherwise; of rows that come or go every cell with anything in it."""
    before = None if old is None else Cells.of(old)
    after = None if new is None else Cells.of(new)
    if before is None or after is None or _shape(before) != _shape(after):
        yield from _all(before, True)
        yield from _all(after, False)
        return
    merged = before.merged() | after.merged()
    for columns in lists(after.table, merged):
        yield from _list(before, after, columns, merged)


def _shape(cells: Cells) -> tuple[int, tuple[int, ...]]:
    return len(cells.table.columns), cells.table.panels


def _all(cells: Cells | None, gone: bool) -> Iterator[Change]:
    """Every cell of a table that stands alone."""
    if cells is not None:
        side = _Side(cells, tuple(range(len(cells.table.columns))), set())
        for row in side.rows:
            yield from _row_alone(side, row, gone)


class _Side:
    """One list of one table: its rows, and where each of its cells is compared."""

    def __init__(self, cells: Cells, columns: Columns, merged: set[int]) -> None:
        self.cells, self.columns = cells, columns
        self._over_lines = bool(merged.intersection(columns))
        self.rows = [r for r in range(len(cells.grid)) if any(self._filled(r, c) for c in columns)]
        self.homes: dict[tuple[int, int], int] = {}
        self.settle(set(range(len(cells.grid))))

    def _filled(self, row: int, column: int) -> bool:
        """Whether a line of the list has anything here; one of merged cells has it only where they begin."""
        placed = self.cells.grid[row][column]
        return bool(placed.cell.runs) and (placed.row == row or not self._over_lines)

    def settle(self, staying: set[int]) -> None:
        """Cells over several rows are compared on the first of them that stays."""
        self.homes = homes(self.cells, self.columns, staying)

    def known(self) -> list[Known]:
        """How the rows are known. Of the layout's lists side by side the last one names the rows."""
        words = [self._words(row) for row in self.rows]
        if not self.cells.table.panels or self.columns[-1] == len(self.cells.table.columns) - 1:
            return [Known(self.cells.table.body[row].id, text) for row, text in zip(self.rows, words, strict=True)]
        seen: Counter[str] = Counter()
        found = []
        for text in words:
            seen[text] += 1
            found.append(Known(f"{text}#{seen[text]}", text))
        return found

    def _words(self, row: int) -> str:
        own = [self.cells.grid[row][c].cell for c in self.columns]
        texts = [plain(tuple(r for r in cell.runs if isinstance(r, Text))) for cell in own]
        return "\t".join(texts).strip("\t")

    def here(self, row: int, column: int) -> bool:
        """Whether the cell that covers a place is compared there."""
        placed = self.cells.grid[row][column]
        return placed.column == column and self.homes[placed.row, column] == row

    def spot(self, row: int, column: int) -> Location:
        """The cell that covers a place."""
        placed = self.cells.grid[row][column]
        beside = self.cells.beside(row, self.columns)
        name, block = self.cells.name(row, column), self.cells.table.id
        return Location("cell", name, block, placed.cell.runs, beside=beside, at=(placed.row, column))


def _list(before: Cells, after: Cells, columns: Columns, merged: set[int]) -> Iterator[Change]:
    old, new = _Side(before, columns, merged), _Side(after, columns, merged)
    known = old.known(), new.known()
    found = list(reunited(steady := pairs(*known), *known))
    old.settle({old.rows[i] for i, j in found if i is not None and j is not None})
    new.settle({new.rows[j] for i, j in found if i is not None and j is not None})
    for i, j in found:
        if i is not None and j is not None:
            yield from _row(old, new, old.rows[i], new.rows[j], moved=(i, j) not in steady)
        elif i is not None:
            yield from _row_alone(old, old.rows[i], gone=True)
        elif j is not None:
            yield from _row_alone(new, new.rows[j], gone=False)


def _row(old: _Side, new: _Side, i: int, j: int, moved: bool) -> Iterator[Change]:
    """The cells of a row that both have; of a row that only moved its first words."""
    compared = [c for c in new.columns if old.here(i, c) or new.here(j, c)]
    changes = [one for c in compared for one in change(old.spot(i, c), new.spot(j, c))]
    if moved and not changes:
        first = next((c for c in compared if new.spot(j, c).text), compared[0])
        changes = list(change(old.spot(i, first), new.spot(j, first), moved=True))
    yield from changes


def _row_alone(side: _Side, row: int, gone: bool) -> Iterator[Change]:
    for column in side.columns:
        if side.here(row, column):
            spot = side.spot(row, column)
            yield from change(spot, None) if gone else change(None, spot)
