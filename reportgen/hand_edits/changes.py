"""Changes of paragraphs in an edited file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from ..core.finding import Finding
from ..tree.nodes import Figure


@dataclass(frozen=True, slots=True)
class Change:
    """A changed paragraph: ``runs`` are its new runs, none if it was deleted.

    ``block`` is the changed block, or for an ``added`` paragraph the one after which it comes; ``role`` is its kind.
    ``text`` is the text before the edit.
    """

    block: str
    place: str
    runs: tuple[str | Figure, ...]
    added: bool = False
    role: str = "body"
    text: str = ""

    @property
    def kind(self) -> str:
        """The kind of the change: added, changed or deleted."""
        return "added" if self.added else "changed" if self.runs else "deleted"

    @property
    def shown_text(self) -> str:
        """The new text; of a deleted paragraph the old one."""
        return text_of(self.runs) or self.text


def text_of(runs: Iterable[str | Figure]) -> str:
    """Return texts and figures as one text."""
    return "".join(run if isinstance(run, str) else run.text for run in runs)


@dataclass(slots=True)
class Edits:
    """All changes in order, and the findings about the edited file."""

    changes: list[Change] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    untold: list[str] = field(default_factory=list)
    """The texts of the file's paragraphs, without numbers, about which nothing is found: they must print next time."""
    numbers: dict[str, str] = field(default_factory=dict)
    """The numbers of items that differ from those that were written, by the items' blocks."""
