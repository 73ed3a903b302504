"""Reasons that a clerk must read again: they explain a change that now goes the other way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ..facts import Fact, FactGroup, SourceText
from ..tree.nodes import Document, Paragraph, Text
from .attribution import Reach
from .locations import standing


@dataclass(frozen=True, slots=True)
class Review:
    """A reason whose change turned.

    ``was`` and ``now`` are directions (up, down, flat, new, unknown), ``pointer`` is the reason in the new file,
    ``place`` where it is printed now ("" if it no longer is), ``causes`` the numbers of what turned it.
    """

    pointer: str
    text: str
    place: str
    was: str
    now: str
    causes: tuple[int, ...]


def reviews(old: FactGroup, new: FactGroup, document: Document, before: Reach, after: Reach) -> tuple[Review, ...]:
    """The reasons that stayed as they were although the direction of what they explain did not."""
    printed = _printed(document)
    earlier = {change.dotted: (change, reason) for change, reason in _explained(old)}
    found = []
    for change, reason in _explained(new):
        known = earlier.get(change.dotted)
        if known and reason and known[1] and known[1].text == reason.text and known[0].direction != change.direction:
            numbers = before.of_facts(_basis(known[0])) | after.of_facts(_basis(change))
            place = printed.get(reason.pointer, "")
            directions = known[0].direction, change.direction
            found.append(Review(reason.pointer, reason.text, place, *directions, tuple(sorted(numbers))))
    return tuple(found)


def _explained(facts: FactGroup) -> Iterator[tuple[FactGroup, SourceText | None]]:
    """Every change that the document may give a reason for, with its reason."""
    for group in (facts[name] for name in facts.names()):
        if isinstance(group, FactGroup) and "change" in group and "reason" in group:
            if "direction" in group.change:
                yield group.change, group.reason
            else:
                yield from ((group.change[name], group.reason[name]) for name in group.reason.names())


def _basis(change: FactGroup) -> Iterator[str]:
    for name in ("this", "base"):
        if name in change and isinstance(change[name], Fact):
            yield change[name].name


def _printed(document: Document) -> Mapping[str, str]:
    """Where the words of each pointer stand in the prose."""
    return {
        run.source: one.place
        for one in standing(document)
        if isinstance(one.block, Paragraph)
        for run in one.block.runs
        if isinstance(run, Text) and run.source
    }
