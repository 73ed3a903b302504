"""Compose the document along the layout's outline: sections, headings, prose, tables, and the contents."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from ..core.errors import LayoutError
from ..core.files import safe_name
from ..facts import FactGroup
from ..layout.spec import BlockSpec, Layout, Numbering, SectionSpec, TableSpec
from ..tree.grid import SpanError, starts
from ..tree.nodes import (
    Block,
    Chart,
    Contents,
    Cover,
    Document,
    Entry,
    Heading,
    Run,
    Section,
    Table,
    Text,
    heading_of,
    plain,
)
from .charts import chart_of
from .heads import head_rows
from .narrative import section_blocks
from .numbering import Counter, formatted, numbering_of
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
    title, author, subject = (
        plain(composer.inline(getattr(names, name), names.place.at(name))) for name in ("title", "author", "subject")
    )
    return Document(
        title=title,
        author=author,
        subject=subject,
        slug=safe_name(title),
        date=published or date(int(facts.year.value), 1, 1),
        sections=tuple(
            _with_contents(section, spec, sections, composer)
            for section, spec in zip(sections, layout.outline, strict=True)
        ),
    )


class _Composer:
    """One pass through the outline; counts headings, tables and charts.

    ``entries`` are the titles in the contents that are other than the printed ones, by the ids of the headings;
    ``listed`` are the lines that the contents have before a heading, by its id: those of blocks that print nothing.
    """

    def __init__(self, facts: FactGroup, layout: Layout) -> None:
        self._facts, self._layout = facts, layout
        self._templates = Templates(layout, facts)
        self._counter = Counter()
        self._tables = self._charts = 0
        self.entries: dict[str, tuple[Run, ...]] = {}
        self.listed: dict[str, list[Entry]] = {}
        self._waiting: list[Entry] = []

    def inline(self, template: str, place: str) -> tuple[Run, ...]:
        return self._templates.inline(template, place)

    def section(self, spec: SectionSpec, n: int) -> Section:
        return Section(f"{spec.page}-{n + 1}", spec.page, tuple(self._blocks(spec, n)))

    def _blocks(self, spec: SectionSpec, n: int) -> Iterator[Block]:
        if spec.cover:
            first = not any(section.cover for section in self._layout.outline[:n])
            yield Cover(
                "cover" if first else f"cover-{n + 1}",
                tuple(self.inline(x, spec.place.at("cover")) for x in spec.cover),
            )
        if spec.contents:
            first = not any(section.contents for section in self._layout.outline[:n])
            title = plain(self._templates.words(spec.contents, spec.place.at("contents")))
            yield Contents("contents" if first else f"contents-{n + 1}", title, (), spec.page_numbers)
        for block in spec.blocks:
            with self._templates.printing(block.printing or spec.printing):
                for made in self._block(block, numbering_of(block, spec, self._layout)):
                    self._list_before(heading_of(made))
                    yield made

    def _block(self, block: BlockSpec, numbering: Numbering) -> Iterator[Block]:
        if block.chart:
            yield from self._chart(block)
            return
        number = self._number(block, numbering)
        if not (block.heading or block.table or block.text):
            title = (Text(number), *self.inline(block.entry, block.place.at("entry")))
            self._waiting.append(Entry(block.level, title, "", id=block.id))
            return
        if block.table:
            yield self._table(block, Text(number))
            return
        if block.heading:
            shown = Text(number if block.number == "all" else "")
            heading = Heading(block.id, block.level, (shown, *self.inline(block.heading, block.place.at("heading"))))
            if block.entry or number != shown.text:
                self.entries[block.id] = (
                    Text(number),
                    *self.inline(block.entry or block.heading, block.place.at("entry")),
                )
            yield heading
        if block.text:
            yield from section_blocks(self._templates, block, self._counter, numbering)

    def _list_before(self, heading: Heading | None) -> None:
        """Let the contents list before a heading what waits for one."""
        if heading and self._waiting:
            self.listed[heading.id] = [replace(entry, target=heading.id) for entry in self._waiting]
            self._waiting = []

    def _number(self, block: BlockSpec, numbering: Numbering) -> str:
        """Count a block's heading, or that of its table, and return its number."""
        if block.number != "none" and (block.heading or block.table or not block.text):
            return self._counter.heading(block.level, numbering)
        if block.heading:
            self._counter.unnumbered(block.level)
        return ""

    def _line(self, name: str, spec: TableSpec) -> tuple[Run, ...]:
        """Return the line on the ``name`` (left, right) above a table: its own, or that of all tables."""
        lines, own = self._layout.table_lines, getattr(spec, name)
        text, place = (getattr(lines, name), lines.place) if own is None else (own, spec.place)
        return self.inline(text.replace("{unit}", spec.unit), place.at(name))

    def _table(self, block: BlockSpec, number: Text) -> Table:
        spec = self._layout.tables[block.table]
        lines = self._layout.table_lines
        self._tables += spec.label != ""
        title = self.inline(spec.title, spec.place.at("title"))
        if before := formatted(lines.title, self._tables):
            title = (Text(before), *title)
        entry = self.inline(block.entry, block.place.at("entry")) if block.entry else title
        body = filled_rows(spec, self._facts, self._templates)
        table = Table(
            id=block.id,
            heading=Heading(f"{block.id}/heading", block.level, (number, *entry)),
            title=title,
            label=formatted(lines.label if spec.label is None else spec.label, self._tables),
            left=self._line("left", spec),
            right=self._line("right", spec),
            columns=columns(spec),
            head=head_rows(spec, self._templates),
            body=body,
            notes=notes(spec, body, self._templates),
            continued=lines.continued,
            panels=panels(spec),
            new_page=block.new_page,
        )
        return _checked(table, spec)

    def _chart(self, block: BlockSpec) -> Iterator[Chart]:
        """A chart with its number; one without categories is left out and has no number."""
        label = formatted(self._layout.chart_label, self._charts + 1)
        chart = chart_of(self._layout.charts[block.chart], block.id, label, self._facts, self._templates)
        if chart:
            self._charts += 1
            yield chart


