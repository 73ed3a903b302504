"""Which cells name the rows of a table, so that a reader who hears a figure can ask what it is a figure of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..tagging import head_of_row
from ..typeset.table_cells import Block


def name_rows(rows: Sequence[Sequence[Block]]) -> None:
    """Tag the cells that name the figures to their right as heads of their rows.

    It is the last word before the figures; in a table of two sides each side has its own (收入 | 数额 | 支出 | 数额).
    """
    for row in rows:
        for block in _names(row):
            head_of_row(block.tag)


def _names(row: Sequence[Block]) -> Iterator[Block]:
    name = None
    for block in row:
        if block.label:
            name = block if block.lines else name
        elif name:
            yield name
            name = None
