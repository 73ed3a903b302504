"""What every sheet of the workbook gets last: the colours of its checks, protection, print set-up."""

from __future__ import annotations

from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Font
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.protection import SheetProtection
from openpyxl.worksheet.worksheet import Worksheet

from . import looks


def colour_checks(worksheet: Worksheet, letter: str, first: int, last: int) -> None:
    """Show ✓ in green and ✗ in red in a column."""
    for mark, fill, colour in (("✓", looks.GOOD_FILL, looks.GREEN), ("✗", looks.BAD_FILL, looks.RED)):
        rule = FormulaRule([f'LEFT(${letter}{first},1)="{mark}"'], fill=fill, font=Font(color=colour))
        worksheet.conditional_formatting.add(f"{letter}{first}:{letter}{last}", rule)


def protect(worksheet: Worksheet) -> None:
    """Protect a sheet without a password: open cells are filled in, rows inserted, sorted, filtered, formatted."""
    allowed = ("formatCells", "formatColumns", "formatRows", "insertRows", "deleteRows", "sort", "autoFilter")
    worksheet.protection = SheetProtection(sheet=True, **dict.fromkeys(allowed, False))


def print_on_a4(worksheet: Worksheet, heads: str, area: str, pages: int = 0) -> None:
    """Set a sheet up for printing: landscape, as wide as the page, heads on every page, page numbers.

    ``pages`` is how many pages it may have, 0 for as many as it needs.
    """
    worksheet.page_setup.orientation, worksheet.page_setup.paperSize = "landscape", "9"
    worksheet.page_setup.fitToHeight = pages
    worksheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    worksheet.print_title_rows, worksheet.print_area = heads, area
    worksheet.page_margins.left = worksheet.page_margins.right = 0.4
    worksheet.page_margins.top, worksheet.page_margins.bottom = 0.6, 0.8
    worksheet.oddFooter.center.text = "&A　第 &P 页，共 &N 页"
    worksheet.sheet_view.showGridLines = False
