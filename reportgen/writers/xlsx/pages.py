"""The printed page of a sheet: paper, margins, page number, what is repeated and what is printed."""

from __future__ import annotations

from typing import Any

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from ...tree.style import Page, Style

_PAPERS = {(297, 420): 8, (210, 297): 9}  # millimetres, upright; numbers of ECMA-376 part 1, 18.3.1.63
_FOOTER_LIFT = 7.0  # millimetres from the type area to the page number (GB/T 9704-2012, 7.5)
_INCH = 25.4


def set_up(sheet: Any, page: Page, style: Style) -> None:
    """Print ``sheet`` on ``page``, all its columns side by side, as many pages long as it takes."""
    sheet.sheet_view.showGridLines = False
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    setup = sheet.page_setup
    setup.fitToWidth, setup.fitToHeight = 1, 0
    setup.orientation = "landscape" if page.landscape else "portrait"
    setup.paperSize = _PAPERS.get((round(min(page.width, page.height)), round(max(page.width, page.height))))
    sheet.print_options.horizontalCentered = True
    _set_margins(sheet.page_margins, page, style)
    if page.numbered:
        _number_pages(sheet.HeaderFooter, style)


def start_numbering(sheet: Any, page: Page) -> None:
    """Let the page numbers begin at ``sheet``; further sheets go on from it when all are printed together."""
    sheet.page_setup.firstPageNumber = page.first_number or 1
    sheet.page_setup.useFirstPageNumber = True


def repeat_head(sheet: Any, last: int) -> None:
    """Keep rows 1 to ``last`` in sight when the sheet is scrolled, and print them on every page."""
    sheet.freeze_panes = f"A{last + 1}"
    sheet.print_title_rows = f"1:{last}"


def print_all(sheet: Any, rows: int, columns: int) -> None:
    """Print the first ``rows`` and ``columns`` and nothing else."""
    sheet.print_area = f"A1:{get_column_letter(columns)}{rows}"


def _set_margins(margins: Any, page: Page, style: Style) -> None:
    margins.left, margins.right = page.left / _INCH, page.right / _INCH
    margins.top, margins.bottom = page.top / _INCH, page.bottom / _INCH
    margins.header = page.top / 2 / _INCH
    type_height = style.text["page-number"].size / 72 * _INCH
    margins.footer = max(page.bottom - _FOOTER_LIFT - type_height, page.bottom / 4) / _INCH


def _number_pages(footers: Any, style: Style) -> None:
    """Page numbers "— 1 —" one character from the edge, odd pages right, even pages left."""
    footers.differentOddEven = True
    footers.scaleWithDoc = False
    text = style.text["page-number"]
    for part, words in ((footers.oddFooter.right, "— &P —　"), (footers.evenFooter.left, "　— &P —")):
        part.text = words
        part.font = f"{style.faces[text.face].name},Regular"
        part.size = round(text.size)
