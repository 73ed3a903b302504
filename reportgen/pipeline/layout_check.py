"""Prove a layout without a document of its own: by the names that the shipped samples have together."""

from __future__ import annotations

from ..budget.load import load_budget
from ..budget.terms import BUDGET
from ..compose.check import mistakes
from ..core.errors import LayoutError
from ..core.paths import shipped
from ..core.settings import Printing
from ..facts import FactGroup, derive_facts
from ..layout.load import load_layout
from ..writers.fonts.faces import face_mistakes


def layout_mistakes(layout: str) -> tuple[LayoutError, ...]:
    """Return every mistake in a layout, given by its name or the path of its folder; none if it is right.

    Its typefaces are read too: a damaged one would stop every PDF.

    Raises:
        UsageError: there is no such layout.
    """
    try:
        loaded = load_layout(layout)
    except LayoutError as error:
        return (error,)
    return (*mistakes(loaded, *example_facts(loaded.printing, loaded.stage)), *face_mistakes(loaded.style))


def example_facts(printing: Printing, stage: str = BUDGET) -> tuple[FactGroup, ...]:
    """Return the facts of the shipped samples of a stage, which together have everything that a document can have.

    Those of no layout in particular come first: their values are the examples.
    """
    layouts = shipped("layouts")
    found = (shipped("data") / "samples").glob("*.json")
    samples = sorted(found, key=lambda sample: ((layouts / sample.stem).is_dir(), sample.name))
    budgets = [load_budget(sample) for sample in samples]
    return tuple(derive_facts(budget, printing) for budget in budgets if budget.stage == stage)
