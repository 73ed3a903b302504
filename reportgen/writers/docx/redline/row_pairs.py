"""Which rows of two bodies can be compared row by row, and which must be replaced together.

A row inserted or deleted in the middle of merged cells is a row like any other: the merged cells continue through it.
But a row in which merged cells begin takes them with it. Then the whole *band*, all rows tied by spans, is replaced:
the old rows are deleted, the new ones inserted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass

from ....tree.grid import Placed, place
from ....tree.matching import Pair, match, row_match_key
from ....tree.nodes import Table
from ...tables.row_bands import bands

Together = Mapping[int, int]


@dataclass(frozen=True, slots=True)
class BodyRows:
    """The rows of a table's body on their grid, and each row's band: its first row and the row after its last."""

    table: Table
    grid: list[list[Placed]]
    bands: list[tuple[int, int]]

    @classmethod
    def of(cls, table: Table) -> BodyRows:
        """Return the body of ``table``."""
        return cls(table, place(table.body, len(table.columns)), list(_bands(table)))

    def cells(self, row: int) -> Iterator[Placed]:
        """Return the cells that cover a row, each once, from left to right; some begin above it."""
        column = 0
        while column < len(self.grid[row]):
            placed = self.grid[row][column]
            yield placed
            column += placed.cell.colspan

    def covered(self, row: int) -> Iterator[int]:
        """Return the rows below that cells beginning in ``row`` reach into."""
        for placed in self.cells(row):
            if placed.row == row:
                yield from range(row + 1, row + placed.cell.rowspan)


def _bands(table: Table) -> Iterator[tuple[int, int]]:
    """The band of each row."""
    for first, last in bands(
        r + max((c.rowspan for c in row.cells), default=1) - 1 for r, row in enumerate(table.body)
    ):
        yield from [(first, last + 1)] * (last + 1 - first)


def row_pairs(old: BodyRows, new: BodyRows, cut: Set[tuple[int, int]]) -> list[Pair]:
    """Return the rows of both bodies in order; ``cut``: places (row, column) where parts of cells from above begin."""
    matches = match([row_match_key(row) for row in old.table.body], [row_match_key(row) for row in new.table.body])
    together = {i: j for i, j in matches if i is not None and j is not None}
    while wrong := _wrong_bands(old, new, together, cut):
        together = {
            i: j for i, j in together.items() if (0, old.bands[i]) not in wrong and (1, new.bands[j]) not in wrong
        }
    return list(_in_order(together, len(old.grid), len(new.grid)))


def _wrong_bands(
    old: BodyRows, new: BodyRows, together: Together, cut: Set[tuple[int, int]]
) -> set[tuple[int, tuple[int, int]]]:
    """Bands (0 for an old one, 1 for a new one) whose rows cannot be compared one by one."""
    back = {j: i for i, j in together.items()}
    wrong: set[tuple[int, tuple[int, int]]] = set()
    for i, j in together.items():
        if not _alike(old, new, i, j, together):
            wrong |= {(0, old.bands[i]), (1, new.bands[j])}
    for i in range(len(old.grid)):
        if i not in together and any(row in together for row in old.covered(i)):
            wrong.add((0, old.bands[i]))
    for j in range(len(new.grid)):
        if j not in back and (any(row in back for row in new.covered(j)) or _begins_a_part(new, j, back, cut)):
            wrong.add((1, new.bands[j]))
    return wrong


def _alike(old: BodyRows, new: BodyRows, i: int, j: int, together: Together) -> bool:
    """Whether the rows are divided in the same way, and the cells that cover them from above match too."""
    before = [(cell.column, cell.cell.colspan, together.get(cell.row)) for cell in old.cells(i)]
    return before == [(cell.column, cell.cell.colspan, cell.row) for cell in new.cells(j)]


def _begins_a_part(new: BodyRows, row: int, back: Together, cut: Set[tuple[int, int]]) -> bool:
    """Whether a row that only the new table has shows text of a cell that is in both."""
    return any((row, cell.column) in cut and cell.row in back for cell in new.cells(row))


def _in_order(together: Together, old: int, new: int) -> Iterator[Pair]:
    i = j = 0
    for next_i, next_j in [*sorted(together.items()), (old, new)]:
        yield from ((k, None) for k in range(i, next_i))
        yield from ((None, k) for k in range(j, next_j))
        if next_i < old:
            yield next_i, next_j
        i, j = next_i + 1, next_j + 1
