"""Wording is decided on the printed values: no rate of a base that prints 0.00, no share that prints beside 0.00."""

from __future__ import annotations

from decimal import Decimal

import pytest

from reportgen.compose import compose
from reportgen.core.settings import Printing
from reportgen.facts import derive_facts
from reportgen.facts.change import change, completion
from reportgen.facts.fact import Fact
from reportgen.facts.share import shares
from reportgen.layout.spec import Layout
from reportgen.tree.nodes import Paragraph, plain
from tests.variants import budget_of, put, unstated_data

PRINTING = Printing(flat_below=Decimal(1))


def yuan(amount: str) -> Fact:
    return Fact(amount, Decimal(amount))


@pytest.mark.parametrize(
    ("this", "base", "direction", "rate", "flat"),
    [
        ("3000000", "0", "new", False, False),
        ("3000000", "49.99", "new", False, False),  # prints 0.00
        ("3000000", "50", "up", True, False),  # prints 0.01
        ("3000100", "3000000", "up", False, True),  # 0.01 beside 0.0%
        ("3000000", "3000100", "down", False, True),
        ("3001500", "3000000", "up", True, True),  # 0.05 prints 0.1%
        ("3000049", "3000000", "flat", False, False),
    ],
)
def test_a_rate_is_stated_only_where_both_printed_values_allow_it(
    this: str, base: str, direction: str, rate: bool, flat: bool
) -> None:
    group = change("x.change", yuan(this), yuan(base), PRINTING)
    assert (group.direction, "rate" in group and group.rate is not None) == (direction, rate)
    assert group.basically_flat is flat


@pytest.mark.parametrize("policy", ["plain", "largest_absorbs", "largest_remainder"])
def test_a_share_that_prints_zero_is_left_out_beside_an_amount_that_does_not(policy: str) -> None:
    parts = [yuan("100000000"), yuan("10000"), yuan("40")]
    whole = yuan("100010040")
    large, small, unprinted = shares(parts, whole, Printing(shares=policy))  # type: ignore[arg-type]
    assert large is not None
    assert small is None
    assert unprinted is not None
    assert unprinted.value == 0


def test_a_share_is_left_out_beside_an_amount_that_prints_zero() -> None:
    parts = [yuan("40"), yuan("60"), yuan("60")]
    unprinted, printed, _ = shares(parts, yuan("160"), PRINTING)
    assert unprinted is None
    assert printed is not None
    assert printed.value == Decimal("37.5")


@pytest.mark.parametrize(
    ("this", "base", "completed", "fell"),
    [
        ("40", "38000", "0", "100"),  # prints 0.00, all of 3.80 is gone
        ("0", "500000", "0", "100"),
        ("38010", "38040", "100", None),  # both print 3.80
        ("19000", "38000", "50", "50"),
        ("40", "0", None, None),
    ],
)
def test_rates_agree_with_the_printed_figures_at_zero(
    this: str, base: str, completed: str | None, fell: str | None
) -> None:
    group = change("x.change", yuan(this), yuan(base), PRINTING)
    of_budget = completion(group, PRINTING)
    assert (None if of_budget is None else str(of_budget.value)) == completed
    assert (None if group.rate is None else str(group.rate.value)) == fell


def test_a_part_that_prints_as_its_whole_is_all_of_it() -> None:
    """19.00 of 19.00 is not 99.98 %; what is left prints as 0.00 and has no share."""
    all_of_it, left = shares([yuan("190000"), yuan("40")], yuan("190040"), Printing(percent_decimals=2))
    assert all_of_it is not None
    assert (all_of_it.value, left) == (100, None)


def test_sentences_without_a_rate_and_without_a_share(layout: Layout) -> None:
    data = unstated_data()
    put(data, "/totals/revenue/last/execution", "17633.63")
    data["totals"]["revenue"].pop("reason")
    data["revenue"].append({"source": "其他收入", "amount": "0.01"})
    sections = compose(derive_facts(budget_of(data), layout.printing), layout).sections
    texts = [plain(b.runs) for section in sections for b in section.blocks if isinstance(b, Paragraph)]
    assert any("收入预算17633.65万元，比上年执行数增加0.02万元，与上年基本持平。" in text for text in texts)
    assert any(text.endswith("；其他收入0.01万元。") for text in texts)
