"""Find the reasons that a clerk must review: they explain a change that now goes in another direction."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ..budget.terms import BUDGETED_KINDS, KINDS, BaseKind
from ..facts import Fact, FactGroup, SourceText
from ..tree.locations import located_blocks
from ..tree.nodes import Document, Paragraph, Text
from .attribution import CauseIndex


@dataclass(frozen=True, slots=True)
class Review:
    """A reason whose change has another direction.

    ``was`` and ``now`` are directions (up, down, flat, new, unknown), ``pointer`` is the reason in the new file,
    ``place`` where it is printed now ("" if it no longer is), ``causes`` the numbers of what changed the direction.
    """

    pointer: str
    text: str
    place: str
    was: str
    now: str
    causes: tuple[int, ...]


def reviews(
    old: FactGroup, new: FactGroup, document: Document, before: CauseIndex, after: CauseIndex
) -> tuple[Review, ...]:
    """Return the reasons that did not change although the direction of the change they explain did."""
    places = _places_of_texts(document)
    earlier = {change.dotted: (change, reason) for change, reason in _explained(old)}
    found: dict[str, Review] = {}
    for change, reason in _explained(new):
        old_change, old_reason = earlier.get(change.dotted, (None, None))
        if old_change is None or old_reason is None or reason is None or old_reason.text != reason.text:
            continue
        directions = old_change.direction, change.direction
        if directions[0] != directions[1]:
            numbers = before.of_facts(_basis(old_change)) | after.of_facts(_basis(change))
            place = places.get(reason.pointer, "")
            review = Review(reason.pointer, reason.text, place, *directions, tuple(sorted(numbers)))
            found.setdefault(reason.pointer, review)
    return tuple(found.values())


def _explained(facts: FactGroup) -> Iterator[tuple[FactGroup, SourceText | None]]:
    """Iterate over the changes that the document may give a reason for, with their reasons."""
    for group in _groups(facts):
        yield from ((change, group.reason) for change in _changes(group, "total"))
        columns = group.reasons.as_dict() if "reasons" in group else {}
        for column, reason in columns.items():
            if column != "total":
                yield from ((change, reason) for change in _changes(group, column))
        if "budgeted" in group and "reason" in group.budgeted:
            yield from ((change, group.budgeted.reason) for change in _changes(group, "total", BUDGETED_KINDS))


def _groups(facts: FactGroup) -> Iterator[FactGroup]:
    """Iterate over the groups that have a change, and over their rows."""
    for group in (facts[name] for name in facts.names()):
        if not isinstance(group, FactGroup):
            continue
        own = group.change.dotted if "change" in group else None
        if own is not None:
            yield group
        rows = group["compared_rows" if "compared_rows" in group else "rows"] if "rows" in group else []
        yield from (row for row in rows if "change" in row and row.change.dotted != own)


def _changes(group: FactGroup, column: str, kinds: tuple[BaseKind, ...] = KINDS) -> list[FactGroup]:
    """Return the changes of a column: against the bases that the document states, or else against any that is known."""
    changes = [group.change[kind] if column == "total" else group.change[kind][column] for kind in kinds]
    stated = [change for change in changes if change.base is not None and next(change.base.cells(), None)]
    return stated or [change for change in changes if change.dotted]


def _basis(change: FactGroup) -> Iterator[str]:
    for name in ("this", "base"):
        if name in change and isinstance(change[name], Fact):
            yield change[name].name


def _places_of_texts(document: Document) -> Mapping[str, str]:
    """The printed place in the prose of each text of the data, by its pointer."""
    return {
        run.source: located.place
        for located in located_blocks(document)
        if isinstance(located.block, Paragraph)
        for run in located.block.runs
        if isinstance(run, Text) and run.source
    }
