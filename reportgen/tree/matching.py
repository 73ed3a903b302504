"""Match the blocks, rows or entries of an old document with those of a new one.

An item is matched by its id and by its words. Ids made from data (2080101, 三公/接待) stay the same when something is
inserted before them, ids made from a position (职能/3) do not, and words change when something is renamed. So first
items that agree in both are paired; between those, items with the same words, then those with the same id, then those
with similar words.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import pairwise

from .nodes import Block, Chart, Figure, Heading, Paragraph, Row, Run, Table, plain

Pair = tuple[int | None, int | None]
"""A position in the old list and one in the new list; None where the item is in one list only."""

_SIMILAR = 0.6  # ratio of SequenceMatcher from which two texts are taken for versions of one another
_MOST_CHARACTERS = 200  # of a text that are compared
_MOST_PAIRS = 2500  # of a gap whose similarity is measured


@dataclass(frozen=True, slots=True)
class MatchKey:
    """What an item is matched by: its id and its words without numbers and figures. Kinds never mix."""

    id: str
    words: str
    kind: str = ""


def match(old: Sequence[MatchKey], new: Sequence[MatchKey]) -> list[Pair]:
    """Return all items of both lists, each once, in order; a removed item comes before what replaced it."""
    matched = list(_matched(old, new, (0, len(old)), (0, len(new)), _KEYS))
    ends = [(-1, -1), *matched, (len(old), len(new))]
    pairs: list[Pair] = []
    for (i, j), (next_i, next_j) in pairwise(ends):
        pairs += [(k, None) for k in range(i + 1, next_i)] + [(None, k) for k in range(j + 1, next_j)]
        if next_i < len(old):
            pairs.append((next_i, next_j))
    return pairs


def join_moved(pairs: Sequence[Pair], old: Sequence[MatchKey], new: Sequence[MatchKey]) -> Iterator[Pair]:
    """Iterate over the pairs of :func:`match`, a removed and an added item with the same words as one pair."""
    removed: dict[tuple[str, str], list[int]] = {}
    for i, j in pairs:
        if j is None and i is not None and old[i].words:
            removed.setdefault((old[i].kind, old[i].words), []).append(i)
    origin: dict[int, int] = {}
    for i, j in pairs:
        if i is None and j is not None and (candidates := removed.get((new[j].kind, new[j].words))):
            origin[j] = candidates.pop(0)
    moved = set(origin.values())
    for i, j in pairs:
        if i is None and j is not None:
            yield origin.get(j), j
        elif j is not None or i not in moved:
            yield i, j


def block_match_key(block: Block) -> MatchKey:
    """Return what a block is matched by."""
    kind = type(block).__name__
    if isinstance(block, Heading):
        return MatchKey(block.id, _words(block.runs[1:]), f"{kind}{block.level}")
    if isinstance(block, Paragraph):
        numbered = block.role == "item"
        return MatchKey(block.id, _words(block.runs[numbered:]), kind)
    if isinstance(block, Chart):
        return MatchKey(block.id, _words(block.caption), kind)
    return MatchKey(block.id, _words(block.title) if isinstance(block, Table) else "", kind)


def row_match_key(row: Row) -> MatchKey:
    """Return what a table's row is matched by: its id, its names and codes."""
    return MatchKey(row.id, "\t".join(_words(cell.runs) for cell in row.cells).strip("\t"))


def longest_rising_sequence(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return as many of the pairs, which are sorted by their first number, as also rise in their second."""
    last_values: list[int] = []  # of the best sequence of each length
    last_pairs: list[int] = []
    previous: list[int] = []
    for n, (_, j) in enumerate(pairs):
        length = bisect_left(last_values, j)
        previous.append(last_pairs[length - 1] if length else -1)
        last_values[length : length + 1], last_pairs[length : length + 1] = [j], [n]
    n, sequence = (last_pairs[-1] if last_pairs else -1), []
    while n >= 0:
        sequence.append(pairs[n])
        n = previous[n]
    return sequence[::-1]


def _words(runs: Sequence[Run]) -> str:
    return plain(tuple(run for run in runs if not isinstance(run, Figure)))


_Bounds = tuple[int, int]
_Key = Callable[[MatchKey], str]
_KEYS: tuple[_Key, ...] = (
    lambda item: f"{item.kind}\0{item.id}\0{item.words}" if item.words else "",
    lambda item: f"{item.kind}\0{item.words}" if item.words else "",
    lambda item: f"{item.kind}\0{item.id}" if item.id else "",
)


def _matched(
    old: Sequence[MatchKey], new: Sequence[MatchKey], a: _Bounds, b: _Bounds, keys: Sequence[_Key]
) -> Iterator[tuple[int, int]]:
    """Iterate over the pairs between the bounds ``a`` of the old list and ``b`` of the new one, in order."""
    if a[0] == a[1] or b[0] == b[1]:
        return
    if not keys:
        yield from _similar(old, new, a, b)
        return
    fixed = longest_rising_sequence(_same_key(old, new, a, b, keys[0]))
    ends = [(a[0] - 1, b[0] - 1), *fixed, (a[1], b[1])]
    for (i, j), (next_i, next_j) in pairwise(ends):
        yield from _matched(old, new, (i + 1, next_i), (j + 1, next_j), keys[1:])
        if next_i < a[1]:
            yield next_i, next_j


def _same_key(
    old: Sequence[MatchKey], new: Sequence[MatchKey], a: _Bounds, b: _Bounds, key: _Key
) -> list[tuple[int, int]]:
    """Return the pairs of a key that each list has once, and those at the beginning of both that agree anyway."""
    before, after = [key(item) for item in old[a[0] : a[1]]], [key(item) for item in new[b[0] : b[1]]]
    count_before, count_after = Counter(before), Counter(after)
    position = {value: n for n, value in enumerate(after)}
    pairs = {
        n: position[value] for n, value in enumerate(before) if value and count_before[value] == count_after[value] == 1
    }
    for n, (value, other) in enumerate(zip(before, after, strict=False)):
        if not value or value != other:
            break
        pairs[n] = n
    return [(a[0] + n, b[0] + pairs[n]) for n in sorted(pairs)]


def _similar(old: Sequence[MatchKey], new: Sequence[MatchKey], a: _Bounds, b: _Bounds) -> Iterator[tuple[int, int]]:
    if (a[1] - a[0]) * (b[1] - b[0]) > _MOST_PAIRS:
        return
    free = b[0]
    for i in range(*a):
        for j in range(free, b[1]):
            if _are_similar(old[i], new[j]):
                yield i, j
                free = j + 1
                break


def _are_similar(item: MatchKey, other: MatchKey) -> bool:
    if item.kind != other.kind or not (item.words and other.words):
        return item == replace(other, id=item.id)  # nothing but figures, in the same place between what is paired
    matcher = SequenceMatcher(None, item.words[:_MOST_CHARACTERS], other.words[:_MOST_CHARACTERS], autojunk=False)
    return matcher.quick_ratio() >= _SIMILAR and matcher.ratio() >= _SIMILAR
