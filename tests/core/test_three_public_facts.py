"""The change of “三公” from last year where the document states last year's budget of some items only."""

from __future__ import annotations

from reportgen.budget.load import read_budget
from reportgen.budget.terms import THREE_PUBLIC
from reportgen.facts import FactGroup, derive_facts
from reportgen.facts.three_public import COLUMNS
from tests.rules.test_rules import PRINTING, base, edited


def changes(**last_year: str) -> FactGroup:
    totals = {key: {"last": {"budget": amount}} for key, amount in last_year.items()}
    data = edited(base("demo"), {"/totals": totals})
    group = derive_facts(read_budget(data), PRINTING).three_public.change.budget
    assert isinstance(group, FactGroup)
    return group


def test_a_stated_item_has_a_base_and_the_others_and_the_sums_have_none() -> None:
    change = changes(reception="50000", vehicle_operation="0")
    assert change.reception.base.value == 50000
    assert change.reception.base.pointers == ("/totals/reception/last/budget",)
    assert change.vehicle_operation.direction == "new"
    unknown = {key for key in COLUMNS if change[key].direction == "unknown"}
    assert unknown == {"overseas", "vehicle_purchase", "vehicles", "total"}


def test_the_sums_have_a_base_when_all_items_are_stated() -> None:
    change = changes(**{item.key: "10000" for item in THREE_PUBLIC})
    assert change.total.base.value == 40000
    assert change.vehicles.base.value == 20000
