"""“三公” by fund: ``three_public`` is that of 一般公共预算, ``three_public.appropriation`` that of all fiscal funds."""

from __future__ import annotations

from typing import Any

from reportgen.pipeline.in_memory import prepare
from tests.document.quoting import demo, facts_of
from tests.strategies import dumped

ZEROS = {"overseas": "0", "vehicle_purchase": "0", "vehicle_operation": "0"}


def with_fund_line(**members: Any) -> Any:
    data = demo()
    for line in data["three_public"]:
        line["last"] = {"budget": {**ZEROS, "reception": "10000"}}
    line = {"unit": "450001", "fund": "政府性基金预算", "reception": "4000", **members}
    data["three_public"].append(line)
    return data


def test_lines_of_other_funds_are_not_in_the_figures_of_general_public_budget() -> None:
    before, facts = facts_of(demo()).three_public, facts_of(with_fund_line()).three_public
    assert (facts.total.value, len(facts.rows)) == (before.total.value, 3)
    whole = facts.appropriation
    assert whole.total.value == before.total.value + 4000
    assert (whole.general_public.reception.value, whole.government_fund.reception.value) == (38600, 4000)
    assert whole.state_capital.total.value == 0


def test_rows_have_the_funds_of_each_unit() -> None:
    rows = facts_of(with_fund_line()).three_public.appropriation.unit_rows
    assert [row.unit.text for row in rows][:2] == ["青溪市财政局", "青溪市财政局本级"]
    assert [int(row.government_fund.total.value) for row in rows] == [4000, 4000, 0, 0]
    assert [int(row.reception.value) for row in rows] == [42600, 30600, 7000, 5000]


def test_the_past_of_a_fund_without_lines_is_zero_where_that_of_another_is_known() -> None:
    facts = facts_of(with_fund_line(last={"budget": {**ZEROS, "reception": "1000"}}))
    whole = facts.three_public.appropriation
    assert whole.last.budget.reception.value == 46000
    assert whole.change.budget.reception.signed.value == -3400
    assert whole.state_capital.last.budget.reception.value == 0
    assert whole.government_fund.change.budget.reception.direction == "up"


def test_without_a_base_of_one_fund_that_of_all_is_unknown() -> None:
    whole = facts_of(with_fund_line()).three_public.appropriation
    assert whole.last.budget.reception is None
    assert whole.change.budget.reception.direction == "unknown"


def test_a_line_of_each_fund_is_no_repetition() -> None:
    codes = {finding.code for finding in prepare(dumped(with_fund_line())).findings}
    assert "GJ108" not in codes
    assert "GJ004" in codes  # this form prints 一般公共预算 only
