"""The document laid out: its sections, one after the other, on sheets."""

from __future__ import annotations

from collections.abc import Sequence

from ....tree.nodes import Cover, Document, Section, Table, Text
from ..tagging import Element, page_number
from ..typeset.set_text import Measure, Setter
from .prose import Piece, flow, pieces, put_cover
from .sheets import MM, Sheet, Sheets
from .tables import TablePages

_NUMBER_BELOW = 7 * MM
_DASH_HEIGHT = 0.35
"""How high the dash of — 1 — stands above its base line, in type sizes (GB/T 9704 measures to the dash)."""


def lay_out(document: Document, setter: Setter, top: Element | None = None) -> list[Sheet]:
    """All pages of ``document``, ready to be drawn; ``top`` gets the elements of what stands on them."""
    sheets, top = Sheets(), top or Element("Document")
    for section in document.sections:
        _put_section(section, setter, sheets, top)
    for sheet in sheets.all:
        if sheet.number is not None:
            _put_number(sheet, sheet.number, setter)
    return sheets.all


def _put_section(section: Section, setter: Setter, sheets: Sheets, top: Element) -> None:
    if not section.blocks:
        return
    frame = sheets.begin(setter.style.pages[section.page])
    queue: list[Piece] = []
    part = top.add("Sect", section.id)
    only_headings = True
    for block in section.blocks:
        if isinstance(block, Table):
            only_headings = _flow_before_table(queue, only_headings, sheets)
            TablePages(block, frame, setter, sheets, part).put(shared=only_headings)
            queue, only_headings = [], False
        elif isinstance(block, Cover):
            put_cover(block, frame, setter, sheets, part)
        else:
            queue += pieces(block, frame, setter, part)
    flow(queue, sheets)


def _flow_before_table(queue: Sequence[Piece], only_headings: bool, sheets: Sheets) -> bool:
    """Put what stands before a table, its own headings on the table's page; whether only those are there."""
    count = len(queue)
    while count and queue[count - 1].mark:
        count -= 1
    flow(queue[:count], sheets)
    if count:
        only_headings = False
    if queue[count:] and not only_headings:
        sheets.turn()
        only_headings = True
    flow(queue[count:], sheets)
    return only_headings


def _put_number(sheet: Sheet, number: int, setter: Setter) -> None:
    """— 1 —, below the type area, one character from its outer edge: right on odd pages, left on even ones."""
    frame, look = sheet.frame, setter.role("page-number")
    align = "right" if number % 2 else "left"
    measure = Measure(frame.width - 2 * look.size, look.size, align)
    for line in setter.lines((Text(f"— {number} —"),), look, measure, "page number"):
        base = frame.bottom + _NUMBER_BELOW + look.size * _DASH_HEIGHT
        sheet.put_at(frame.left + look.size, base, line, page_number())
