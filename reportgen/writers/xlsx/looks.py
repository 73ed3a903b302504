"""The looks of cells, each made once and shared by all cells that have it."""

from __future__ import annotations

from typing import NamedTuple

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils.indexed_list import IndexedList

from ...tree.nodes import Align
from ...tree.style import Style, TextStyle

_CHINESE = 134  # GB 2312 as Windows counts; without it a machine that lacks the face takes a Latin one
_FIXED_PITCH = 3  # the family that Excel itself writes for 宋体, 黑体, 仿宋 and 楷体


class Look(NamedTuple):
    """How a cell looks: a text role of the style and what may differ between cells of the role.

    ``number`` is a number format, ``quoted`` asks for the apostrophe that keeps "=1+1" a text when a clerk
    edits the cell, ``boxed`` draws the four rules around it.
    """

    role: str
    align: Align
    top: bool = False
    indent: int = 0
    number: str = "General"
    quoted: bool = False
    boxed: bool = True


class Looks:
    """The shared looks of one workbook."""

    def __init__(self, workbook: Workbook, style: Style) -> None:
        """Take over ``workbook``: its default type becomes that of table cells."""
        self._style = style
        self._sheet = workbook.worksheets[0]
        self._numbers: dict[Look, int] = {}
        _set_default_font(workbook, self._font(style.text["table-cell"]))

    def number(self, look: Look) -> int:
        """The number that ``look`` has in the workbook's list of cell formats."""
        found = self._numbers.get(look)
        if found is None:
            found = self._numbers[look] = self._register(look)
        return found

    def _register(self, look: Look) -> int:
        cell = Cell(self._sheet, 1, 1)  # stands on no sheet; it only carries the look into the workbook
        cell.font = self._font(self._style.text[look.role])
        vertical = "top" if look.top else "center"
        cell.alignment = Alignment(look.align, vertical, wrap_text=True, indent=look.indent)
        if look.boxed:
            cell.border = _box()
        if look.role == "table-head" and self._style.table.shaded_head:
            cell.fill = PatternFill("solid", fgColor=self._style.table.shaded_head.lstrip("#"))
        cell.number_format = look.number
        cell.quotePrefix = look.quoted
        return int(cell.style_id)

    def _font(self, text: TextStyle) -> Font:
        # Built fresh: a copy of openpyxl's default keeps scheme="minor", and a theme's face would win.
        face = self._style.faces[text.face].name
        return Font(name=face, size=text.size, bold=text.bold, charset=_CHINESE, family=_FIXED_PITCH)


def _box() -> Border:
    side = Side("thin")
    return Border(left=side, right=side, top=side, bottom=side)


def _set_default_font(workbook: Workbook, font: Font) -> None:
    # Column widths count digits of font 0, which openpyxl fixes to Calibri and offers no way to change.
    workbook._fonts = IndexedList([font])
    workbook._named_styles["Normal"].font = font
