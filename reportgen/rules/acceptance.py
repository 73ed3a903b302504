"""Accepted findings: what a clerk has verified as odd but true blocks nothing, as long as its figures stay the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from ..budget.key_places import key_place
from ..budget.model import Acceptance, Budget
from ..core.finding import Finding, Place, Severity
from .rule import all_rules

_LONGEST = 200
"""Characters of one value that an acceptance states."""
_STILL = "改正数据，或核实后用 reportgen accept 重新接受"


@dataclass(frozen=True, slots=True)
class AcceptedAs:
    """What an acceptance states of a finding: its code, its place by keys, its figures."""

    code: str
    place: str
    figures: tuple[str, ...]


def accepted_as(finding: Finding, budget: Budget) -> AcceptedAs | None:
    """Return what an acceptance of the finding must state; None if its rule does not allow any."""
    if finding.code not in acceptable_codes() or finding.severity is Severity.NOTE:
        return None
    places = [key_place(budget, place.pointer) or place.printed for place in finding.where]
    # the least of all places does not depend on the order of rows
    return AcceptedAs(finding.code, min(filter(None, places), default=""), _figures(finding))


def _figures(finding: Finding) -> tuple[str, ...]:
    """Return the figures and words of a finding: other words at the same place are another finding."""
    return tuple(value[:_LONGEST] for value in finding.values.values() if value.strip())


def acceptable_codes() -> frozenset[str]:
    """Return the codes of the rules whose findings can be accepted."""
    return frozenset(rule.code for rule in all_rules() if rule.acceptable)


def with_acceptances(findings: Iterable[Finding], budget: Budget) -> Iterator[Finding]:
    """Yield the findings, accepted ones as notes with the reason, then what is wrong with the acceptances."""
    stated = {_stated(acceptance): (n, acceptance) for n, acceptance in enumerate(budget.accepted)}
    met: set[AcceptedAs] = set()
    at: dict[tuple[str, str], Finding] = {}
    for finding in findings:
        key = accepted_as(finding, budget) if stated else None
        if key in stated and key is not None:
            met.add(key)
            finding = replace(finding, severity=Severity.NOTE, accepted=stated[key][1].reason)
        elif key is not None:
            at[key.code, key.place] = finding
        yield finding
    for key, (n, acceptance) in stated.items():
        if key not in met:
            yield _unmet(f"/accepted/{n}", acceptance, at.get((key.code, key.place)))


def _stated(acceptance: Acceptance) -> AcceptedAs:
    return AcceptedAs(acceptance.code, acceptance.place, acceptance.figures)


def _unmet(pointer: str, acceptance: Acceptance, finding: Finding | None) -> Finding:
    """Return what is wrong with an acceptance that no finding meets; ``finding`` is one at its place."""
    values = {"code": acceptance.code, "place": acceptance.place}
    where = (Place(pointer, "接受的问题"),)
    if acceptance.code not in acceptable_codes():
        message = "{code} 不能接受，只能改正"
        return Finding("GJ002", Severity.ERROR, message, where, "删去这一条，改正数据", values)
    if finding is None:
        message = "接受的 {code}（{place}）没有对应的问题"
        return Finding("GJ003", Severity.WARNING, message, where, "问题已不存在就删去这一条", values)
    values |= {"then": "、".join(acceptance.figures), "now": "、".join(_figures(finding))}
    message = "接受 {code}（{place}）时的数字是 {then}，现在是 {now}，接受已失效"
    return Finding("GJ003", Severity.WARNING, message, where, _STILL, values)
