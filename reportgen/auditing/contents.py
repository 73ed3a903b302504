"""Hold the contents of a document against its body: each line is a heading or the title of a table."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import get_close_matches

from ..core.finding import Finding, Place, Severity
from ..recognise.blocks import ReadDocument, ReadParagraph, ReadTable
from ..recognise.words import plain
from .report import AuditFinding

LONGEST = 80
"""Characters of a heading; what is longer is a paragraph."""
FEWEST, MOST_MISSING = 5, 3
"""So many lines make contents that can be checked; if more are not met, the body has other headings altogether."""
MOST_AGREE = 4
"""So many lines have to have the right page for each that has a wrong one."""
SHORTEST = 3
ALIKE = 0.6
_PAGE = re.compile(r"(?<=\t)[^0-9]*([0-9]{1,3})[^0-9]*$")
_DIGITS = re.compile("[一二三四五六七八九十0-9]+")
_OWNER = re.compile("部门|单位|^本")
_NUMBER = re.compile(
    r"^(?:第[一二三四五六七八九十0-9]+部分|[一二三四五六七八九十]+、|\([一二三四五六七八九十0-9]+\)|[0-9]+[.、]|表[一二三四五六七八九十0-9-]+[:、.]?|附[件表][0-9:]*)"
)
_LOOSE = re.compile(r"20[0-9]{2}年度?|[\W_]|的|关于")


def check_contents(read: ReadDocument) -> Iterator[AuditFinding]:
    """Yield a finding for each line of the contents that the body does not have, where it has most of the others.

    A line that is worded a little otherwise than a heading is taken for that heading.
    """
    entries, rest = _entries(read)
    if len(entries) < FEWEST:
        return
    body = [name for text in (*rest, *_body(read)) if (name := _name(text))]
    listed = {name for _, name in entries}
    others, whole = [name for name in dict.fromkeys(body) if name not in listed], "\n".join(body)
    missing = [one for one, name in entries if not _is_in(name, whole) and not _is_like(name, others)]
    seen: dict[str, set[str]] = {}
    levels: list[str] = []
    for one, name in entries:
        style = _style(one.text)
        levels = levels[: levels.index(style) + 1] if style in levels else [*levels, style]
        for inner in [one for one in seen if one not in levels]:
            del seen[inner]
        if name in seen.setdefault(style, set()):
            yield _finding("目录里的“{line}”列了两遍", one, "改正目录里写错的一行")
        elif one in missing and len(missing) <= MOST_MISSING:
            yield _finding("目录里的“{line}”，正文没有这个标题", one, "改正目录，或补上这一部分")
        seen[style].add(name)
    yield from _pages(read, entries)


def _pages(read: ReadDocument, entries: Sequence[tuple[ReadParagraph, str]]) -> Iterator[AuditFinding]:
    """Yield a finding if a few lines have a page that is not their heading's, where all others have.

    Pages are counted from the page that is numbered 1: what the others differ by. A heading that stands twice is left
    out.
    """
    pages: dict[str, set[int]] = {}
    for page, text in _headings(read):
        pages.setdefault(_name(text), set()).add(page)
    offsets = {
        one.place: (one, int(number[1]), pages[name])
        for one, name in entries
        if (number := _PAGE.search(one.text)) and len(pages.get(name, ())) == 1
    }
    shifts = Counter(page - number for _, number, found in offsets.values() for page in found)
    shift, agreeing = shifts.most_common(1)[0] if shifts else (0, 0)
    wrong = [(one, said, page) for one, said, (page,) in offsets.values() if page - said != shift]
    if not wrong or agreeing < FEWEST or len(wrong) > MOST_MISSING or agreeing < MOST_AGREE * len(wrong):
        return
    one, said, page = wrong[0]
    message = "目录里“{line}”等 {count} 行的页码与正文不符：印的是第 {number} 页，标题在第 {page} 页"
    values = {
        "line": one.text.partition("\t")[0].strip(),
        "count": str(len(wrong)),
        "number": str(said),
        "page": str(page - shift),
    }
    where = tuple(Place(cell=line.place) for line, _, _ in wrong)
    yield AuditFinding(Finding("AU109", Severity.WARNING, message, where, "更新目录", values), "likely")


def _headings(read: ReadDocument) -> Iterator[tuple[int, str]]:
    """Yield the texts that may be headings or titles of tables, each with its page."""
    for block in read.blocks:
        if isinstance(block, ReadTable):
            top = min((row for row, _ in block.grid.cells), default=0)
            cells = (cell for (row, _), cell in block.grid.cells.items() if row <= top + 2)
            yield from ((block.page, str(cell.value)) for cell in cells if isinstance(cell.value, str))
        elif isinstance(block, ReadParagraph) and not block.in_contents and len(block.text) <= LONGEST:
            yield block.page, block.text


def _entries(read: ReadDocument) -> tuple[list[tuple[ReadParagraph, str]], list[str]]:
    """Return the lines of the contents with their names, and the lines from where the first is repeated: the body."""
    listed = [(one, name) for one in read.paragraphs() if one.in_contents and (name := _name(one.text))]
    again = [n for n, (_, name) in enumerate(listed) if n and name == listed[0][1]]
    end = again[0] if again else len(listed)
    return listed[:end], [one.text for one, _ in listed[end:]]


def _style(text: str) -> str:
    """Return how a line is numbered: its number with each digit as 0."""
    number = _NUMBER.match(plain(text))
    return _DIGITS.sub("0", number[0]) if number else ""


def _is_in(name: str, body: str) -> bool:
    return name in body or _OWNER.sub("", name) in body


def _is_like(name: str, others: Sequence[str]) -> bool:
    return bool(get_close_matches(name, others, 1, ALIKE))


def _finding(message: str, one: ReadParagraph, hint: str) -> AuditFinding:
    values = {"line": one.text.partition("\t")[0].strip()}
    return AuditFinding(Finding("AU109", Severity.WARNING, message, (Place(cell=one.place),), hint, values), "likely")


def _name(text: str) -> str:
    """Return a heading without its number, its page, its year and its marks."""
    found = plain(text.partition("\t")[0])
    while (rest := _NUMBER.sub("", found)) != found:
        found = rest
    name = _LOOSE.sub("", found)
    return name if len(name) >= SHORTEST else ""


def _body(read: ReadDocument) -> Iterator[str]:
    for block in read.blocks:
        if isinstance(block, ReadTable):
            yield from (str(cell.value) for cell in block.grid.cells.values() if isinstance(cell.value, str))
        elif isinstance(block, ReadParagraph) and not block.in_contents and len(block.text) <= LONGEST:
            yield block.text
