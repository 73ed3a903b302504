"""名词解释: explanations of the function codes that are used, and of other terms."""

from __future__ import annotations

import re

from ..budget.model import Budget
from .fact import FactGroup, SourceText

POINTER = re.compile("/glossary/[0-9]+/")
"""Matches the pointers of what the document's glossary says."""
_NOT_IN_KEY = re.compile(r"[\s“”‘’\"'「」]+")
_FULL_BRACKETS = str.maketrans("()", "（）")


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


def term_key(name: str) -> str:
    """Return what is the same for two ways to write a term, with quotation marks or without.

    >>> term_key("“三公”经费"), term_key("因公出国(境)费")
    ('三公经费', '因公出国（境）费')
    """
    return _NOT_IN_KEY.sub("", name).translate(_FULL_BRACKETS)
