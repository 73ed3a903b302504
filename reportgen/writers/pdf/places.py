"""Where blocks, cells and figures stand on the pages: what a viewer frames on a page's picture."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ...tree.figure_ids import figures_in_text
from ...tree.nodes import Document, Figure
from .pages.page import Page, PlacedLine
from .tagging import Element
from .typeset.line_breaking import EM
from .typeset.type_area import MM

_ABOVE, _BELOW = 0.86, 0.14
"""How far type reaches above and below its base line, in type sizes."""


@dataclass(frozen=True, slots=True)
class PrintedBox:
    """A rectangle on a page, counted from 1; the lengths are points from the upper left corner of the page."""

    page: int
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class PrintedFigure:
    """A printed figure: its name, its numeral, and the box of the numeral."""

    name: str
    text: str
    box: PrintedBox


@dataclass(frozen=True, slots=True)
class PrintedPlaces:
    """Width and height of each page in points; boxes by the id of block, cell or line; figures by name, in order.

    A block that goes on over pages has a box on each.
    """

    sizes: tuple[tuple[float, float], ...]
    blocks: Mapping[str, tuple[PrintedBox, ...]]
    figures: Mapping[str, PrintedFigure]


def places_of(document: Document, pages: Sequence[Page]) -> PrintedPlaces:
    """Return where everything of ``document`` stands, which is laid out on ``pages``."""
    lines = _lines_by_id(pages)
    sizes = tuple((page.area.setup.width * MM, page.area.setup.height * MM) for page in pages)
    blocks = {id: tuple(_block_boxes(placed)) for id, placed in lines.items()}
    return PrintedPlaces(sizes, blocks, {one.name: one for one in _figures(document, lines)})


def _lines_by_id(pages: Sequence[Page]) -> dict[str, list[tuple[int, PlacedLine]]]:
    """The lines of each element, in order, each with its page; what a page repeats has no element."""
    lines: dict[str, list[tuple[int, PlacedLine]]] = {}
    for number, page in enumerate(pages, 1):
        for placed in page.lines:
            if isinstance(placed.tag, Element) and placed.tag.id:
                lines.setdefault(placed.tag.id, []).append((number, placed))
    return lines


def _block_boxes(lines: Sequence[tuple[int, PlacedLine]]) -> Iterator[PrintedBox]:
    for page in dict.fromkeys(page for page, _ in lines):
        boxes = [_box(page, placed, 0, placed.line.width) for number, placed in lines if number == page]
        yield PrintedBox(
            page, min(box.left for box in boxes), min(box.top for box in boxes),
            max(box.right for box in boxes), max(box.bottom for box in boxes),
        )  # fmt: skip


def _figures(document: Document, lines: Mapping[str, list[tuple[int, PlacedLine]]]) -> Iterator[PrintedFigure]:
    for id, figure, name, before in figures_in_text(document):
        for page, placed in lines.get(id, ()):
            if (start := _start(placed, figure, before)) is not None:
                yield PrintedFigure(name, figure.text, _box(page, placed, *_ends(placed, start, len(figure.text))))
                break
            if placed.line.forced_break:  # what follows is a text of its own
                before -= len(placed.line.text.text) + 1


def _start(placed: PlacedLine, figure: Figure, before: int) -> int | None:
    """Return where a numeral begins in the text of a line, after ``before`` characters or, below a label, later."""
    line = placed.line.line
    start = placed.line.text.text.find(figure.text, max(0, before))
    return start if line.start <= start < line.ink else None


def _ends(placed: PlacedLine, start: int, length: int) -> tuple[float, float]:
    """Return the left and the right end of some characters, in points from where the line begins."""
    line, text = placed.line.line, placed.line.text
    advances = [width + line.spread for width in text.widths[line.start : line.ink]]
    for index, more in line.kerns:
        if line.start <= index < line.ink:
            advances[index - line.start] += more
    scale, first, last = placed.line.size / EM, start - line.start, start + length - 1
    right = sum(advances[: last - line.start]) + text.widths[last]  # without the gap before what follows
    return sum(advances[:first]) * scale, right * scale


def _box(page: int, placed: PlacedLine, left: float, right: float) -> PrintedBox:
    """The box of a part of a line, whose ends are points from where the line begins."""
    x, size = placed.x + placed.line.x, placed.line.size
    return PrintedBox(page, x + left, placed.y - _ABOVE * size, x + right, placed.y + _BELOW * size)
