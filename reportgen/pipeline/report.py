"""The results of the pipeline's steps."""

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
class Prepared:
    """A document ready to be written, with what it was made of and what was found on the way.

    ``generated`` is the document without the hand edits.
    """

    layout: Layout
    budget: Budget
    facts: FactGroup
    findings: tuple[Finding, ...]
    document: Document
    generated: Document

    @property
    def year(self) -> int:
        """The budget year."""
        return self.budget.year


@dataclass(frozen=True, slots=True)
class Report:
    """The result of a check or a build: every finding, and the document's files if they were written.

    ``current_files`` are those of the ``files`` that were not written because they already are what they should be.
    ``prepared`` is the document that was written or refused; None if nothing had to be prepared.
    """

    findings: tuple[Finding, ...]
    files: tuple[Path, ...] = ()
    current_files: tuple[Path, ...] = ()
    prepared: Prepared | None = field(default=None, repr=False, compare=False)

    @property
    def publishable(self) -> bool:
        """Whether nothing blocks publication; notes and warnings may remain."""
        return not blocking(self.findings)

    @property
    def current(self) -> bool:
        """Whether all files are current: there was nothing to write."""
        return bool(self.files) and self.current_files == self.files


@dataclass(frozen=True, slots=True)
class Rendered:
    """A document's files in memory: ``files`` by file name, empty if a finding blocks publication."""

    files: Mapping[str, bytes] = field(repr=False)
    findings: tuple[Finding, ...]

    @property
    def publishable(self) -> bool:
        """Whether nothing blocks publication; notes and warnings may remain."""
        return not blocking(self.findings)
