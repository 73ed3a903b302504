"""Check numbered items of sentences: numbers that repeat or are left out, an item twice, a 款 of another 类."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from ..budget.codes import CodeBook
from ..core.finding import Finding, Place, Severity
from ..recognise.blocks import ReadParagraph
from ..recognise.prose.read import heading_level
from ..recognise.words import plain

LONGEST = 60
"""Characters of an item that are shown."""
_ITEM = re.compile(
    r"[(]?(?P<number>[0-9]{1,2})[.、)](?P<name>(?P<class>[^0-9。,，;；()]{2,30})\(类\)(?P<section>[^。,，;；()]{2,30})\(款\)"
    r"(?:[^。,，;；]{2,40}\(项\))?)"
)
"""An item that begins a paragraph: 3.一般公共服务支出（类）财政事务（款）行政运行（项）."""


def check_items(paragraphs: Iterable[ReadParagraph], book: CodeBook) -> Iterator[Finding]:
    """Yield a warning for each item whose number, or whose name, cannot be right beside those before it.

    A list begins with number 1, or below a heading. After a number that stands twice the next may count on from either.
    """
    current = _List()
    for paragraph in paragraphs:
        text = plain(paragraph.text)
        if paragraph.in_contents:
            continue
        if match := _ITEM.match(text):
            yield from _against(current, paragraph, match)
            yield from _other_class(paragraph, match, book)
            current.add(int(match["number"]), match["name"], text)
        elif heading_level(paragraph):
            current = _List()
        else:
            current.since += text


@dataclass(slots=True)
class _List:
    """The items of a list so far: the last number, the numbers that may follow, names, the text since the last item."""

    last: int = 0
    next: tuple[int, ...] = ()
    names: set[str] = field(default_factory=set)
    since: str = ""

    def add(self, number: int, name: str, text: str) -> None:
        """Add an item, or begin the list anew with number 1."""
        names = {name} if number == 1 and self.last != 1 else self.names | {name}
        self.next = (number + 1, number + 2) if number == self.last else (number + 1,)
        self.last, self.names, self.since = number, names, text


def _against(items: _List, paragraph: ReadParagraph, match: re.Match[str]) -> Iterator[Finding]:
    """Yield what is wrong with an item beside those before it in its list."""
    number = int(match["number"])
    if not items.last or (number == 1 and items.last != 1):
        return
    if match["name"] in items.names:
        yield _finding("AU124", "这一项前面已经列过：“{name}”", paragraph, "删去重复的一项，或改正项的名称", match)
    elif number not in items.next and number == items.last:
        yield _finding("AU120", "编号 {number} 用了两次：“{name}”", paragraph, "改正编号，检查有没有漏项", match)
    elif number == items.last + 2 and number not in items.next and f"{number - 1}." not in items.since:
        message, hint = "编号从 {before} 跳到 {number}：“{name}”", "补上漏了的一项，或改正编号"
        yield _finding("AU120", message, paragraph, hint, match, before=str(items.last))


def _other_class(paragraph: ReadParagraph, match: re.Match[str], book: CodeBook) -> Iterator[Finding]:
    """Yield a finding where the code book knows the 款 of an item below other 类 only."""
    own = _codes(book, match["class"], 3)
    known = {code[:3] for code in _codes(book, match["section"], 5)}
    if own and known and own.isdisjoint(known):
        names = "、".join(book.functions[code].name for code in sorted(known) if code in book.functions)
        message = "类和款不是一个科目：“{section}”不在“{class}”，在“{right}”"
        yield _finding("AU103", message, paragraph, "改正类或款的名称", match, right=names)


def _codes(book: CodeBook, name: str, digits: int) -> set[str]:
    return {code for code, entry in book.functions.items() if len(code) == digits and plain(entry.name) == name}


def _finding(
    code: str, message: str, paragraph: ReadParagraph, hint: str, match: re.Match[str], **values: str
) -> Finding:
    where = (Place(printed=f"“{paragraph.text[:LONGEST]}”", cell=paragraph.place),)
    return Finding(code, Severity.WARNING, message, where, hint, {**match.groupdict(), **values})
