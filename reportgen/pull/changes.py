"""What became of a paragraph."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from ..core.finding import Finding
from ..tree.nodes import Figure


@dataclass(frozen=True, slots=True)
class Change:
    """What became of a paragraph: ``runs`` are its new words, none if it was deleted.

    ``block`` is the slot's block, or for a paragraph that was ``added`` the one after which it stands; ``role`` is its
    kind. ``text`` is what the slot said before.
    """

    block: str
    place: str
    runs: tuple[str | Figure, ...]
    added: bool = False
    role: str = "body"
    text: str = ""

    @property
    def kind(self) -> str:
        """added, changed or deleted."""
        return "added" if self.added else "changed" if self.runs else "deleted"

    @property
    def said(self) -> str:
        """The new words; of a paragraph that was deleted the old ones."""
        return said(self.runs) or self.text


def said(runs: Iterable[str | Figure]) -> str:
    """Words and figures as one text."""
    return "".join(run if isinstance(run, str) else run.text for run in runs)


@dataclass(slots=True)
class Gathered:
    """All changes in order, the paragraphs that stand as they stood, and what was found on the way."""

    changes: list[Change] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
