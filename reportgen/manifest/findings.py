"""Findings in stored files: how they are written, and the check that stored ones can be printed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ..core.finding import Finding, Severity
from ..core.stored_data import check_template


def json_fields(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return the fields of a dataclass for JSON, a severity by its name."""
    return {name: value.name.lower() if isinstance(value, Severity) else value for name, value in pairs}


def check_findings(findings: Iterable[Finding]) -> None:
    """Raise ValueError if the message or the hint of a stored finding cannot be printed with its values."""
    for finding in findings:
        check_template(finding.message, finding.values)
        check_template(finding.hint, finding.values)
