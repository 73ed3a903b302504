"""Every planted error has a finding of its kind at a place that contains it; the documents as they are have none."""

from __future__ import annotations

import copy
import random
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest

from reportgen.budget.json_input import parse_json
from reportgen.core.errors import InputError
from reportgen.core.finding import Finding, Severity
from tests.cities import department
from tests.population import size
from tests.rules.planted import amounts, counts_dates_texts, units_and_funds  # noqa: F401  they fill KINDS
from tests.rules.planted.document import Document
from tests.rules.planted.kind import KINDS, Kind
from tests.rules.test_rules import base, found

from invented.document import document as invented  # isort: skip  the folder is found by tests.cities
from invented.money import text as written  # isort: skip

EACH = size(10, 2)
DEPARTMENTS = 40
SAMPLES = ("demo", "seed")


@cache
def original(name: str | int) -> Any:
    """A sample by its name, or a department of the invented city by its number."""
    return base(name) if isinstance(name, str) else parse_json(written(invented(department(1, name), 2023)).encode())


def placements(kind: Kind) -> Iterator[tuple[str | int, Document, str]]:
    """Documents with one error each, ``EACH`` of them: the samples first, then departments as the dice fall."""
    dice = random.Random(f"2023 {kind.name}")
    planted = 0
    for turn in range(EACH * DEPARTMENTS):
        name = SAMPLES[turn] if turn < len(SAMPLES) else dice.randrange(DEPARTMENTS)
        document = Document(copy.deepcopy(original(name)), dice)
        if pointer := kind.plant(document):
            yield name, document, pointer
            planted += 1
            if planted == EACH:
                return


def findings_of(data: Any) -> tuple[Finding, ...]:
    try:
        return found(data)
    except InputError as error:
        return tuple(error.findings)


def contains(finding: Finding, pointer: str) -> bool:
    return any(place.pointer and f"{pointer}/".startswith(f"{place.pointer}/") for place in finding.where)


@pytest.mark.campaign
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_planted_errors_are_found_at_their_places(kind: Kind) -> None:
    count = 0
    for name, document, pointer in placements(kind):
        own = [one for one in findings_of(document.data) if one.code in kind.codes]
        hits = [one for one in own if one.severity > Severity.NOTE and contains(one, pointer)]
        assert hits, f"{kind.name} in {name} at {pointer}: {[str(one) for one in own]}"
        count += 1
    assert count == EACH, "too few documents have a place for this error"


def test_there_are_enough_kinds() -> None:
    assert len(KINDS) >= 25
    assert len({kind.name for kind in KINDS}) == len(KINDS)


@pytest.mark.campaign
def test_the_documents_as_they_are_have_none_of_these_findings() -> None:
    codes = {code for kind in KINDS for code in kind.codes}
    for name in (*SAMPLES, *range(size(DEPARTMENTS, 12))):
        assert [str(one) for one in found(original(name)) if one.code in codes and one.severity > Severity.NOTE] == []
