"""The paragraphs before a table that belong to it, in files without pages: they become the first rows of its grid."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...recognise.blocks import Block, ReadParagraph
from ...recognise.grid import GridCell
from .headings import belongs_to_table, is_of_table, is_table_title

_MOST_LINES = 6
_APART = re.compile(r"\t+|[ \u3000\u00a0]{3,}|\u3000{2,}")


def take_lines_above(blocks: list[tuple[Block, bool]]) -> list[ReadParagraph]:
    """Return the paragraphs just read that belong to the table that begins, and take them from the blocks.

    With each block goes whether it stands in the middle of its line.
    """
    found: list[ReadParagraph] = []
    for block, centred in reversed(blocks[-_MOST_LINES:]):
        if not isinstance(block, ReadParagraph) or block.in_contents:
            break
        if not belongs_to_table(block.text, centred and not block.level):
            break
        found.insert(0, block)
    if not any(is_of_table(one.text) or is_table_title(one.text) for one in found):
        return []
    del blocks[len(blocks) - len(found) :]
    return found


def rows_above(above: Sequence[ReadParagraph], columns: int) -> dict[tuple[int, int], GridCell]:
    """Return the cells of these lines: the first piece of each at the left, the others at the right."""
    cells: dict[tuple[int, int], GridCell] = {}
    for number, paragraph in enumerate(above, 1):
        pieces = [piece.strip() for piece in _APART.split(paragraph.text) if piece.strip()]
        last = max(columns, len(pieces))
        for at, piece in enumerate(pieces):
            column = 1 if at == 0 else last - len(pieces) + 1 + at
            cells[number, column] = GridCell(piece, paragraph.place)
    return cells
