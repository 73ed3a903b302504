"""Lines of prose to paragraphs and headings, joined over lines and pages; lines of the table of contents."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ....recognise.blocks import Box, ReadParagraph
from ....recognise.words import plain
from ..headings import can_be_heading, contents_entry, heading_level, is_contents_heading
from ..places import paragraph_place
from .content import PageContent
from .lines import Line, joined

_LARGER = 1.2
"""Times the size of prose from which a line without a number is a heading."""

_UNDIVIDED = re.compile(r"[0-9A-Za-z.,%]*")
_HEADING_LINES = 2
_WIDE = 0.75
"""The part of the width of prose from which a heading goes on in the next line."""
_CONTENTS_ROOM = 8
"""So many ems may be left at the end of a line of contents that goes on: its end is further left than that of prose."""


@dataclass(slots=True)
class Margins:
    """Where full lines of prose begin and end, on pages of one width."""

    left: float
    right: float


def margins_of(pages: Sequence[PageContent]) -> dict[int, Margins]:
    """Return the margins of prose by the width of the pages."""
    found: dict[int, Margins] = {}
    for width in {round(page.width) for page in pages}:
        lines = [line for page in pages if round(page.width) == width for line in page.lines()]
        found[width] = _margins(lines, width)
    return found


def _margins(lines: Sequence[Line], width: float) -> Margins:
    long = [line for line in lines if line.area.right - line.area.left > 0.5 * width] or list(lines)
    if not long:
        return Margins(0, width)
    lefts = Counter(round(line.area.left / 3) * 3 for line in long)
    rights = Counter(round(line.area.right / 3) * 3 for line in long)
    often = [at for at, count in lefts.items() if count >= max(2, max(lefts.values()) // 4)] or list(lefts)
    far = [at for at, count in rights.items() if count >= max(2, max(rights.values()) // 5)] or list(rights)
    return Margins(min(often), max(far))


def _level(text: str, line: Line, body: float) -> int:
    """Return the level of a heading by its number, else by its size; 0 for a paragraph."""
    if level := heading_level(text):
        return level
    larger = body > 0 and line.size > body * _LARGER
    return 1 if larger and can_be_heading(text) and re.search("[\u4e00-\u9fff]", text) else 0


def body_size(lines: Iterable[Line]) -> float:
    """Return the size in which most characters of prose are set."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size * 2) / 2] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


class Paragraphs:
    """Makes paragraphs of lines; ``boxes`` has their boxes by place."""

    def __init__(self, pages: Sequence[PageContent]) -> None:
        """Learn margins and size of the document's prose."""
        self._margins = margins_of(pages)
        self._body = body_size(line for page in pages for line in page.lines())
        self._counts: Counter[int] = Counter()
        self._contents = Contents()
        self.boxes: dict[str, tuple[Box, ...]] = {}

    def of(self, lines: Sequence[tuple[PageContent, Line]]) -> list[ReadParagraph]:
        """Return the paragraphs of lines that follow each other without a table between them."""
        found: list[ReadParagraph] = []
        before: list[tuple[PageContent, Line]] = []
        for page, line in lines:
            if before and not self._goes_on(before, page, line):
                found.append(self._paragraph(before))
                before = []
            before.append((page, line))
        if before:
            found.append(self._paragraph(before))
        return found

    def _goes_on(self, before: list[tuple[PageContent, Line]], page: PageContent, line: Line) -> bool:
        """Whether a line belongs to the paragraph before it: that one was full, and this one is not indented."""
        last_page, last = before[-1]
        em, margins, other = line.size, self._margins[round(page.width)], self._margins[round(last_page.width)]
        if contents_entry(last.text) or abs(last.size - em) > 0.2 * em:
            return False
        if self._contents.open and page is last_page:
            room = other.right - last.area.right
            return (
                bool(heading_level(before[0][1].text)) and not heading_level(line.text) and room < _CONTENTS_ROOM * em
            )
        if last.size > self._body * _LARGER and not heading_level(line.text) and page is last_page:
            wide, full = last.area.right - last.area.left, other.right - other.left
            return wide > _WIDE * full and line.area.top - last.area.bottom < em
        begins = line.area.left - margins.left > 1.2 * em
        room = _room(last, line, begins) * em
        if contents_entry(line.text) or other.right - last.area.right > room:
            return False
        if page is last_page and line.area.top - last.area.bottom > 2.2 * em:
            return False
        if len(before) == 1:
            return not begins
        return not begins or abs(line.area.left - last.area.left) < 0.5 * em

    def _paragraph(self, lines: list[tuple[PageContent, Line]]) -> ReadParagraph:
        page, first = lines[0]
        text = joined(line.text for _, line in lines).strip()
        self._counts[page.number] += 1
        place = paragraph_place(page.number, self._counts[page.number])
        self.boxes[place] = tuple(Box(on.number, *(round(value, 1) for value in line.area)) for on, line in lines)
        if is_contents_heading(text):
            self._contents.begin(page.number)
            return ReadParagraph(text, place, page.number, 1)
        entry = contents_entry(text)
        if self._contents.takes(entry[0] if entry else text, page.number, bool(entry)):
            return ReadParagraph("\t".join(entry) if entry else text, place, page.number, in_contents=True)
        level = _level(text, first, self._body) if len(lines) <= _HEADING_LINES else 0
        return ReadParagraph(text, place, page.number, level)


def _room(last: Line, line: Line, begins: bool) -> float:
    """Return how many ems may be left at the end of a line that goes on in the next one.

    What does not fit and cannot be divided, such as a figure, leaves more; so does a line within a sentence.
    """
    found = _UNDIVIDED.match(line.text)
    figure = len(found[0]) if found else 0
    unfinished = not begins and last.text[-1:] not in "。；：！？"
    return max(1.6, figure * 0.6 + 1.1, 4.0 if unfinished else 0)


class Contents:
    """Knows which lines are of the table of contents: those from its heading on, up to the first that repeats one.

    A line that repeats the one just above it is a slip of the contents, and not their end.
    """

    def __init__(self) -> None:
        """Begin outside of it."""
        self.open = False
        self._page = 0
        self._entries: set[str] = set()
        self._before = ""

    def begin(self, page: int) -> None:
        """Note its heading, which may be repeated on its second page."""
        self.open, self._page = True, page

    def takes(self, text: str, page: int, has_leader: bool) -> bool:
        """Whether a line is one of it."""
        label = plain(text)
        if has_leader:
            self.begin(page)
        ended = (label in self._entries and label != self._before) or not can_be_heading(text)
        if page != self._page and not heading_level(text):
            ended = True
        if self.open and (has_leader or not ended):
            self._entries.add(label)
            self._before = label
            self._page = page
            return True
        self.open = False
        return has_leader
