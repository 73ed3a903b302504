"""What is known of the values that a template may meet: their kinds and names, without the values of one document.

It is read from the facts of documents that have everything; a value that one record has and another has not is known of
both. :mod:`.check_templates` follows these through the branches of a template.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from ..facts import Fact, FactGroup, SourceText

LeafKind = Literal["figure", "text", "word", "anything"]


@dataclass(frozen=True, slots=True)
class Leaf:
    """A value without names: a figure, a text of the data, a word or number of the program (``values``), or anything.

    ``anything`` is what cannot be known without a document: whatever is done with it is taken to be right.
    """

    kind: LeafKind
    values: frozenset[object] = frozenset()


@dataclass(frozen=True, slots=True, eq=False)
class Group:
    """Values by their names; ``further`` makes those that are only made on request."""

    names: Mapping[str, Known]
    further: Callable[[str], Known | None] | None = None

    def get(self, name: str) -> Known | None:
        """Return the value called ``name``, or None."""
        found = self.names.get(name)
        return found if found is not None or self.further is None else self.further(name)


@dataclass(frozen=True, slots=True, eq=False)
class Several:
    """A list: ``item`` is what is known of each of its values."""

    item: Known


@dataclass(frozen=True, slots=True, eq=False)
class Pair:
    """A tuple of known length."""

    items: tuple[Known, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Macro:
    """A macro of a template; ``node`` is its definition, ``scope`` the names that it sees, ``file`` where it is."""

    node: Any
    scope: Any
    file: str
    called: dict[tuple[int, ...], Mapping[str, Any]] = field(default_factory=dict)
    """The arguments of calls that were checked, by their identities (they are kept, so that no other has these)."""


Known: TypeAlias = Leaf | Group | Several | Pair | Macro

ANYTHING, FIGURE, TEXT, WORD = Leaf("anything"), Leaf("figure"), Leaf("text"), Leaf("word")


DIRECTION, OF_CHANGES = "direction", ("this", "base", "delta", "rate")
"""What a change has where last year's figure is known."""


def known(*values: object) -> Known:
    """Return what is known of values of which any may be met: groups have the names of all of them."""
    kinds = [value for value in values if value is not None]
    groups = [value for value in kinds if isinstance(value, FactGroup)]
    if groups:
        return _known_group(groups)
    lists = [value for value in kinds if isinstance(value, list | tuple)]
    if lists:
        return Several(known(*(item for value in lists for item in value)))
    if any(isinstance(value, Fact) for value in kinds):
        return FIGURE
    if any(isinstance(value, SourceText) for value in kinds):
        return TEXT
    return WORD if kinds else ANYTHING


class _Names(Mapping[str, Known]):
    """What is known of the values of groups, by name; a template asks for few of them, so each is found when asked."""

    def __init__(self, groups: list[FactGroup]) -> None:
        self._groups = groups
        self._names = dict.fromkeys(name for group in groups for name in group.names())
        self._found: dict[str, Known] = {}

    def __getitem__(self, name: str) -> Known:
        if name not in self._names:
            raise KeyError(name)
        if name not in self._found:
            self._found[name] = known(*(group[name] for group in self._groups if name in group.names()))
        return self._found[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


def _known_group(groups: list[FactGroup]) -> Group:
    values: Mapping[str, Known] = _Names(groups)
    if DIRECTION in values:
        values = dict.fromkeys(OF_CHANGES, FIGURE) | {name: kind for name, kind in values.items() if kind != ANYTHING}

    def further(name: str) -> Known | None:
        made = [group[name] for group in groups if name in group]
        return known(*made) if made else None

    return Group(values, further)


def united(parts: Iterable[Known]) -> Known:
    """Return what is known of a value that is one of ``parts``."""
    found = [part for part in parts if part != ANYTHING]
    if not found:
        return ANYTHING
    first = found[0]
    if isinstance(first, Group):
        groups = [part for part in found if isinstance(part, Group)]
        names = dict.fromkeys(name for group in groups for name in group.names)
        values = {
            name: united(value for group in groups if (value := group.names.get(name)) is not None) for name in names
        }
        return Group(
            values, lambda name: next((made for group in groups if (made := group.get(name)) is not None), None)
        )
    if isinstance(first, Several):
        return Several(united(part.item for part in found if isinstance(part, Several)))
    if isinstance(first, Pair):
        pairs = [part for part in found if isinstance(part, Pair) and len(part.items) == len(first.items)]
        return Pair(tuple(united(pair.items[n] for pair in pairs) for n in range(len(first.items))))
    if isinstance(first, Leaf) and first.kind == "word":
        words = [part for part in found if isinstance(part, Leaf)]
        complete = all(part.values for part in words)
        return Leaf("word", frozenset().union(*(part.values for part in words)) if complete else frozenset())
    return first
