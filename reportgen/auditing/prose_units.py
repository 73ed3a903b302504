"""Hold the unit of each amount in a sentence against that of the document: 元 where all others are in 万元."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from ..core.finding import Finding, Severity
from ..recognise.prose.statement import Printed, Prose, Statement
from .statement_finding import finding

_EACH = re.compile("[人次辆户生]均|平均|每|标准|单价")
"""What is counted for one (人均101.56元) is printed in 元."""
FEWEST, SHARE = 10, Decimal("0.9")
"""So many amounts, and what share of them, are in 万元 where a document is."""


def check_units_of_sentences(prose: Prose, said: Sequence[Finding]) -> Iterator[Finding]:
    """Yield a finding for each amount, change or budget in 元, in a document whose sentences are in 万元.

    What ``said`` findings say of a paragraph's units is not said again.
    """
    figures = [(one, figure) for one in prose.all() for figure in _figures(one)]
    others = [figure for _, figure in figures if figure.unit == "万元"]
    reported = {place.cell for one in said if one.code == "AU122" for place in one.where}
    if len(others) < FEWEST or len(others) < SHARE * len(figures):
        return
    for statement, figure in figures:
        if (
            figure.unit == "元"
            and figure.value
            and not _EACH.search(statement.subject.name)
            and statement.place not in reported
        ):
            message, hint = "{subject}印的是 {amount}，全文的金额都以万元为单位", "核对金额的单位"
            yield finding("AU122", Severity.WARNING, message, statement, hint, {"amount": figure.text})


def _figures(statement: Statement) -> Iterator[Printed]:
    if statement.amount is not None:
        yield statement.amount
    if statement.change is not None and statement.change.amount is not None:
        yield statement.change.amount
    yield from (base.amount for base in statement.bases if base.amount is not None)
