"""Hand edits (``overrides``) put into the document: sentences as a clerk wrote them, figures as they are now.

An override is plain data, never a template: its words are printed as they stand, its figures are looked up by name.
Numbers of headings and items stay ours and are counted anew; the contents follow the headings.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from ..core.finding import Finding
from ..core.money import MoneyUnit
from ..facts import Fact, FactGroup
from ..layout.spec import Layout
from ..tree.nodes import Block, Contents, Document, Heading, Paragraph, Run, Section, Table, Text
from .figures import Format, figure
from .numbering import Counter


class Link(Protocol):
    """A figure inside an override: its fact, and how it printed when the edit was brought back."""

    @property
    def figure(self) -> str:
        """The name of the fact."""
        ...

    @property
    def printed(self) -> str:
        """The numeral as it was printed; its decimals and thousands separators are kept."""
        ...

    @property
    def unit(self) -> MoneyUnit | None:
        """The unit written behind an amount; None is the layout's."""
        ...


class Override(Protocol):
    """A hand edit: a paragraph's new runs (none: it is left out), or a paragraph added after a block."""

    @property
    def block(self) -> str:
        """The id of the block."""
        ...

    @property
    def after(self) -> bool:
        """Whether the runs are a new paragraph after the block."""
        ...

    @property
    def role(self) -> str:
        """What a new paragraph is: body or item."""
        ...

    @property
    def runs(self) -> Sequence[object]:
        """Texts and :class:`Link` values, without the number of a heading or an item."""
        ...

    @property
    def was(self) -> str | None:
        """The generated words that the runs replaced."""
        ...


def amend(
    document: Document, overrides: Sequence[Override], facts: FactGroup, layout: Layout
) -> tuple[Document, tuple[Finding, ...]]:
    """The document with the hand edits in it, and what must be looked at again (:mod:`.review`)."""
    if not overrides:
        return document, ()
    from .review import review  # few documents have hand edits

    known = {fact.name: fact for fact in facts.facts()}
    amended = _Amending(overrides, known, layout).document(document)
    return amended, tuple(review(document, overrides, facts, known, layout))


def added(block: str, n: int) -> str:
    """The id of the ``n``-th paragraph (1 …) that is added after ``block``."""
    return f"{block}+{n}"


def words_of(block: Heading | Paragraph) -> tuple[Run, ...]:
    """The runs without the number that begins a heading or an item."""
    return block.runs[1:] if numbered(block) else block.runs


def numbered(block: Heading | Paragraph) -> bool:
    """Whether the first run is the block's number."""
    return isinstance(block, Heading) or block.role == "item"


class _Amending:
    """One pass over the document."""

    def __init__(self, overrides: Sequence[Override], facts: Mapping[str, Fact], layout: Layout) -> None:
        self._facts, self._printing, self._counter = facts, layout.printing, Counter(layout.numbering)
        self._instead: dict[str, tuple[int, Override]] = {}
        self._after: dict[str, list[tuple[int, Override]]] = {}
        for n, override in enumerate(overrides):
            if override.after:
                self._after.setdefault(override.block, []).append((n, override))
            else:
                self._instead.setdefault(override.block, (n, override))

    def document(self, document: Document) -> Document:
        """All sections, the contents last: they list headings as they now are."""
        sections = [replace(section, blocks=tuple(self._blocks(section))) for section in document.sections]
        amended = replace(document, sections=tuple(sections))
        headings = {block.id: block.runs for block in amended.blocks() if isinstance(block, Heading)}
        return amended.map_blocks(lambda block: _with_entries(block, headings))

    def _blocks(self, section: Section) -> Iterator[Block]:
        for block in section.blocks:
            if isinstance(block, Table):
                self._counter.heading(block.heading.level)
                yield block
            elif isinstance(block, Heading | Paragraph):
                yield from self._amended(block)
                yield from self._added(block.id)
            else:
                yield block

    def _amended(self, block: Heading | Paragraph) -> Iterator[Block]:
        n, override = self._instead.get(block.id, (0, None))
        runs = words_of(block)
        if override is not None and (override.runs or isinstance(block, Paragraph)):
            runs = self._runs(n, override)
            if not runs:
                return
        if isinstance(block, Heading):
            yield replace(block, runs=(Text(self._counter.heading(block.level)), *runs))
        else:
            yield replace(block, runs=self._with_number(block.role, runs))

    def _added(self, block: str) -> Iterator[Block]:
        for count, (n, override) in enumerate(self._after.get(block, ()), 1):
            role = "item" if override.role == "item" else "body"
            if runs := self._runs(n, override):
                yield Paragraph(
                    added(block, count), self._with_number(role, runs), "item" if role == "item" else "body"
                )

    def _with_number(self, role: str, runs: tuple[Run, ...]) -> tuple[Run, ...]:
        return (Text(self._counter.item()), *runs) if role == "item" else runs

    def _runs(self, n: int, override: Override) -> tuple[Run, ...]:
        return tuple(self._run(run, f"/overrides/{n}/runs/{k}") for k, run in enumerate(override.runs))

    def _run(self, run: object, pointer: str) -> Run:
        if isinstance(run, str):
            return Text(run, pointer)
        link: Link = run  # type: ignore[assignment]
        fact = self._facts.get(link.figure)
        return Text(link.printed, pointer) if fact is None else linked_figure(link, fact, self._printing.unit)


def linked_figure(link: Link, fact: Fact, usual: MoneyUnit) -> Run:
    """The fact as it is now, in the form in which the edit printed it; ``usual`` is the layout's unit."""
    decimals = len(link.printed.partition(".")[2])
    return figure(fact, Format(link.unit or usual, decimals, "," in link.printed, decimals))


def _with_entries(block: Block, headings: Mapping[str, tuple[Run, ...]]) -> Block:
    """A contents block with its entries reading as the headings do now; any other block as it is."""
    if not isinstance(block, Contents):
        return block
    entries = (replace(entry, runs=headings.get(entry.target, entry.runs)) for entry in block.entries)
    return replace(block, entries=tuple(entries))
