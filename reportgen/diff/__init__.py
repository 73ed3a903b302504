"""Two versions of one document: what changed in the data, and what therefore reads otherwise (``docs/diff.md``).

*Causes* come from the data alone, *changes* from the printed trees alone; the facts tie them together. So a cause that
nothing prints is seen, and a change that nothing caused would be.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..budget.model import Budget
from ..facts import FactGroup
from ..tree.nodes import Document
from .attribution import NONE, Numbers, explained, reaches
from .causes import Cause, causes
from .change import Change, FigureChange, Location
from .compare import compared
from .counts import Counts, counted
from .reviews import Review, reviews

__all__ = [
    "Cause",
    "Change",
    "Counts",
    "Differences",
    "FigureChange",
    "Location",
    "Review",
    "Side",
    "counted",
    "differences",
]


@dataclass(frozen=True, slots=True)
class Side:
    """One version: its data, the facts derived from it, the document composed of them."""

    budget: Budget
    facts: FactGroup
    document: Document


@dataclass(frozen=True, slots=True)
class Differences:
    """Everything that differs; the causes' numbers, from 0, are their places in ``causes``."""

    causes: tuple[Cause, ...]
    changes: tuple[Change, ...]
    reviews: tuple[Review, ...]

    def __bool__(self) -> bool:
        """Whether there is any difference, of the data or in print."""
        return bool(self.causes or self.changes)


def differences(old: Side, new: Side) -> Differences:
    """What changed from ``old`` to ``new``, both composed with one layout."""
    found = causes(old.budget, new.budget)
    before, after = reaches(found, old.facts, new.facts)
    changes = explained(list(compared(old.document, new.document)), before, after, _edits(found, old, new))
    return Differences(found, changes, reviews(old.facts, new.facts, new.document, before, after))


def _edits(found: Sequence[Cause], old: Side, new: Side) -> dict[str, Numbers]:
    """The causes that are hand edits, by the id of the block that is changed."""
    blocks: dict[str, Numbers] = {}
    for n, cause in enumerate(found):
        for pointer, side in ((cause.old, old), (cause.new, new)):
            _, part, *place = pointer.split("/") if pointer else ("", "")
            if part == "overrides":
                block = side.budget.overrides[int(place[0])].block
                blocks[block] = blocks.get(block, NONE) | {n}
    return blocks
