"""GJ004, GJ006: what the document states, facts read, and the composed document prints nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ..budget.model import Budget
from ..core.finding import Finding, Place, Severity
from ..core.money import exact
from ..facts import FactGroup
from ..rules.stated import LISTS, amounts, cells_of, compared_amounts_of_lines
from ..rules.texts import texts
from ..tree.nodes import Block, Chart, Cover, Document, Figure, Heading, Paragraph, Run, Table, Text

LAST_YEAR = ("totals", "comparison")
"""The parts that hold last year's figures, in version 2 and in version 1."""
PARTS = {
    **LISTS, **dict.fromkeys(LAST_YEAR, "上年数"), "carried_forward": "年终结转结余",
    "agency_operating": "机关运行经费", "procurement": "政府采购", "surplus_distributed": "结余分配",
    "fiscal_carried_forward": "年末财政拨款结转和结余", "three_public_details": "“三公”的数量和用途",
    "evaluation": "绩效管理",
}  # fmt: skip
"""The parts of the document that state money, with the names that messages print."""
_LINE = re.compile(r"/[0-9]+/")
_SHOWN = 30
"""Characters of one text that a message prints."""
_MOST_SHOWN = 4
"""Texts or amounts that a message prints."""
_COMPARED = re.compile("/(carry_over_)?last/|/budgeted/")


def unprinted_amounts(budget: Budget, facts: FactGroup, document: Document) -> Iterator[Finding]:
    """Yield a note for each part of the budget with amounts that no printed figure is computed from.

    Zeros count as printed: a table leaves their cells blank. Last year's amount also counts as printed where a sentence
    was decided on it (与上年持平). What no fact reads is an error of GJ112.
    """
    shown = _cells_shown(facts, document)
    missing = {pointer: amount for pointer, amount in amounts(budget) if amount and pointer not in shown}
    read = cells_of(facts.facts()) if missing else set()
    by_part: dict[str, list[str]] = {}
    for pointer in missing:
        if pointer in read:
            by_part.setdefault(pointer.split("/")[1], []).append(pointer)
    for part, pointers in by_part.items():
        amount = exact(missing[pointers[0]], budget.money_unit)
        values = {"part": PARTS[part], "count": str(len(pointers)), "amount": amount}
        message = "{part}里有 {count} 个列明的金额（如 {amount}），这个版式哪里都不印，也不在印出的合计里"
        hint = "在版式里加上这张表或这段文字；本来就不公开的不必理会"
        yield Finding("GJ004", Severity.NOTE, message, tuple(_places(pointers, PARTS[part])), hint, values)


SENTENCES = {"reason": "增减原因", "use": "主要用于", "goal": "绩效目标"}
"""The fields whose text is a part of a sentence, with the names that messages print."""


def unprinted_details(budget: Budget, facts: FactGroup, document: Document) -> Iterator[Finding]:
    """Yield a note for each kind of detail that no page prints: last year's amounts of lines, reasons, uses, goals."""
    shown, sources = _cells_shown(facts, document), _sources(document)
    kinds: dict[tuple[str, str], dict[str, str]] = {}
    for pointer, amount in compared_amounts_of_lines(budget):
        if amount and pointer not in shown:
            kind = "本年预算数" if "/budgeted/" in pointer else "上年数"
            kinds.setdefault((pointer.split("/")[1], kind), {})[pointer] = exact(amount, budget.money_unit)
    for pointer, text in texts(budget):
        part, field = pointer.split("/")[1], pointer.rpartition("/")[2]
        if field in SENTENCES and part in PARTS and pointer not in sources:
            kinds.setdefault((part, SENTENCES[field]), {})[pointer] = f"“{' '.join(text[:_SHOWN].split())}”"
    for (part, kind), details in kinds.items():
        examples = "、".join(tuple(details.values())[:_MOST_SHOWN])
        values = {"part": PARTS[part], "kind": kind, "count": str(len(details)), "details": examples}
        where = tuple(_places(details, PARTS[part]))
        message = "{part}里有 {count} 处{kind}，这个版式哪里都不印：{details}"
        hint = "版式不要的不必填；要印就在版式里加上"
        yield Finding("GJ006", Severity.NOTE, message, where, hint, values)


def _sources(document: Document) -> set[str]:
    """Return the pointers of the texts of the document that are printed."""
    runs = (run for block in document.blocks() for runs in block_runs(block) for run in runs)
    return {run.source for run in runs if isinstance(run, Text)}


def _places(pointers: Iterable[str], part: str) -> Iterator[Place]:
    """Yield the first place of each field."""
    first: dict[str, str] = {}
    for pointer in pointers:
        first.setdefault(_LINE.sub("/*/", pointer), pointer)
    return (Place(pointer, part) for pointer in first.values())


def _cells_shown(facts: FactGroup, document: Document) -> set[str]:
    """Return the pointers of the input cells that a printed figure, or a sentence about last year, comes from."""
    figures, decided = set[str](), set[str]()
    for block in document.blocks():
        figures.update(run.fact for runs in block_runs(block) for run in runs if isinstance(run, Figure))
        decided.update(block.basis if isinstance(block, Paragraph) else ())
    named = [fact for fact in facts.facts() if fact.name in figures or fact.name in decided]
    cells = cells_of(fact for fact in named if fact.name in figures)
    about_last_year = cells_of(fact for fact in named if fact.name in decided)
    return cells | {cell for cell in about_last_year if cell.split("/")[1] in LAST_YEAR or _COMPARED.search(cell)}


def block_runs(block: Block) -> Iterator[tuple[Run, ...]]:
    """Yield the runs of each paragraph, heading, cell, note and line of a block."""
    if isinstance(block, Heading | Paragraph):
        yield block.runs
    elif isinstance(block, Table):
        yield from (block.title, block.left, block.right)
        yield from (cell.runs for row in block.body for cell in row.cells)
        yield from (note.runs for note in block.notes)
    elif isinstance(block, Chart):
        yield from (tuple(figure for figure in series.figures if figure) for series in block.series)
    elif isinstance(block, Cover):
        yield from block.lines
