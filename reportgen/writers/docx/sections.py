"""Sections in the body (§17.6): where they end, page numbers, columns, the document grid."""

from __future__ import annotations

from collections.abc import Sequence

from ...tree.style import Page, Style
from . import style_ids
from .markup import paragraph
from .properties import pitch


def section_markup(page: Page, style: Style) -> str:
    """Return a ``w:sectPr`` of what python-docx has no property for; :func:`.set_pages` adds the rest of ``page``."""
    start = "" if page.first_number is None else f'<w:pgNumType w:start="{page.first_number}"/>'
    return f'<w:sectPr><w:type w:val="nextPage"/>{start}<w:cols w:space="425"/>{_grid(page, style)}</w:sectPr>'


def closed(blocks: Sequence[str], section: str) -> str:
    """Return the body mark-up of a section that is not the last: its ``w:sectPr`` goes into its last paragraph.

    Where a table or the contents come last, a paragraph too small to push anything to a new page carries it.
    """
    *before, last = blocks or ("",)
    if not last.endswith("</w:p>"):
        before, last = [*before, last], paragraph(style_ids.ANCHOR, "")
    head, mark, tail = last.rpartition("</w:pPr>")
    return f"{''.join(before)}{head}{section}{mark}{tail}"


def _grid(page: Page, style: Style) -> str:
    """The document grid of the standard: GB/T 9704-2012 §5.2.3, 22 lines of 28 characters (:func:`.condensed`)."""
    if not page.lines:
        return ""
    if not page.chars:
        return f'<w:docGrid w:type="lines" w:linePitch="{pitch(page)}"/>'
    width = (page.width - page.left - page.right) / 25.4 * 72 / page.chars
    space = round((width - style.text["body"].size) * 4096)
    return f'<w:docGrid w:type="linesAndChars" w:linePitch="{pitch(page)}" w:charSpace="{space}"/>'
