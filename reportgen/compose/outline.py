"""Compose the document along the layout's outline: sections, headings, prose, tables, and the contents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from itertools import islice

from ..core.errors import LayoutError
from ..core.files import safe_name
from ..facts import FactGroup
from ..layout.outline_spec import BlockSpec, Numbering, SectionSpec
from ..layout.spec import Layout
from ..layout.table_spec import TableSpec
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
from .contents import Titles, with_contents
from .heads import head_rows
from .lines import lines_of
from .narrative import section_blocks
from .numbering import Counter, formatted, numbering_of
from .own_terms import OwnTerm, with_own_terms
from .parts import LeftOut, Part, without_empty_headings
from .tables import columns, filled_rows, notes, panels
from .templates import Templates


def compose(facts: FactGroup, layout: Layout, published: date | None = None) -> Document:
    """Compose the document of ``facts`` with ``layout``. ``published`` dates the files (default: the year's first day).

    Raises:
        LayoutError: a template or a table names what does not exist, or has a numeral without a source.
    """
    return compose_with_left_out(facts, layout, published)[0]


def compose_with_left_out(facts: FactGroup, layout: Layout, published: date | None = None) -> tuple[Document, LeftOut]:
    """Return the document that :func:`compose` returns, and what of the layout it leaves out.

    Raises:
        LayoutError: as :func:`compose`.
    """
    composer = _Composer(facts, layout)
    sections = composer.sections()
    names = layout.document
    title, author, subject = (
        plain(composer.inline(getattr(names, name), names.place.at(name))) for name in ("title", "author", "subject")
    )
    document = Document(
        title=title,
        author=author,
        subject=subject,
        slug=safe_name(title),
        date=published or date(int(facts.year.value), 1, 1),
        sections=tuple(
            with_contents(section, spec, sections, composer.titles)
            for section, spec in zip(sections, layout.outline, strict=True)
        ),
    )
    return document, composer.left_out()


class _Composer:
    """Two passes through the outline: what each block prints, then its numbers, of headings, items, tables, charts."""

    def __init__(self, facts: FactGroup, layout: Layout) -> None:
        self._facts, self._layout = facts, layout
        self._templates = Templates(layout, facts)
        self._counter = Counter()
        self._tables = self._charts = 0
        self.titles = Titles()
        self._own_terms: list[OwnTerm] = []
        self._without_content: list[str] = []

    def inline(self, template: str, place: str) -> tuple[Run, ...]:
        return self._templates.inline(template, place)

    def sections(self) -> list[Section]:
        """Return the sections, their contents blocks still without entries."""
        outline = self._layout.outline
        parts, left_out = without_empty_headings([self._part(block, spec) for spec in outline for block in spec.blocks])
        self._without_content = [heading.title for heading in left_out]
        following = iter(parts)
        return [
            Section(
                f"{spec.page}-{n + 1}", spec.page, tuple(self._blocks(spec, n, islice(following, len(spec.blocks))))
            )
            for n, spec in enumerate(outline)
        ]

    def left_out(self) -> LeftOut:
        return LeftOut(tuple(self._without_content), tuple(self._own_terms))

    def _part(self, block: BlockSpec, spec: SectionSpec) -> Part:
        """Return what a block prints, but for its numbers and its table."""
        with self._templates.printing(block.printing or spec.printing):
            if block.chart:
                chart = chart_of(self._layout.charts[block.chart], block.id, "", self._facts, self._templates)
                return Part(block, chart=chart)
            heading = self.inline(block.heading, block.place.at("heading")) if block.heading else ()
            lines, own_terms = with_own_terms(lines_of(self._templates, block))
        self._own_terms += own_terms
        return Part(block, heading if plain(heading).strip() else (), lines)

    def _blocks(self, spec: SectionSpec, n: int, parts: Iterable[Part]) -> Iterator[Block]:
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
        for part in parts:
            with self._templates.printing(part.spec.printing or spec.printing):
                for made in self._numbered(part, numbering_of(part.spec, spec, self._layout)):
                    self.titles.list_before(heading_of(made))
                    yield made

    def _numbered(self, part: Part, numbering: Numbering) -> Iterator[Block]:
        """Yield the blocks of a part with their numbers; the title of an entry alone goes to the contents."""
        block = part.spec
        if block.chart:
            yield from self._numbered_chart(part.chart)
        elif block.table:
            yield self._table(block, Text(self._number(block, numbering)))
        elif not (block.heading or block.text):
            title = (Text(self._number(block, numbering)), *self.inline(block.entry, block.place.at("entry")))
            self.titles.add_line(Entry(block.level, title, "", id=block.id))
        else:
            if part.heading:
                yield self._heading(part, self._number(block, numbering))
            yield from section_blocks(part.lines, block, self._counter, numbering)

    def _heading(self, part: Part, number: str) -> Heading:
        block = part.spec
        shown = Text(number if block.number == "all" else "")
        if block.entry or number != shown.text:
            title = self.inline(block.entry, block.place.at("entry")) if block.entry else part.heading
            self.titles.other[block.id] = (Text(number), *title)
        return Heading(block.id, block.level, (shown, *part.heading))

    def _number(self, block: BlockSpec, numbering: Numbering) -> str:
        """Count a block's heading, or that of its table, and return its number."""
        if block.number != "none":
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
            notes=notes(spec, body, self._facts, self._templates),
            continued=lines.continued,
            panels=panels(spec),
            new_page=block.new_page,
        )
        return _checked(table, spec)

    def _numbered_chart(self, chart: Chart | None) -> Iterator[Chart]:
        """A chart with its number; one without categories is left out and has no number."""
        if chart:
            self._charts += 1
            yield replace(chart, label=formatted(self._layout.chart_label, self._charts))


def _checked(table: Table, spec: TableSpec) -> Table:
    try:
        for rows in (table.head, table.body):
            starts(rows, len(table.columns))
    except SpanError as error:
        raise LayoutError(
            "{place}：单元格合并不成网格：{why}", "核对 merge 和各栏的 columns", place=spec.place, why=str(error)
        ) from None
    return table
