"""An economic item that a line counts outside its usual group (30399 as 公用经费)."""

from __future__ import annotations

import copy
from typing import Any

from reportgen.pipeline.in_memory import prepare
from tests.document.quoting import demo, facts_of
from tests.strategies import dumped


def with_item(counted_as: str | None, last: bool = False, stated: bool = False) -> Any:
    """The sample with 30399 of 9,000 元 among its basic expenditure, and last year's figures if asked for."""
    data = demo()
    item: dict[str, Any] = {"economic": "30399", "amount": "9000"} | ({"counted_as": counted_as} if counted_as else {})
    if last:
        for line in data["basic_expenditure"]:
            line["last"] = {"budget": line["amount"]}
        item["last"] = {"budget": "7000"}
    data["basic_expenditure"].append(item)
    if stated:
        own = [line for line in data["basic_expenditure"] if line["economic"].startswith("303")]
        data["basic_expenditure"].append({"economic": "303", "amount": sum(float(line["amount"]) for line in own)})
    return copy.deepcopy(data)


def test_the_item_and_the_totals_are_in_the_other_column() -> None:
    before, basic = facts_of(demo()).basic, facts_of(with_item("公用经费")).basic
    assert (basic["30399"].personnel.value, basic["30399"].operating.value) == (0, 9000)
    assert (basic["303"].operating.value, basic["303"].personnel.value) == (9000, before["303"].personnel.value)
    assert basic.operating.value == before.operating.value + 9000
    assert basic.personnel.value == before.personnel.value
    assert "30399" in {row.key for row in basic.operating_items}


def test_without_the_word_the_code_decides() -> None:
    before, basic = facts_of(demo()).basic, facts_of(with_item(None)).basic
    assert basic.personnel.value == before.personnel.value + 9000
    same = facts_of(with_item("人员经费")).basic
    assert same.personnel.value == basic.personnel.value


def test_a_stated_class_is_divided_between_the_columns() -> None:
    row = facts_of(with_item("公用经费", stated=True)).basic["303"]
    assert row.personnel.value + row.operating.value == row.total.value
    assert row.operating.value == 9000


def test_last_years_figures_are_in_the_same_columns() -> None:
    basic = facts_of(with_item("公用经费", last=True)).basic
    assert (basic["30399"].last.budget.operating.value, basic["30399"].last.budget.personnel.value) == (7000, 0)
    assert basic["303"].last.budget.operating.value == 7000
    assert basic.last.budget.operating.value == basic.operating.value - 2000
    assert basic.last.budget.personnel.value == basic.personnel.value


def test_an_item_of_both_columns_has_two_lines() -> None:
    data = with_item(None, last=True)
    data["basic_expenditure"].append(
        {"economic": "30399", "amount": "4000", "counted_as": "公用经费", "last": {"budget": "1000"}}
    )
    before, basic = facts_of(demo()).basic, facts_of(data).basic
    row = basic["30399"]
    assert (row.total.value, row.personnel.value, row.operating.value) == (13000, 9000, 4000)
    assert (row.last.budget.total.value, row.last.budget.personnel.value) == (8000, 7000)
    assert row.last.budget.operating.value == 1000
    assert basic["303"].operating.value == 4000
    assert basic.operating.value == before.operating.value + 4000
    assert basic.personnel.value == before.personnel.value + 9000
    assert basic.last.budget.operating.value == before.operating.value + 1000
    assert {row.key for row in basic.compared_rows} == {row.key for row in basic.rows}
    assert all("30399" in {row.key for row in basic[f"{column}_items"]} for column in ("personnel", "operating"))
    assert "GJ108" not in {finding.code for finding in prepare(dumped(data)).findings}
    data["basic_expenditure"].append({"economic": "30399", "amount": "1", "counted_as": "公用经费"})
    assert "GJ108" in {finding.code for finding in prepare(dumped(data)).findings}


def test_the_tables_agree_without_switching_a_rule_off() -> None:
    def codes(counted_as: str | None) -> set[str]:
        data = with_item(counted_as)
        data["expenditure"][0]["operating"] = float(data["expenditure"][0]["operating"]) + 9000
        return {finding.code for finding in prepare(dumped(data)).findings}

    assert "GJ202" in codes(None)
    assert "GJ202" not in codes("公用经费")
