"""The leaf test: another value in any leaf of a document is printed, gives a finding or is refused; or it is listed.

``silent.yaml`` lists the leaves for which none of these happens, each with its reason.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from reportgen.budget.field_types import Amount
from reportgen.budget.json_input import parse_json
from reportgen.budget.load import read_budget
from reportgen.budget.model import Budget
from reportgen.budget.schema import inner_model, models
from reportgen.core.errors import InputError
from reportgen.core.paths import shipped
from reportgen.facts import derive_facts
from reportgen.pipeline.in_memory import prepare
from tests.document import additions
from tests.leaves.changes import Leaf, another, filled, leaves, put
from tests.population import in_full, sample
from tests.strategies import dumped
from tests.variants import printed

LAYOUT = additions.layout()
SAMPLES = shipped("data") / "samples"
FILES = {
    "demo": "demo-2023.json", "seed": "shaoxing-hrss-2023.json",
    "final": "final-accounts.json", "locality": "final-accounts-shanghai.json",
}  # fmt: skip
LISTED: list[dict[str, str]] = yaml.safe_load((Path(__file__).parent / "silent.yaml").read_text(encoding="utf-8"))


class Case(NamedTuple):
    """A leaf of one of the documents."""

    document: str
    leaf: Leaf

    def __str__(self) -> str:
        """Return the name of the test."""
        return f"{self.document}{self.leaf.pointer}"


class Seen(NamedTuple):
    """What a reader sees of a document: every printed place, properties of the files, the findings."""

    printed: dict[str, str]
    properties: tuple[object, ...]
    findings: list[tuple[str, ...]]


@cache
def document(name: str) -> Any:
    return filled(document("demo")) if name == "filled" else parse_json((SAMPLES / FILES[name]).read_bytes())


def seen(data: Any) -> Seen | None:
    """What is seen of a document; None if it is refused."""
    try:
        prepared = prepare(dumped(data), None if data.get("stage") == "final" else LAYOUT)
    except InputError:
        return None
    made = prepared.document
    findings = [(f.severity.name, f.text, f.accepted, *map(str, f.where)) for f in prepared.findings]
    return Seen(printed(made), (made.date, made.title, made.author, made.subject, made.slug), findings)


@cache
def seen_before(name: str) -> Seen:
    before = seen(document(name))
    assert before is not None, "the document itself is refused"
    return before


def all_cases() -> Iterator[Case]:
    for name in ("filled", "seed", "demo", "final", "locality"):
        for leaf in leaves(document(name)):
            yield Case(name, leaf)


def is_silent(case: Case) -> bool:
    """Whether nothing is seen of another value in the leaf."""
    data = document(case.document)
    return seen(put(data, case.leaf.pointer, another(case.leaf, data))) == seen_before(case.document)


ALL = {str(case): case for case in all_cases()}
FIRST = {case.leaf.kind: case for case in reversed(ALL.values())}
"""One leaf of each kind, of the filled document where it has one."""
SILENT = [f"{entry['document']}{entry['leaf']}" for entry in LISTED]
ONE_OF_SEVERAL = (
    "/revenue/0/last/", "/revenue/0/carry_over_last/", "/expenditure/0/last/", "/economic_expenditure/0/last/",
)  # fmt: skip
"""What one line was last year is known of no sum while other lines with amounts do not say it."""
STATED_BESIDE = ("/agency_operating",)
"""``/totals`` of the filled document states the same sum, which is the one that is printed; GJ604 compares the two."""
AMOUNTS = [
    case
    for case in FIRST.values()
    if isinstance(case.leaf.type, Amount) and not case.leaf.pointer.startswith((*ONE_OF_SEVERAL, *STATED_BESIDE))
]


@pytest.mark.campaign
@pytest.mark.parametrize("case", [*ALL.values()] if in_full() else sample([*FIRST.values()], 30), ids=str)
def test_another_value_is_seen_unless_the_leaf_is_listed(case: Case) -> None:
    assert is_silent(case) == (str(case) in SILENT)


@pytest.mark.parametrize("name", SILENT)
def test_a_listed_leaf_is_there_and_silent(name: str) -> None:
    assert is_silent(ALL[name])


def test_every_listed_leaf_has_a_reason_and_is_listed_once() -> None:
    assert all(entry["why"] for entry in LISTED)
    assert len(set(SILENT)) == len(SILENT)


@pytest.mark.campaign
@pytest.mark.parametrize("case", sample(AMOUNTS, 15), ids=str)
def test_the_least_change_of_an_amount_changes_a_fact(case: Case) -> None:
    data = document(case.document)
    assert values(put(data, case.leaf.pointer, Decimal(case.leaf.value) + Decimal("0.01"))) != values(data)


def values(data: Any) -> list[tuple[str, Decimal]]:
    """The exact value of every fact of a document."""
    facts = derive_facts(read_budget(data), LAYOUT.layout.printing)
    return sorted((fact.name, fact.value) for fact in facts.facts())


def test_what_the_filled_document_accepts_is_found_in_it() -> None:
    findings = seen_before("filled").findings
    assert ("NOTE", "已经核实") in {(severity, accepted) for severity, _, accepted, *_ in findings}


def test_the_documents_have_every_field_of_the_contract() -> None:
    names = {part for kind in FIRST for part in kind.split("/")}
    contract = {field.name for model in models(Budget) for field in fields(model) if inner_model(field) is None}
    assert contract <= names


def test_a_leaf_that_nothing_reads_is_silent() -> None:
    """The text of a row without money is printed nowhere: the test must see that."""
    data = put(document("demo"), "/glossary/13", {"function": "2130101", "text": "没有用到的科目。"})
    text = next(leaf for leaf in leaves(data) if leaf.pointer == "/glossary/13/text")
    assert seen(data) == seen(put(data, text.pointer, another(text, data)))
