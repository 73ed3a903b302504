"""Which rows of a table are kept on one page: those that cells over several rows tie, and the row that introduces them.

The row above a group often has the same labels (a project, and then its indicators). It is kept with the group.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ...tables.row_bands import bands
from ..typeset.table_cells import TypesetCell, TypesetRows


def heights_kept_together(rows: TypesetRows) -> Mapping[int, tuple[float, ...]]:
    """Return, by the first row of each group, the heights that should be free on the page where the group begins.

    The first height is that of the whole group; an introducing row needs the row after it in any case.
    """
    heights: dict[int, tuple[float, ...]] = {}
    for first, last in () if all(rows.plain) else _bands(rows.cells):
        height = sum(rows.heights[first : last + 1])
        if last > first:
            heights[first] = (height,)
        if last > first > 0 and _introduces(rows.cells[first - 1], rows.cells[first]):
            before = rows.heights[first - 1]
            heights[first - 1] = (before + height, before + rows.heights[first])
    return heights


def _bands(rows: Sequence[Sequence[TypesetCell]]) -> Iterator[tuple[int, int]]:
    """Return first and last row of each stretch that no cell leaves."""
    return bands(max((cell.last_row for cell in cells), default=row) for row, cells in enumerate(rows))


def _introduces(above: Sequence[TypesetCell], below: Sequence[TypesetCell]) -> bool:
    """Return whether the labels that a row begins with are those of the group below it."""
    pairs = list(zip(above, below, strict=False))
    labels = next((n for n, (upper, lower) in enumerate(pairs) if not (upper.lines and lower.rows > 1)), len(pairs))
    return labels > 0 and all(
        upper.box.column == lower.box.column and _text(upper) == _text(lower) for upper, lower in pairs[:labels]
    )


def _text(cell: TypesetCell) -> str:
    return cell.lines[0].text.text if cell.lines else ""
