"""The pages of sections: size, margins and footers, set through python-docx."""

from __future__ import annotations

from collections.abc import Sequence

from docx.document import Document as WordDocument
from docx.enum.section import WD_HEADER_FOOTER_INDEX as FOOTER
from docx.enum.section import WD_ORIENT

from ...tree.style import Page, Style
from .footers import EMPTY, EVEN, ODD, RELATIONSHIPS, number_line
from .markup import mm_twips

_NUMBER_BELOW = 7.0  # mm from the type area down to the dashes of the number line, GB/T 9704-2012 §7.5
_LEAST_DISTANCE = 5.0  # mm from the edge that printers can reach
_ROOM_FOR_ENTRY = 1.0  # mm below tables, for the unseen heading above them: so they break where those of the PDF do
_HEADER = 15.0  # mm; there is no header
_EMU_PER_TWIP = 635  # python-docx counts lengths in English Metric Units


def set_pages(word: WordDocument, pages: Sequence[Page], style: Style) -> None:
    """Set page size, margins and footers of each section of ``word``; ``pages`` has one page set-up a section.

    Every section names its footers, for a missing one is inherited from the section before.
    """
    for section, element, page in zip(word.sections, word.element.sectPr_lst, pages, strict=True):
        even, odd = (EVEN, ODD) if page.numbered else (EMPTY, EMPTY)
        element.add_footerReference(FOOTER.EVEN_PAGE, RELATIONSHIPS[even])
        element.add_footerReference(FOOTER.PRIMARY, RELATIONSHIPS[odd])
        for name, millimetres in _lengths(page, style).items():
            setattr(section, name, mm_twips(millimetres) * _EMU_PER_TWIP)
        if page.landscape:
            section.orientation = WD_ORIENT.LANDSCAPE


def _lengths(page: Page, style: Style) -> dict[str, float]:
    """Property of a python-docx section → millimetres."""
    half_line = number_line(style) / 2 / 72 * 25.4
    return {
        "page_width": page.width,
        "page_height": page.height,
        "top_margin": page.top,
        "right_margin": page.right,
        "bottom_margin": page.bottom if page.lines else page.bottom - _ROOM_FOR_ENTRY,
        "left_margin": page.left,
        "header_distance": min(_HEADER, page.top),
        "footer_distance": max(_LEAST_DISTANCE, page.bottom - _NUMBER_BELOW - half_line),
        "gutter": 0,
    }
