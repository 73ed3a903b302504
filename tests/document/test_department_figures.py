"""Figures of the department beside those of its units: last year's revenue by source, 机关运行经费 by code, counts."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

from reportgen.pipeline.in_memory import check
from tests.document.quoting import composed, demo, facts_of, printed
from tests.strategies import dumped

GENERAL = {
    "source": "一般公共预算", "last": {"budget": 25000000}, "carry_over_last": {"budget": 400000}, "reason": "增人",
}  # fmt: skip


def revenue(*further: dict[str, Any]) -> Any:
    return demo(revenue=[*demo()["revenue"], *further])


def test_a_line_without_a_unit_says_what_the_source_was_last_year() -> None:
    facts = facts_of(revenue(GENERAL)).revenue
    source = facts.general_public
    assert (source.last.budget.income.value, source.last.budget.total.value) == (25000000, 25400000)
    assert source.change.budget.income.direction == "up"
    assert source.reason.text == "增人"
    assert source.income.value == Decimal("27416029.45")
    assert facts.change.budget.direction == "unknown"


def test_units_that_state_last_year_too_are_compared_with_the_department() -> None:
    lines = demo()["revenue"]
    for line in lines:
        line["last"] = {"budget": line["amount"]}
    same = {"source": "事业收入", "last": {"budget": 105000}}
    other = {**same, "last": {"budget": 100000}}
    codes = [{one.code for one in check(dumped(demo(revenue=[*lines, line]))).findings} for line in (same, other)]
    assert ["GJ603" in one for one in codes] == [False, True]


def test_carried_over_revenue_has_a_past() -> None:
    others = [{"source": name, "carry_over_last": {"budget": 0}} for name in ("其他收入",)]
    carry = facts_of(revenue(GENERAL, *others)).revenue.carry
    assert (carry.total.value, carry.last.budget.total.value, carry.change.budget.direction) == (350000, 400000, "down")


def test_fiscal_revenue_has_a_total_of_its_own() -> None:
    totals = {**demo()["totals"], "appropriation_revenue": {"last": {"budget": 28000000}, "reason": "增人增资"}}
    group = facts_of(demo(totals=totals)).revenue.appropriation
    assert (group.last.budget.total.value, group.reason.text) == (28000000, "增人增资")


def test_agency_operating_is_known_by_economic_code() -> None:
    lines = demo()["basic_expenditure"]
    for line in lines:
        if line["economic"] in ("30201", "30211", "31002"):
            line["agency_operating"] = line["amount"]
    data = demo(basic_expenditure=lines)
    del data["agency_operating"]
    group = facts_of(data).agency_operating
    assert [(row.code.text, row.total.value) for row in group.rows] == [
        ("302", 550000), ("30201", 310000), ("30211", 240000), ("310", 60000), ("31002", 60000)
    ]  # fmt: skip
    assert group.total.value == 610000


def test_agency_operating_comes_from_the_lines_of_the_units_that_have_it() -> None:
    lines = [
        {"unit": unit, "economic": code, "amount": amount}
        for unit, code, amount in (("450001", "30201", 300), ("450002", "30201", 50), ("450003", "30201", 7))
    ]
    rows = facts_of(demo(basic_expenditure=lines)).agency_operating.rows
    assert [(row.code.text, row.total.value) for row in rows] == [("302", 350), ("30201", 350)]
    assert facts_of(demo()).agency_operating.rows == []


def test_counts_are_quoted_by_name_and_zero_without_one(tmp_path: Path) -> None:
    template = "{{ counts.绩效项目 }}{{ counts['编制人数'] }}{{ units.count }}"
    assert printed(demo(counts={"绩效项目": 115}), template, tmp_path) == ["11503"]
    notes = composed(demo(counts={"绩效项目": 115, "在职人数": 3}), template, tmp_path).findings
    assert [one.text for one in notes if one.code == "GJ005" and "其他数量" in one.text] == [
        "其他数量里的 在职人数，这个版式哪里都不印"
    ]
