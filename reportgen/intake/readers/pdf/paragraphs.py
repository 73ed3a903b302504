"""Lines of prose to paragraphs and headings, joined over lines and pages; lines of the table of contents."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ....recognise.blocks import Box, ReadParagraph
from ....recognise.words import plain
from .content import PageContent
from .lines import Line, joined

LONGEST_HEADING = 45
_HEADINGS = (
    re.compile(r"第[一二三四五六七八九十0-9]{1,3}(?:部分|章|篇)"),
    re.compile(r"[一二三四五六七八九十]{1,3}[、.]"),
    re.compile(r"\([一二三四五六七八九十]{1,3}\)"),
    re.compile(r"[0-9]{1,2}[、.](?![0-9])"),
    re.compile(r"\([0-9]{1,2}\)|[①-⑳]"),
)
"""How headings begin, from the highest level; also how items of lists do."""
_LEADER = re.compile(r"^(.*?)[\s.．…·⋯‥•_-]{3,}\s*[-—]?\s*([0-9０-９ivxIVX]{1,4})\s*[-—]?$")
_CONTENTS = re.compile(r"目[录錄次]|contents", re.I)
_END = re.compile(r"[。；：，、,;:！？!?]$")


@dataclass(slots=True)
class Margins:
    """Where full lines of prose begin and end, on pages of one width."""

    left: float
    right: float


@dataclass(slots=True)
class Gathering:
    """Lines that were read since the last block, with the pages that they stand on."""

    lines: list[tuple[PageContent, Line]] = field(default_factory=list)


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


def heading_level(text: str, line: Line | None = None, body: float = 0.0) -> int:
    """Return the level of a heading by its number, else by its size or weight; 0 for a paragraph."""
    label = plain(text)
    if not label or len(label) > LONGEST_HEADING or _END.search(label):
        return 0
    for level, pattern in enumerate(_HEADINGS, 1):
        if pattern.match(label):
            return level
    larger = line is not None and body > 0 and line.size > body * 1.2
    return 1 if larger and re.search("[\u4e00-\u9fff]", label) else 0


def in_contents(text: str) -> tuple[str, str] | None:
    """Return title and page of a line of the table of contents that has leaders, or None.

    >>> in_contents("一、部门职责……………… 3")
    ('一、部门职责', '3')
    """
    found = _LEADER.match(text.strip())
    return (found[1].strip(), found[2]) if found and re.search("[\u4e00-\u9fff]", found[1]) else None


def body_size(lines: Iterable[Line]) -> float:
    """Return the size in which most characters of prose are set."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size * 2) / 2] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


@dataclass(slots=True)
class _Paragraph:
    """A paragraph while lines are added to it."""

    lines: list[tuple[PageContent, Line]]
    number: int

    @property
    def last(self) -> tuple[PageContent, Line]:
        return self.lines[-1]


class Paragraphs:
    """Makes paragraphs of lines; ``boxes`` has their boxes by place."""

    def __init__(self, pages: Sequence[PageContent]) -> None:
        """Learn margins and size of the document's prose."""
        self._margins = margins_of(pages)
        self._body = body_size(line for page in pages for line in page.lines())
        self._counts: Counter[int] = Counter()
        self._contents = 0
        self.boxes: dict[str, tuple[Box, ...]] = {}

    def of(self, lines: Sequence[tuple[PageContent, Line]]) -> list[ReadParagraph]:
        """Return the paragraphs of lines that follow each other without a table between them."""
        found: list[list[tuple[PageContent, Line]]] = []
        for page, line in lines:
            if found and self._goes_on(found[-1], page, line):
                found[-1].append((page, line))
            else:
                found.append([(page, line)])
        return [self._paragraph(one) for one in found]

    def _goes_on(self, before: list[tuple[PageContent, Line]], page: PageContent, line: Line) -> bool:
        """Whether a line belongs to the paragraph before it: that one was full, and this one is not indented."""
        last_page, last = before[-1]
        if in_contents(last.text) or in_contents(line.text) or abs(last.size - line.size) > 0.15 * line.size:
            return False
        em, margins, other = line.size, self._margins[round(page.width)], self._margins[round(last_page.width)]
        if other.right - last.area.right > 1.6 * em:
            return False
        first = before[0][1].area.left
        begins = line.area.left - margins.left > 1.2 * em
        if begins and not (len(before) > 1 and abs(line.area.left - last.area.left) < 0.5 * em):
            return False
        if len(before) == 1 and begins and abs(first - line.area.left) < 0.3 * em:
            return False
        return not (page is last_page and line.area.top - last.area.bottom > 2.2 * em)

    def _paragraph(self, lines: list[tuple[PageContent, Line]]) -> ReadParagraph:
        page, first = lines[0]
        text = joined(line.text for _, line in lines)
        self._counts[page.number] += 1
        place = f"第 {page.number} 页第 {self._counts[page.number]} 段"
        self.boxes[place] = tuple(Box(on.number, *(round(value, 1) for value in line.area)) for on, line in lines)
        if _CONTENTS.fullmatch(plain(text)):
            self._contents = page.number
            return ReadParagraph(text.strip(), place, page.number, 1)
        entry = in_contents(text)
        if entry:
            self._contents = page.number
            return ReadParagraph("\t".join(entry), place, page.number, in_contents=True)
        level = heading_level(text, first, self._body) if len(lines) <= 2 else 0
        if self._contents == page.number and len(plain(text)) <= LONGEST_HEADING and not _END.search(text.strip()):
            return ReadParagraph(text.strip(), place, page.number, in_contents=True)
        return ReadParagraph(text.strip(), place, page.number, level)
