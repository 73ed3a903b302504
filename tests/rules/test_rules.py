"""The YAML cases beside this file, one by one; every rule has a case that breaks it and one that passes."""

from __future__ import annotations

import copy
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from reportgen import rules
from reportgen.budget.json_input import parse_json
from reportgen.budget.load import read_budget
from reportgen.core.finding import Finding, Severity
from reportgen.core.paths import shipped
from reportgen.core.settings import Printing
from reportgen.facts import derive_facts
from reportgen.layout.load import load_layout
from reportgen.rules.rule import all_rules
from tests.english import ENGLISH, left_over

HERE = Path(__file__).parent
CASES: list[dict[str, Any]] = [
    case for path in sorted(HERE.glob("*.yaml")) for case in yaml.safe_load(path.read_text(encoding="utf-8"))
]
BASES = {"demo": "demo-2023.json", "seed": "shaoxing-hrss-2023.json"} | {
    name: f"{name}.json" for name in ("shanghai", "shenzhen", "jiangsu", "final-accounts", "final-accounts-shanghai")
}
PRINTING = load_layout("zhejiang").printing
PRINTINGS = {name: load_layout(name).printing for name in BASES if name.startswith("final-accounts")}
"""Of the bases that are final accounts: what they are compared with is the choice of their layouts."""


def base(name: str) -> Any:
    return parse_json((shipped("data") / "samples" / BASES[name]).read_bytes())


def edited(data: Any, edits: dict[str, Any]) -> Any:
    """The document with each pointer set to its new value (None deletes, ``/-`` appends)."""
    data = copy.deepcopy(data)
    for pointer, value in edits.items():
        *path, last = pointer.strip("/").split("/")
        place = data
        for step in path:
            place = place[int(step)] if isinstance(place, list) else place.setdefault(step, {})
        if last == "-":
            place.append(value)
        elif value is None:
            del place[int(last) if isinstance(place, list) else last]
        else:
            place[int(last) if isinstance(place, list) else last] = value
    return data


def found(data: Any, last: Any = None, initial: Any = None, printing: Printing = PRINTING) -> tuple[Finding, ...]:
    budget = read_budget(data)
    before, of_year = (None if one is None else derive_facts(read_budget(one), printing) for one in (last, initial))
    return rules.run(budget, derive_facts(budget, printing, before, of_year), last=before, initial=of_year)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['rule']} {case['case']}")
def test_case(case: dict[str, Any]) -> None:
    last = edited(base(case.get("last_base", case["base"])), case["last"]) if "last" in case else None
    initial = edited(base(case["budget_base"]), case["budget"]) if "budget" in case else None
    printing = replace(PRINTINGS.get(case["base"], PRINTING), **case.get("printing", {}))
    data = edited(base(case["base"]), case["edit"])
    every = found(data, last, initial, printing)
    assert_is_said(every)
    findings = [f for f in every if f.code == case["rule"]]
    messages = [f.message.format(**f.values) for f in findings]
    if case["finds"] == "none":
        assert messages == []
        return
    hits = [f for f, text in zip(findings, messages, strict=True) if case["finds"] in text]
    assert hits, f"expected {case['finds']!r} among {messages}"
    assert case.get("hint", "") in hits[0].hint_text
    assert hits[0].severity is Severity[case["severity"].upper()]
    assert hits[0].where
    assert all(place.pointer.startswith("/") or place.printed for place in hits[0].where), "a place is empty"
    assert case.get("at", hits[0].where[0].pointer) == hits[0].where[0].pointer


def assert_is_said(findings: tuple[Finding, ...]) -> None:
    """Every error says what to do, and every finding can be read in English."""
    assert [str(finding) for finding in findings if finding.severity is Severity.ERROR and not finding.hint_text] == []
    for finding in findings:
        assert left_over(ENGLISH.message(finding.message, finding.values)) == []
        assert left_over(ENGLISH.message(finding.hint, finding.values)) == []
        assert [place for place in finding.where if left_over(ENGLISH.location(place.printed))] == []


@pytest.mark.parametrize("code", [rule.code for rule in all_rules()])
def test_every_rule_has_a_breaking_and_a_passing_case(code: str) -> None:
    kinds = {case["finds"] == "none" for case in CASES if case["rule"] == code}
    assert kinds == {True, False}


def test_every_case_names_a_rule() -> None:
    assert {case["rule"] for case in CASES} <= {rule.code for rule in all_rules()}


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.code)
def test_every_rule_says_what_why_and_from_where(rule: Any) -> None:
    assert "来源：" in rule.doc


def test_no_false_alarm_on_the_invented_sample() -> None:
    assert found(base("demo")) == ()


@pytest.mark.parametrize("name", PRINTINGS)
def test_no_false_alarm_on_the_samples_of_final_accounts(name: str) -> None:
    findings = found(base(name), printing=PRINTINGS[name])
    assert [finding for finding in findings if finding.severity is not Severity.NOTE] == []


def test_a_rule_holds_for_the_stages_that_it_names() -> None:
    """A rule of one stage finds nothing in a document of the other, whatever it says."""
    stages = {rule.code: rule.stages for rule in all_rules()}
    assert stages["GJ101"] == ("budget", "final")
    assert stages["GJ203"] == ("budget",)
    assert stages["GJ127"] == ("final",)
    projects = {
        f.code for f in found(edited(base("final-accounts"), {"/projects": [{"unit": "450001", "name": "甲"}]}))
    }
    assert "GJ203" not in projects


def test_findings_about_final_accounts_name_their_tables() -> None:
    changed = edited(base("final-accounts"), {"/surplus_distributed": "6001.00"})
    (finding,) = (f for f in found(changed, printing=PRINTINGS["final-accounts"]) if f.code == "GJ101")
    assert finding.values["left"] == "收入支出决算总表「收入总计」"
    assert finding.where[0].printed == "收入支出决算总表「收入总计」"


def test_the_seed_has_its_known_blemishes_and_no_others() -> None:
    findings = found(base("seed"))
    loud = {(f.code, f.where[0].pointer) for f in findings if f.severity is not Severity.NOTE}
    assert loud == {
        ("GJ109", "/performance/7/overall/indicators"),  # weights 90
        ("GJ109", "/performance/7/annual/indicators"),
        ("GJ110", "/performance/7/overall/indicators"),  # because the satisfaction row is missing
        ("GJ110", "/performance/7/annual/indicators"),
        ("GJ109", "/performance/9/overall/indicators"),  # weights 110
        ("GJ109", "/performance/9/annual/indicators"),
        ("GJ205", "/performance"),  # 3115000 yuan printed where 311500 would fit
        ("GJ406", "/totals/expenditure/reason"),  # one unit named two ways
    }
    tails = [f for f in findings if f.severity is Severity.NOTE]
    assert len(tails) == 11
    assert all("尾差" in f.message for f in tails)


def test_findings_can_be_told_as_data() -> None:
    for finding in found(base("seed")):
        json.dumps({**finding.values, "message": finding.message.format(**finding.values)}, ensure_ascii=False)


def test_a_wrong_name_is_reported_once_however_many_lines_have_it() -> None:
    data = edited(base("demo"), {f"/expenditure/{n}/name": "养老保险" for n in (8, 9, 10)})
    assert [f.where[0].pointer for f in found(data) if f.code == "GJ209"] == ["/expenditure/8/name"]


def test_an_unknown_code_is_reported_once_however_many_units_use_it() -> None:
    data = edited(base("demo"), {f"/expenditure/{n}/function": "2010688" for n in (0, 1, 4)})
    assert len([f for f in found(data) if f.code == "GJ209"]) == 1
