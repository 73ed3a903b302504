"""The figures that forms compare with last year, with their changes and reasons, as rules go through them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..budget.model import Budget
from ..budget.terms import (
    FINAL,
    FISCAL_FUNDS,
    FUNDS,
    GENERAL_PUBLIC,
    KINDS,
    REVENUE_SOURCES,
    THREE_PUBLIC,
    TOTAL_NAMES,
    BaseKind,
)
from ..budget.version_1 import written_pointer
from ..facts import FactGroup, SourceText

ITEMS = {item.key: item.name for item in sorted(THREE_PUBLIC, key=lambda item: item.vehicle)}
"""Both vehicle items last."""
AGENCY = "agency_operating"
FISCAL = "appropriation"
"""The key of 财政拨款, of all fiscal funds together."""
GRAND_TOTAL, THREE_PUBLIC_TOTAL = "grand_total", "three_public"
EACH_FUND, EACH_ITEM = "funds", "three_public_items"
FISCAL_REVENUE = "appropriation_revenue"
ALWAYS_COMPARED = (
    "revenue",
    "expenditure",
    GRAND_TOTAL,
    FISCAL,
    FISCAL_REVENUE,
    GENERAL_PUBLIC.key,
    THREE_PUBLIC_TOTAL,
    *ITEMS,
)
"""A form that compares these with last year does so also where there is nothing this year."""
FUND_KEYS = tuple(fund.key for fund in FUNDS)
GROUP_NAMES = {
    **{key: TOTAL_NAMES[key] for key in ("revenue", "expenditure", "appropriation", *FUND_KEYS)},
    "basic": TOTAL_NAMES["basic_expenditure"],
    **{key: TOTAL_NAMES[key] for key in ("three_public", AGENCY, "procurement")},
    "projects": TOTAL_NAMES["project"],
}
"""The groups of facts whose total may have a reason, with what messages call it."""


@dataclass(frozen=True, slots=True)
class Compared:
    """A figure that forms compare with last year: its key in ``totals``, its name, its change, and its reason."""

    key: str
    name: str
    kind: BaseKind
    change: FactGroup
    reason: SourceText | None

    def pointer(self, budget: Budget, part: str) -> str:
        """Return the pointer of a part of its total, as the file is written."""
        return written_pointer(budget, f"/totals/{self.key}/{part}")


def compared_figures(facts: FactGroup) -> Iterator[Compared]:
    """Yield each figure that a form compares with last year, against the figure of last year that the layout prints."""
    for key in facts.past.printing.totals_compared:
        if key == EACH_ITEM:
            group, against = facts.three_public, _against(THREE_PUBLIC_TOTAL, facts)
            yield from (
                Compared(item, name, against, group.change[against][item], group.reasons[item])
                for item, name in ITEMS.items()
            )
        elif key == EACH_FUND:
            yield from (_compared_total(fund.key, facts) for fund in FISCAL_FUNDS)
        else:
            yield _compared_total(key, facts)


def _compared_total(key: str, facts: FactGroup) -> Compared:
    """Return a total with its change from last year."""
    against = _against(key, facts)
    if key == GRAND_TOTAL:
        spent = facts.expenditure
        return Compared(key, TOTAL_NAMES[key], against, spent.change[against][key], spent.reasons[key])
    if key == FISCAL_REVENUE:
        group = facts.revenue.appropriation
        return Compared(key, TOTAL_NAMES[key], against, group.change[against], group.reason)
    return Compared(key, TOTAL_NAMES[key], against, facts[key].change[against], _reason(key, facts))


def _against(key: str, facts: FactGroup) -> BaseKind:
    """Return the kind of last year's figure: of “三公” and 机关运行经费 the budget, but in final accounts 决算数."""
    if facts.past.budget.stage == FINAL:
        return "execution"
    return "budget" if key in (THREE_PUBLIC_TOTAL, AGENCY) else facts.past.printing.totals_against


def _reason(key: str, facts: FactGroup) -> SourceText | None:
    """Return the reason of a total; a form that compares 财政拨款 as a whole has one reason for all fiscal funds."""
    own: SourceText | None = facts[key].reason
    of_fund = any(key == fund.key for fund in FISCAL_FUNDS) and FISCAL in facts.past.printing.totals_compared
    whole: SourceText | None = facts[FISCAL].reason
    return whole if of_fund and not own else own


def explained_changes(facts: FactGroup) -> Iterator[tuple[str, SourceText, list[FactGroup]]]:
    """Yield each reason that the document states: the name of its figure, the reason, the changes of either kind."""
    for group, name in _groups(facts):
        if group.reason:
            yield name, group.reason, [group.change[kind] for kind in KINDS]
        columns = group.reasons.as_dict() if "reasons" in group else {}
        for column, reason in columns.items():
            if column != "total" and reason:
                yield TOTAL_NAMES[column], reason, [group.change[kind][column] for kind in KINDS]


def _groups(facts: FactGroup) -> Iterator[tuple[FactGroup, str]]:
    """Yield the groups that can have a reason, each with its name: totals, then the rows below them."""
    for key, name in GROUP_NAMES.items():
        yield facts[key], name
    for key in (*FUND_KEYS, "expenditure", "basic"):
        yield from ((row, f"{row.key} {row.name.text}") for row in facts[key].compared_rows)
    yield from ((facts.revenue[source.key], source.name) for source in REVENUE_SOURCES)
    yield from ((row, (row.name or row.unit).text) for row in facts.projects.rows)
