"""Amounts that units state for one code: every one counts once, a unit's subtotal stands for that unit's lines."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from reportgen.budget.load import read_budget
from reportgen.core.settings import Printing
from reportgen.facts import FactGroup, derive_facts
from reportgen.rules.stated import amounts, cells_of
from tests.rules.test_rules import base

ONE, TWO = {"unit": "450001"}, {"unit": "450002"}


def facts_of(part: str, lines: list[dict[str, Any]]) -> FactGroup:
    data = base("demo")
    data[part] = lines
    budget = read_budget(data)
    facts = derive_facts(budget, Printing())
    stated = {pointer for pointer, _ in amounts(budget)}
    assert stated <= cells_of(facts.facts()), "every stated amount is read"
    return facts


def line(unit: dict[str, str], function: str, **stated: str) -> dict[str, Any]:
    return {**unit, "function": function, **stated}


@pytest.mark.parametrize("column", ["total", "basic"])
def test_two_units_that_state_one_code_add_up(column: str) -> None:
    lines = [line(ONE, "2010601", **{column: "100"}), line(TWO, "2010601", **{column: "50"})]
    facts = facts_of("expenditure", lines)
    assert facts.general_public[column].value == 150
    assert facts.expenditure[column].value == 150
    assert facts.expenditure.total.value == 150
    assert set(facts.expenditure.total.cells()) == {f"/expenditure/0/{column}", f"/expenditure/1/{column}"}


def test_a_unit_with_columns_only_adds_these_to_the_total_that_another_states() -> None:
    lines = [line(ONE, "2010601", total="100", project="100"), line(TWO, "2010601", personnel="30", operating="20")]
    general = facts_of("expenditure", lines).general_public
    assert [general[c].value for c in ("total", "basic", "personnel", "operating", "project")] == [150, 50, 30, 20, 100]


def test_a_subtotal_of_one_unit_stands_for_its_lines_only() -> None:
    lines = [
        line(ONE, "201", total="100.5", project="100.5"),
        line(ONE, "2010601", project="100"),
        line(TWO, "2010601", project="50"),
    ]
    general = facts_of("expenditure", lines).general_public
    assert general["201"].total.value == general.total.value == general.project.value == Decimal("150.5")
    assert general["2010601"].total.value == 150


def test_a_subtotal_of_the_department_stands_for_all_units() -> None:
    lines = [
        line({}, "合计", total="151", project="151"),
        line(ONE, "201", project="100"),
        line(ONE, "2010601", project="100"),
        line(TWO, "2010601", project="50"),
    ]
    general = facts_of("expenditure", lines).general_public
    assert [general.total.value, general["201"].total.value, general["2010601"].total.value] == [151, 150, 150]


def test_a_class_of_basic_expenditure_that_one_unit_states_stands_for_its_lines_only() -> None:
    lines = [
        {**ONE, "economic": "301", "amount": "100"},
        {**ONE, "economic": "30101", "amount": "99"},
        {**TWO, "economic": "30101", "amount": "50"},
        {"economic": "合计", "amount": "151"},
    ]
    basic = facts_of("basic_expenditure", lines).basic
    assert basic.total.value == 151
    assert [row.total.value for row in basic.rows] == [150, 149]
