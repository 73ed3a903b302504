"""Cells of the form that are merged over several rows: a unit is that of each row, any other content is the first's."""

from __future__ import annotations

from ...core.finding import Severity
from ...recognise.cell_values import is_blank
from .locate import FoundSheet
from .reading import Reading


def check_merged(found: FoundSheet, reading: Reading) -> None:
    """Record each cell with content that is merged over several rows with other content, except the codes of units."""
    at = {heads[0].column: name for name, heads in found.heads.items()}
    units = {column.head for column in found.sheet.columns if column.is_unit}
    filled = {row for row, cells in found.data_rows() if any(not is_blank(cell) for cell in cells.values())}
    for top, left, bottom, _ in found.grid.merged:
        cell = found.grid.cells.get((top, left))
        name = at.get(left, "")
        if top <= found.head_row or bottom == top or cell is None or is_blank(cell) or not name or name in units:
            continue
        if any(top < row <= bottom for row in filled):
            message = "“{name}”这一格跨了 {count} 行，只算第一行的"
            hint = "取消合并，每一行都写上"
            values = {"name": name, "count": str(bottom - top + 1)}
            reading.add_finding("XL117", Severity.WARNING, message, (cell.place,), hint, values)
