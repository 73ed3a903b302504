"""What may be quoted: facts (figures with a name and a source), words (texts with a source), groups of both.

A fact's dotted name is its place in the tree of groups: ``expenditure.2080101.project``. It keeps the facts it
was computed from and the JSON pointers it was read from, so every printed figure can be followed to its cells.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from ..core.fast_init import fast_init

Measure = Literal["money", "percent", "count"]
ZERO = Decimal(0)


@fast_init
@dataclass(frozen=True, slots=True, eq=False)
class Fact:
    """A figure. ``value`` is exact: 元 for money, percent points for percent, pieces for a count (of ``unit``)."""

    name: str
    value: Decimal
    measure: Measure = "money"
    unit: str = ""
    formula: str = ""
    inputs: tuple[Fact, ...] = ()
    pointers: tuple[str, ...] = ()

    def cells(self) -> Iterator[str]:
        """The JSON pointers of all input cells behind the figure, each once."""
        seen: set[str] = set()
        waiting = [self]
        while waiting:
            fact = waiting.pop()
            for pointer in fact.pointers:
                if pointer not in seen:
                    seen.add(pointer)
                    yield pointer
            waiting += fact.inputs

    def __bool__(self) -> bool:
        """Whether there is anything: a fact of zero is false, as a sentence would have it."""
        return self.value != 0


@dataclass(frozen=True, slots=True)
class SourceText:
    """A text from the document or a code book, with the pointer it came from ("" for a code book)."""

    text: str
    pointer: str = ""

    def __bool__(self) -> bool:
        """Whether there is any text."""
        return bool(self.text)


class FactGroup:
    """Named values under one dotted name: facts, words, other groups, lists of groups, plain flags.

    ``group.name`` and ``group["name"]`` both work; an unknown name is an AttributeError (KeyError), which a
    template turns into a complaint with its file and line.
    """

    def __init__(self, name: str, /, **values: Any) -> None:
        """A group called ``name`` with its first values."""
        self._name = name
        self._values: dict[str, Any] = values

    def put(self, **values: Any) -> None:
        """Add values while the group is being built."""
        self._values.update(values)

    def __getattr__(self, name: str) -> Any:
        """The value called ``name``."""
        try:
            return self.__dict__["_values"][name]
        except KeyError:
            raise AttributeError(name) from None

    def __getitem__(self, name: str) -> Any:
        """The value called ``name``."""
        return self._values[name]

    def __contains__(self, name: str) -> bool:
        """Whether there is a value of that name."""
        return name in self._values

    def __bool__(self) -> bool:
        """A group is something, even before it is filled."""
        return True

    def names(self) -> Iterable[str]:
        """The names in the group, in the order they were put."""
        return self._values

    @property
    def dotted(self) -> str:
        """The group's own dotted name."""
        return self._name

    def look_up(self, dotted: str) -> Any:
        """The value at a dotted name below this group.

        Raises:
            KeyError: there is none; the argument is the name as asked for.
        """
        value: Any = self
        try:
            for name in dotted.split("."):
                value = value._values[name]
        except (KeyError, AttributeError):  # there is no such name, or no group to have it
            raise KeyError(dotted) from None
        return value

    def facts(self) -> Iterator[Fact]:
        """Every fact in this group and below, each once."""
        seen: set[int] = set()
        waiting: list[Any] = [self]
        while waiting:
            value = waiting.pop()
            if id(value) in seen:
                continue
            seen.add(id(value))
            if isinstance(value, Fact):
                yield value
            elif isinstance(value, FactGroup):
                waiting += value._values.values()
            elif isinstance(value, list | tuple):
                waiting += value


def read(name: str, value: Decimal | None, pointer: str) -> Fact:
    """Money as one cell of the document states it; an absent cell is a figure of zero without a source."""
    return Fact(name, ZERO) if value is None else Fact(name, value, pointers=(pointer,))


def counted(name: str, value: int, unit: str, *pointers: str, formula: str = "") -> Fact:
    """A count of things."""
    return Fact(name, Decimal(value), "count", unit, formula, pointers=pointers)


def total(name: str, parts: Iterable[Fact]) -> Fact:
    """The sum of money facts; parts of zero that no cell states are left out of the formula."""
    inputs = tuple(part for part in parts if part.value or part.pointers or part.inputs)
    if len(inputs) == 1 and inputs[0].name == name:
        return inputs[0]
    value = sum((part.value for part in inputs), ZERO)
    return Fact(name, value, formula=" + ".join(part.name for part in inputs), inputs=inputs)


def words(text: str | None, pointer: str = "") -> SourceText | None:
    """A text of the document, or None where it has none."""
    return None if text is None else SourceText(text, pointer)
