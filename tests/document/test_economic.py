"""Expenditure by economic item: projects and other funds beside basic expenditure of 一般公共预算."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.document.quoting import demo, facts_of, printed

LINES: list[dict[str, Any]] = [
    {"economic": "30215", "project": "40000", "last": {"budget": "50000"}, "reason": "压减会议"},
    {"economic": "30201", "fund": "单位资金", "basic": "5000", "project": "1000"},
    {"economic": "31002", "fund": "单位资金", "project": "7000"},
]


def test_a_row_has_basic_project_and_each_fund() -> None:
    economic = facts_of(demo(economic_expenditure=LINES)).economic
    meetings, office = economic["30215"], economic["30201"]
    assert (meetings.project.value, meetings.general_public.project.value) == (40000, 40000)
    assert office.own_funds.basic.value == 5000
    assert office.basic.value == facts_of(demo()).basic["30201"].total.value + 5000
    assert list(meetings.project.cells()) == ["/economic_expenditure/0/project"]


def test_totals_hold_basic_expenditure_of_general_public_and_all_else() -> None:
    facts = facts_of(demo(economic_expenditure=LINES))
    assert facts.economic.general_public.basic.value == facts.basic.total.value
    assert facts.economic.total.value == facts.basic.total.value + 53000
    assert facts.economic.project.value == sum(row.project.value for row in facts.economic.classes) == 48000


def test_a_subtotal_is_taken_as_stated_and_a_code_of_the_book_is_zero() -> None:
    economic = facts_of(demo(economic_expenditure=[{"economic": "302", "project": "41000"}, *LINES[:1]])).economic
    assert (economic["302"].project.value, economic.project.value) == (41000, 41000)
    assert economic["31005"].total.value == economic["31005"].own_funds.project.value == 0


def test_units_are_added_up() -> None:
    lines = [{**LINES[0], "unit": unit} for unit in ("450001", "450002")]
    assert facts_of(demo(economic_expenditure=lines)).economic["30215"].project.value == 80000


def test_a_layout_prints_a_table_by_item(tmp_path: Path) -> None:
    template = """\
{% for row in economic.items | where("project") %}
{{ row.code }}{{ row.name }}{{ row.project }}
{% endfor %}
"""
    lines = ["30201办公费0.10万元", "30215会议费4.00万元", "31002办公设备购置0.70万元"]
    assert printed(demo(economic_expenditure=LINES), template, tmp_path) == lines


def test_last_year_of_a_row_is_known_where_all_its_lines_state_it() -> None:
    row = facts_of(demo(economic_expenditure=[{**LINES[0], "economic": "31006"}])).economic["31006"]
    assert (row.change.budget.delta.value, row.reason.text) == (10000, "压减会议")
