"""All arithmetic: the figures that a layout, a rule or a summary may use, by their dotted names.

``derive_facts`` is the entry point. What depends on how figures print (direction words, shares) is decided here, on the
printed values, from a :class:`~reportgen.core.settings.Printing`; this package imports no layout.
"""

from __future__ import annotations

from ..budget.codes import code_book
from ..budget.model import Budget
from ..budget.terms import FINAL, BaseKind
from ..core.settings import Printing
from .adding_up import adding_up
from .advance_transfer import advance_transfer
from .agency_operating import agency_operating
from .assets import assets, counts
from .basic import basic
from .by_name import FactsByName
from .department import department, publication, units, years
from .economic import economic
from .expenditure import balance_appropriation, expenditure
from .fact import Fact, FactGroup, SourceText, source_text
from .final_accounts import put_final_accounts
from .glossary import glossary
from .named import named
from .past import Past
from .procurement import procurement
from .projects import projects
from .revenue import revenue
from .revenue_by_function import revenue_by_function
from .sections import sections
from .share import share_of, sum_of
from .three_public import three_public
from .withheld import put_withheld

__all__ = [
    "DocumentFacts",
    "Fact",
    "FactGroup",
    "FactsByName",
    "SourceText",
    "adding_up",
    "derive_facts",
    "share_of",
    "sum_of",
]


class DocumentFacts(FactGroup):
    """All facts of a document. ``past`` has what rules compare; it is no value, so that no layout can quote it."""

    past: Past


def derive_facts(
    budget: Budget, printing: Printing, last: DocumentFacts | None = None, initial: DocumentFacts | None = None
) -> DocumentFacts:
    """Return all facts and source texts of ``budget`` as a group of groups.

    ``last`` are the facts of last year's document, ``initial`` those of the budget of the same year (for final
    accounts): bases that ``budget`` does not state are taken from there.
    """
    book = code_book(budget.year)
    published: dict[BaseKind, FactGroup] = {}
    if last is not None:
        published["execution" if last.past.budget.stage == FINAL else "budget"] = last
    if initial is not None and budget.stage == FINAL:
        published["initial"] = initial
    past = Past(budget, printing, published)
    facts = DocumentFacts("", **years(budget), scope=budget.scope, department=department(budget), units=units(budget))
    facts.past = past
    facts.put(revenue=revenue(budget, past), **expenditure(budget, book, past))
    balance_appropriation(facts.appropriation, facts.revenue.appropriation.total, budget)
    facts.revenue.put(functions=revenue_by_function(budget, facts.expenditure, past))
    facts.put(basic=basic(budget, book, past), three_public=three_public(budget, past), **projects(budget, past))
    facts.put(agency_operating=agency_operating(budget, book, past), procurement=procurement(budget, book, past))
    facts.put(assets=assets(budget.assets), reception_use=source_text(budget.reception_use, "/reception_use"))
    facts.put(glossary=glossary(budget, facts.expenditure.items), sections=sections(budget))
    facts.put(named=named(budget, past), economic=economic(budget, book, past), **publication(budget))
    facts.put(advance_transfer=advance_transfer(budget, book, past, facts))
    facts.put(counts=counts("counts", budget.counts or {}, ""), withheld=put_withheld(facts, budget))
    if budget.stage == FINAL:
        put_final_accounts(facts, budget, past)
    return facts
