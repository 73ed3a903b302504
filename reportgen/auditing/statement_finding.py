"""Findings about statements: severity by confidence, and figures printed as the document prints them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from ..core.finding import Finding, Place, Severity
from ..core.money import rounded
from ..recognise.prose.statement import Printed, Statement
from ..recognise.table import UNITS

LONGEST = 80


def finding(
    code: str, severity: Severity, message: str, statement: Statement, hint: str, values: Mapping[str, str]
) -> Finding:
    """Return a finding about a statement; where something was inferred, an error is a warning."""
    if statement.confidence == "likely":
        severity = min(severity, Severity.WARNING)
    said = statement.text if len(statement.text) <= LONGEST else statement.text[: LONGEST - 1] + "…"
    what = {"subject": statement.subject.name or "这一句", **values}
    return Finding(code, severity, message, (Place(printed=f"“{said}”", cell=statement.place),), hint, what)


def like(value: Decimal, figure: Printed) -> str:
    """Return an amount (元) as ``figure`` is printed."""
    decimals = len(figure.text.rstrip("亿万千元").partition(".")[2])
    return f"{rounded(value / UNITS.get(figure.unit, 1), decimals):,f}{figure.unit}"
