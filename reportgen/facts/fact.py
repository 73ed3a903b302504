"""Facts (figures with a name and a source), source texts, and groups of both.

The dotted name of a fact is its path in the tree of groups: ``expenditure.2080101.project``. A fact keeps the facts it
was computed from and the JSON pointers it was read from, so that every printed figure can be traced to its input cells.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
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


@dataclass(frozen=True, slots=True, eq=False)
class SourceText:
    """A text of the document or of a code book; ``pointer`` is where it was read ("" for a code book).

    It equals the same text, from wherever: a template may write ``row.code == "2290401"``.
    """

    text: str
    pointer: str = ""

    def __bool__(self) -> bool:
        """Whether the text is not empty."""
        return bool(self.text)

    def __eq__(self, other: object) -> bool:
        """Whether ``other`` is the same text."""
        return self.text == (other.text if isinstance(other, SourceText) else other)

    def __hash__(self) -> int:
        """Return the hash of the text."""
        return hash(self.text)


class FactGroup:
    """Named values under one dotted name: facts, source texts, other groups, lists of groups, flags.

    ``group.name`` and ``group["name"]`` both work; an unknown name is an AttributeError or a KeyError, which a template
    reports with its file and line. A group may have further values that are made when they are asked for, such as the
    row of a code that the document does not have: its amounts are zero. They are not among its ``names``.
    """

    def __init__(self, name: str, /, **values: Any) -> None:
        """Make a group with the dotted name ``name``."""
        self._name = name
        self._values: dict[str, Any] = values
        self._further: Callable[[str], Any] | None = None
        self._made: dict[str, Any] = {}

    def on_request(self, further: Callable[[str], Any]) -> None:
        """Let ``further`` make the values of names that the group does not have; it returns None for no value.

        What was given before is asked first.
        """
        before = self._further
        self._further = further if before is None else lambda name: _first(name, before, further)

    def put(self, /, **values: Any) -> None:
        """Add values."""
        self._values.update(values)

    def __getattr__(self, name: str) -> Any:
        """Return the value called ``name``."""
        try:
            return self.__dict__["_values"][name]
        except KeyError:
            if "_made" in self.__dict__ and (made := self._make(name)) is not None:
                return made
            raise AttributeError(name) from None

    def __getitem__(self, name: str) -> Any:
        """Return the value called ``name``."""
        if name in self._values:
            return self._values[name]
        made = self._make(name)
        if made is None:
            raise KeyError(name)
        return made

    def __contains__(self, name: str) -> bool:
        """Whether the group has a value called ``name``, or makes it on request."""
        return name in self._values or self._make(name) is not None

    def _make(self, name: str) -> Any:
        """Return the value that is made on request, always the same, or None."""
        if self._further is None:
            return None
        if name not in self._made:
            made = self._further(name)
            if made is None:
                return None
            self._made[name] = made
        return self._made[name]

    def __bool__(self) -> bool:
        """Return True, also for an empty group."""
        return True

    def names(self) -> Iterable[str]:
        """Return the names of the values, in the order in which they were added."""
        return self._values

    def as_dict(self) -> dict[str, Any]:
        """Return the values by their names, as a new dictionary."""
        return dict(self._values)

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
                value = value._values[name] if name in value._values else value[name]
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


def _first(name: str, *makers: Callable[[str], Any]) -> Any:
    """Return the first value that is made."""
    return next((made for maker in makers if (made := maker(name)) is not None), None)


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


def less(name: str, whole: Fact, part: Fact) -> Fact:
    """Return what is left of money without a part of it."""
    if not part:
        return total(name, [whole])
    return Fact(name, whole.value - part.value, formula=f"{whole.name} - {part.name}", inputs=(whole, part))


def source_text(text: str | None, pointer: str = "") -> SourceText | None:
    """Return a text of the document with its pointer, or None for None."""
    return None if text is None else SourceText(text, pointer)
