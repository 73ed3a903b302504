"""名词解释: explanations of the function codes that are used, and of other terms."""

from __future__ import annotations

from ..budget.model import Budget
from .fact import FactGroup, SourceText


def glossary(budget: Budget, items: list[FactGroup]) -> FactGroup:
    """Return the group ``glossary``.

    ``functions`` are the rows of ``items`` (the function items with expenditure, in order of their codes) that the
    document explains; ``terms`` are the other terms, in the order of the document.
    """
    explanations = {
        term.function: SourceText(term.text, f"/glossary/{n}/text")
        for n, term in enumerate(budget.glossary)
        if term.function
    }
    functions = [
        FactGroup(f"glossary.{row.key}", row=row, text=explanations[row.key])
        for row in items
        if row.key in explanations
    ]
    terms = [
        FactGroup(
            f"glossary.{n}",
            term=SourceText(term.term, f"/glossary/{n}/term"),
            text=SourceText(term.text, f"/glossary/{n}/text"),
        )
        for n, term in enumerate(budget.glossary)
        if term.term
    ]
    return FactGroup("glossary", functions=functions, terms=terms)
