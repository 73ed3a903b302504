"""What a document holds, page by page: lines of prose and ruled tables from top to bottom, running lines left out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from .cell_text import PageTable, split_page
from .lattice import lattices
from .lines import Line, lines_of
from .pages import Page

ZONE = 0.12
"""The part of a page's height at its top and bottom in which running lines stand."""
NUMBER_ZONE = 0.2
"""The same for page numbers, which are known by what they are."""
_PAGE_NUMBER = re.compile(
    r"[-—–―－─·.\s]*(?:第?[0-9０-９]{1,4}页?|第[0-9]{1,4}页[,，、]?共[0-9]{1,4}页|[0-9]{1,4}/[0-9]{1,4}|[ivxIVX]{1,6})[-—–―－─·.\s]*"
)
_OF_TABLES = re.compile(r"表|单位|部门[:：]")
_LEAST_REPEATS = 3


@dataclass(slots=True)
class PageContent:
    """One page: its size, and its lines and tables from top to bottom."""

    number: int
    width: float
    height: float
    items: list[Line | PageTable] = field(default_factory=list)

    def lines(self) -> Iterator[Line]:
        """Yield the lines of prose."""
        yield from (item for item in self.items if isinstance(item, Line))


def content_of(page: Page) -> PageContent:
    """Return lines and tables of a page."""
    tables, outside = split_page(page.number, page.chars, lattices(page.edges))
    items: list[Line | PageTable] = [*lines_of(outside), *tables]
    return PageContent(page.number, page.width, page.height, sorted(items, key=lambda item: item.area.top))


def remove_running_lines(pages: Sequence[PageContent]) -> None:
    """Remove page numbers, and what is printed at the same place of many pages: headers and footers."""
    repeated = _repeated(pages)
    for page in pages:
        page.items = [
            item
            for item in page.items
            if not (isinstance(item, Line) and (_is_page_number(page, item) or _key(page, item) in repeated))
        ]


def _is_page_number(page: PageContent, line: Line) -> bool:
    """Whether a line at the upper or lower end of a page is its number."""
    if not _PAGE_NUMBER.fullmatch(line.text.strip()) or not _is_outermost(page, line):
        return False
    return line.area.bottom < NUMBER_ZONE * page.height or line.area.top > (1 - NUMBER_ZONE) * page.height


def _is_outermost(page: PageContent, line: Line) -> bool:
    items = page.items
    return any(item is line for item in (*items[:2], *items[-2:]))


def _in_zone(page: PageContent, line: Line) -> str:
    if line.area.bottom < ZONE * page.height:
        return "top"
    return "bottom" if line.area.top > (1 - ZONE) * page.height else ""


def _key(page: PageContent, line: Line) -> tuple[str, str, int]:
    """Return text and place of a line, by which pages are compared; numbers count as equal."""
    zone = _in_zone(page, line)
    at = line.area.top if zone == "top" else page.height - line.area.top
    return zone, re.sub(r"[0-9]+", "#", line.text), round(at / 4)


def _repeated(pages: Sequence[PageContent]) -> set[tuple[str, str, int]]:
    found: Counter[tuple[str, str, int]] = Counter()
    for page in pages:
        found.update({_key(page, line) for line in _outer_lines(page) if not _OF_TABLES.search(line.text)})
    least = max(_LEAST_REPEATS, len(pages) // 4)
    return {key for key, count in found.items() if count >= least and key[0]}


def _outer_lines(page: PageContent) -> Iterable[Line]:
    return (item for item in (*page.items[:2], *page.items[-2:]) if isinstance(item, Line))
