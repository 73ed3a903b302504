"""All arithmetic: the figures that a layout, a rule or a summary may use, by their dotted names.

``derive_facts`` is the entry point. What depends on how figures print (direction words, shares) is decided here, on the
printed values, from a :class:`~reportgen.core.settings.Printing`; this package imports no layout.
"""

from __future__ import annotations

from ..budget.codes import code_book
from ..budget.model import Budget
from ..budget.terms import FISCAL_FUNDS
from ..core.settings import Printing
from .agency_operating import agency_operating
from .assets import assets
from .basic import basic
from .by_name import FactsByName
from .change import change
from .department import department, units, years
from .expenditure import expenditure
from .fact import Fact, FactGroup, SourceText, read, source_text
from .glossary import glossary
from .procurement import procurement
from .projects import projects
from .revenue import revenue
from .share import share_of, sum_of
from .three_public import three_public

__all__ = ["Fact", "FactGroup", "FactsByName", "SourceText", "derive_facts", "share_of", "sum_of"]


def derive_facts(budget: Budget, printing: Printing) -> FactGroup:
    """Return all facts and source texts of ``budget`` as a group of groups."""
    book = code_book(budget.year)
    facts = FactGroup("", **years(budget), department=department(budget), units=units(budget))
    facts.put(revenue=revenue(budget, printing), **expenditure(budget, book, printing))
    facts.put(basic=basic(budget, book), three_public=three_public(budget, printing), **projects(budget))
    facts.put(agency_operating=agency_operating(budget, printing), procurement=procurement(budget))
    facts.put(assets=assets(budget.assets), reception_use=source_text(budget.reception_use, "/reception_use"))
    facts.put(glossary=glossary(budget, facts.expenditure.items))
    _compare_totals(facts, budget, printing)
    return facts


def _compare_totals(facts: FactGroup, budget: Budget, printing: Printing) -> None:
    """Put into the groups of the totals their change from last year's execution (上年执行数) and its reason."""
    for key in ("revenue", "expenditure", *(fund.key for fund in FISCAL_FUNDS)):
        value = getattr(budget.comparison.execution, key)
        base = None if value is None else read(f"{key}.last", value, f"/comparison/execution/{key}")
        facts[key].put(
            change=change(f"{key}.change", facts[key].total, base, printing),
            reason=source_text(getattr(budget.reasons, key), f"/reasons/{key}"),
        )
