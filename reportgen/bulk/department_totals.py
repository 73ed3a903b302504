"""What the summary needs of a department: code, name, units, and its main sums by the names of their facts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from ..budget.model import Budget
from ..budget.terms import FUNDS, THREE_PUBLIC
from ..core.settings import Printing
from ..facts import Fact, FactGroup, derive_facts
from ..pipeline import BudgetSource, load

LABELS = {
    "revenue.total": "收入总计",
    "expenditure.grand_total": "支出总计",
    "expenditure.total": "支出合计",
    "expenditure.carried_forward": "年终结转结余",
    **{f"{fund.key}.total": fund.name for fund in FUNDS},
    "three_public.total": "“三公”经费",
    **{f"three_public.{item.key}": item.name for item in THREE_PUBLIC},
    "three_public.last.budget.total": "上年“三公”经费",
    **{f"three_public.last.budget.{item.key}": f"上年{item.short_name}" for item in THREE_PUBLIC},
    "agency_operating.total": "机关运行经费",
    "procurement.total": "政府采购",
}
"""Names of facts → labels, in the order of the summary."""

Amounts = Mapping[str, Decimal]
"""元, exact, by the names of facts."""


@dataclass(frozen=True, slots=True)
class Totals:
    """One department: ``units`` are code and name, ``classes`` are names by the codes of function classes.

    ``amounts`` holds the sums of :data:`LABELS` that the document has, for each class ``expenditure.<code>.total``
    and ``general_public.<code>.total``, and those of :data:`LAST_YEAR_OF` if last year's document was given.
    """

    code: str
    name: str
    scope: str
    year: int
    money_unit: str
    units: tuple[tuple[str, str], ...]
    classes: Mapping[str, str]
    amounts: Amounts


ITEM_KEYS = tuple(item.key for item in THREE_PUBLIC)
STATED = frozenset(name for name in LABELS if not name.startswith("three_public.last.budget."))
"""The names of the amounts that each department has; those of last year only if its document states them."""
LAST_YEAR_OF = "last_year.three_public."
"""Before the key of a “三公” item: its amount in the previous year's document."""
LAST_YEAR = f"{LAST_YEAR_OF}total"
"""“三公” in the previous year's document; ``three_public.last.budget.total`` is what this year's says."""


def previous_year_amounts(source: BudgetSource) -> Amounts:
    """Return the amounts that the summary needs of a previous year's document.

    Raises:
        InputError: it cannot be read.
    """
    three_public = derive_facts(load(source).data, Printing()).three_public
    return {f"{LAST_YEAR_OF}{key}": three_public[key].value for key in ("total", *ITEM_KEYS)}


def totals_of(budget: Budget, facts: FactGroup, last: Amounts) -> Totals:
    """Return the totals of a document, with the amounts of the previous year in ``last``."""
    department = budget.department
    return Totals(
        code=department.code,
        name=department.name,
        scope=budget.scope,
        year=budget.year,
        money_unit=budget.money_unit,
        units=tuple((unit.code or "", unit.name) for unit in department.units),
        classes={row.key: row.name.text for row in facts.expenditure.classes},
        amounts={fact.name: fact.value for fact in _facts(facts)} | dict(last),
    )


def _facts(facts: FactGroup) -> Iterator[Fact]:
    yield from (facts.look_up(name) for name in LABELS if name in STATED)
    for change in ("total", *(item.key for item in THREE_PUBLIC)):
        if (base := facts.three_public.last.budget[change]) is not None:
            yield base
    for key in ("expenditure", "general_public"):
        yield from (row.total for row in facts[key].classes)
