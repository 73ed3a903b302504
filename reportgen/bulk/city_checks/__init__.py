"""GJ7xx: what must hold over all departments of a run. A check is a function that yields findings.

``check`` says how one is declared; the other modules hold the checks.
"""

from __future__ import annotations

from ...core.finding import Finding
from . import identity, totals
from .check import CHECKS, Batch

__all__ = ["CHECKS", "Batch", "city_findings", "identity", "totals"]


def city_findings(batch: Batch) -> tuple[Finding, ...]:
    """Every finding of every check, in the order of the codes."""
    return tuple(finding for code in sorted(CHECKS) for finding in CHECKS[code](batch))
