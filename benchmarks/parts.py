"""The parts that are measured, by name: ``tree``, ``build``, our writers, the peers, and all peers together.

Our own parts run with rare garbage collections, as they do from the command line; the peers with Python's.

A step is given a turn and gives back the work to be timed; every turn's document has other texts
(see :mod:`variety`).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from longer import longer
from peers import peer
from seed import LAYOUT, SEED, Composed, Written, built, composed, own_writers
from variety import grown, row_count, varied

from reportgen import rules
from reportgen.budget.load import load_budget
from reportgen.compose import compose
from reportgen.core.garbage_collection import collect_rarely
from reportgen.facts import derive_facts
from reportgen.layout.load import load_layout
from reportgen.tree.nodes import Document
from reportgen.tree.style import Style

Step = Callable[[int], Callable[[], object]]

TOGETHER = {
    "together": ("docxtpl_docx", "platypus", "xlsxwriter_xlsx"),
    "together_openpyxl": ("docxtpl_docx", "platypus", "openpyxl_xlsx"),
}
"""The peers that scripts for all three formats would use, quick and straightforward."""


def ready(part: str) -> bytes:
    """What the part keeps between runs."""
    seed = composed()
    return peer("docxtpl_docx" if part in TOGETHER else part).ready(seed.document, seed.style)


def once(part: str, kept: bytes) -> bytes:
    """One cold run: from the JSON to the bytes of the file (or of nothing, for the tree alone)."""
    seed = composed()
    return b"" if part == "tree" else writing(part, kept)(seed.document, seed.style)


def writing(part: str, kept: bytes) -> Written:
    """The part as a function from tree and style to bytes."""
    own = own_writers()
    if part in own:
        collect_rarely()
        return own[part]
    if part in TOGETHER:
        return lambda document, style: b"".join(peer(p).write(document, style, kept) for p in TOGETHER[part])
    return lambda document, style: peer(part).write(document, style, kept)


def steps(part: str, kept: bytes) -> Step:
    """The runs of one part on the seed."""
    if part in ("tree", "build"):
        collect_rarely()
        work: Callable[[], object] = composed if part == "tree" else built
        return lambda turn: work
    write = writing(part, kept)
    if part in TOGETHER:
        return lambda turn: lambda: write(*_both(composed()))
    seed = composed()
    return lambda turn: partial(write, varied(seed.document, turn), seed.style)


def grown_steps(part: str, factor: int, folder: Path) -> Step:
    """The runs of one part on a document with ``factor`` times the rows."""
    if part in ("load", "facts", "rules", "compose"):
        source = longer(SEED, factor, folder / f"{factor}.json")
        return _before_the_tree(part, source)
    seed = composed()
    large = grown(seed.document, factor)
    kept = peer(part).ready(large, seed.style) if part not in own_writers() else b""
    write = writing(part, kept)
    return lambda turn: partial(write, varied(large, turn), seed.style)


def rows_times(factor: int) -> float:
    """How many times the body rows there are when the larger tables have ``factor`` times as many."""
    document = composed().document
    return row_count(grown(document, factor)) / row_count(document)


def _before_the_tree(part: str, source: Path) -> Step:
    layout = load_layout(LAYOUT)
    budget = load_budget(source)
    facts = derive_facts(budget, layout.printing)
    works: dict[str, Callable[[], object]] = {
        "load": partial(load_budget, source),
        "facts": partial(derive_facts, budget, layout.printing),
        "rules": partial(rules.run, budget, facts),
        "compose": partial(compose, facts, layout, budget.published),
    }
    collect_rarely()
    return lambda turn: works[part]


def _both(made: Composed) -> tuple[Document, Style]:
    return made.document, made.style
