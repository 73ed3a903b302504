"""What is marked as paid in advance: sums of the marked lines, and what is left without them."""

from __future__ import annotations

from tests.document.quoting import demo, facts_of

MEETINGS = {"name": "会议费", "amount": "54000"}


def test_named_amounts_are_added_up() -> None:
    marked = {**MEETINGS, "advance_transfer": True}
    facts = facts_of(demo(named=[marked, MEETINGS, {**marked, "name": "培训费", "amount": "1000"}]))
    assert facts.advance_transfer.named.total.value == 55000
    assert facts.advance_transfer.any
