"""Facts (figures with a name and a source), source texts, and groups of both.

The dotted name of a fact is its path in the tree of groups: ``expenditure.2080101.project``. A fact keeps the facts it
was computed from and the JSON pointers it was read from, so that every printed figure can be traced to its input cells.
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
    """A figure. ``value`` is exact: 元 for money, percentage points for percent, a number of ``unit`` for a count."""

    name: str
    value: Decimal
    measure: Measure = "money"
    unit: str = ""
    formula: str = ""
    inputs: tuple[Fact, ...] = ()
    pointers: tuple[str, ...] = ()

    def cells(self) -> Iterator[str]:
        """Yield the JSON pointers of the input cells that the figure is computed from, each once."""
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
        """Whether the value is not zero, so that a template can write ``{% if fact %}``."""
        return self.value != 0


@dataclass(frozen=True, slots=True)
class SourceText:
    """A text of the document or of a code book; ``pointer`` is where it was read ("" for a code book)."""

    text: str
    pointer: str = ""

    def __bool__(self) -> bool:
        """Whether the text is not empty."""
        return bool(self.text)


class FactGroup:
    """Named values under one dotted name: facts, source texts, other groups, lists of groups, flags.

    ``group.name`` and ``group["name"]`` both work; an unknown name is an AttributeError or a KeyError, which a template
    reports with its file and line.
    """

    def __init__(self, name: str, /, **values: Any) -> None:
        """Make a group with the dotted name ``name``."""
        self._name = name
        self._values: dict[str, Any] = values

    def put(self, **values: Any) -> None:
        """Add values."""
        self._values.update(values)

    def __getattr__(self, name: str) -> Any:
        """Return the value called ``name``."""
        try:
            return self.__dict__["_values"][name]
        except KeyError:
            raise AttributeError(name) from None

    def __getitem__(self, name: str) -> Any:
        """Return the value called ``name``."""
        return self._values[name]

    def __contains__(self, name: str) -> bool:
        """Whether the group has a value called ``name``."""
        return name in self._values

    def __bool__(self) -> bool:
        """Return True, also for an empty group."""
        return True

    def names(self) -> Iterable[str]:
        """Return the names of the values, in the order in which they were added."""
        return self._values

    @property
    def dotted(self) -> str:
        """The dotted name of the group."""
        return self._name

    def look_up(self, dotted: str) -> Any:
        """Return the value at a dotted name below this group.

        Raises:
            KeyError: there is no such value; its argument is ``dotted``.
        """
        value: Any = self
        try:
            for name in dotted.split("."):
                value = value._values[name]
        except (KeyError, AttributeError):  # no such name, or the value before it is no group
            raise KeyError(dotted) from None
        return value

    def facts(self) -> Iterator[Fact]:
        """Yield every fact in this group and below, each once."""
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
    """Return the money of one input cell (元) as a fact; an absent cell is zero without a pointer."""
    return Fact(name, ZERO) if value is None else Fact(name, value, pointers=(pointer,))


def counted(name: str, value: int, unit: str, *pointers: str, formula: str = "") -> Fact:
    """Return a count of ``unit`` as a fact."""
    return Fact(name, Decimal(value), "count", unit, formula, pointers=pointers)


def total(name: str, parts: Iterable[Fact]) -> Fact:
    """Return the sum of money facts; zeros that no cell states are left out of the formula."""
    inputs = tuple(part for part in parts if part.value or part.pointers or part.inputs)
    if len(inputs) == 1 and inputs[0].name == name:
        return inputs[0]
    value = sum((part.value for part in inputs), ZERO)
    return Fact(name, value, formula=" + ".join(part.name for part in inputs), inputs=inputs)


def source_text(text: str | None, pointer: str = "") -> SourceText | None:
    """Return a text of the document with its pointer, or None for None."""
    return None if text is None else SourceText(text, pointer)
