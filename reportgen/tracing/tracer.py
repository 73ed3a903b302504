"""Look up a printed figure's fact, formula and cells, or every sentence and table cell that an input cell affects."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ..core.money import exact
from ..facts import Fact, FactGroup, FactsByName
from ..tree.nodes import Document
from .uses import Use, uses


@dataclass(frozen=True, slots=True)
class FigureSource:
    """A printed figure with its fact: exact value, formula, the facts and cells it is computed from."""

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
    """A document and its facts, indexed for look-ups."""

    def __init__(self, facts: FactGroup, document: Document) -> None:
        """Index the facts by name and the uses by place."""
        self.facts: Mapping[str, Fact] = FactsByName(facts)
        self.uses = tuple(uses(document))

    def fact(self, name: str) -> Fact:
        """Return the fact that a figure names.

        Raises:
            KeyError: there is no such fact.
        """
        return self.facts[name]

    def of_figure(self, text: str) -> list[FigureSource]:
        """Return every printing of this figure; thousands separators and units are ignored."""
        numeral = text.replace(",", "").rstrip("万元%亿个辆家台套")
        return [s for s in self._sources(self.uses) if s.use.text.replace(",", "") == numeral]

    def of_place(self, place: str) -> list[FigureSource]:
        """Return every figure printed at a place or inside it: 二/（二）, 表03, 表03「行政运行」 …"""
        whole = place.strip("/")
        return list(self._sources(use for use in self.uses if is_inside(use.place, whole)))

    def of_pointer(self, pointer: str) -> list[Use]:
        """Return every use that depends on the input cell at ``pointer``, or on any cell below it."""
        pointer = pointer if pointer.startswith("/") else f"/{pointer}"
        return [use for use in self.uses if self._depends_on(use, pointer.rstrip("/"))]

    def _sources(self, uses: Iterable[Use]) -> Iterator[FigureSource]:
        for use in uses:
            if use.figure is not None:
                yield FigureSource(use, self.fact(use.fact))

    def _depends_on(self, use: Use, pointer: str) -> bool:
        if use.source:
            return is_at_or_below(use.source, pointer)
        return any(is_at_or_below(cell, pointer) for cell in self.fact(use.fact).cells())


def is_at_or_below(cell: str, pointer: str) -> bool:
    """Whether a cell is the one at ``pointer``, or is below it."""
    return cell == pointer or cell.startswith(pointer + "/")


def is_inside(place: str, whole: str) -> bool:
    """Whether a place is ``whole`` or a part of it: 二 contains 二/（二）, but 二/（一 does not contain 二/（一）."""
    rest = place.removeprefix(whole)
    is_complete = not whole or whole[-1] == "」" or not rest or rest[0] in "/第「标题表·"
    return place.startswith(whole) and is_complete
