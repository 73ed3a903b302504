"""The summary of a run, as a value and as plain data. The same run gives the same summary."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ...core.finding import Finding, blocking
from ..outcome import Outcome
from .aggregate import add_totals, class_names, generated_totals
from .labels import chinese

JSON, XLSX, HTML = "summary.json", "summary.xlsx", "index.html"
FORM = "reportgen-summary/2"
Translate = Callable[[str, Mapping[str, str]], str]
"""A message template and its values → the sentence in some language."""


@dataclass(frozen=True, slots=True)
class Summary:
    """The outcomes in the order of the jobs, the findings of the city checks, and whether the run is complete.

    ``files`` are the names of the files of the city's document (:mod:`.city_document`), beside the summary.
    """

    outcomes: tuple[Outcome, ...]
    findings: tuple[Finding, ...] = ()
    complete: bool = True
    files: tuple[str, ...] = ()

    @property
    def publishable(self) -> bool:
        """Whether all departments are generated and no city check found an error."""
        return self.complete and all(o.status == "generated" for o in self.outcomes) and not blocking(self.findings)

    def counts(self) -> dict[str, int]:
        """Return the number of departments of each status."""
        return dict(sorted(Counter(outcome.status for outcome in self.outcomes).items()))


def as_data(summary: Summary, translate: Translate = chinese) -> dict[str, Any]:
    """Return the summary as plain data, with messages by ``translate``; amounts are strings, exact, in 元."""
    totals = list(generated_totals(summary.outcomes))
    sums = add_totals(totals)
    return {
        "form": FORM,
        "complete": summary.complete,
        "counts": summary.counts(),
        "totals": {name: str(amount) for name, amount in sorted(sums.items())},
        "classes": class_names(totals),
        "findings": [_finding(finding, translate) for finding in summary.findings],
        "files": list(summary.files),
        "departments": [_department(outcome, translate) for outcome in summary.outcomes],
    }


def _department(outcome: Outcome, translate: Translate) -> dict[str, Any]:
    totals = outcome.totals
    return {
        "name": outcome.name,
        "code": totals.code if totals else "",
        "department": totals.name if totals else "",
        "status": outcome.status,
        "layout": outcome.layout,
        "findings": [_finding(finding, translate) for finding in outcome.findings],
        "notes": outcome.notes,
        "totals": {name: str(amount) for name, amount in sorted(totals.amounts.items())} if totals else {},
        "files": [f"{outcome.name}/{file}" for file in outcome.files],
    }


def _finding(finding: Finding, translate: Translate) -> dict[str, Any]:
    return {
        "code": finding.code,
        "severity": finding.severity.name.lower(),
        "message": translate(finding.message, finding.values),
        "hint": translate(finding.hint, finding.values),
        "where": [str(place) for place in finding.where],
        "accepted": finding.accepted,
    }
