"""支出总计 and 本年其他资金收入: sums that some forms print, with their past."""

from __future__ import annotations

from pathlib import Path

from reportgen.pipeline import check
from tests.document.quoting import composed, demo, facts_of, printed
from tests.strategies import dumped

FORWARD = {"carried_forward": "10000.00"}
TEMPLATE = (
    "{{ expenditure.grand_total }}，比上年增加{{ expenditure.change.budget.grand_total.delta }}，"
    "主要原因是{{ expenditure.reasons.grand_total }}\n"
)


def test_other_funds_are_what_is_not_appropriated() -> None:
    revenue = facts_of(demo()).revenue
    assert str(revenue.other_funds.this.value) == "435000.00"
    for part in ("this", "carry", "total"):
        whole = revenue.total if part == "total" else revenue[part].total
        assert revenue.other_funds[part].value + revenue.appropriation[part].value == whole.value


def test_the_grand_total_has_a_past_and_a_reason(tmp_path: Path) -> None:
    spent = facts_of(demo()).expenditure.total.value
    past = {"grand_total": {"last": {"budget": str(spent)}, "reason": "结转增加"}}
    (text,) = printed(demo(totals=past, **FORWARD), TEMPLATE, tmp_path)
    assert text == "3002.10万元，比上年增加1.00万元，主要原因是结转增加"


def test_the_grand_total_of_last_year_is_that_of_its_document(tmp_path: Path) -> None:
    ready = composed(demo(**FORWARD), "{{ expenditure.change.budget.grand_total.delta }}\n", tmp_path, last=demo())
    assert ready.facts.expenditure.last.budget.grand_total.value == ready.facts.expenditure.total.value


def test_a_stated_grand_total_is_compared_with_its_sum() -> None:
    report = check(dumped(demo(totals={"grand_total": {"amount": "1.00"}})))
    assert [finding.code for finding in report.findings if "列明的合计「支出总计」 1.00元" in finding.text] == ["GJ604"]
