"""Pictures of pages, for people: PNG files of those that something is said about."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO

SCALE = 1.4
"""Pixels for each point."""
MOST_PICTURES = 60
"""More pages would make a page that no browser shows; those left out are named on it."""
LARGEST = 2500
"""Pixels of the longer side."""


def page_pictures(payload: bytes, pages: Iterable[int]) -> dict[int, bytes]:
    """Return pages of a PDF, counted from 1, as PNG; of more than :data:`MOST_PICTURES` the first."""
    import pypdfium2

    pictures: dict[int, bytes] = {}
    with pypdfium2.PdfDocument(payload) as document:
        for number in sorted(set(pages))[:MOST_PICTURES]:
            page = document[number - 1]
            scale = min(SCALE, LARGEST / max(*page.get_size(), 1))
            out = BytesIO()
            page.render(scale=scale).to_pil().convert("P").save(out, "PNG", optimize=True)
            pictures[number] = out.getvalue()
            page.close()
    return pictures
