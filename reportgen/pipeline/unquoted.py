"""GJ005: parts of a document with names of its own choice that the layout quotes nowhere: sections, vehicles."""

from __future__ import annotations

from collections.abc import Iterator

from ..budget.model import Budget
from ..core.finding import Finding, Place, Severity
from ..tree.nodes import Block, Document, Heading, Paragraph, Run, Table, Text


def unquoted_parts(budget: Budget, document: Document) -> Iterator[Finding]:
    """Yield one note that names all sections of which no text is printed."""
    printed = {run.source.split("/")[2] for run in _texts(document) if run.source.startswith("/sections/")}
    unprinted = [key for key in budget.sections or {} if key not in printed]
    if unprinted:
        where = tuple(Place(f"/sections/{key}", "各章文字") for key in unprinted)
        values = {"keys": "、".join(unprinted)}
        message, hint = "各章文字里的 {keys}，这个版式哪里都不印", "核对键名；版式里用 sections 加键名引用"
        yield Finding("GJ005", Severity.NOTE, message, where, hint, values)


def _texts(document: Document) -> Iterator[Text]:
    """Yield the texts of the document that come from the budget."""
    for block in document.blocks():
        yield from (run for runs in _runs(block) for run in runs if isinstance(run, Text) and run.source)


def _runs(block: Block) -> Iterator[tuple[Run, ...]]:
    if isinstance(block, Heading | Paragraph):
        yield block.runs
    elif isinstance(block, Table):
        yield from (cell.runs for row in block.body for cell in row.cells)
        yield from (note.runs for note in block.notes)
