"""Every error planted in final accounts has a finding of its kind at its place; the documents as they are have none."""

from __future__ import annotations

import copy
import random
from functools import cache
from typing import Any

import pytest

from reportgen.budget.json_input import parse_json
from reportgen.core.finding import Finding, Severity
from reportgen.layout.load import load_layout
from tests.cities import department
from tests.population import size
from tests.rules.planted.final_accounts import KINDS, Kind
from tests.rules.test_rules import base, found

from invented.document import document  # isort: skip  the folder is found by tests.cities
from invented.final_accounts import final_accounts  # isort: skip
from invented.money import text  # isort: skip

EACH = size(10, 2)
DEPARTMENTS = 60
SAMPLE = -1
"""The number of the sample, whose budget is the demo; it has no last year."""
PRINTING = load_layout("final-accounts").printing


@cache
def original(number: int) -> tuple[Any, Any, Any]:
    """Final accounts, those of last year, the budget."""
    if number == SAMPLE:
        return base("final-accounts"), None, base("demo")
    who = department(1, number)
    last = None if who.new else final_accounts(who, 2023)
    plain = (None if one is None else parse_json(text(one).encode()) for one in (last, document(who, 2024)))
    return (parse_json(text(final_accounts(who, 2024)).encode()), *plain)  # type: ignore[return-value]


def findings_of(number: int, data: Any, with_last: bool = True) -> list[Finding]:
    _, last, budget = original(number)
    findings = found(data, last if with_last else None, budget, PRINTING)
    return [finding for finding in findings if finding.severity > Severity.NOTE]


def touches(finding: Finding, pointer: str) -> bool:
    """Whether a place of the finding contains the pointer, or is in what it points to."""
    places = [f"{place.pointer}/" for place in finding.where if place.pointer]
    return any(f"{pointer}/".startswith(place) or place.startswith(f"{pointer}/") for place in places)


@pytest.mark.campaign
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_planted_errors_are_found(kind: Kind) -> None:
    dice, planted, chain = random.Random(f"2024 {kind.name}"), 0, bool(set(kind.codes) & {"GJ606", "GJ607"})
    for turn in range(EACH * DEPARTMENTS):
        number = SAMPLE if turn == 0 else dice.randrange(DEPARTMENTS)
        data = copy.deepcopy(original(number)[0])
        pointer = kind.plant(data, dice)
        if pointer is None or (chain and original(number)[1] is None):
            continue
        own = [one for one in findings_of(number, data, chain) if one.code in kind.codes]
        balance = any(code in ("GJ101", "GJ127", "GJ202") for code in kind.codes)
        assert any(balance or touches(one, pointer) for one in own), f"{kind.name} in {number} at {pointer}: {own}"
        planted += 1
        if planted == EACH:
            return
    raise AssertionError("too few documents have a place for this error")


def test_there_are_enough_kinds() -> None:
    assert len({kind.name for kind in KINDS}) == len(KINDS) >= 20


@pytest.mark.campaign
@pytest.mark.parametrize("number", [SAMPLE, *range(size(DEPARTMENTS, 4))])
def test_the_documents_as_they_are_have_no_findings(number: int) -> None:
    assert [str(finding) for finding in findings_of(number, original(number)[0])] == []
