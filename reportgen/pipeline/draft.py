"""The pages of a document that may still have errors: for people who look at it, never to be published."""

from __future__ import annotations

from ..writers import writer
from .in_memory import with_contents
from .report import Prepared


def draft_pages(prepared: Prepared) -> bytes:
    """Return the pages as PDF, whatever the findings say; they are not read back.

    Raises:
        TypesettingError: a character has no typeface, or a table does not fit its page.
    """
    return writer("pdf").write(with_contents(prepared).document, prepared.layout.style)
