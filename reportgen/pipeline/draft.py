"""The pages of a document that may still have errors: for people who look at it, never to be published."""

from __future__ import annotations

from ..writers.pdf import PrintedPlaces, write_with_places
from .in_memory import with_contents
from .report import Prepared


def draft_pages(prepared: Prepared) -> tuple[bytes, PrintedPlaces]:
    """Return the pages as PDF, whatever the findings say, and where everything stands on them; they are not read back.

    Raises:
        TypesettingError: a character has no typeface, or a table does not fit its page.
    """
    return write_with_places(with_contents(prepared).document, prepared.layout.style)
