"""Match the rows of two budgets by their keys; a row whose key itself changed by its other fields."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass
from typing import Any

from ..budget.row_keys import Key, key_of
from ..tree.matching import longest_rising_sequence

RowPair = tuple[int | None, int | None, bool]
"""The position of a row in either list (None where it is in one only), and whether it moved among the others."""

_SIMILAR = 0.5
"""The share of equal fields, of those that either row states, from which rows with different keys are one row."""
_MOST_PAIRS = 10_000  # of rows that are compared; lists with more rows left over are not versions of one another


def paired_rows(old: Sequence[Any], new: Sequence[Any]) -> Iterator[RowPair]:
    """Iterate over the rows of both lists, each once, in the order of the new list.

    A removed row comes after the row that it followed in the old list.
    """
    pairs = _by_key(old, new)
    pairs |= _by_fields(old, new, pairs)
    ordered = sorted(pairs.items())
    in_order = {i for i, _ in longest_rising_sequence(ordered)}
    old_positions = {j: i for i, j in ordered}
    removed = [i for i in range(len(old)) if i not in pairs]
    for j in range(len(new)):
        i = old_positions.get(j)
        while i is not None and removed and removed[0] < i:
            yield removed.pop(0), None, False
        yield i, j, i is not None and i not in in_order
    yield from ((i, None, False) for i in removed)


def _by_key(old: Sequence[Any], new: Sequence[Any]) -> dict[int, int]:
    """The second row with a key is paired with the second one in the other list."""
    positions = {key: n for n, key in enumerate(_numbered(new))}
    return {i: positions[key] for i, key in enumerate(_numbered(old)) if key in positions}


def _numbered(rows: Sequence[Any]) -> Iterator[tuple[Key, int]]:
    counts: Counter[Key] = Counter()
    for row in rows:
        key = key_of(row)
        counts[key] += 1
        yield key, counts[key]


def _by_fields(old: Sequence[Any], new: Sequence[Any], pairs: dict[int, int]) -> dict[int, int]:
    """Rows without a partner that agree in most of what they state, the most similar first."""
    left, taken = [i for i in range(len(old)) if i not in pairs], set(pairs.values())
    right = [j for j in range(len(new)) if j not in taken]
    if len(left) * len(right) > _MOST_PAIRS:
        return {}
    candidates = sorted((-_similarity(old[i], new[j]), abs(i - j), i, j) for i in left for j in right)
    more: dict[int, int] = {}
    for negative, _, i, j in candidates:
        if -negative >= _SIMILAR and i not in more and j not in more.values():
            more[i] = j
    return more


def _similarity(one: Any, other: Any) -> float:
    """The share of equal fields among those that either row states, from 0 to 1."""
    values = [(getattr(one, f.name), getattr(other, f.name), f.default) for f in fields(one)]
    stated = [(was, now) for was, now, default in values if not (same(was, default) and same(now, default))]
    return sum(same(was, now) for was, now in stated) / len(stated) if stated else 0.0


def same(one: Any, other: Any) -> bool:
    """Whether two values of the model are equal; its classes do not define equality themselves."""
    if is_dataclass(one):
        return type(one) is type(other) and all(same(getattr(one, f.name), getattr(other, f.name)) for f in fields(one))
    if isinstance(one, tuple):
        return isinstance(other, tuple) and len(one) == len(other) and all(map(same, one, other))
    return bool(one == other)
