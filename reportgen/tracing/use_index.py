"""The printings of a document by the cells of the input that their figures come from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cached_property

from ..facts import Fact
from .tracer import Tracer, is_at_or_below
from .uses import Use


class UseIndex:
    """The uses of a document and the cells of each; made when it is first asked, for it reads every fact."""

    def __init__(self, tracer: Tracer) -> None:
        """Index the uses of ``tracer``."""
        self._tracer = tracer

    @property
    def uses(self) -> tuple[Use, ...]:
        """All uses, in the order of the document."""
        return self._tracer.uses

    def cells(self, use: Use) -> frozenset[str]:
        """Return the cells that a printing comes from, as JSON pointers."""
        return self._cells[use.fact] if use.fact else frozenset((use.source,))

    def of_cells(self, cells: Iterable[str]) -> Iterator[Use]:
        """Yield every printing that comes from one of these cells, each once, in the order of the document."""
        numbers = {n for cell in cells for n in self._by_cell.get(cell, ())}
        return (self.uses[n] for n in sorted(numbers))

    def cells_below(self, pointer: str) -> Iterator[str]:
        """Yield the cells at or below a JSON pointer from which something printed comes."""
        if pointer in self._by_cell:
            yield pointer
        else:
            yield from (cell for cell in self._by_cell if is_at_or_below(cell, pointer))

    def of_name(self, name: str) -> Use | None:
        """Return the printing of the figure that has this name in the files."""
        return self._by_name.get(name)

    def same(self, use: Use) -> list[Use]:
        """Return every printing of the same amount: of the same fact, or of one with the same value and cells."""
        cells, states = self.cells(use), self._states(use)
        return [
            other
            for other in self._by_name.values()
            if other.fact == use.fact or (cells and self.cells(other) == cells and self._states(other) == states)
        ]

    def computed_from(self, use: Use) -> list[Use]:
        """Return every printing of another figure that is computed from this one, or from all its cells and more."""
        cells = self.cells(use)
        return [
            other
            for other in self._by_name.values()
            if other.fact != use.fact and cells and (cells < self.cells(other) or use.fact in self._inputs[other.fact])
        ]

    def _states(self, use: Use) -> tuple[str, Decimal]:
        fact = self._tracer.fact(use.fact)
        return fact.measure, fact.value

    @cached_property
    def _by_name(self) -> Mapping[str, Use]:
        return {use.name: use for use in self.uses if use.name}

    @cached_property
    def _cells(self) -> Mapping[str, frozenset[str]]:
        names = {use.fact for use in self.uses if use.fact}
        return {name: frozenset(self._tracer.fact(name).cells()) for name in names}

    @cached_property
    def _inputs(self) -> Mapping[str, frozenset[str]]:
        """The names of the facts that each fact is computed from, at whatever remove."""
        return {name: frozenset(_names_of_inputs(self._tracer.fact(name))) for name in self._cells}

    @cached_property
    def _by_cell(self) -> Mapping[str, list[int]]:
        found: dict[str, list[int]] = {}
        for n, use in enumerate(self.uses):
            for cell in self.cells(use):
                found.setdefault(cell, []).append(n)
        return found


def _names_of_inputs(fact: Fact) -> Iterator[str]:
    waiting, seen = list(fact.inputs), set[str]()
    while waiting:
        one = waiting.pop()
        if one.name not in seen:
            seen.add(one.name)
            yield one.name
            waiting += one.inputs
