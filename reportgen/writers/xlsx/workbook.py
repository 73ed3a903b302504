"""The workbook part: its sheets in order and the names it defines (ECMA-376 part 1, 18.2)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...tree.figure_ids import FigureNames
from ..opc import DECLARATION, R, escaped
from .markup import MAIN, letters, quoted
from .worksheet import Worksheet

# The file has no formulas. With an older engine's number Excel would calculate all the same, and on closing offer
# to save changes.
_CALCULATED = '<calcPr calcId="191029" fullCalcOnLoad="0"/>'


def workbook(sheets: Sequence[Worksheet]) -> str:
    """Return the main part: ``sheets``, a name for each figure, the printed area and repeated rows of each sheet."""
    listed = "".join(
        f'<sheet name="{escaped(sheet.name, sheet.name)}" sheetId="{n}" r:id="rId{n}"/>'
        for n, sheet in enumerate(sheets, 1)
    )
    names = "".join([*_figures(sheets), *_continued(sheets), *_printed(sheets)])
    return (
        f'{DECLARATION}<workbook xmlns="{MAIN}" xmlns:r="{R}"><workbookPr/><bookViews><workbookView/></bookViews>'
        f"<sheets>{listed}</sheets><definedNames>{names}</definedNames>{_CALCULATED}</workbook>"
    )


def _figures(sheets: Sequence[Worksheet]) -> Iterator[str]:
    """A name for each cell that holds a figure, hidden from Excel's name box."""
    names = FigureNames()
    for sheet in sheets:
        before = escaped(quoted(sheet.name), sheet.name)
        for where, figure, row, column in sheet.figures:
            name = names.name(where, figure)
            yield f'<definedName name="{name}" hidden="1">{before}!${letters(column)}${row}</definedName>'


def _continued(sheets: Sequence[Worksheet]) -> Iterator[str]:
    """A hidden name for the cells of each sheet that only go on with a text from the page before."""
    for n, sheet in enumerate(sheets):
        before = escaped(quoted(sheet.name), sheet.name)
        areas = ",".join(f"{before}!{area}" for area in sheet.continued)
        if areas:
            yield f'<definedName name="_continued" localSheetId="{n}" hidden="1">{areas}</definedName>'


def _printed(sheets: Sequence[Worksheet]) -> Iterator[str]:
    for n, sheet in enumerate(sheets):
        before = escaped(quoted(sheet.name), sheet.name)
        for name, area in (("Print_Titles", f"$1:${sheet.head}"), ("Print_Area", f"$A$1:{sheet.corner}")):
            yield f'<definedName name="_xlnm.{name}" localSheetId="{n}">{before}!{area}</definedName>'
