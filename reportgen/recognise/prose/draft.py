"""A statement while its sentence is read: what later words say of it is added until the paragraph ends."""

from __future__ import annotations

from dataclasses import dataclass, field

from .statement import Base, Change, Confidence, Printed, Share, Statement, Subject


@dataclass(slots=True, eq=False)
class Draft:
    """A statement that is not finished; ``whole`` is the statement that it is a part of."""

    subject: Subject
    start: int
    end: int
    amount: Printed | None = None
    change: Change | None = None
    share: Share | None = None
    bases: list[Base] = field(default_factory=list)
    parts: list[Draft] = field(default_factory=list)
    whole: Draft | None = None
    confidence: Confidence = "certain"
    names_all: bool = False
    earlier: list[Change] = field(default_factory=list)

    def compare_anew(self) -> None:
        """Keep the change that was read; what follows is one from another base."""
        if self.change is not None:
            self.earlier.append(self.change)
            self.change = None

    def _changes(self) -> list[Change]:
        """Return the changes that were read: that from last year before one from this year's own budget."""
        found = [*self.earlier, *(() if self.change is None else (self.change,))]
        return sorted(found, key=lambda one: one.base is not None and one.base.own)

    def finished(self, place: str, page: int, section: tuple[str, ...], text: str) -> Statement:
        """Return the statement with those of its parts."""
        changes = self._changes()
        return Statement(
            self.subject,
            self.amount,
            changes[0] if changes else None,
            self.share,
            tuple(self.bases),
            tuple(part.finished(place, page, section, text) for part in self.parts),
            place,
            page,
            self.start,
            self.end,
            section,
            text[self.start : self.end],
            self.confidence,
            tuple(changes[1:]),
            self.names_all,
        )
