"""What came of a run, as a value and as ``summary.json``. Nothing in it changes when the same run is done again."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ...core.finding import Finding, blocking
from ..outcome import Outcome
from ..output_target import Output
from .aggregate import added, classes, published
from .labels import chinese

JSON, XLSX, HTML = "summary.json", "summary.xlsx", "index.html"
FORM = "reportgen-summary/1"
Say = Callable[[str, Mapping[str, str]], str]
"""A message template and its values to a sentence."""


@dataclass(frozen=True, slots=True)
class Summary:
    """The outcomes by name, what the city checks found, and whether the run came to its end."""

    outcomes: tuple[Outcome, ...]
    findings: tuple[Finding, ...] = ()
    complete: bool = True

    @property
    def publishable(self) -> bool:
        """Whether all departments are published and nothing is wrong with them together."""
        return self.complete and all(o.status == "published" for o in self.outcomes) and not blocking(self.findings)

    def counts(self) -> dict[str, int]:
        """How many departments of each status there are."""
        return dict(sorted(Counter(one.status for one in self.outcomes).items()))


def save(summary: Summary, out: Output) -> None:
    """Write the three files of the summary into ``out``; those that say the same already stay.

    Raises:
        OutputError: the folder cannot be made or written.
    """
    payload = dumped(as_data(summary))
    if not _stands(out, payload):
        from .html import page  # not imported for a run that finds everything as it should be
        from .xlsx import sheet

        out.save({JSON: payload, XLSX: sheet(summary), HTML: page(summary)})


def _stands(out: Output, payload: bytes) -> bool:
    return out.read(JSON) == payload and out.holds(XLSX) and out.holds(HTML)


def dumped(data: Mapping[str, Any]) -> bytes:
    """Data as JSON, a line for each member and for each item of a list; what no encoding knows becomes an escape.

    The library's own indenting is many times slower, and of a thousand departments one wants to see one a line.
    """
    members = ",\n".join(f" {_plain(name)}: {_lines(value)}" for name, value in data.items())
    return f"{{\n{members}\n}}\n".encode("utf-8", "backslashreplace")


def _lines(value: Any) -> str:
    if not isinstance(value, list) or not value:
        return _plain(value)
    return "[\n" + ",\n".join(f"  {_plain(item)}" for item in value) + "\n ]"


def _plain(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def as_data(summary: Summary, say: Say = chinese) -> dict[str, Any]:
    """The summary as plain data, messages filled in by ``say``; amounts are texts, exact, in 元."""
    totals = list(published(summary.outcomes))
    sums = added(totals)
    return {
        "form": FORM,
        "complete": summary.complete,
        "counts": summary.counts(),
        "totals": {name: str(amount) for name, amount in sorted(sums.items())},
        "classes": classes(totals),
        "findings": [_finding(one, say) for one in summary.findings],
        "departments": [_department(one, say) for one in summary.outcomes],
    }


def _department(one: Outcome, say: Say) -> dict[str, Any]:
    about = one.totals
    return {
        "name": one.name,
        "code": about.code if about else "",
        "department": about.name if about else "",
        "status": one.status,
        "findings": [_finding(finding, say) for finding in one.findings],
        "notes": one.notes,
        "totals": {name: str(amount) for name, amount in sorted(about.amounts.items())} if about else {},
        "files": [f"{one.name}/{file}" for file in one.files],
    }


def _finding(finding: Finding, say: Say) -> dict[str, Any]:
    return {
        "code": finding.code,
        "severity": finding.severity.name.lower(),
        "message": say(finding.message, finding.values),
        "hint": say(finding.hint, finding.values),
        "where": [str(place) for place in finding.where],
    }
