"""What a change of the printed document is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from ..tree.nodes import Figure, Run, plain

LocationKind = Literal["sentence", "cell", "heading", "line", "number"]
What = Literal["changed", "appeared", "vanished", "moved"]


@dataclass(frozen=True, slots=True)
class Location:
    """A place where something is printed.

    ``place`` is its name for a reader (二/（三）第1段, 表03「行政运行」总计), ``block`` its block's id, ``under`` the
    path of its headings. A ``line`` stands by itself: of the cover, of the contents, over or under a table. ``at`` are
    row and column of a cell on the grid of the table's body. ``basis`` names the facts that the wording was decided on,
    ``beside`` are the runs around it: what brings a row brings all its cells.
    """

    kind: LocationKind
    place: str
    block: str
    runs: tuple[Run, ...]
    basis: tuple[str, ...] = ()
    beside: tuple[Run, ...] = ()
    at: tuple[int, int] | None = None
    under: str = ""

    @property
    def text(self) -> str:
        """What a reader sees."""
        return plain(self.runs)


@dataclass(frozen=True, slots=True)
class FigureChange:
    """A figure that prints otherwise; "" where there was, or is, none."""

    fact: str
    was: str
    now: str
    unit: str


@dataclass(frozen=True, slots=True)
class Change:
    """One place that reads otherwise. ``old`` or ``new`` is None where only one document has it.

    ``causes`` are the numbers, from 0, of the changes of the data it hangs on.
    """

    what: What
    old: Location | None
    new: Location | None
    causes: tuple[int, ...] = ()

    @property
    def spot(self) -> Location:
        """Where it is in the new document, or where it was."""
        found = self.new or self.old
        assert found is not None
        return found

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


def change(old: Location | None, new: Location | None, moved: bool = False) -> Iterator[Change]:
    """The change of one place, if it reads otherwise (or moved)."""
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


def _figures(spot: Location | None) -> dict[tuple[str, int], Figure]:
    """The figures of a place by fact; the second printing of a fact is told from the first."""
    found: dict[tuple[str, int], Figure] = {}
    for run in spot.runs if spot else ():
        if isinstance(run, Figure):
            count = sum(fact == run.fact for fact, _ in found)
            found[run.fact, count] = run
    return found
