"""The cells of a table that are headers of their rows, so that a screen reader can name the row of a figure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..tagging import make_row_header
from .table_cells import TypesetCell


def tag_row_headers(rows: Sequence[Sequence[TypesetCell]]) -> None:
    """Tag the cells that name the figures to their right as headers of their rows.

    The header is the last label before the figures; a table of two sides has one on each (收入 | 数额 | 支出 | 数额).
    """
    for row in rows:
        for cell in _headers(row):
            make_row_header(cell.tag)


def _headers(row: Sequence[TypesetCell]) -> Iterator[TypesetCell]:
    header = None
    for cell in row:
        if cell.is_label:
            header = cell if cell.lines else header
        elif header:
            yield header
            header = None
