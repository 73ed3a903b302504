"""Free prose of the document by section: paragraphs that a layout quotes by key."""

from __future__ import annotations

from ..budget.map_type import is_key
from ..budget.model import Budget
from .fact import FactGroup, SourceText


def sections(budget: Budget) -> FactGroup:
    """Return the group ``sections``: for each key a list of source texts, empty for a key that is not stated."""
    stated = {
        key: [SourceText(text, f"/sections/{key}/{n}") for n, text in enumerate(texts)]
        for key, texts in (budget.sections or {}).items()
    }
    group = FactGroup("sections", **stated)
    group.on_request(lambda key: [] if is_key(key) else None)
    return group
