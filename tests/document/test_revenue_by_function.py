"""Revenue by function: its rows and names, places of its lines; what each fund gives of a row of expenditure."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from reportgen.budget.key_places import key_place
from reportgen.budget.load import read_budget
from reportgen.core.errors import InputError
from tests.document.quoting import demo, facts_of, printed

LINES: list[dict[str, Any]] = [
    {"source": "一般公共预算", "function": "2010601", "amount": "300000", "carry_over": "20000"},
    {"source": "政府性基金预算", "function": "2120399", "amount": "50000"},
    {"source": "事业收入", "function": "2010601", "amount": "7000"},
    {"source": "一般公共预算", "function": "2010607", "amount": "1000"},
]


def test_rows_are_the_sums_of_the_lines_below_them() -> None:
    functions = facts_of(demo(revenue=LINES)).revenue.functions
    rows = {row.key: (row.level, row.total.value) for row in functions.rows}
    assert rows == {
        "201": (1, 328000), "20106": (2, 328000), "2010601": (3, 327000), "2010607": (3, 1000),
        "212": (1, 50000), "21203": (2, 50000), "2120399": (3, 50000),
    }  # fmt: skip
    item = functions["2010601"]
    sources = (item.appropriation, item.general_public, item.government_fund, item.business_income)
    assert [source.total.value for source in sources] == [320000, 320000, 0, 7000]
    assert (item.this.total.value, item.carry.total.value) == (307000, 20000)
    assert item.name == "行政运行"
    assert functions.total.value == 378000
    assert [row.position for row in functions.rows] == [0, 0, 0, 3, 1, 1, 1]


def test_a_document_without_codes_has_no_rows() -> None:
    functions = facts_of(demo()).revenue.functions
    assert (functions.rows, functions.total.value) == ([], 0)


def test_the_name_is_the_one_that_expenditure_states(tmp_path: Path) -> None:
    data = demo(revenue=[{"source": "其他收入", "function": "2010688", "amount": "2000"}])
    data["expenditure"][3] |= {"function": "2010688", "name": "财政评审"}
    template = "{% for row in revenue.functions.rows %}\n{{ row.code }}{{ row.name }}{{ row.total }}\n{% endfor %}\n"
    assert printed(data, template, tmp_path)[-1] == "2010688财政评审0.20万元"
    unknown = facts_of(demo(revenue=[{"source": "其他收入", "function": "9990101", "amount": "2000"}]))
    assert [row.name.text for row in unknown.revenue.functions.rows] == ["999", "99901", "9990101"]


def test_lines_of_one_source_have_places_of_their_own() -> None:
    budget = read_budget(demo(revenue=LINES))
    assert key_place(budget, "/revenue/3/amount") == "revenue[一般公共预算，2010607].amount"
    with pytest.raises(InputError):
        read_budget(demo(revenue=[{"source": "其他收入", "function": "201", "amount": "1"}]))


def test_rows_of_all_funds_have_what_each_fund_gives() -> None:
    facts = facts_of(demo())
    row = facts.expenditure["2010607"]
    shown = {key: row.by_fund[key].value for key in ("general_public", "government_fund", "own_funds")}
    assert shown == {
        "general_public": facts.general_public["2010607"].total.value,
        "government_fund": 0,
        "own_funds": 135000,
    }
    assert row.by_fund.fiscal_account.value == 300000
    whole = facts.appropriation.by_fund
    assert whole.government_fund.value == facts.government_fund.total.value == 1250000
    assert facts.appropriation["2019999"].by_fund.general_public.value == 0  # an item of the book without expenditure
