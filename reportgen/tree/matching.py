"""Which block, row or entry of an old document is which of a new one.

A thing is known by its id and by its words. Ids made from data (2080101, 三公/接待) hold on when something is put
before them, ids made from a position (职能/3) do not, and words change when somebody is renamed. So what agrees in
both is paired first, then, between those, what has the same words, then what has the same id, then what reads alike.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import pairwise

from .nodes import Block, Figure, Heading, Paragraph, Row, Run, Table, plain

Pair = tuple[int | None, int | None]
"""A place in the old list and one in the new list; None where there is none."""

_ALIKE = 0.6
_COMPARED = 200  # characters of two texts that are looked at to see whether they read alike
_MOST = 2500  # pairs of a gap that are looked at


@dataclass(frozen=True, slots=True)
class Known:
    """By what a thing is known: its id, its words without numbers and figures; things of two kinds are never paired."""

    id: str
    words: str
    kind: str = ""


def pairs(old: Sequence[Known], new: Sequence[Known]) -> list[Pair]:
    """All things of both lists, each once, in order; what is gone stands before what came in its place."""
    found = list(_paired(old, new, (0, len(old)), (0, len(new)), _KEYS))
    ends = [(-1, -1), *found, (len(old), len(new))]
    result: list[Pair] = []
    for (i, j), (next_i, next_j) in pairwise(ends):
        result += [(k, None) for k in range(i + 1, next_i)] + [(None, k) for k in range(j + 1, next_j)]
        if next_i < len(old):
            result.append((next_i, next_j))
    return result


def reunited(found: Sequence[Pair], old: Sequence[Known], new: Sequence[Known]) -> Iterator[Pair]:
    """The pairs, and what only changed its place put together again: it has its words, and words it must have."""
    gone: dict[tuple[str, str], list[int]] = {}
    for i, j in found:
        if j is None and i is not None and old[i].words:
            gone.setdefault((old[i].kind, old[i].words), []).append(i)
    home: dict[int, int] = {}
    for i, j in found:
        if i is None and j is not None and (waiting := gone.get((new[j].kind, new[j].words))):
            home[j] = waiting.pop(0)
    away = set(home.values())
    for i, j in found:
        if i is None and j is not None:
            yield home.get(j), j
        elif j is not None or i not in away:
            yield i, j


def known_block(block: Block) -> Known:
    """How a block is known."""
    kind = type(block).__name__
    if isinstance(block, Heading):
        return Known(block.id, _words(block.runs[1:]), f"{kind}{block.level}")
    if isinstance(block, Paragraph):
        numbered = block.role == "item"
        return Known(block.id, _words(block.runs[numbered:]), kind)
    return Known(block.id, _words(block.title) if isinstance(block, Table) else "", kind)


def known_row(row: Row) -> Known:
    """How a row is known: its names and codes."""
    return Known(row.id, "\t".join(_words(cell.runs) for cell in row.cells).strip("\t"))


def _words(runs: Sequence[Run]) -> str:
    return plain(tuple(run for run in runs if not isinstance(run, Figure)))


_Key = Callable[[Known], str]
_KEYS: tuple[_Key, ...] = (
    lambda known: f"{known.kind}\0{known.id}\0{known.words}" if known.words else "",
    lambda known: f"{known.kind}\0{known.words}" if known.words else "",
    lambda known: f"{known.kind}\0{known.id}" if known.id else "",
)


def _paired(
    old: Sequence[Known], new: Sequence[Known], a: tuple[int, int], b: tuple[int, int], keys: Sequence[_Key]
) -> Iterator[tuple[int, int]]:
    """The pairs between the bounds ``a`` of the old list and ``b`` of the new one, in order."""
    if a[0] == a[1] or b[0] == b[1]:
        return
    if not keys:
        yield from _alike(old, new, a, b)
        return
    fixed = rising(_unique(old, new, a, b, keys[0]))
    ends = [(a[0] - 1, b[0] - 1), *fixed, (a[1], b[1])]
    for (i, j), (next_i, next_j) in pairwise(ends):
        yield from _paired(old, new, (i + 1, next_i), (j + 1, next_j), keys[1:])
        if next_i < a[1]:
            yield next_i, next_j


def _unique(
    old: Sequence[Known], new: Sequence[Known], a: tuple[int, int], b: tuple[int, int], key: _Key
) -> list[tuple[int, int]]:
    """Pairs of one key that stands once in each list, and those at both ends that agree anyway."""
    before, after = [key(one) for one in old[a[0] : a[1]]], [key(one) for one in new[b[0] : b[1]]]
    times, times_after = Counter(before), Counter(after)
    where = {one: n for n, one in enumerate(after)}
    found = {n: where[one] for n, one in enumerate(before) if one and times[one] == times_after[one] == 1}
    for n, (one, other) in enumerate(zip(before, after, strict=False)):
        if not one or one != other:
            break
        found[n] = n
    return [(a[0] + n, b[0] + found[n]) for n in sorted(found)]


def rising(found: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """As many of the pairs as keep their order in both lists (the longest rising subsequence)."""
    tails: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for n, (_, j) in enumerate(found):
        at = bisect_left(tails, j)
        before.append(last[at - 1] if at else -1)
        tails[at : at + 1], last[at : at + 1] = [j], [n]
    n, kept = (last[-1] if last else -1), []
    while n >= 0:
        kept.append(found[n])
        n = before[n]
    return kept[::-1]


def _alike(
    old: Sequence[Known], new: Sequence[Known], a: tuple[int, int], b: tuple[int, int]
) -> Iterator[tuple[int, int]]:
    if (a[1] - a[0]) * (b[1] - b[0]) > _MOST:
        return
    free = b[0]
    for i in range(*a):
        for j in range(free, b[1]):
            if _read_alike(old[i], new[j]):
                yield i, j
                free = j + 1
                break


def _read_alike(one: Known, other: Known) -> bool:
    if one.kind != other.kind or not (one.words and other.words):
        return one == replace(other, id=one.id)  # nothing but figures, in the same place between what is paired
    matcher = SequenceMatcher(None, one.words[:_COMPARED], other.words[:_COMPARED], autojunk=False)
    return matcher.quick_ratio() >= _ALIKE and matcher.ratio() >= _ALIKE
