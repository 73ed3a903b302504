"""PDFs for tests, drawn with reportlab: ruled tables and lines of text at places that the test names."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

FONT = "GongwenSong"
WIDTH, HEIGHT = 595.0, 842.0
Draw = Callable[["Sheet"], None]


class Sheet:
    """A page; lengths are points from its top left corner."""

    def __init__(self, canvas: Canvas, height: float) -> None:
        self.canvas, self.height = canvas, height

    def text(self, x: float, y: float, text: str, size: float = 10) -> None:
        """Write ``text`` with its baseline at ``y``."""
        self.canvas.setFont(FONT, size)
        self.canvas.drawString(x, self.height - y, text)

    def centred(self, x: float, y: float, text: str, size: float = 16) -> None:
        """Write ``text`` with its middle at ``x``."""
        self.canvas.setFont(FONT, size)
        self.canvas.drawCentredString(x, self.height - y, text)

    def line(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """Draw a stroke."""
        self.canvas.line(x0, self.height - y0, x1, self.height - y1)

    def bar(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """Fill a rectangle."""
        self.canvas.rect(x0, self.height - y1, x1 - x0, y1 - y0, stroke=0, fill=1)

    def table(self, top: float, xs: Sequence[float], rows: Sequence[Sequence[str]], high: float = 20) -> float:
        """Draw a ruled table, its texts at the left of their cells, figures at the right; return its lower end."""
        bottom = top + high * len(rows)
        for x in xs:
            self.line(x, top, x, bottom)
        for number in range(len(rows) + 1):
            self.line(xs[0], top + number * high, xs[-1], top + number * high)
        for number, row in enumerate(rows):
            for at, text in enumerate(row):
                self.cell(xs[at], xs[at + 1], top + number * high + high * 0.7, text)
        return bottom

    def cell(self, left: float, right: float, y: float, text: str, size: float = 9) -> None:
        """Write the text of a cell."""
        if text.replace(",", "").replace(".", "").lstrip("-").isdigit():
            self.canvas.setFont(FONT, size)
            self.canvas.drawRightString(right - 3, self.height - y, text)
        else:
            self.text(left + 3, y, text, size)


def pdf(*pages: Draw, size: tuple[float, float] = (WIDTH, HEIGHT), rotate: int = 0) -> bytes:
    """Return a PDF whose pages the functions draw."""
    if FONT not in pdfmetrics.getRegisteredFontNames():
        path = Path(__file__).parents[2] / "fonts" / f"{FONT}.ttf"
        pdfmetrics.registerFont(TTFont(FONT, str(path)))
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=size)
    for draw in pages:
        canvas.setPageRotation(rotate)
        draw(Sheet(canvas, size[1]))
        canvas.showPage()
    canvas.save()
    return stream.getvalue()
