"""Apply hand edits (``overrides``) to the document: sentences as a clerk wrote them, figures with their present values.

An override is plain data, never a template: its texts are printed unchanged, its figures are looked up by name. Numbers
of headings and items are generated and counted again; the contents list the headings as they then are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from ..core.finding import Finding
from ..facts import Fact, FactGroup, FactsByName
from ..layout.spec import Layout
from ..tree.nodes import Block, Contents, Document, Heading, Paragraph, ParagraphRole, Run, Section, Table, Text
from .numbering import Counter, Numberings
from .overrides import LinkedFigure, Override, added_id, current_figure, runs_without_number
from .review import review


def amend(
    document: Document, overrides: Sequence[Override], facts: FactGroup, layout: Layout
) -> tuple[Document, tuple[Finding, ...]]:
    """Return the document with the hand edits applied, and the findings of their review (:mod:`.review`)."""
    if not overrides:
        return document, ()
    facts_by_name = FactsByName(facts)
    amended = _Amending(overrides, facts_by_name, layout).document(document)
    return amended, tuple(review(document, overrides, facts, facts_by_name, layout))


class _Amending:
    """One pass over the document, counting the numbers of headings and items."""

    def __init__(self, overrides: Sequence[Override], facts: Mapping[str, Fact], layout: Layout) -> None:
        self._facts, self._printing, self._counter = facts, layout.printing, Counter()
        self._numberings = Numberings(layout)
        self._replacing: dict[str, tuple[int, Override]] = {}
        self._adding: dict[str, list[tuple[int, Override]]] = {}
        for n, override in enumerate(overrides):
            if override.after:
                self._adding.setdefault(override.block, []).append((n, override))
            else:
                self._replacing.setdefault(override.block, (n, override))

    def document(self, document: Document) -> Document:
        """Return the amended document; the contents come last, because they list the amended headings."""
        sections = [replace(section, blocks=tuple(self._blocks(section))) for section in document.sections]
        amended = replace(document, sections=tuple(sections))
        headings = {block.id: block.runs for block in amended.blocks() if isinstance(block, Heading)}
        before = {block.id: block.runs for block in document.blocks() if isinstance(block, Heading)}
        return amended.map_blocks(lambda block: _with_entries(block, before, headings))

    def _blocks(self, section: Section) -> Iterator[Block]:
        for block in section.blocks:
            if isinstance(block, Table):
                if self._numberings.is_counted(block.id):
                    self._counter.unnumbered(block.heading.level)
                yield block
            elif isinstance(block, Heading | Paragraph):
                yield from self._amended(block)
                yield from self._added_after(block.id)
            else:
                yield block

    def _amended(self, block: Heading | Paragraph) -> Iterator[Block]:
        n, override = self._replacing.get(block.id, (0, None))
        runs = runs_without_number(block)
        if override is not None and (override.runs or isinstance(block, Paragraph)):
            runs = self._runs(n, override)
            if not runs:
                return
        if isinstance(block, Heading):
            keep_items = self._numberings.in_template(block.id) and self._numberings.of(block.id).items_continue
            self._counter.unnumbered(block.level, keep_items)
            yield replace(block, runs=(*block.runs[:1], *runs))
        else:
            yield replace(block, runs=self._with_number(block.id, block.role, runs))

    def _added_after(self, block: str) -> Iterator[Block]:
        for count, (n, override) in enumerate(self._adding.get(block, ()), 1):
            role: ParagraphRole = "item" if override.role == "item" else "body"
            if runs := self._runs(n, override):
                yield Paragraph(added_id(block, count), self._with_number(block, role, runs), role)

    def _with_number(self, block: str, role: str, runs: tuple[Run, ...]) -> tuple[Run, ...]:
        return (Text(self._counter.item(self._numberings.of(block))), *runs) if role == "item" else runs

    def _runs(self, n: int, override: Override) -> tuple[Run, ...]:
        return tuple(self._run(run, f"/overrides/{n}/runs/{k}") for k, run in enumerate(override.runs))

    def _run(self, run: object, pointer: str) -> Run:
        if isinstance(run, str):
            return Text(run, pointer)
        link: LinkedFigure = run  # type: ignore[assignment]
        fact = self._facts.get(link.figure)
        return Text(link.printed, pointer) if fact is None else current_figure(link, fact, self._printing)


def _with_entries(block: Block, before: Mapping[str, tuple[Run, ...]], now: Mapping[str, tuple[Run, ...]]) -> Block:
    """A contents block with its entries reading as the headings do now; any other block as it is.

    An entry that read otherwise than its heading ``before`` stays: the layout gives it a title of its own.
    """
    if not isinstance(block, Contents):
        return block
    entries = (
        replace(entry, runs=now[entry.target]) if entry.runs == before.get(entry.target) else entry
        for entry in block.entries
    )
    return replace(block, entries=tuple(entries))
