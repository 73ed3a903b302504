"""Compare two versions of one document: what changed in the data, and what therefore prints differently.

*Causes* are found in the data alone, *changes* in the printed documents alone; the facts connect them. So a cause that
prints nowhere is reported, and a change without a cause would be. The guide is ``docs/diff.md``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ..budget.model import Budget, Override
from ..facts import FactGroup
from ..tree.locations import printed_places
from ..tree.nodes import Document
from .attribution import NONE, CauseNumbers, attribute, cause_indexes
from .causes import Cause, causes
from .change import Change, FigureChange
from .compare import compare_documents
from .counts import Counts, counted
from .locations import Location
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
    """One version: its data, the facts derived from it, the document composed from them."""

    budget: Budget
    facts: FactGroup
    document: Document


@dataclass(frozen=True, slots=True)
class Differences:
    """Everything that differs. Changes and reviews name their causes by their index in ``causes``."""

    causes: tuple[Cause, ...]
    changes: tuple[Change, ...]
    reviews: tuple[Review, ...]

    def __bool__(self) -> bool:
        """Whether there is any difference, in the data or in print."""
        return bool(self.causes or self.changes)


def differences(old: Side, new: Side) -> Differences:
    """Return what changed from ``old`` to ``new``, both composed with one layout."""
    found = tuple(_named(cause, old, new) for cause in causes(old.budget, new.budget))
    before, after = cause_indexes(found, old.facts, new.facts)
    changes = list(compare_documents(old.document, new.document))
    attributed = attribute(changes, before, after, _hand_edits(found, old, new))
    return Differences(found, attributed, reviews(old.facts, new.facts, new.document, before, after))


def _named(cause: Cause, old: Side, new: Side) -> Cause:
    """Return a cause that is a hand edit with the place and the text of its paragraph; another one as it is."""
    edits = [edit for pointer, side in ((cause.new, new), (cause.old, old)) if (edit := _hand_edit(pointer, side))]
    if not edits:
        return cause
    edit, places = edits[0], printed_places(old.document) | printed_places(new.document)
    place = places.get(edit.block, edit.block)
    label = f"手工改动 {place}{'之后加的一段' if edit.after else ''}"
    if cause.kind not in ("added", "removed"):
        return replace(cause, label=label)
    text = "".join(run if isinstance(run, str) else run.printed for run in edit.runs) or "删去这一段"
    return replace(cause, label=label, now=text) if cause.kind == "added" else replace(cause, label=label, was=text)


def _hand_edit(pointer: str, side: Side) -> Override | None:
    """Return the hand edit that a JSON pointer names or is within; None if it names something else."""
    _, part, *index = pointer.split("/") if pointer else ("", "")
    return side.budget.overrides[int(index[0])] if part == "overrides" else None


def _hand_edits(found: Sequence[Cause], old: Side, new: Side) -> dict[str, CauseNumbers]:
    """The causes that are hand edits, by the id of the block that they change."""
    blocks: dict[str, CauseNumbers] = {}
    for n, cause in enumerate(found):
        for pointer, side in ((cause.old, old), (cause.new, new)):
            if edit := _hand_edit(pointer, side):
                blocks[edit.block] = blocks.get(edit.block, NONE) | {n}
    return blocks
