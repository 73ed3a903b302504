"""Figures under their stable names: a defined name for each cell that holds one, hidden from Excel's name box."""

from __future__ import annotations

from collections.abc import Iterable

from openpyxl import Workbook
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.workbook.defined_name import DefinedName

from ...tree.names import FigureNames
from .paper import Named


def name_figures(workbook: Workbook, sheets: Iterable[tuple[str, Iterable[Named]]]) -> None:
    """Define the names of the figures on each sheet (its title and what its paper remembers)."""
    names = FigureNames()
    for title, figures in sheets:
        sheet = quote_sheetname(title)
        for where, figure, row, column in figures:
            name = names.name(where, figure)
            cell = f"{sheet}!${get_column_letter(column)}${row}"
            workbook.defined_names[name] = DefinedName(name, attr_text=cell, hidden=True)
