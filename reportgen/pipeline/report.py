"""What comes of a run, and what stands between its steps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ..budget.model import Budget
from ..core.finding import Finding, blocking
from ..facts import FactGroup
from ..layout.spec import Layout
from ..tree.nodes import Document


@dataclass(frozen=True, slots=True)
class Report:
    """What came of a run: everything that was found, and the document's files.

    ``kept`` are those of the ``files`` that were not written because they already are what they should be. ``prepared``
    is what was written or refused, None if nothing had to be prepared.
    """

    findings: tuple[Finding, ...]
    files: tuple[Path, ...] = ()
    kept: tuple[Path, ...] = ()
    prepared: Prepared | None = field(default=None, repr=False, compare=False)

    @property
    def publishable(self) -> bool:
        """Whether nothing blocks publication; notes and warnings may stand."""
        return not blocking(self.findings)

    @property
    def current(self) -> bool:
        """Whether there was nothing to write."""
        return bool(self.files) and self.kept == self.files


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document ready to be written, with what it was made of."""

    layout: Layout
    budget: Budget
    facts: FactGroup
    findings: tuple[Finding, ...]
    document: Document

    @property
    def year(self) -> int:
        """The budget's year."""
        return self.budget.year


@dataclass(frozen=True, slots=True)
class Made:
    """What a document was made of: where its JSON came from, its bytes, the fingerprint of the files.

    ``blocks`` are the keys of what it came to say, block by block: every file and the manifest are judged by them.
    """

    source: Path
    payload: bytes
    fingerprint: Mapping[str, str]
    version: str
    blocks: Mapping[str, str]
