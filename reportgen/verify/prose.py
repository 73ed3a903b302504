"""Compare the paragraphs of a file and its outline with those of the document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import zip_longest

from ..core.finding import Finding
from .findings import File, folded


def compare_paragraphs(file: File, expected: Sequence[str], read: Sequence[str]) -> Iterator[Finding]:
    """Iterate over the findings of missing, changed, additional and moved paragraphs."""
    found = [folded(text) for text in read]
    if found == expected:
        return
    moved = _moved(expected, found)
    for tag, a, b, c, d in SequenceMatcher(None, expected, found, autojunk=False).get_opcodes():
        if tag != "equal":
            yield from _difference(file, a, expected[a:b], found[c:d], moved)


def _moved(expected: Sequence[str], found: Sequence[str]) -> set[str]:
    """The texts that both sides have equally often: where the diff finds one removed, it was moved."""
    expected_counts, found_counts = Counter(expected), Counter(found)
    return {text for text, count in expected_counts.items() if found_counts[text] == count}


def _difference(
    file: File, first: int, expected: Sequence[str], found: Sequence[str], moved: set[str]
) -> Iterator[Finding]:
    for n, (text, other) in enumerate(zip_longest(expected, found), first + 1):
        where = f"第{n}段"
        if text in moved or other in moved:
            message = "读回文件：段落的次序不对：这里是“{found}”，应为“{expected}”"
            yield file.finding("RB104", where, message, text or "", other or "")
        elif text is None:
            yield file.finding("RB103", where, "读回文件：多出一段“{found}”", "", other or "")
        elif other is None:
            yield file.finding("RB101", where, "读回文件：少了一段“{expected}”", text, "")
        else:
            yield file.finding("RB102", where, "读回文件：这一段是“{found}”，应为“{expected}”", text, other)


def compare_outline(file: File, expected: Sequence[str], read: Sequence[str]) -> Iterator[Finding]:
    """Compare the entries of the navigation pane one by one."""
    for n, (entry, other) in enumerate(zip_longest(expected, map(folded, read), fillvalue=""), 1):
        if entry != other:
            yield file.finding("RB113", f"导航第{n}条", "读回文件：是“{found}”，应为“{expected}”", entry, other)
