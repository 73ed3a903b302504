"""The paragraphs of a file, and its outline, against those of the document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import zip_longest

from ..core.finding import Finding
from .findings import File, folded


def compare_paragraphs(file: File, wanted: Sequence[str], seen: Sequence[str]) -> Iterator[Finding]:
    """What is missing, changed, one too many or out of order."""
    found = [folded(text) for text in seen]
    if found == wanted:
        return
    moved = _moved(wanted, found)
    for tag, a, b, c, d in SequenceMatcher(None, wanted, found, autojunk=False).get_opcodes():
        if tag != "equal":
            yield from _difference(file, a, wanted[a:b], found[c:d], moved)


def _moved(wanted: Sequence[str], found: Sequence[str]) -> set[str]:
    """The texts that a diff gives up in one place and meets again in another: as often here as there."""
    there, here = Counter(wanted), Counter(found)
    return {text for text, count in there.items() if here[text] == count}


def _difference(
    file: File, first: int, wanted: Sequence[str], found: Sequence[str], moved: set[str]
) -> Iterator[Finding]:
    for n, (one, other) in enumerate(zip_longest(wanted, found), first + 1):
        where = f"第{n}段"
        if one in moved or other in moved:
            message = "读回文件：段落的次序不对：这里是“{found}”，应为“{expected}”"
            yield file.finding("RB104", where, message, one or "", other or "")
        elif one is None:
            yield file.finding("RB103", where, "读回文件：多出一段“{found}”", "", other or "")
        elif other is None:
            yield file.finding("RB101", where, "读回文件：少了一段“{expected}”", one, "")
        else:
            yield file.finding("RB102", where, "读回文件：这一段是“{found}”，应为“{expected}”", one, other)


def compare_outline(file: File, wanted: Sequence[str], seen: Sequence[str]) -> Iterator[Finding]:
    """The entries of the navigation pane, one by one."""
    for n, (one, other) in enumerate(zip_longest(wanted, map(folded, seen), fillvalue=""), 1):
        if one != other:
            yield file.finding("RB113", f"导航第{n}条", "读回文件：是“{found}”，应为“{expected}”", one, other)
