"""Questions and answers: a printed figure → fact, formula, cells; a cell → every sentence and table cell it reaches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..core.money import exact
from ..facts import Fact, FactGroup
from ..tree.nodes import Document
from .uses import Use, uses


@dataclass(frozen=True, slots=True)
class Source:
    """Where a figure comes from: its fact, exact value, formula, the facts and cells behind it."""

    use: Use
    fact: Fact

    @property
    def value(self) -> str:
        """The exact value with its unit."""
        return (
            exact(self.fact.value)
            if self.fact.measure == "money"
            else f"{self.fact.value.normalize():f}{self.fact.unit}"
        )

    @property
    def cells(self) -> tuple[str, ...]:
        """The input cells, as JSON pointers."""
        return tuple(sorted(self.fact.cells()))


class Tracer:
    """One document with its facts, ready to be asked."""

    def __init__(self, facts: FactGroup, document: Document) -> None:
        """Index the facts by name and the uses by place."""
        self.facts = {fact.name: fact for fact in facts.facts()}
        self.uses = tuple(uses(document))

    def fact(self, name: str) -> Fact:
        """The fact a figure names.

        Raises:
            KeyError: no such fact: a figure without a source, which the tests never find.
        """
        return self.facts[name]

    def of_figure(self, text: str) -> list[Source]:
        """Every place where this figure is printed; thousands separators and units do not matter."""
        wanted = text.replace(",", "").rstrip("万元%亿个辆家台套")
        return [s for s in self._sources(self.uses) if s.use.text.replace(",", "") == wanted]

    def of_place(self, place: str) -> list[Source]:
        """Every figure printed at a place: 二/（二）, 表03, 表03「行政运行」 …"""
        wanted = place.strip("/")
        return list(self._sources(use for use in self.uses if _stands_at(use.place, wanted)))

    def of_pointer(self, pointer: str) -> list[Use]:
        """Every sentence and table cell that depends on an input cell, or on anything below the pointer."""
        return [use for use in self.uses if self._reaches(use, pointer.rstrip("/"))]

    def _sources(self, chosen: Sequence[Use] | Iterator[Use]) -> Iterator[Source]:
        for use in chosen:
            if use.figure is not None:
                yield Source(use, self.fact(use.fact))

    def _reaches(self, use: Use, pointer: str) -> bool:
        if use.source:
            return within(use.source, pointer)
        return any(within(cell, pointer) for cell in self.fact(use.fact).cells())


def within(cell: str, pointer: str) -> bool:
    """Whether a cell is the one pointed at, or lies below it."""
    return cell == pointer or cell.startswith(pointer + "/")


def _stands_at(place: str, wanted: str) -> bool:
    """Whether a place is the wanted one or inside it: 二 holds 二/（二）, but 二/（一 does not hold 二/（一）."""
    rest = place.removeprefix(wanted)
    complete = not wanted or wanted[-1] == "」" or not rest or rest[0] in "/第「标题表·"
    return place.startswith(wanted) and complete
