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

    def finished(self, place: str, page: int, section: tuple[str, ...], text: str) -> Statement:
        """Return the statement with those of its parts."""
        return Statement(
            self.subject,
            self.amount,
            self.change,
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
        )
