"""What is wrong with lines that someone has set: a judge with rule tables of its own.

It knows nothing of the line breaker. Sources: GB/T 15834-2011 5.1 and 5.2 (which marks stand where on a line), W3C
*Requirements for Chinese Text Layout* 3.1.3, and for figures the form itself: a figure, its unit and the classes
（类）（款）（项） are read as one word.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

FAULTS = ("bad start", "bad end", "parted", "lone last", "not flush", "overflow", "lost text")
EM = 1000.0

NOT_FIRST = set("、，。．；：！？”’）》〉」』】〕〗］｝…—～·％‰℃%,;:!?)]}+＋/／~～&＆=＝×÷")
NOT_LAST = set("“‘（《〈「『【〔〖［｛([{")
HALF_BLANK = set("、，。．；：！？”’）》〉」』】〕〗］｝")
WHOLE = re.compile(
    r"\d{4}年度?|[-－]?\d+(?:[,.]\d+)*(?:[%％‰℃]|个百分点|百分点|[百千万亿]?(?:平方米|[元辆台套人个项名户次座所家位件]))?"
    r"|（[类款项]）|[A-Za-z]+(?:[/-][A-Za-z]+)*|——|……"
)
_MARKS = NOT_FIRST | NOT_LAST | set(" \u3000")


@dataclass(frozen=True, slots=True)
class Line:
    """A line as set: its characters, and where its ink begins and ends, in thousandths of the size (None: unknown)."""

    text: str
    left: float | None = None
    right: float | None = None


def faults(text: str, lines: Sequence[Line], measure: float, first: float) -> Iterator[tuple[str, str]]:
    """Each fault of a paragraph, as its kind and the place: what stands on both sides of it.

    ``measure`` and the indent ``first`` are thousandths of the size, as the lines' edges are.
    """
    shown = "".join(line.text for line in lines)
    if "".join(shown.split()) != "".join(text.split()):
        yield "lost text", text[:20]
        return
    inner = {at for found in WHOLE.finditer(shown) for at in range(found.start() + 1, found.end())}
    at = 0
    for n, (line, after) in enumerate(zip(lines, (*lines[1:], None), strict=True)):
        yield from _edges(line, measure, first if n == 0 else 0, last=after is None)
        if after is None:
            break
        at += len(line.text)
        yield from _break(line.text.rstrip(), after.text, at in inner)
    if len(lines) > 1 and sum(char not in _MARKS for char in lines[-1].text) < 2:
        yield "lone last", f"{lines[-2].text[-6:]}|{lines[-1].text}"


def _break(before: str, after: str, parted: bool) -> Iterator[tuple[str, str]]:
    place = f"{before[-8:]}|{after[:8]}"
    if after.lstrip()[:1] in NOT_FIRST:
        yield "bad start", place
    if before[-1:] in NOT_LAST:
        yield "bad end", place
    if parted:
        yield "parted", place


def _edges(line: Line, measure: float, left: float, last: bool) -> Iterator[tuple[str, str]]:
    """A line must begin at its indent and end at the measure; a mark's blank half may stand beyond it."""
    if line.left is None or line.right is None:
        return
    over = line.right - measure
    hang = EM / 2 if line.text.rstrip()[-1:] in HALF_BLANK else 0
    if over > hang + 1:
        yield "overflow", f"{line.text[-8:]} {over:+.0f}"
    if abs(line.left - left) > 1 or (not last and over < -1):
        yield "not flush", f"{line.text[-8:]} {over:+.0f}"


def count(found: Iterator[tuple[str, str]]) -> Counter[str]:
    """How many faults of each kind."""
    return Counter(kind for kind, _ in found)
