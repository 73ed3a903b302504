"""Headings, paragraphs, contents and cover set in lines of type."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ....tree.nodes import Chart, Contents, Cover, Entry, Heading, Paragraph, Run, Text, plain
from ....tree.style import TextStyle
from ...punctuation import number_of
from ..tagging import Element
from .leaders import RESERVED, set_leader
from .text import Measure, TypesetLine, Typesetter
from .type_area import TypeArea


@dataclass(frozen=True, slots=True)
class TypesetBlock:
    """A block set in lines ``leading`` apart, which may continue on further pages.

    ``bookmark``: id, level and title of a heading. ``link``: the id of the block that an entry of the contents leads
    to, and the entry's text. ``page_number``: the leader dots and the number of an entry.
    """

    tag: Element
    lines: list[TypesetLine]
    leading: float
    before: float = 0
    after: float = 0
    keep_next: bool = False
    bookmark: tuple[str, int, str] | None = None
    link: tuple[str, str] | None = None
    page_number: tuple[TypesetLine, TypesetLine] | None = None

    @property
    def least_lines(self) -> int:
        """The number of its first lines that must be on one page."""
        return len(self.lines) if len(self.lines) < 4 else 2


def typeset_prose(
    block: Heading | Paragraph | Contents, area: TypeArea, typesetter: Typesetter, parent: Element
) -> list[TypesetBlock]:
    """Set a block of prose; its structure elements are added to ``parent``."""
    if isinstance(block, Contents):
        return _contents(block, area, typesetter, parent)
    if isinstance(block, Heading):
        tag = parent.add(f"H{min(block.level, 6)}", block.id)
        heading = _typeset(block.runs, f"heading{block.level}", tag, area, typesetter)
        return [replace(heading, bookmark=(block.id, block.level, plain(block.runs)))]
    is_note = block.role == "note"
    tag = parent.add("Note" if is_note else "P", block.id)
    return [_typeset(block.runs, "table-note" if is_note else block.role, tag, area, typesetter)]


def typeset_caption_line(chart: Chart, area: TypeArea, typesetter: Typesetter, parent: Element) -> TypesetBlock:
    """Set the line below a chart; ``parent`` is the element of the chart."""
    tag = parent.add("Caption", f"{chart.id}/caption")
    return _typeset(chart.caption_line, "chart-caption", tag, area, typesetter)


def typeset_cover(
    cover: Cover, area: TypeArea, typesetter: Typesetter, parent: Element
) -> list[tuple[TypesetLine, float, float, Element]]:
    """Return the lines of the cover, each with the space before it, its leading and its element."""
    lines: list[tuple[TypesetLine, float, float, Element]] = []
    for n, runs in enumerate(cover.lines, 1):
        style = typesetter.style_of("cover" if n == 1 else "cover-line")
        leading, tag = area.leading(style.leading, style.size), parent.add("P", f"{cover.id}/{n}")
        for k, line in enumerate(typesetter.balanced(runs, style, _measure(style, area), cover.id)):
            lines.append((line, 0 if k or n == 1 else style.before, leading, tag))
    return lines


def _measure(style: TextStyle, area: TypeArea, hanging: float = 0) -> Measure:
    size = area.type_size(style.size)
    return Measure(area.width, size, style.align, style.first_indent * size, style.left_indent * size, hanging)


def _typeset(runs: Sequence[Run], role: str, tag: Element, area: TypeArea, typesetter: Typesetter) -> TypesetBlock:
    style = typesetter.style_of(role)
    measure = _measure(style, area)
    lines = typesetter.lines(runs, style, measure, tag.id)
    leading = area.leading(style.leading, measure.size)
    return TypesetBlock(tag, lines, leading, style.before, style.after, style.keep_next)


def _contents(contents: Contents, area: TypeArea, typesetter: Typesetter, parent: Element) -> list[TypesetBlock]:
    toc = parent.add("TOC", contents.id)
    caption = toc.add("Caption", f"{contents.id}/title")
    title = _typeset((Text(contents.title),), "contents-title", caption, area, typesetter)
    reserved = RESERVED if contents.page_numbers else 0
    return [title, *(_entry(entry, reserved, toc, area, typesetter) for entry in contents.entries)]


def _entry(entry: Entry, reserved: float, toc: Element, area: TypeArea, typesetter: Typesetter) -> TypesetBlock:
    """Set an entry of the contents; its further lines begin below the first word after its number.

    ``reserved`` characters at the right edge are left free for leader dots and page number.
    """
    style, block_id = typesetter.style_of(f"contents{entry.level}"), toc.id
    text = plain(entry.runs)
    number = number_of(text)
    size = area.type_size(style.size)
    hanging = typesetter.natural_width((Text(number),), style, block_id) * size / 1000 if number else 2 * size
    measure = _measure(style, area, hanging)
    lines = typesetter.lines(entry.runs, style, replace(measure, width=measure.width - reserved * size), block_id)
    page_number = set_leader(lines[-1], entry.page, style, measure, typesetter) if entry.page else None
    if page_number:
        lines[-1] = replace(lines[-1], forced_break=True)
    leading = area.leading(style.leading, size)
    tag = toc.add("TOCI", f"{block_id}/{entry.key}").add("Reference").add("Link")
    link = (entry.target, text)
    return TypesetBlock(
        tag, lines, leading, style.before, style.after, style.keep_next, link=link, page_number=page_number
    )
