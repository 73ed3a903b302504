"""Sources of 单位资金 of a project, and what carried over money pays of it; the same by economic section."""

from __future__ import annotations

from typing import Any

from tests.document.quoting import demo, facts_of

SOURCES = {"business_income": "60000", "other_income": "15000"}


def with_project(**members: Any) -> Any:
    data = demo()
    del data["projects"][-1]["own_funds"]
    data["projects"][-1].update(members)
    return data


def test_own_funds_are_the_sum_of_their_sources_and_what_was_carried_over() -> None:
    facts = facts_of(with_project(sources=SOURCES, carry_over={"own_funds": "5000", "general_public": "120000"}))
    row = facts.projects.rows[-1]
    assert (row.own_funds.value, row.business_income.value) == (80000, 60000)
    assert (row.carry.total.value, row.this.general_public.value) == (125000, 4000000)
    assert row.this.own_funds.value == row.business_income.value + row.other_income.value
    assert facts.projects.this.total.value == facts.projects.total.value - 125000


def test_without_them_nothing_was_carried_over() -> None:
    row = facts_of(demo()).projects.rows[0]
    assert (row.carry.total.value, row.this.total.value, row.superior_subsidy.value) == (0, row.total.value, 0)


def test_an_economic_line_may_name_the_source_of_own_funds() -> None:
    lines = [
        {"unit": "450003", "economic": "30201", "fund": "事业收入", "basic": "5000", "carry_over": "2000"},
        {"unit": "450003", "economic": "30201", "fund": "单位资金", "basic": "1000"},
    ]
    economic = facts_of(demo(economic_expenditure=lines)).economic
    row = economic["30201"]
    assert (row.own_funds.basic.value, row.business_income.basic.value) == (6000, 5000)
    assert (row.carry.value, row.this.business_income.value, row.this.own_funds.value) == (2000, 3000, 4000)
    assert row.appropriation.basic.value == row.general_public.basic.value
    assert economic.operating.value == facts_of(demo()).basic.operating.value + 6000


def test_a_row_of_revenue_knows_own_funds_and_all_that_is_not_fiscal() -> None:
    revenue = facts_of(demo()).revenue
    assert revenue.this.other_funds.value == revenue.this.own_funds.value + revenue.this.fiscal_account.value
