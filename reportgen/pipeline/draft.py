"""The pages of a document that may still have errors: for people who look at it, never to be published."""

from __future__ import annotations

from ..tree.nodes import Document
from ..tree.style import Style
from ..writers.page_numbers import with_page_numbers
from ..writers.pdf import PrintedPlaces, write_with_places


def draft_pages(document: Document, style: Style) -> tuple[bytes, PrintedPlaces]:
    """Return the pages as PDF, whatever the findings say, and where everything stands on them; they are not read back.

    Raises:
        TypesettingError: a character has no typeface, or a table does not fit its page.
    """
    return write_with_places(with_page_numbers(document, style), style)
