"""All arithmetic is here: every number that anyone may quote, by its dotted name.

``derive_facts`` is the only door. What depends on how figures print (direction words, shares) is decided here
on the printed values, from a :class:`~reportgen.core.settings.Printing`; no layout is known.
"""

from __future__ import annotations

from ..budget.codes import code_book
from ..budget.model import Budget
from ..budget.terms import FISCAL_FUNDS
from ..core.settings import Printing
from .basic import basic
from .change import change
from .department import agency_operating, assets, department, glossary, procurement, units, years
from .expenditure import expenditure
from .fact import Fact, FactGroup, SourceText, read, words
from .projects import projects
from .revenue import revenue
from .three_public import three_public

__all__ = ["Fact", "FactGroup", "SourceText", "derive_facts"]


def derive_facts(budget: Budget, printing: Printing) -> FactGroup:
    """Everything that may be quoted from ``budget``, as a group of groups."""
    book = code_book(budget.year)
    facts = FactGroup("", **years(budget), department=department(budget), units=units(budget))
    facts.put(revenue=revenue(budget, printing), **expenditure(budget, book, printing))
    facts.put(basic=basic(budget, book), three_public=three_public(budget, printing), **projects(budget))
    facts.put(agency_operating=agency_operating(budget, printing), procurement=procurement(budget))
    facts.put(assets=assets(budget.assets), reception_use=words(budget.reception_use, "/reception_use"))
    facts.put(glossary=glossary(budget, facts.expenditure.items))
    _compare_totals(facts, budget, printing)
    return facts


def _compare_totals(facts: FactGroup, budget: Budget, printing: Printing) -> None:
    """The totals against last year's execution (上年执行数), with the clerk's reasons."""
    for key in ("revenue", "expenditure", *(fund.key for fund in FISCAL_FUNDS)):
        value = getattr(budget.comparison.execution, key)
        base = None if value is None else read(f"{key}.last", value, f"/comparison/execution/{key}")
        facts[key].put(
            change=change(f"{key}.change", facts[key].total, base, printing),
            reason=words(getattr(budget.reasons, key), f"/reasons/{key}"),
        )
