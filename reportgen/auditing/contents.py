"""Hold the contents of a document against its body: each line is a heading or the title of a table."""

from __future__ import annotations

import re
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
SHORTEST = 3
ALIKE = 0.6
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
