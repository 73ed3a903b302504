"""Read the paragraphs of a document into statements: headings give the section and the topic of what is below them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from ..blocks import ReadParagraph
from .figures import as_written, compact, exact_zero, sharpened, two_decimals
from .paragraph import ParagraphReader
from .statement import Base, Change, Printed, Prose, Statement, Subject, Untied
from .subjects import subject_of

_NUMBERINGS = (
    re.compile(r"第[一二三四五六七八九十0-9]{1,3}(?:部分|章|节)"),
    re.compile(r"[一二三四五六七八九十]{1,3}[、.．]"),
    re.compile(r"[(（][一二三四五六七八九十]{1,3}[)）]"),
    re.compile(r"[0-9]{1,2}[.．、](?![0-9])"),
    re.compile(r"[(（][0-9]{1,2}[)）]"),
)
"""How headings are numbered, from the highest level."""
LONGEST_HEADING = 60
Exact = Callable[[Printed], Printed]
"""Returns an amount as exact as its document prints amounts."""


@dataclass(frozen=True, slots=True)
class Section:
    """The headings above a paragraph, each with its level."""

    headings: tuple[tuple[int, str], ...] = ()

    def below(self, level: int, title: str) -> Section:
        """Return the section of what follows a heading."""
        return Section((*(one for one in self.headings if one[0] < level), (level, title)))

    @property
    def titles(self) -> tuple[str, ...]:
        """The titles, from the highest."""
        return tuple(title for _, title in self.headings)


def statements(paragraphs: Iterable[ReadParagraph], year: int) -> list[Statement]:
    """Return what the paragraphs of a document of ``year`` say; the parts of a list are below their whole."""
    return list(read_prose(paragraphs, year).statements)


def read_prose(paragraphs: Iterable[ReadParagraph], year: int) -> Prose:
    """Return the statements of the paragraphs, and which figures were not understood.

    Lines of the contents are left out. Amounts are in 元.
    """
    found: list[Statement] = []
    untied: list[Untied] = []
    figures = 0
    for paragraph, section in in_sections(paragraphs):
        reading = ParagraphReader(paragraph.text, year, _topic(section, year)).read()
        figures += reading.figures
        found += (
            one.finished(paragraph.place, paragraph.page, section.titles, paragraph.text) for one in reading.drafts
        )
        untied += (Untied(one.text, paragraph.place, one.start, one.end) for one in reading.untied)
    if as_written(_amounts(found)):
        found = [_sharper(one, sharpened) for one in found]
    elif two_decimals(_amounts(found)):
        found = [_sharper(one, exact_zero) for one in found]
    return Prose(tuple(found), figures, tuple(untied))


def in_sections(paragraphs: Iterable[ReadParagraph]) -> Iterator[tuple[ReadParagraph, Section]]:
    """Yield each paragraph that is no heading, with the headings above it."""
    section = Section()
    for paragraph in paragraphs:
        if paragraph.in_contents:
            continue
        if level := heading_level(paragraph):
            section = section.below(level, paragraph.text.strip())
        yield paragraph, section


def heading_level(paragraph: ReadParagraph) -> int:
    """Return the level of a heading by its number, else as the reader gives it; 0 for a paragraph."""
    text = paragraph.text.strip()
    if not text or len(text) > LONGEST_HEADING or text[-1] in "。；，、:：;,":
        return 0
    for level, numbering in enumerate(_NUMBERINGS, 1):
        if numbering.match(text):
            return level
    return min(paragraph.level, 2)


def _topic(section: Section, year: int) -> Subject | None:
    """Return the subject that the nearest heading names."""
    for _, title in reversed(section.headings[-2:]):
        text = re.sub(r"(?:情况|预算|的|说明|安排|总体|支出情况)+$", "", compact(title).text)
        if (subject := subject_of(text, year)) and subject.key:
            return subject
    return None


def _amounts(found: Sequence[Statement]) -> Iterator[Printed]:
    for statement in found:
        for one in statement.all():
            if one.amount is not None:
                yield one.amount
            if one.change is not None and one.change.amount is not None:
                yield one.change.amount


def _sharper(statement: Statement, exact: Exact) -> Statement:
    """Return the statement with its amounts as exact as the document prints them."""
    return replace(
        statement,
        amount=statement.amount and exact(statement.amount),
        change=statement.change and _sharper_change(statement.change, exact),
        bases=tuple(_sharper_base(base, exact) for base in statement.bases),
        parts=tuple(_sharper(part, exact) for part in statement.parts),
    )


def _sharper_change(change: Change, exact: Exact) -> Change:
    return replace(
        change, amount=change.amount and exact(change.amount), base=change.base and _sharper_base(change.base, exact)
    )


def _sharper_base(base: Base, exact: Exact) -> Base:
    return replace(base, amount=base.amount and exact(base.amount))
