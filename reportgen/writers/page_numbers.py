"""The page numbers in the contents: computed once, by the layout of the PDF, and the same in all formats.

DOCX is set so that word processors break pages where the PDF does; there these numbers are cached results of fields.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ..tree.nodes import Block, Contents, Document
from ..tree.style import Style


def with_page_numbers(document: Document, style: Style) -> Document:
    """Return ``document`` with page numbers in all contents that print them; unchanged if none do.

    Raises:
        TypesettingError: the document cannot be laid out; ``writers.pdf`` names the reasons.
    """
    if not any(map(_prints_pages, document.blocks())):
        return document
    pages = page_numbers(document, style)
    return document.map_blocks(lambda block: _numbered(block, pages))


def page_numbers(document: Document, style: Style) -> Mapping[str, str]:
    """Return the printed number of the page on which each heading and table begins, by id; empty if it prints none."""
    from .pdf.pages.layout import lay_out  # imported late: only contents with page numbers need the layout
    from .pdf.typeset.text import Typesetter

    return {
        id: "" if page.number is None else str(page.number)
        for page in lay_out(document, Typesetter(style))
        for bookmark in page.bookmarks
        for id in bookmark.ids
    }


def _prints_pages(block: Block) -> bool:
    return isinstance(block, Contents) and block.page_numbers


def _numbered(block: Block, pages: Mapping[str, str]) -> Block:
    if not (isinstance(block, Contents) and block.page_numbers):
        return block
    entries = tuple(replace(entry, page=pages.get(entry.target, "")) for entry in block.entries)
    return replace(block, entries=entries)
