"""Compare the bodies of two tables list by list, row by row, cell by cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ..tree.locations import TableCells
from ..tree.matching import MatchKey, join_moved, match
from ..tree.nodes import Table, Text, plain
from .change import Change, change_between
from .columns import Columns, column_lists, compared_rows, merged_columns
from .locations import Location


def compare_bodies(old: Table | None, new: Table | None) -> Iterator[Change]:
    """Iterate over the cells that read differently; of an added or removed row all cells that are not blank."""
    before = None if old is None else TableCells(old)
    after = None if new is None else TableCells(new)
    if before is None or after is None or _shape(before.table) != _shape(after.table):
        yield from _all_cells(before, removed=True)
        yield from _all_cells(after, removed=False)
        return
    merged = merged_columns(before) | merged_columns(after)
    for columns in column_lists(after.table, merged):
        yield from _compare_lists(_List(before, columns, merged), _List(after, columns, merged))


def _shape(table: Table) -> tuple[int, tuple[int, ...]]:
    return len(table.columns), table.panels


def _all_cells(cells: TableCells | None, removed: bool) -> Iterator[Change]:
    """Every cell of a table that only one document has."""
    if cells is not None:
        whole = _List(cells, tuple(range(len(cells.table.columns))), set())
        for row in whole.rows:
            yield from _single_row(whole, row, removed)


class _List:
    """One list of one table: its rows, and the row on which each of its cells is compared."""

    def __init__(self, cells: TableCells, columns: Columns, merged: set[int]) -> None:
        self.cells, self.columns = cells, columns
        self._has_merged_cells = bool(merged.intersection(columns))
        self.rows = [r for r in range(len(cells.grid)) if any(self._is_filled(r, c) for c in columns)]
        self._compared_rows = compared_rows(cells, columns, set(range(len(cells.grid))))

    def _is_filled(self, row: int, column: int) -> bool:
        """Whether a row of the list has anything here; a merged cell counts only where it begins."""
        placed = self.cells.grid[row][column]
        return bool(placed.cell.runs) and (placed.row == row or not self._has_merged_cells)

    def keep_rows(self, kept: set[int]) -> None:
        """Compare cells over several rows on the first of their rows that is ``kept``."""
        self._compared_rows = compared_rows(self.cells, self.columns, kept)

    def match_keys(self) -> list[MatchKey]:
        """What the rows are matched by. A table's row ids are made from the last of lists side by side."""
        words = [self._words(row) for row in self.rows]
        if not self.cells.table.panels or self.columns[-1] == len(self.cells.table.columns) - 1:
            return [MatchKey(self.cells.table.body[row].id, text) for row, text in zip(self.rows, words, strict=True)]
        counts: Counter[str] = Counter()
        keys = []
        for text in words:
            counts[text] += 1
            keys.append(MatchKey(f"{text}#{counts[text]}", text))
        return keys

    def _words(self, row: int) -> str:
        cells = [self.cells.grid[row][c].cell for c in self.columns]
        texts = [plain(tuple(run for run in cell.runs if isinstance(run, Text))) for cell in cells]
        return "\t".join(texts).strip("\t")

    def is_compared_at(self, row: int, column: int) -> bool:
        """Whether the cell that covers a place of the grid is compared there."""
        placed = self.cells.grid[row][column]
        return placed.column == column and self._compared_rows[placed.row, column] == row

    def location(self, row: int, column: int) -> Location:
        """Return the cell that covers a place of the grid."""
        line = self.cells.grid[row]
        placed, beside = line[column], tuple(run for c in self.columns for run in line[c].cell.runs)
        place, block = self.cells.place(row, column), self.cells.table.id
        return Location("cell", place, block, placed.cell.runs, beside=beside, at=(placed.row, column))


def _compare_lists(old: _List, new: _List) -> Iterator[Change]:
    keys = old.match_keys(), new.match_keys()
    pairs = match(*keys)
    joined = list(join_moved(pairs, *keys))
    old.keep_rows({old.rows[i] for i, j in joined if i is not None and j is not None})
    new.keep_rows({new.rows[j] for i, j in joined if i is not None and j is not None})
    for i, j in joined:
        if i is not None and j is not None:
            yield from _row(old, new, old.rows[i], new.rows[j], moved=(i, j) not in pairs)
        elif i is not None:
            yield from _single_row(old, old.rows[i], removed=True)
        elif j is not None:
            yield from _single_row(new, new.rows[j], removed=False)


def _row(old: _List, new: _List, i: int, j: int, moved: bool) -> Iterator[Change]:
    """The cells of a row that both lists have; of a row that only moved its first words."""
    columns = [c for c in new.columns if old.is_compared_at(i, c) or new.is_compared_at(j, c)]
    changes = [found for c in columns for found in change_between(old.location(i, c), new.location(j, c))]
    if moved and not changes:
        first = next((c for c in columns if new.location(j, c).text), columns[0])
        changes = list(change_between(old.location(i, first), new.location(j, first), moved=True))
    yield from changes


def _single_row(side: _List, row: int, removed: bool) -> Iterator[Change]:
    """The cells of a row that only one list has."""
    for column in side.columns:
        if side.is_compared_at(row, column):
            location = side.location(row, column)
            yield from change_between(location, None) if removed else change_between(None, location)
