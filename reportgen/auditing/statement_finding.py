"""Findings about statements: severity by confidence, and figures printed as the document prints them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from ..core.finding import Finding, Place, Severity
from ..core.money import rounded
from ..recognise.blocks import ReadParagraph
from ..recognise.prose.statement import Printed, Statement
from ..recognise.table import UNITS

LONGEST = 80
AROUND = 12
"""Characters that are shown on both sides of a passage."""


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


def passage_finding(
    code: str, severity: Severity, message: str, paragraph: ReadParagraph, found: str, hint: str, **values: str
) -> Finding:
    """Return a finding about a passage of a paragraph, shown with what stands around it, blanks left out if need be."""
    text = paragraph.text if found in paragraph.text else "".join(paragraph.text.split())
    start = max(0, text.find(found))
    said = text[max(0, start - AROUND) : start + len(found) + AROUND].strip()
    where = (Place(printed=f"“{said}”", cell=paragraph.place),)
    return Finding(code, severity, message, where, hint, {"found": found, **values})
