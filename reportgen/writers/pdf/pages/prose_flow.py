"""Typeset blocks of prose placed on pages one below the other.

A page never ends with a heading; a paragraph never leaves its first or its last line alone (GB/T 9704 leaves
it to the typesetter, publishers' practice and W3C clreq 3.2.4 recommend it).
"""

from __future__ import annotations

from collections.abc import Sequence

from ....tree.nodes import Cover
from ..tagging import Element, leader_dots
from ..typeset.prose import TypesetBlock, typeset_cover
from ..typeset.text import TypesetLine, Typesetter
from ..typeset.type_area import TypeArea
from .page import Bookmark, Link, Pages

_COVER_CENTRE = 0.4
"""Where the middle of the cover's lines is, as a share of the type area's height."""

_TOLERANCE = 0.01


def flow(queue: Sequence[TypesetBlock], pages: Pages) -> None:
    """Place blocks on the current page and on as many more as they need."""
    for n, block in enumerate(queue):
        if not (pages.is_blank or _can_begin(queue, n, pages.free_height + _TOLERANCE)):
            pages.turn()
        _put(block, pages)


def height_of(queue: Sequence[TypesetBlock]) -> float:
    """Return the height that blocks take one below the other."""
    return sum(block.before + block.leading * len(block.lines) + block.after for block in queue)


def put_cover(
    cover: Cover, area: TypeArea, typesetter: Typesetter, pages: Pages, parent: Element, at_top: bool
) -> None:
    """Place the lines of the cover around a point two fifths down the type area, or ``at_top`` of it."""
    lines = typeset_cover(cover, area, typesetter, parent)
    height = area.bottom - area.top
    drop = (
        0 if at_top else max(0, height * _COVER_CENTRE - sum(before + leading for _, before, leading, _ in lines) / 2)
    )
    pages.y = area.top + drop
    for line, before, leading, tag in lines:
        pages.y += before
        pages.current.put(area.left, pages.y, leading, line, tag)
        pages.y += leading


def _can_begin(queue: Sequence[TypesetBlock], n: int, free: float) -> bool:
    """Return whether block ``n`` can begin in the height ``free``; headings need the start of the next block with them.

    Of a row of headings longer than that height only the first ones are looked at.
    """
    height = 0.0
    for block in (queue[k] for k in range(n, len(queue))):
        height += block.before + block.leading * (len(block.lines) if block.keep_next else block.least_lines)
        if height > free:
            return False
        if not block.keep_next:
            break
        height += block.after
    return height <= free


def _put(block: TypesetBlock, pages: Pages) -> None:
    pages.y += 0 if pages.is_blank else block.before
    if block.bookmark:
        id, level, title = block.bookmark
        pages.current.bookmarks.append(Bookmark((id,), pages.y, level, title))
    rest = block.lines
    while rest:
        count = _lines_here(len(rest), int((pages.free_height + _TOLERANCE) / block.leading), pages.is_blank)
        for line in rest[:count]:
            _put_line(block, line, pages)
        rest = rest[count:]
        if rest:
            pages.turn()
    pages.y += block.after


def _lines_here(lines: int, free: int, is_blank: bool) -> int:
    """Return how many of ``lines`` go on a page that has space for ``free``; no line is left alone on either side."""
    if lines <= free:
        return lines
    count = min(free, lines - 2)
    if count < 2:
        return max(free, 1) if is_blank else 0
    return count


def _put_line(block: TypesetBlock, line: TypesetLine, pages: Pages) -> None:
    page, left = pages.current, pages.current.area.left
    page.put(left, pages.y, block.leading, line, block.tag)
    if block.link:
        target, text = block.link
        x, width = left + line.x, line.width
        if block.page_number and line is block.lines[-1]:
            width = page.area.width - line.x
            dots, number = block.page_number
            page.put(left, pages.y, block.leading, dots, leader_dots())
            page.put(left, pages.y, block.leading, number, block.tag)
        page.links.append(Link(x, pages.y, width, block.leading, target, text, block.tag))
    pages.y += block.leading
