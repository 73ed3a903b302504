"""Compose the document along the layout's outline: sections, headings, prose, tables, and the contents."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from ..core.errors import LayoutError
from ..core.files import safe_name
from ..facts import FactGroup
from ..layout.spec import BlockSpec, Layout, SectionSpec, TableSpec
from ..tree.grid import SpanError, starts
from ..tree.nodes import Block, Contents, Cover, Document, Entry, Heading, Run, Section, Table, Text, heading_of, plain
from .heads import head_rows
from .narrative import section_blocks
from .numbering import Counter, formatted
from .tables import columns, filled_rows, notes, panels
from .templates import Templates


def compose(facts: FactGroup, layout: Layout, published: date | None = None) -> Document:
    """Compose the document of ``facts`` with ``layout``. ``published`` dates the files (default: the year's first day).

    Raises:
        LayoutError: a template or a table names what does not exist, or has a numeral without a source.
    """
    composer = _Composer(facts, layout)
    sections = [composer.section(spec, n) for n, spec in enumerate(layout.outline)]
    names = layout.document
    title = plain(composer.inline(names.title))
    return Document(
        title=title,
        author=plain(composer.inline(names.author)),
        subject=plain(composer.inline(names.subject)),
        slug=safe_name(title),
        date=published or date(int(facts.year.value), 1, 1),
        sections=tuple(
            _with_contents(section, sections, spec.depth)
            for section, spec in zip(sections, layout.outline, strict=True)
        ),
    )


class _Composer:
    """One pass through the outline; counts headings and tables."""

    def __init__(self, facts: FactGroup, layout: Layout) -> None:
        self._facts, self._layout = facts, layout
        self._templates = Templates(layout, facts)
        self._counter = Counter(layout.numbering)
        self._tables = 0

    def inline(self, template: str, place: str = "layout.yaml") -> tuple[Run, ...]:
        return self._templates.inline(template, place)

    def section(self, spec: SectionSpec, n: int) -> Section:
        return Section(f"{spec.page}-{n + 1}", spec.page, tuple(self._blocks(spec)))

    def _blocks(self, spec: SectionSpec) -> Iterator[Block]:
        if spec.cover:
            yield Cover("cover", tuple(self.inline(line, spec.place) for line in spec.cover))
        if spec.contents:
            yield Contents("contents", spec.contents, (), spec.page_numbers)
        for block in spec.blocks:
            yield from self._block(block)

    def _block(self, block: BlockSpec) -> Iterator[Block]:
        with self._templates.printing(block.printing):
            yield from self._filled(block)

    def _filled(self, block: BlockSpec) -> Iterator[Block]:
        number = Text(self._counter.heading(block.level))
        if block.table:
            yield self._table(block, number)
            return
        yield Heading(block.id, block.level, (number, *self.inline(block.heading, block.place)))
        if block.text:
            yield from section_blocks(self._templates, block, self._counter)

    def _table(self, block: BlockSpec, number: Text) -> Table:
        spec = self._layout.tables[block.table]
        lines = self._layout.table_lines
        self._tables += 1
        title = self.inline(spec.title, spec.place)
        body = filled_rows(spec, self._facts, self._templates)
        right = (lines.right if spec.right is None else spec.right).replace("{unit}", spec.unit)
        table = Table(
            id=block.id,
            heading=Heading(f"{block.id}/heading", block.level, (number, *title)),
            title=title,
            label=formatted(lines.label, self._tables),
            left=self.inline(lines.left if spec.left is None else spec.left, spec.place),
            right=self.inline(right, spec.place),
            columns=columns(spec),
            head=head_rows(spec),
            body=body,
            notes=notes(spec, body, self._templates),
            continued=lines.continued,
            panels=panels(spec),
        )
        return _checked(table, spec)


def _checked(table: Table, spec: TableSpec) -> Table:
    try:
        for rows in (table.head, table.body):
            starts(rows, len(table.columns))
    except SpanError as error:
        raise LayoutError("{place}：单元格合并不成网格：{why}", place=spec.place, why=str(error)) from None
    return table


def _with_contents(section: Section, sections: list[Section], depth: int) -> Section:
    """The section with its contents block, if it has one, filled with the headings of the whole document."""
    entries = tuple(_entries(sections, depth))
    blocks = tuple(replace(b, entries=entries) if isinstance(b, Contents) else b for b in section.blocks)
    return replace(section, blocks=blocks)


def _entries(sections: list[Section], depth: int) -> Iterator[Entry]:
    for heading in (heading_of(block) for section in sections for block in section.blocks):
        if heading is not None and heading.level <= depth:
            yield Entry(heading.level, heading.runs, heading.id)
