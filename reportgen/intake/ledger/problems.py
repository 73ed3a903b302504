"""Problems of a ledger, gathered row by row, reported once for each kind and column with the first rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from ...core.finding import Finding, Place, Severity

SHOWN = 5
"""Rows that a finding lists; the others are counted."""
LONGEST_SHOWN = 30


@dataclass(frozen=True, slots=True)
class RowProblem:
    """One kind of problem: its finding, whose message has ``{count}`` (of rows), ``{column}`` and ``{examples}``."""

    code: str
    message: str
    hint: str = ""
    severity: Severity = Severity.ERROR


@dataclass(slots=True)
class _Gathered:
    count: int = 0
    places: list[tuple[int, str]] = field(default_factory=list)
    """The first rows and what they have."""


class Problems:
    """What is wrong with a ledger; ``place`` names the cell of a row and a column."""

    def __init__(self, place: Callable[[int, str], str]) -> None:
        """Start with none."""
        self._place = place
        self._gathered: dict[tuple[RowProblem, str], _Gathered] = {}
        self._single: list[Finding] = []
        self.errors = 0
        """How many cells or rows have an error."""

    def add(self, kind: RowProblem, column: str, row: int, found: str = "") -> None:
        """Record that a row has this problem in a column; ``found`` is what it has there."""
        gathered = self._gathered.setdefault((kind, column), _Gathered())
        gathered.count += 1
        self.errors += kind.severity is Severity.ERROR
        if len(gathered.places) < SHOWN:
            gathered.places.append((row, found))

    def say(self, finding: Finding) -> None:
        """Record a problem that is not one of rows."""
        self._single.append(finding)

    @property
    def blocking(self) -> bool:
        """Whether anything is an error."""
        kinds = [kind.severity for kind, _ in self._gathered]
        return Severity.ERROR in (*kinds, *(finding.severity for finding in self._single))

    def findings(self) -> Iterator[Finding]:
        """Yield a finding for each kind of problem in each column, errors first."""
        found = [*self._single, *(self._finding(kind, column) for kind, column in self._gathered)]
        yield from sorted(found, key=lambda finding: -finding.severity)

    def _finding(self, kind: RowProblem, column: str) -> Finding:
        gathered = self._gathered[kind, column]
        places = tuple(Place(printed=self._place(row, column)) for row, _ in gathered.places)
        examples = "、".join(f"“{shown(text)}”" for text in dict.fromkeys(text for _, text in gathered.places) if text)
        values = {"count": str(gathered.count), "column": column, "examples": examples}
        return Finding(kind.code, kind.severity, kind.message, places, kind.hint, values)


def shown(text: str) -> str:
    """Return a text as a message prints it: short, control characters as their codes."""
    clean = "".join(char if char.isprintable() else f"U+{ord(char):04X}" for char in text)
    return clean if len(clean) <= LONGEST_SHOWN else clean[: LONGEST_SHOWN - 1] + "…"
