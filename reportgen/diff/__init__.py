"""Two versions of one document: what changed in the data, and what therefore reads otherwise (``docs/diff.md``).

*Causes* come from the data alone, *changes* from the printed trees alone; the facts tie them together. So a cause that
nothing prints is seen, and a change that nothing caused would be.
"""

from __future__ import annotations

from dataclasses import dataclass

from ..budget.model import Budget
from ..facts import Group
from ..tree.nodes import Document
from .causes import Cause, causes
from .change import Change, FigureChange, Spot
from .compare import compared
from .counts import Counts, counted
from .reach import explained, reaches
from .reviews import Review, reviews

__all__ = [
    "Cause",
    "Change",
    "Counts",
    "Differences",
    "FigureChange",
    "Review",
    "Side",
    "Spot",
    "counted",
    "differences",
]


@dataclass(frozen=True, slots=True)
class Side:
    """One version: its data, the facts derived from it, the document composed of them."""

    budget: Budget
    facts: Group
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
    changes = explained(list(compared(old.document, new.document)), before, after)
    return Differences(found, changes, reviews(old.facts, new.facts, new.document, before, after))
