"""Which rows of a table belong together: those that cells over several rows tie, and the row that introduces them.

A group's first row often stands by itself with the same labels (a project, and then its indicators). It goes with them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ...tables.row_bands import bands
from ..typeset.table_cells import Block, Grid


def together(grid: Grid) -> Mapping[int, tuple[float, ...]]:
    """The first rows of groups, each with the heights that should find room below each other where it begins.

    The first height is that of the whole group; an introducing row needs the row after it in any case.
    """
    found: dict[int, tuple[float, ...]] = {}
    for first, last in () if all(grid.plain) else _bands(grid.blocks):
        height = sum(grid.heights[first : last + 1])
        if last > first:
            found[first] = (height,)
        if last > first > 0 and _introduces(grid.blocks[first - 1], grid.blocks[first]):
            before = grid.heights[first - 1]
            found[first - 1] = (before + height, before + grid.heights[first])
    return found


def _bands(rows: Sequence[Sequence[Block]]) -> Iterator[tuple[int, int]]:
    """First and last row of each stretch that no cell leaves."""
    return bands(max((block.last for block in blocks), default=row) for row, blocks in enumerate(rows))


def _introduces(above: Sequence[Block], below: Sequence[Block]) -> bool:
    """Whether the labels that a row begins with are those of the group below it."""
    pairs = list(zip(above, below, strict=False))
    labels = next((n for n, (one, other) in enumerate(pairs) if not (one.lines and other.rows > 1)), len(pairs))
    return labels > 0 and all(
        one.slot.column == other.slot.column and _text(one) == _text(other) for one, other in pairs[:labels]
    )


def _text(block: Block) -> str:
    return block.lines[0].text.text if block.lines else ""
