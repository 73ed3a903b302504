"""Rows of two documents paired by their keys; a row whose key itself was changed by the rest of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass
from typing import Any

from ..budget.row_keys import Key, key_of
from ..tree.matching import rising

Paired = tuple[int | None, int | None, bool]
"""The place of a row in either list (None where it has none), and whether it changed its order."""

_ALIKE = 0.5
"""Of the fields that either row states: so many must be equal for a row with another key to be the same row."""
_MOST = 10_000  # pairs of rows looked at; two lists that share so little are two lists


def paired_rows(old: Sequence[Any], new: Sequence[Any]) -> Iterator[Paired]:
    """Every row of both lists once, in the order of the new list; rows that are gone follow the row they followed."""
    found = _by_key(old, new)
    found |= _by_fields(old, new, found)
    ordered = sorted(found.items())
    steady = {i for i, _ in rising(ordered)}
    back = {j: i for i, j in ordered}
    gone = [i for i in range(len(old)) if i not in found]
    for j in range(len(new)):
        i = back.get(j)
        while i is not None and gone and gone[0] < i:
            yield gone.pop(0), None, False
        yield i, j, i is not None and i not in steady
    yield from ((i, None, False) for i in gone)


def _by_key(old: Sequence[Any], new: Sequence[Any]) -> dict[int, int]:
    """The second row of a key is the second one in the other list too."""
    where = {key: n for n, key in enumerate(_numbered(new))}
    return {i: where[key] for i, key in enumerate(_numbered(old)) if key in where}


def _numbered(rows: Sequence[Any]) -> Iterator[tuple[Key, int]]:
    seen: Counter[Key] = Counter()
    for row in rows:
        key = key_of(row)
        seen[key] += 1
        yield key, seen[key]


def _by_fields(old: Sequence[Any], new: Sequence[Any], found: dict[int, int]) -> dict[int, int]:
    """Rows left over that agree in most of what they state, the likest first."""
    left, taken = [i for i in range(len(old)) if i not in found], set(found.values())
    right = [j for j in range(len(new)) if j not in taken]
    if len(left) * len(right) > _MOST:
        return {}
    likest = sorted((-_likeness(old[i], new[j]), abs(i - j), i, j) for i in left for j in right)
    more: dict[int, int] = {}
    for likeness, _, i, j in likest:
        if -likeness >= _ALIKE and i not in more and j not in more.values():
            more[i] = j
    return more


def _likeness(one: Any, other: Any) -> float:
    """The share of equal fields among those that either row states."""
    values = [(getattr(one, f.name), getattr(other, f.name), f.default) for f in fields(one)]
    stated = [(was, now) for was, now, default in values if not (same(was, default) and same(now, default))]
    return sum(same(was, now) for was, now in stated) / len(stated) if stated else 0.0


def same(one: Any, other: Any) -> bool:
    """Whether two values of the model say the same; its classes themselves do not compare."""
    if is_dataclass(one):
        return type(one) is type(other) and all(same(getattr(one, f.name), getattr(other, f.name)) for f in fields(one))
    if isinstance(one, tuple):
        return isinstance(other, tuple) and len(one) == len(other) and all(map(same, one, other))
    return bool(one == other)
