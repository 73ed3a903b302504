"""Give cells their format: font, alignment, fill, border, number format, protection."""

from __future__ import annotations

from copy import copy
from typing import TypedDict, Unpack

from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection
from openpyxl.styles.cell_style import StyleArray


class MoreOfFormat(TypedDict, total=False):
    """What not every format has; a number format is General where none is given."""

    border: Border
    number_format: str
    protection: Protection


class CellFormats:
    """The formats of one workbook: each is made once and copied, as the setters of openpyxl compare whole styles.

    The styles must be the constants of ``looks``: identity distinguishes them.
    """

    def __init__(self) -> None:
        """Begin without formats."""
        self._made: dict[tuple[int | str, ...], StyleArray] = {}

    def give(
        self,
        cell: Cell,
        font: Font,
        alignment: Alignment,
        fill: PatternFill | None = None,
        **more: Unpack[MoreOfFormat],
    ) -> None:
        """Set the format of a cell that has none."""
        border, protection = more.get("border"), more.get("protection")
        number_format = more.get("number_format", "General")
        key = (id(font), id(alignment), id(fill), id(border), number_format, id(protection))
        made = self._made.get(key)
        if made is not None:
            cell._style = copy(made)
            return
        cell.font, cell.alignment, cell.number_format = font, alignment, number_format
        for name, style in (("fill", fill), ("border", border), ("protection", protection)):
            if style is not None:
                setattr(cell, name, style)
        self._made[key] = copy(cell._style)
