"""Numbers of tables that a document leaves out: after 表5 comes 表7 (AU105)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..core.chinese_numerals import chinese_number
from ..core.finding import Finding, Place, Severity
from ..recognise.blocks import ReadDocument, ReadParagraph, ReadTable
from ..recognise.words import plain
from .report import AuditFinding

_TITLE = re.compile(
    r"^(?P<before>附?表|\(|公开|预算|)(?P<number>[0-9]{1,2}|[一二三四五六七八九十]{1,3})(?P<after>[、.:)]|表|)(?P<title>.*表(?:\([^()]*\))?)$"
)
_START = re.compile(r"^(附?表|\(|公开|预算|)([0-9]{1,2}|[一二三四五六七八九十]{1,3})([、.:)]|表|)")
_ALONE = re.compile(r"^(?P<before>附?表)(?P<number>[0-9]{1,2})(?P<after>)$")
"""A number alone, as cells have it beside their title."""
FEWEST = 5
"""So many tables of one style make a series."""
LONGEST = 60


def left_out_numbers(read: ReadDocument) -> Iterator[AuditFinding]:
    """Yield a finding for each number that a series of titles leaves out, and that no other text begins with."""
    series: dict[tuple[str, str], dict[int, tuple[str, str]]] = {}
    starts: set[tuple[str, str, int]] = set()
    for text, place in _texts(read):
        if (found := _TITLE.match(text) or _ALONE.match(text)) and len(text) <= LONGEST:
            style, number = (found["before"], found["after"]), _number(found["number"])
            series.setdefault(style, {}).setdefault(number, (text, place))
            starts.add((*style, number))
    starts |= {one for text, _ in _texts(read, contents=True) if (one := _start(text))}
    for style, titles in series.items():
        if not any(style) or len(titles) < FEWEST or min(titles) != 1:
            continue
        for number in range(1, max(titles)):
            if number not in titles and number - 1 in titles and (*style, number) not in starts:
                before, place = titles[number - 1]
                after = titles[min(one for one in titles if one > number)][0]
                values = {"before": before, "after": after}
                message, hint = "“{before}”后面是“{after}”，中间少了一张表", "补上漏了的表，或把表的编号改成连续的"
                where = (Place(printed=before, cell=place),)
                yield AuditFinding(Finding("AU105", Severity.WARNING, message, where, hint, values), "likely")


def _texts(read: ReadDocument, contents: bool = False) -> Iterator[tuple[str, str]]:
    """Yield the paragraphs and the cells, but for those of the contents, each with its place."""
    for block in read.blocks:
        if isinstance(block, ReadTable):
            cells = block.grid.cells.values()
            yield from ((plain(cell.value), cell.place) for cell in cells if isinstance(cell.value, str))
        elif isinstance(block, ReadParagraph) and (contents or not block.in_contents):
            yield plain(block.text.partition("\t")[0]), block.place


def _start(text: str) -> tuple[str, str, int] | None:
    found = _START.match(text)
    return (found[1], found[3], _number(found[2])) if found else None


def _number(text: str) -> int:
    """Return a number below 100, in digits or in Chinese."""
    return int(text) if text.isdecimal() else int(chinese_number(text) or 0)
