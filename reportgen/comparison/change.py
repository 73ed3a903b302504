"""A change of the printed document."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from ..tree.nodes import Figure
from .locations import Location

What = Literal["changed", "appeared", "vanished", "moved"]


@dataclass(frozen=True, slots=True)
class FigureChange:
    """A figure that prints differently; "" where the old or the new document has none."""

    fact: str
    was: str
    now: str
    unit: str


@dataclass(frozen=True, slots=True)
class Change:
    """A location that reads differently. ``old`` or ``new`` is None where only one document has it.

    ``causes`` are the numbers, from 0, of the changes of the data that it follows from.
    """

    what: What
    old: Location | None
    new: Location | None
    causes: tuple[int, ...] = ()

    @property
    def location(self) -> Location:
        """The location in the new document, or in the old one if the new one does not have it."""
        location = self.new or self.old
        assert location is not None
        return location

    @property
    def was(self) -> str:
        """The old text."""
        return self.old.text if self.old else ""

    @property
    def now(self) -> str:
        """The new text."""
        return self.new.text if self.new else ""

    @property
    def figures(self) -> tuple[FigureChange, ...]:
        """The figures that changed, by the facts they state."""
        before, after = _figures(self.old), _figures(self.new)
        names = dict.fromkeys((*before, *after))
        pairs = [(name, before.get(name), after.get(name)) for name in names]
        return tuple(
            FigureChange(name[0], was.text if was else "", now.text if now else "", (now or was).unit)  # type: ignore[union-attr]
            for name, was, now in pairs
            if (was and was.text) != (now and now.text)
        )


def change_between(old: Location | None, new: Location | None, moved: bool = False) -> Iterator[Change]:
    """Yield the change of one location if it reads differently (or ``moved``); nothing if it does not."""
    before, after = old.text if old else "", new.text if new else ""
    if before == after and not moved:
        return
    if before == after:
        yield Change("moved", old, new)
    elif old is None or not before:
        yield Change("appeared", old, new)
    elif new is None or not after:
        yield Change("vanished", old, new)
    else:
        yield Change("changed", old, new)


def _figures(location: Location | None) -> dict[tuple[str, int], Figure]:
    """The figures of a location by fact and, where a fact is printed more than once, by the number of the printing."""
    figures: dict[tuple[str, int], Figure] = {}
    for run in location.runs if location else ():
        if isinstance(run, Figure):
            count = sum(fact == run.fact for fact, _ in figures)
            figures[run.fact, count] = run
    return figures
