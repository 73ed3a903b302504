"""The document as a plain value: its contents in order, with roles instead of typefaces and sizes.

``compose`` builds it, ``writers`` and ``verify`` read it. It has everything that a writer may print: a writer that
needs to distinguish two cells needs another role.

Figures are objects until they are written: a :class:`Figure` has its exact value and the name of the fact it states, so
that every printed figure can be traced to the cells it was computed from.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Literal

from ..core.fast_init import fast_init

Align = Literal["left", "center", "right"]
ParagraphRole = Literal["body", "item", "note"]
RowRole = Literal["head", "number", "total", "subtotal", "item", "filler"]
ChartKind = Literal["pie", "bar", "grouped-bar"]


@fast_init
@dataclass(frozen=True, slots=True)
class Text:
    """A text. ``source`` is the JSON pointer it came from, or ``""`` for the layout's own wording."""

    text: str
    source: str = ""


@fast_init
@dataclass(frozen=True, slots=True)
class Figure:
    """A number as printed, with its exact value and its fact.

    ``text`` is the printed numeral ("17633.63"); ``value`` is the exact value in the printed ``unit``
    (万元, 元, %, 辆 … or "" for a plain number), not rounded; ``decimals`` and ``grouped`` say how
    ``text`` was made from ``value`` (a spreadsheet needs them for its number format).
    """

    text: str
    value: Decimal
    unit: str
    fact: str
    decimals: int = 0
    grouped: bool = False


Run = Text | Figure


def plain(runs: tuple[Run, ...]) -> str:
    """Return the runs as one string, as a reader sees them."""
    return runs[0].text if len(runs) == 1 else "".join([run.text for run in runs])


@dataclass(frozen=True, slots=True)
class Cover:
    """The title page: its lines, top to bottom."""

    id: str
    lines: tuple[tuple[Run, ...], ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the contents: ``target`` is the id of a heading (a table is listed under its own heading).

    A line without a heading of its own has an ``id``, and the next heading is its target.

    ``page`` is the printed page number of the target; empty if the contents list no page numbers, or the page has none.
    """

    level: int
    runs: tuple[Run, ...]
    target: str
    page: str = ""
    id: str = ""

    @property
    def key(self) -> str:
        """What tells the entry from the others of its contents."""
        return self.id or self.target


@dataclass(frozen=True, slots=True)
class Contents:
    """The contents page, with links to its targets and, where ``page_numbers`` is set, with their page numbers."""

    id: str
    title: str
    entries: tuple[Entry, ...]
    page_numbers: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 (一、), 2 （一）, 3 (1.) or 4 （1）; ``runs`` begin with its number."""

    id: str
    level: int
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of prose; an ``item`` is a numbered one, a ``note`` comes after a table.

    ``basis`` names the facts that the wording was decided on without being printed (与上年预算数持平).
    """

    id: str
    runs: tuple[Run, ...]
    role: ParagraphRole = "body"
    basis: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: ``width`` is its share of the table's width (all columns add up to 100)."""

    width: float
    align: Align = "left"


@fast_init
@dataclass(frozen=True, slots=True)
class Cell:
    """The origin cell of a span; the places it covers have no cells of their own.

    ``align`` overrides the column's. ``indent`` counts steps of a name's level (one step is one character).
    """

    runs: tuple[Run, ...] = ()
    rowspan: int = 1
    colspan: int = 1
    align: Align | None = None
    indent: int = 0

    @property
    def text(self) -> str:
        """The text of the cell as a reader sees it."""
        return plain(self.runs)


@fast_init
@dataclass(frozen=True, slots=True)
class Row:
    """A row: its origin cells from left to right. Places covered from a row above have no cell."""

    id: str
    cells: tuple[Cell, ...]
    role: RowRole = "item"


@dataclass(frozen=True, slots=True)
class Table:
    """A table as the form draws it.

    ``title``, ``label`` (表01, printed above the title on the right), ``left`` (department) and ``right``
    (单位：万元) and all rows of ``head`` are repeated on every page. ``heading`` is the numbered name under
    which the contents and the navigation pane list it. ``notes`` follow the last row. ``continued`` ("（续）") is
    added to the title on further pages, and there to the label of a group that a page's end cuts, by a format that
    knows its pages. ``panels`` are the numbers of columns of independent lists side by side (收入 and 支出 of a
    balance); empty: the table is one list. ``new_page``: the table begins a page, only headings may be above it;
    without it the table goes below the paragraph before it if it fits there.
    """

    id: str
    heading: Heading
    title: tuple[Run, ...]
    label: str
    left: tuple[Run, ...]
    right: tuple[Run, ...]
    columns: tuple[Column, ...]
    head: tuple[Row, ...]
    body: tuple[Row, ...]
    notes: tuple[Paragraph, ...] = ()
    continued: str = ""
    panels: tuple[int, ...] = ()
    new_page: bool = True


@dataclass(frozen=True, slots=True)
class ChartSeries:
    """One series of a chart: its name, and a figure for each category (None where there is none)."""

    name: tuple[Run, ...]
    figures: tuple[Figure | None, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart of figures: a pie or bars of one series, or bars of several series side by side.

    ``label`` ("图1：") and ``caption`` are printed below it; ``categories`` are the names of slices or groups of bars.
    A pie has no negative figure.
    """

    id: str
    kind: ChartKind
    label: str
    caption: tuple[Run, ...]
    categories: tuple[tuple[Run, ...], ...]
    series: tuple[ChartSeries, ...]

    @property
    def caption_line(self) -> tuple[Run, ...]:
        """The whole line below the chart."""
        return (Text(self.label), *self.caption)


Block = Cover | Contents | Heading | Paragraph | Table | Chart


@dataclass(frozen=True, slots=True)
class Section:
    """Blocks that share a page setup. ``page`` names one in the style ("cover", "prose", "tables" …)."""

    id: str
    page: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document. ``slug`` is a safe file name without suffix; ``date`` dates the files' metadata."""

    title: str
    author: str
    subject: str
    slug: str
    date: date
    sections: tuple[Section, ...]
    language: str = "zh-CN"
    keywords: tuple[str, ...] = field(default=())

    def blocks(self) -> Iterator[Block]:
        """Iterate over the blocks of all sections, in order."""
        for section in self.sections:
            yield from section.blocks

    def blocks_with_page(self) -> Iterator[tuple[str, Block]]:
        """Iterate over all blocks, each with the name of its section's page setup."""
        for section in self.sections:
            for block in section.blocks:
                yield section.page, block

    def prose(self) -> Iterator[Heading | Paragraph]:
        """Iterate over the headings and paragraphs outside of tables, in order."""
        return (block for block in self.blocks() if isinstance(block, Heading | Paragraph))

    def tables(self) -> tuple[Table, ...]:
        """Return all tables, in order."""
        return tuple(block for block in self.blocks() if isinstance(block, Table))

    def charts(self) -> tuple[Chart, ...]:
        """Return all charts, in order."""
        return tuple(block for block in self.blocks() if isinstance(block, Chart))

    def map_blocks(self, change: Callable[[Block], Block]) -> Document:
        """Return the document with ``change`` applied to every block."""
        sections = (replace(section, blocks=tuple(map(change, section.blocks))) for section in self.sections)
        return replace(self, sections=tuple(sections))


def heading_of(block: Block) -> Heading | None:
    """Return the heading that a block adds to the outline: itself, or that of a table; None for other blocks."""
    if isinstance(block, Table):
        return block.heading
    return block if isinstance(block, Heading) else None
