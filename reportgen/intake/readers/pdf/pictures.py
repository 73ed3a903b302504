"""Pictures of pages, for people: PNG files of those that something is said about."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from io import BytesIO
from typing import Any

SCALE = 1.4
"""Pixels for each point."""
MOST_PICTURES = 60
"""More pages would make a page that no browser shows; those left out are named on it."""
LARGEST = 2500
"""Pixels of the longer side."""
_GREYS = 16
_pdfium = threading.Lock()
"""The library that draws pages may be used by one thread at a time."""


def page_pictures(payload: bytes, pages: Iterable[int]) -> dict[int, bytes]:
    """Return pages of a PDF, counted from 1, as PNG; of more than :data:`MOST_PICTURES` the first.

    Any thread may call it.
    """
    import pypdfium2

    images: dict[int, Any] = {}
    with _pdfium, pypdfium2.PdfDocument(payload) as document:
        for number in sorted(set(pages))[:MOST_PICTURES]:
            page = document[number - 1]
            scale = min(SCALE, LARGEST / max(*page.get_size(), 1))
            images[number] = page.render(scale=scale).to_pil().copy()  # the bitmap ends with its page
            page.close()
    return {number: _png(image) for number, image in images.items()}


def _png(image: Any) -> bytes:
    """Return an image as PNG: in sixteen greys, which take a tenth of the time of colours, unless it has any."""
    from PIL import Image, ImageChops

    red, green, blue = image.split()
    out = BytesIO()
    if ImageChops.difference(red, green).getbbox() or ImageChops.difference(red, blue).getbbox():
        image.convert("P").save(out, "PNG")
    else:
        greys = Image.frombytes("P", image.size, red.point([value // _GREYS for value in range(256)]).tobytes())
        greys.putpalette([value * 255 // (_GREYS - 1) for value in range(_GREYS) for _ in range(3)])
        greys.save(out, "PNG", bits=4)
    return out.getvalue()
