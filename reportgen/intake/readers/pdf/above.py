"""Which lines above a table belong to it: its title, its number, its unit, who publishes it."""

from __future__ import annotations

from collections.abc import Sequence

from ..headings import belongs_to_table, is_of_table, is_table_title
from .cell_text import PageTable
from .lines import Line

MOST_LINES = 6
FARTHEST = 70.0
"""Points between a table and a line that belongs to it, and between two such lines."""
_OFF_CENTRE = 0.12
"""The part of a table's width by which a line in its middle may be off."""


def lines_above(before: Sequence[object], table: PageTable) -> list[Line]:
    """Return the lines at the end of what stands before a table on its page that belong to it, from top to bottom."""
    found: list[Line] = []
    below = table.area.top
    for item in reversed(before):
        if not isinstance(item, Line) or len(found) == MOST_LINES or below - item.area.bottom > FARTHEST:
            break
        if not any(is_table_title(piece.text) for piece in item.pieces) and not belongs_to_table(
            item.text, _is_centred(item, table)
        ):
            break
        found.insert(0, item)
        below = item.area.top
    return found if any(is_of_table(line.text) or _has_title(line) for line in found) else []


def _has_title(line: Line) -> bool:
    return is_table_title(line.text) or any(is_table_title(piece.text) for piece in line.pieces)


def _is_centred(line: Line, table: PageTable) -> bool:
    area = table.area
    if len(line.pieces) > 1:
        return False
    off = abs(line.area.left + line.area.right - area.left - area.right)
    return off < _OFF_CENTRE * (area.right - area.left)