def _checked(table: Table, spec: TableSpec) -> Table:
    try:
        for rows in (table.head, table.body):
            starts(rows, len(table.columns))
    except SpanError as error:
        raise LayoutError("{place}：单元格合并不成网格：{why}", place=spec.place, why=str(error)) from None
    return table


def _with_contents(section: Section, spec: SectionSpec, sections: list[Section], composer: _Composer) -> Section:
    """The section with its contents block, if it has one, filled with headings of the whole document."""
    entries = tuple(_entries(sections, spec, composer))
    blocks = tuple(replace(b, entries=entries) if isinstance(b, Contents) else b for b in section.blocks)
    return replace(section, blocks=blocks)


def _entries(sections: list[Section], spec: SectionSpec, composer: _Composer) -> Iterator[Entry]:
    for block in (block for section in sections for block in section.blocks):
        heading = heading_of(block)
        if heading is None:
            continue
        yield from (entry for entry in composer.listed.get(heading.id, ()) if _lists(spec, entry.level, entry.id))
        if _lists(spec, heading.level, block.id):
            yield Entry(heading.level, composer.entries.get(heading.id, heading.runs), heading.id)


def _lists(spec: SectionSpec, level: int, block: str) -> bool:
    """Whether the contents list the heading of a block."""
    if level > spec.depth or _is_of(block, spec.without):
        return False
    return not spec.only or _is_of(block, spec.only)


def _is_of(block: str, ids: tuple[str, ...]) -> bool:
    """Whether a block of the document is one of the blocks ``ids`` of the outline, or is inside one."""
    return any(block == id or block.startswith(f"{id}/") for id in ids)
