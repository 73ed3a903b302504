"""Shares of revenue: each source's income of this year, and all that was carried over, in one whole."""

from __future__ import annotations

from decimal import Decimal

from reportgen.budget.load import load_budget
from reportgen.core.paths import shipped
from reportgen.core.settings import Printing
from reportgen.facts import derive_facts


def test_carried_over_revenue_has_a_share_of_its_own() -> None:
    facts = derive_facts(
        load_budget(shipped("data") / "samples" / "demo-2023.json"), Printing(shares="largest_absorbs")
    )
    printed = {name: share.value for name in facts.revenue.shares.names() if (share := facts.revenue.shares[name])}
    assert sum(printed.values()) == 100
    assert printed["carry"] == Decimal("1.2")
    assert printed["general_public"] == Decimal("91.3")
    assert facts.revenue.general_public.share.value == Decimal("92.5")
    assert facts.revenue.shares.superior_subsidy is None
