"""GJ7xx: checks over all departments of a run. A check is a function that yields findings.

``check`` declares them; ``identity``, ``totals`` and ``units`` hold them.
"""

from __future__ import annotations

from ...core.finding import Finding
from . import identity, totals, units
from .check import CHECKS, Batch

__all__ = ["CHECKS", "Batch", "city_findings", "identity", "totals", "units"]


def city_findings(batch: Batch) -> tuple[Finding, ...]:
    """Return the findings of all checks, in the order of their codes."""
    return tuple(finding for code in sorted(CHECKS) for finding in CHECKS[code](batch))
