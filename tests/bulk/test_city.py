"""The city checks, case by case; every check has a case that breaks it and one that passes, and a line in the docs."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from reportgen.bulk.city_checks import CHECKS, Batch, city_findings
from reportgen.bulk.department_totals import (
    LAST_YEAR,
    LAST_YEAR_STATED,
    Totals,
    previous_year_amounts,
    shown_labels,
    totals_of,
)
from reportgen.bulk.outcome import Outcome
from reportgen.bulk.previous_year import PreviousYear, _unusable
from reportgen.core.finding import Finding, Severity
from reportgen.core.settings import Printing
from reportgen.facts import derive_facts
from reportgen.pipeline import load
from tests.cities import department, make_city

from invented.final_accounts import final_accounts  # isort: skip  the folder is found by tests.cities
from invented.money import text  # isort: skip

HERE = Path(__file__).parent
CASES: list[dict[str, Any]] = yaml.safe_load((HERE / "city.yaml").read_text(encoding="utf-8"))
AMOUNTS = {
    "revenue.total": "300", "expenditure.grand_total": "300", "expenditure.total": "300",
    "general_public.total": "200", "government_fund.total": "100", "general_public.201.total": "200",
    "expenditure.201.total": "300", "three_public.total": "30", "three_public.overseas": "20",
    "three_public.reception": "10", "three_public.last.budget.reception": "11",
}  # fmt: skip


def outcome(n: int, changes: dict[str, Any] | None) -> Outcome:
    """A sound department, the ``changes`` apart."""
    changes = dict(changes or {})
    status = changes.pop("status", "generated")
    if status == "failed":
        return Outcome(f"job-{n}", status)
    amounts = {name: Decimal(text) for name, text in {**AMOUNTS, **changes.pop("amounts", {})}.items()}
    units = tuple((code, name) for code, name in changes.pop("units", [["500001", "甲局本级"]]))
    about = {"code": "500", "name": "甲局", "scope": "department", "year": 2023, "money_unit": "元", **changes}
    totals = Totals(**about, units=units, classes={"201": "一般公共服务支出"}, amounts=amounts)
    return Outcome(f"job-{n}", status, totals=totals)


def found(case: dict[str, Any]) -> list[Finding]:
    last = case.get("last", {})
    gone = tuple((code, file) for code, file in last.get("gone", ()))
    outcomes = [outcome(n, changes) for n, changes in enumerate(case["departments"])]
    amounts = {name: Decimal(text) for name, text in last["amounts"].items()} if "amounts" in last else None
    problems = tuple(_unusable(Path(file)) for file in last.get("problems", ()))
    findings = city_findings(Batch(outcomes, PreviousYear(gone, tuple(last.get("new", ())), amounts, problems)))
    return [finding for finding in findings if finding.code == case["check"]]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['check']} {case['case']}")
def test_case(case: dict[str, Any]) -> None:
    findings = found(case)
    messages = [one.message.format(**one.values) for one in findings]
    if case["finds"] == "none":
        assert messages == []
        return
    hits = [one for one, text in zip(findings, messages, strict=True) if case["finds"] in text]
    assert hits, f"expected {case['finds']!r} among {messages}"
    assert hits[0].severity is Severity[case["severity"].upper()]
    assert hits[0].where, "a finding has a place"


@pytest.mark.parametrize("code", sorted(CHECKS))
def test_every_check_has_a_breaking_and_a_passing_case_and_is_documented(code: str) -> None:
    assert {case["finds"] == "none" for case in CASES if case["check"] == code} == {True, False}
    assert CHECKS[code].__doc__
    assert f"| {code} |" in (HERE.parents[1] / "docs" / "bulk.md").read_text(encoding="utf-8")


def test_every_case_names_a_check() -> None:
    assert {case["check"] for case in CASES} <= CHECKS.keys()


MADE = {
    "budget": lambda year: make_city.made(department(1, 0), year),
    "final": lambda year: text(final_accounts(department(1, 0), year)),
}


@pytest.mark.parametrize(("stage", "last", "label"), [
    ("budget", "budget", "上年“三公”经费"),
    ("final", "final", "上年“三公”经费决算"),
    ("budget", "final", "上年“三公”经费"),
])  # fmt: skip
def test_last_year_is_held_against_a_figure_of_its_own_kind(stage: str, last: str, label: str) -> None:
    """决算 with last year's 决算, a budget with what was given; the summary shows its own."""
    budget = load(str(MADE[stage](2023)).encode()).data
    before = previous_year_amounts(str(MADE[last](2022)).encode())
    facts = derive_facts(budget, Printing())
    totals = totals_of(budget, facts, before)
    published = facts.three_public.last["execution" if last == "final" else "budget"].total
    assert totals.amounts.get(LAST_YEAR_STATED) == (None if published is None else published.value)
    if stage == last:
        assert totals.amounts[LAST_YEAR_STATED] == totals.amounts[LAST_YEAR] > 0
    shown = shown_labels([totals])
    assert [name for name in shown.values() if name.startswith("上年“三公”")] == [label]
