"""What the summary needs of a department: code, name, units, and its main sums by the names of their facts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from ..budget.model import Budget
from ..budget.terms import BUDGET, FINAL, FUNDS, THREE_PUBLIC, BaseKind
from ..core.settings import Printing
from ..facts import Fact, FactGroup, derive_facts
from ..pipeline import BudgetSource, load

LAST_OF_STAGE: Mapping[str, BaseKind] = {BUDGET: "budget", FINAL: "execution"}
"""The base of last year that a document of each stage states."""


def _of_last_year(kind: BaseKind, label: str) -> dict[str, str]:
    names = {"total": "“三公”经费", **{item.key: item.short_name for item in THREE_PUBLIC}}
    return {f"three_public.last.{kind}.{key}": label.format(name=name) for key, name in names.items()}


LABELS = {
    "revenue.total": "收入总计",
    "expenditure.grand_total": "支出总计",
    "expenditure.total": "支出合计",
    "expenditure.carried_forward": "年终结转结余",
    **{f"{fund.key}.total": fund.name for fund in FUNDS},
    "three_public.total": "“三公”经费",
    **{f"three_public.{item.key}": item.name for item in THREE_PUBLIC},
    **_of_last_year("budget", "上年{name}"),
    **_of_last_year("execution", "上年{name}决算"),
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
    stage: str = BUDGET


ITEM_KEYS = tuple(item.key for item in THREE_PUBLIC)
OF_LAST_YEAR = frozenset(name for name in LABELS if name.startswith("three_public.last."))
"""The names of the amounts of last year: a department has those of its stage, if its document states them."""
STATED = frozenset(LABELS) - OF_LAST_YEAR
"""The names of the amounts that each department has."""
LAST_YEAR_OF = "last_year.three_public."
"""Before the key of a “三公” item: its amount in the previous year's document."""
LAST_YEAR = f"{LAST_YEAR_OF}total"
"""“三公” in the previous year's document."""
LAST_YEAR_STATED = f"{LAST_YEAR_OF}stated"
"""What this year's document says of it: 上年预算数 or, where the previous year's are final accounts, 上年执行数."""


def shown_labels(departments: Iterable[Totals]) -> Mapping[str, str]:
    """Return the labels of the amounts that a summary shows: of last year those that a department has."""
    found = {name for department in departments for name in department.amounts}
    of_final = {name for name in OF_LAST_YEAR if name in found and ".execution." in name}
    hidden = {name for name in OF_LAST_YEAR - found if of_final or ".execution." in name}
    return {name: label for name, label in LABELS.items() if name not in hidden}


def previous_year_amounts(source: BudgetSource) -> tuple[BaseKind, Amounts]:
    """Return which base a previous year's document gives, and the amounts that the summary needs of it.

    Raises:
        InputError: it cannot be read.
    """
    budget = load(source).data
    three_public = derive_facts(budget, Printing()).three_public
    amounts = {f"{LAST_YEAR_OF}{key}": three_public[key].value for key in ("total", *ITEM_KEYS)}
    return LAST_OF_STAGE[budget.stage], amounts


def totals_of(budget: Budget, facts: FactGroup, last: tuple[BaseKind, Amounts] | None) -> Totals:
    """Return the totals of a document, with what :func:`previous_year_amounts` gives of that in ``last``."""
    department = budget.department
    of_stage = LAST_OF_STAGE[budget.stage]
    kind, before = last or (of_stage, {})
    stated = facts.three_public.last[kind].total
    said = {} if stated is None else {LAST_YEAR_STATED: stated.value}
    return Totals(
        code=department.code,
        name=department.name,
        scope=budget.scope,
        year=budget.year,
        money_unit=budget.money_unit,
        units=tuple((unit.code or "", unit.name) for unit in department.units),
        classes={row.key: row.name.text for row in facts.expenditure.classes},
        amounts={fact.name: fact.value for fact in _facts(facts, of_stage)} | said | dict(before),
        stage=budget.stage,
    )


def _facts(facts: FactGroup, last: BaseKind) -> Iterator[Fact]:
    yield from (facts.look_up(name) for name in LABELS if name in STATED)
    for key in ("total", *ITEM_KEYS):
        if (base := facts.three_public.last[last][key]) is not None:
            yield base
    for key in ("expenditure", "general_public"):
        yield from (row.total for row in facts[key].classes)
