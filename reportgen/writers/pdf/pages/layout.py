"""The document laid out: its sections, one after the other, on pages."""

from __future__ import annotations

from collections.abc import Sequence

from ....tree.nodes import Align, Chart, Cover, Document, Section, Table, Text
from ..tagging import Element, page_number
from ..typeset.prose import TypesetBlock, typeset_prose
from ..typeset.text import Measure, Typesetter
from ..typeset.type_area import MM
from .chart_pages import ChartPages
from .page import Page, Pages
from .prose_flow import flow, height_of, put_cover
from .table_pages import TablePages

_NUMBER_BELOW = 7 * MM
"""The distance of the page number from the type area (GB/T 9704-2012, 7.5)."""

_DASH_HEIGHT = 0.35
"""The height of the dash of — 1 — above its base line, in type sizes: GB/T 9704 measures to the dash."""


def lay_out(document: Document, typesetter: Typesetter, root: Element | None = None) -> list[Page]:
    """Return all pages of ``document``; their structure elements are added to ``root``.

    Raises:
        MissingGlyph, SpanError, HeadTooTall: see :func:`reportgen.writers.pdf.write`.
    """
    pages, root = Pages(), root or Element("Document")
    for section in document.sections:
        _put_section(section, typesetter, pages, root)
    for page in pages.all:
        if page.number is not None:
            _put_number(page, page.number, typesetter)
    return pages.all


def _put_section(section: Section, typesetter: Typesetter, pages: Pages, root: Element) -> None:
    if not section.blocks:
        return
    area = pages.begin(typesetter.style.pages[section.page])
    queue: list[TypesetBlock] = []
    parent = root.add("Sect", section.id)
    only_headings = True
    for block in section.blocks:
        if isinstance(block, Table):
            table = TablePages(block, area, typesetter, pages, parent)
            if block.new_page:
                table.put(below_headings=_flow_before_table(queue, only_headings, pages))
            else:
                _flow_beside(queue, table.height, pages)
                table.put(below_headings=True)
            queue, only_headings = [], False
        elif isinstance(block, Chart):
            chart = ChartPages(block, area, typesetter, pages, parent)
            _flow_beside(queue, chart.height, pages)
            chart.put()
            queue, only_headings = [], False
        elif isinstance(block, Cover):
            put_cover(block, area, typesetter, pages, parent, at_top=len(section.blocks) > 1)
        else:
            queue += typeset_prose(block, area, typesetter, parent)
    flow(queue, pages)


def _flow_before_table(queue: Sequence[TypesetBlock], only_headings: bool, pages: Pages) -> bool:
    """Place what comes before a table, its own headings on the table's page; return whether only those are on it."""
    count = _without_headings(queue)
    flow(queue[:count], pages)
    if count:
        only_headings = False
    if queue[count:] and not only_headings:
        pages.turn()
        only_headings = True
    flow(queue[count:], pages)
    return only_headings


def _flow_beside(queue: Sequence[TypesetBlock], height: float, pages: Pages) -> None:
    """Place what comes before a table or chart of a ``height``, so that it fits below its headings."""
    count = _without_headings(queue)
    flow(queue[:count], pages)
    if not pages.is_blank and height_of(queue[count:]) + height > pages.free_height:
        pages.turn()
    flow(queue[count:], pages)


def _without_headings(queue: Sequence[TypesetBlock]) -> int:
    """Return the number of blocks before the headings at the end."""
    count = len(queue)
    while count and queue[count - 1].bookmark:
        count -= 1
    return count


def _put_number(page: Page, number: int, typesetter: Typesetter) -> None:
    """Place the number (— 1 —) below the type area, a character from its outer edge, or in the middle of it."""
    area, style = page.area, typesetter.style_of("page-number")
    align: Align = "center" if style.align == "center" else "right" if number % 2 else "left"
    measure = Measure(area.width - 2 * style.size, style.size, align)
    before, after = typesetter.style.around_page_number()
    for line in typesetter.lines((Text(f"{before}{number}{after}"),), style, measure, "page number"):
        base_line = area.bottom + _NUMBER_BELOW + style.size * _DASH_HEIGHT
        page.put_at(area.left + style.size, base_line, line, page_number())
