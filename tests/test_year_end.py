"""年终结转, and lines that only last year had: every table balances, every text compares what it prints."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from reportgen.budget.load import read_budget
from reportgen.compose import compose
from reportgen.facts import derive_facts
from reportgen.layout.load import load_layout
from reportgen.tree.nodes import Document, plain
from tests.rules.test_rules import base, edited

LAYOUT = load_layout("zhejiang")


def composed(edits: dict[str, Any]) -> tuple[Any, Document]:
    budget = read_budget(edited(base("demo"), edits))
    facts = derive_facts(budget, LAYOUT.printing)
    return facts, compose(facts, LAYOUT, budget.published)


def foot(document: Document, table: str) -> list[list[str]]:
    (found,) = (one for one in document.tables() if one.id == "表/" + table)
    return [
        [cell.text for cell in row.cells] for row in found.body if row.role == "total" or "结转" in row.cells[-2].text
    ]


@pytest.mark.parametrize("carried", ["100.00", "500000.00"])
def test_the_appropriation_table_balances_with_what_is_carried_forward(carried: str) -> None:
    more = str(Decimal("350000") + Decimal(carried))
    facts, document = composed({"/carried_forward": carried, "/revenue/0/carry_over": more})
    assert facts.appropriation.carried_forward.value == Decimal(carried)
    assert facts.appropriation.grand_total.value == facts.revenue.appropriation.total.value
    *_, forward, last = foot(document, "财政拨款")
    assert forward[-2] == "年终结转结余"
    assert last[1] == last[-1]


def test_without_year_end_there_is_no_row_of_it() -> None:
    _, document = composed({})
    assert all("年终结转" not in text for row in foot(document, "财政拨款") for text in row)


def test_the_sentence_compares_the_amount_that_it_prints() -> None:
    facts, document = composed({"/carried_forward": "500000.00", "/revenue/0/carry_over": "850000.00"})
    (text,) = (
        plain(block.runs)
        for block in document.prose()
        if block.id.endswith("/变化") and block.id.startswith("一般公共预算")
    )
    change = facts.general_public.change.execution
    printed, base_value = change.this.value, change.base.value
    assert f"拨款{printed / 10000:.2f}万元" in text
    assert f"增加{(printed - base_value) / 10000:.2f}万元" in text


def test_a_project_that_only_last_year_had_is_not_counted_nor_printed_this_year() -> None:
    before, _ = composed({})
    line = {"unit": "450001", "name": "旧项目", "key": True, "last": {"budget": "30000"}}
    facts, document = composed({"/projects/-": line})
    assert facts.projects.count.value == before.projects.count.value
    assert len(facts.projects.compared_rows) == len(facts.projects.rows) + 1
    assert not any("旧项目" in cell.text for table in document.tables() for row in table.body for cell in row.cells)


def test_a_use_of_another_fund_is_printed_with_that_fund() -> None:
    own = [n for n, line in enumerate(base("demo")["expenditure"]) if line.get("fund") == "政府性基金预算"]
    line = {"function": "2010601", "fund": "政府性基金预算", "project": "1.00", "use": "基金的用途"}
    facts, _ = composed({"/expenditure/-": line})
    assert own
    assert facts.government_fund["2010601"].use.text == "基金的用途"
    assert facts.general_public["2010601"].use.text == "局本级和参公单位的人员工资和日常运转"
