"""The seed document, and the parts of reportgen that are measured. Imported in child processes only."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import reportgen
from reportgen.budget.load import load_budget
from reportgen.compose import compose
from reportgen.facts import derive_facts
from reportgen.layout.load import load_layout
from reportgen.tree.nodes import Document
from reportgen.tree.style import Style
from reportgen.writers import formats, writer

SEED = Path(__file__).parent.parent / "data" / "samples" / "shaoxing-hrss-2023.json"
LAYOUT = "zhejiang"

Written = Callable[[Document, Style], bytes]


@dataclass(frozen=True)
class Composed:
    """The tree and its looks."""

    document: Document
    style: Style


def composed(source: Path = SEED) -> Composed:
    """Load, facts, compose: what stands before every writer, ours or a peer's."""
    layout = load_layout(LAYOUT)
    budget = load_budget(source)
    facts = derive_facts(budget, layout.printing)
    return Composed(compose(facts, layout, budget.published), layout.style)


def built(source: Path = SEED) -> None:
    """The whole of ``reportgen.build``, into a folder that is thrown away."""
    with tempfile.TemporaryDirectory() as folder:
        reportgen.build(source, folder, layout=LAYOUT)


def own_writers() -> dict[str, Written]:
    """Our writers by format."""
    return {name: writer(name).write for name in formats()}
