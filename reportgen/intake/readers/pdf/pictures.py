"""Pictures of pages, for people: PNG files of those that something is said about."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO

SCALE = 1.4
"""Pixels for each point."""
MOST_PICTURES = 60
"""More pages would make a page that no browser shows; those left out are named on it."""
LARGEST = 2500
"""Pixels of the longer side."""


_NUMERAL = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?")


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number on a page: its text, and its box in points from the upper left corner."""

    text: str
    left: float
    top: float
    width: float
    height: float


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


def page_sizes(payload: bytes) -> list[tuple[float, float]]:
    """Return width and height of each page of a PDF, in points."""
    import pypdfium2

    with pypdfium2.PdfDocument(payload) as document:
        return [document.get_page_size(number) for number in range(len(document))]


def page_numerals(payload: bytes, page: int) -> list[Numeral]:
    """Return the numbers on a page of a PDF, counted from 1, in reading order."""
    import pypdfium2

    with pypdfium2.PdfDocument(payload) as document:
        sheet = document[page - 1]
        text, height = sheet.get_textpage(), sheet.get_height()
        found = []
        for match in _NUMERAL.finditer(text.get_text_range()):
            boxes = [text.get_charbox(n) for n in range(*match.span())]
            left, right = min(box[0] for box in boxes), max(box[2] for box in boxes)
            bottom, top = min(box[1] for box in boxes), max(box[3] for box in boxes)
            found.append(Numeral(match.group().rstrip(","), left, height - top, right - left, top - bottom))
        text.close()
        sheet.close()
        return found


def pages_of_names(payload: bytes, names: Iterable[str]) -> dict[str, int]:
    """Return the page, counted from 1, to which each of these named destinations of a PDF leads."""
    import pypdfium2
    from pypdfium2 import raw

    pages = {}
    with pypdfium2.PdfDocument(payload) as document:
        for name in names:
            destination = raw.FPDF_GetNamedDestByName(document, name.encode("ascii"))
            if destination:
                pages[name] = raw.FPDFDest_GetDestPageIndex(document, destination) + 1
    return pages
