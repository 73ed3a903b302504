"""The document as it would print with a text in every place that has room for one: where a text goes before it exists.

What is not written yet prints nowhere, so its place in the document is known only by writing something there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

from ..compose import amend, compose_with_left_out
from ..facts import derive_facts
from ..tree.nodes import Document
from ..writers.page_widths import with_wide_pages
from .report import Prepared
from .source import LoadedBudget

BLANK = "……"
"""What stands in the place of a text that is not written."""


def with_every_text(
    source: LoadedBudget, prepared: Prepared, is_text: Callable[[str], bool]
) -> tuple[Document, Document]:
    """Return the document with ``BLANK`` for each text that is not written; the others are as they are.

    The second one is that without the hand edits.

    ``prepared`` was made from ``source``; ``is_text`` says whether a text may be written at a JSON pointer.
    """
    layout = prepared.layout
    budget = _filled(prepared.budget, "", is_text)
    last, initial = (
        None if one is None else derive_facts(one.data, layout.printing) for one in (source.last, source.initial)
    )
    facts = derive_facts(budget, layout.printing, last, initial)
    composed, _ = compose_with_left_out(facts, layout, budget.published)
    generated = with_wide_pages(composed, layout.style)
    return amend(generated, budget.overrides, facts, layout)[0], generated


def _filled(value: Any, pointer: str, is_text: Callable[[str], bool]) -> Any:
    """The value at a JSON pointer with ``BLANK`` for each text in it that is missing."""
    if isinstance(value, Mapping):
        return {name: _filled(one, f"{pointer}/{name}", is_text) for name, one in value.items()}
    if isinstance(value, tuple):
        return tuple(_filled(one, f"{pointer}/{n}", is_text) for n, one in enumerate(value))
    if not is_dataclass(value) or isinstance(value, type):
        return value
    found = {field.name: (getattr(value, field.name), f"{pointer}/{field.name}") for field in fields(value)}
    filled = {
        name: BLANK if old is None and is_text(inner) else _filled(old, inner, is_text)
        for name, (old, inner) in found.items()
    }
    changed = {name: new for name, new in filled.items() if new != found[name][0]}
    return replace(value, **changed) if changed else value
