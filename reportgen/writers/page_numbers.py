"""The page numbers of the contents: found once, by the layout of the PDF, and the same for all formats.

DOCX is set so that word processors break pages where the PDF does; there these numbers are cached results of fields.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ..tree.nodes import Block, Contents, Document
from ..tree.style import Style


def with_page_numbers(document: Document, style: Style) -> Document:
    """``document`` with the pages of all entries of contents that tell pages; itself where none do.

    Raises:
        TypesettingError: the document cannot be laid out; ``writers.pdf`` names the reasons.
    """
    if not any(map(_tells_pages, (block for section in document.sections for block in section.blocks))):
        return document
    pages = page_numbers(document, style)
    return replace(
        document,
        sections=tuple(
            replace(section, blocks=tuple(_numbered(block, pages) for block in section.blocks))
            for section in document.sections
        ),
    )


def page_numbers(document: Document, style: Style) -> Mapping[str, str]:
    """What the page prints on which each heading and table begins, by its id; empty where it prints no number."""
    from .pdf.pages.layout import lay_out  # only documents that tell pages need the typesetting
    from .pdf.typeset.set_text import Setter

    return {
        id: "" if sheet.number is None else str(sheet.number)
        for sheet in lay_out(document, Setter(style))
        for mark in sheet.marks
        for id in mark.ids
    }


def _tells_pages(block: Block) -> bool:
    return isinstance(block, Contents) and block.page_numbers


def _numbered(block: Block, pages: Mapping[str, str]) -> Block:
    if not (isinstance(block, Contents) and block.page_numbers):
        return block
    entries = tuple(replace(entry, page=pages.get(entry.target, "")) for entry in block.entries)
    return replace(block, entries=entries)
