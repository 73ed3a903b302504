"""Headings, paragraphs, the contents and the cover: from blocks to lines on pages.

A page never ends with a heading; a paragraph never leaves its first or its last line alone (GB/T 9704 leaves
it to the typesetter, publishers' practice and W3C clreq 3.2.4 ask for it).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ....tree.nodes import Contents, Cover, Entry, Heading, Paragraph, Run, Text, plain
from ....tree.style import TextStyle
from ..tagging import Element, decoration
from ..typeset.leaders import ROOM, leader
from ..typeset.set_text import Measure, SetLine, Setter
from .sheets import Frame, Link, Mark, Sheets

_NUMBER = re.compile(r"（[^（）]{1,3}）|第?[^、（）]{1,3}[、.．]|第[^ \u3000]{1,3}部分[ \u3000]*")
_COVER_CENTRE = 0.4


@dataclass(frozen=True, slots=True)
class Piece:
    """A block set in lines ``leading`` apart, that flows over pages as a whole or in parts."""

    tag: Element
    lines: list[SetLine]
    leading: float
    before: float = 0
    after: float = 0
    keep_next: bool = False
    mark: tuple[str, int, str] | None = None
    link: tuple[str, str] | None = None
    page: tuple[SetLine, SetLine] | None = None

    @property
    def least(self) -> int:
        """How many of its lines must at least stand together at its beginning."""
        return len(self.lines) if len(self.lines) < 4 else 2


def pieces(block: Heading | Paragraph | Contents, frame: Frame, setter: Setter, into: Element) -> list[Piece]:
    """The pieces that a block of prose is set as; their elements go ``into`` the one that holds the block."""
    if isinstance(block, Contents):
        listing = into.add("TOC", block.id)
        title = _piece(
            (Text(block.title),), "contents-title", listing.add("Caption", f"{block.id}/title"), frame, setter
        )
        room = ROOM if block.page_numbers else 0
        return [title, *(_entry(entry, room, listing, frame, setter) for entry in block.entries)]
    if isinstance(block, Heading):
        tag = into.add(f"H{min(block.level, 6)}", block.id)
        piece = _piece(block.runs, f"heading{block.level}", tag, frame, setter)
        return [replace(piece, mark=(block.id, block.level, plain(block.runs)))]
    role = "table-note" if block.role == "note" else block.role
    return [_piece(block.runs, role, into.add("Note" if block.role == "note" else "P", block.id), frame, setter)]


def _measure(look: TextStyle, frame: Frame, hanging: float = 0) -> Measure:
    size = frame.size(look.size)
    return Measure(frame.width, size, look.align, look.first_indent * size, look.left_indent * size, hanging)


def _piece(runs: Sequence[Run], role: str, tag: Element, frame: Frame, setter: Setter) -> Piece:
    look = setter.role(role)
    measure = _measure(look, frame)
    lines = setter.lines(runs, look, measure, tag.id)
    return Piece(tag, lines, frame.leading(look.leading, measure.size), look.before, look.after, look.keep_next)


def _entry(entry: Entry, room: float, listing: Element, frame: Frame, setter: Setter) -> Piece:
    """A line of the contents; what does not fit goes on below the first word after its number.

    It leaves ``room`` characters at the right edge, to the page number and the dots that lead to it.
    """
    look, where = setter.role(f"contents{entry.level}"), listing.id
    text = plain(entry.runs)
    number = _NUMBER.match(text)
    size = frame.size(look.size)
    hanging = setter.natural((Text(number.group()),), look, where) * size / 1000 if number else 2 * size
    measure = _measure(look, frame, hanging)
    lines = setter.lines(entry.runs, look, replace(measure, width=measure.width - room * size), where)
    page = leader(lines[-1], entry.page, look, measure, setter) if entry.page else None
    if page:
        lines[-1] = replace(lines[-1], broken=True)
    leading = frame.leading(look.leading, size)
    tag = listing.add("TOCI", f"{where}/{entry.target}").add("Reference").add("Link")
    return Piece(tag, lines, leading, look.before, look.after, look.keep_next, None, (entry.target, text), page)


def flow(queue: Sequence[Piece], sheets: Sheets) -> None:
    """Put the pieces on the page that is open and on as many more as they need."""
    for n, piece in enumerate(queue):
        if not sheets.fresh and _height_needed(queue, n) > sheets.room + 0.01:
            sheets.turn()
        _put(piece, sheets)


def _height_needed(queue: Sequence[Piece], n: int) -> float:
    """The height that must be free for the piece ``n`` to begin: with the headings' next lines."""
    height = 0.0
    for piece in queue[n:]:
        height += piece.before + piece.leading * (len(piece.lines) if piece.keep_next else piece.least)
        if not piece.keep_next:
            break
        height += piece.after
    return height


def _put(piece: Piece, sheets: Sheets) -> None:
    sheets.y += 0 if sheets.fresh else piece.before
    if piece.mark:
        key, level, title = piece.mark
        sheets.sheet.marks.append(Mark((key,), sheets.y, level, title))
    rest = piece.lines
    while rest:
        count = _fitting(len(rest), int((sheets.room + 0.01) / piece.leading), sheets.fresh)
        for line in rest[:count]:
            _put_line(piece, line, sheets)
        rest = rest[count:]
        if rest:
            sheets.turn()
    sheets.y += piece.after


def _fitting(lines: int, room: int, fresh: bool) -> int:
    """How many of ``lines`` go on a page with room for ``room``, without a line left alone on either side."""
    if lines <= room:
        return lines
    count = min(room, lines - 2)
    if count < 2:
        return max(room, 1) if fresh else 0
    return count


def _put_line(piece: Piece, line: SetLine, sheets: Sheets) -> None:
    frame = sheets.sheet.frame
    sheets.sheet.put(frame.left, sheets.y, piece.leading, line, piece.tag)
    if piece.link:
        target, text = piece.link
        x, width = frame.left + line.x, line.width
        if piece.page and line is piece.lines[-1]:
            width = frame.width - line.x
            _put_page(piece, piece.page, sheets)
        sheets.sheet.links.append(Link(x, sheets.y, width, piece.leading, target, text, piece.tag))
    sheets.y += piece.leading


def _put_page(piece: Piece, page: tuple[SetLine, SetLine], sheets: Sheets) -> None:
    """The dots after the last line of an entry, which nobody reads out, and the number that they lead to."""
    frame = sheets.sheet.frame
    dots, number = page
    sheets.sheet.put(frame.left, sheets.y, piece.leading, dots, decoration())
    sheets.sheet.put(frame.left, sheets.y, piece.leading, number, piece.tag)


def put_cover(cover: Cover, frame: Frame, setter: Setter, sheets: Sheets, into: Element) -> None:
    """The lines of the title page, centred two fifths down the type area."""
    look = setter.role("cover")
    measure = _measure(look, frame)
    leading = frame.leading(look.leading, look.size)
    lines = []
    for n, runs in enumerate(cover.lines, 1):
        tag = into.add("P", f"{cover.id}/{n}")
        lines += [(line, tag) for line in setter.balanced(runs, look, measure, cover.id)]
    height = frame.bottom - frame.top
    sheets.y = max(frame.top, frame.top + height * _COVER_CENTRE - leading * len(lines) / 2)
    for line, tag in lines:
        sheets.sheet.put(frame.left, sheets.y, leading, line, tag)
        sheets.y += leading


def height_of(queue: Sequence[Piece]) -> float:
    """The height that the pieces take one below the other."""
    return sum(piece.before + piece.leading * len(piece.lines) + piece.after for piece in queue)
