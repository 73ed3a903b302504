"""What an audit gives: findings with how sure they are, what was recognised, and how much of the file was checked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from ..core.finding import Finding, Severity, blocking
from ..recognise.blocks import Box, PageSize

Confidence = Literal["certain", "likely"]


@dataclass(frozen=True, slots=True)
class AuditFinding:
    """A finding, and how sure its reading is.

    It is ``certain`` where all figures were read from ruled cells or a whole sentence, ``likely`` where a name, a base
    or a table had to be inferred. ``consequences`` are what else is wrong because of the same slip (:mod:`.cascades`).
    """

    finding: Finding
    confidence: Confidence = "certain"
    consequences: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much was checked: figure cells of tables, and of these the ones in a relation; the same of the prose.

    ``figures`` counts the amounts and rates in sentences, ``understood`` those that were tied to a subject.
    ``held`` are the cells, and ``held_figures`` the figures of sentences, that were held against the data;
    ``bases`` are the figures of last year that were held against last year's document.
    """

    cells: int = 0
    tied: int = 0
    figures: int = 0
    understood: int = 0
    held: int = 0
    held_figures: int = 0
    bases: int = 0


@dataclass(frozen=True, slots=True)
class AuditedTable:
    """A table that was recognised: what messages call it, its title, its unit, how many rows, on which page."""

    name: str
    title: str
    unit: str
    rows: int
    page: int


@dataclass(frozen=True, slots=True)
class AuditReport:
    """The result of an audit.

    ``boxes`` has the rectangles of the places that the findings name, on pages of the ``sizes``.
    """

    findings: tuple[AuditFinding, ...]
    coverage: Coverage
    tables: tuple[AuditedTable, ...]
    pages: int = 0
    year: int = 0
    sizes: tuple[PageSize, ...] = field(default=(), repr=False)
    boxes: Mapping[str, tuple[Box, ...]] = field(default_factory=dict, repr=False)

    @property
    def blocking(self) -> bool:
        """Whether a finding is an error."""
        return blocking(one.finding for one in self.findings)

    def every(self) -> Iterator[Finding]:
        """Yield all that is wrong: each finding, then its consequences."""
        for one in self.findings:
            yield from (one.finding, *one.consequences)

    def of(self, severity: Severity) -> Iterable[AuditFinding]:
        """Return the findings of a severity."""
        return [one for one in self.findings if one.finding.severity is severity]
