"""Check figures that a document states twice: 机关运行经费 in its section and again among the other matters."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..core.finding import Finding, Place, Severity
from ..recognise.prose.statement import Printed, Prose, Statement
from .statement_finding import finding

KEYS = re.compile(r"three_public(\..*)?|agency_operating|procurement|meetings|training")
"""Subjects of which a document has one amount; totals and funds have several, with and without what is carried over."""
_YEARS = re.compile(r"20[0-9]{2}年?度?|本年度?|本部门")


def check_repeated(prose: Prose) -> Iterator[Finding]:
    """Yield a warning for each amount that differs from the first one of the same subject, whose it is included."""
    first: dict[tuple[str, ...], Statement] = {}
    for statement in prose.all():
        subject = statement.subject
        if statement.amount is None or statement.confidence != "certain" or not KEYS.fullmatch(subject.key):
            continue
        known = first.setdefault((*subject.same, _YEARS.sub("", subject.whose)), statement)
        if known.amount is not None and _differ(known.amount, statement.amount):
            values = {"amount": statement.amount.text, "other": known.amount.text, "place": known.place}
            message, hint = (
                "{subject} {amount}，前面（{place}）写的是 {other}",
                "两处改成一致；不是一回事的，写明各是什么",
            )
            said = finding("AU124", Severity.WARNING, message, statement, hint, values)
            yield Finding(said.code, said.severity, message, (*said.where, Place(cell=known.place)), hint, said.values)


def _differ(one: Printed, other: Printed) -> bool:
    return abs(one.value - other.value) > one.rounding + other.rounding
