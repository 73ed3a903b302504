"""Locations: the sentences, numbers, headings, lines and cells of a document that are compared, each with its place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from ..tree.locations import COVER, LocatedBlock, caption_place, chart_name, charted_figures, note_place
from ..tree.nodes import Block, Chart, Contents, Cover, Heading, Paragraph, Run, Table, Text, plain

LocationKind = Literal["sentence", "cell", "heading", "line", "number", "chart"]
NamedLine = tuple[str, "Location"]
"""A line with a name that is its own within its block, by which both versions' lines are matched."""


@dataclass(frozen=True, slots=True)
class Location:
    """A printed place and what is printed there.

    ``place`` is its name for a reader (二/（三）第1段, 表03「行政运行」总计), ``block`` its block's id, ``under`` the
    path of its headings. A ``line`` is of the cover, of the contents, above or below a table; a ``chart`` is a place of
    a chart. ``at`` are row and column (from 0) of a cell on the grid of the table's body. ``basis`` names the facts
    that the wording was decided on, ``beside`` are the runs around it: a row is added or removed with all its cells.
    """

    kind: LocationKind
    place: str
    block: str
    runs: tuple[Run, ...]
    basis: tuple[str, ...] = ()
    beside: tuple[Run, ...] = ()
    at: tuple[int, int] | None = None
    under: str = ""

    @property
    def text(self) -> str:
        """The printed text."""
        return plain(self.runs)


def front_lines(block: Block | None) -> Iterator[NamedLine]:
    """Iterate over the lines of a cover or of the contents page; nothing for other blocks."""
    if isinstance(block, Cover):
        for n, line in enumerate(block.lines, 1):
            yield str(n), Location("line", f"{COVER}第{n}行", block.id, line)
    elif isinstance(block, Contents):
        yield "title", Location("line", "目录标题", block.id, (Text(block.title),))
        for entry in block.entries:
            yield entry.key, Location("line", f"目录「{plain(entry.runs)}」", block.id, entry.runs)


def table_lines(table: Table | None) -> Iterator[NamedLine]:
    """Iterate over the lines above a table and the cells of its head."""
    if table is None:
        return
    lines: Sequence[tuple[str, tuple[Run, ...]]] = (
        ("题名", table.title), ("左上", table.left), ("右上", table.right), ("表号", (Text(table.label),))
    )  # fmt: skip
    for name, runs in lines:
        yield name, Location("line", f"{table.label}{name}", table.id, runs)
    for row in table.head:
        for n, cell in enumerate(row.cells, 1):
            yield f"{row.id}/{n}", Location("line", f"{table.label}表头", table.id, cell.runs)


def note_lines(table: Table | None) -> Iterator[NamedLine]:
    """Iterate over the notes below a table."""
    if table is not None:
        yield from ((note.id, Location("line", note_place(table), table.id, note.runs)) for note in table.notes)


def chart_lines(chart: Chart | None) -> Iterator[NamedLine]:
    """Iterate over the line below a chart, the names of its categories and series, and its figures."""
    if chart is None:
        return
    yield "caption", Location("chart", caption_place(chart), chart.id, chart.caption)
    names = (*chart.categories, *(series.name for series in chart.series if len(chart.series) > 1))
    for n, runs in enumerate(names, 1):
        yield f"name {plain(runs) or n}", Location("chart", f"{chart_name(chart)}图例", chart.id, runs)
    for place, _, figure in charted_figures(chart):
        yield place, Location("chart", place, chart.id, (figure,))


def heading_locations(located: LocatedBlock | None) -> tuple[Location, Location] | None:
    """Return the number and the words of a heading; None for another block."""
    if located is None or not isinstance(located.block, Heading):
        return None
    place, block, runs = located.place, located.block.id, located.block.runs
    number = Location("number", place, block, runs[:1], under=located.under)
    return number, Location("heading", place, block, runs[1:], under=located.under)


def paragraph_locations(located: LocatedBlock | None) -> tuple[Location | None, list[Location]]:
    """Return the number of an item (None for another paragraph), and the sentences."""
    if located is None or not isinstance(located.block, Paragraph):
        return None, []
    block, under = located.block, located.under
    is_item = block.role == "item"
    number = Location("number", located.place, block.id, block.runs[:1], under=under) if is_item else None
    parts = sentences(block.runs[is_item:])
    places = [located.place if len(parts) == 1 else f"{located.place}第{n}句" for n in range(1, len(parts) + 1)]
    return number, [
        Location("sentence", place, block.id, runs, block.basis, block.runs, under=under)
        for place, runs in zip(places, parts, strict=True)
    ]


def whole_paragraph(located: LocatedBlock | None) -> Location | None:
    """Return a paragraph as one location; None for another block."""
    if located is None or not isinstance(located.block, Paragraph):
        return None
    block = located.block
    return Location("sentence", located.place, block.id, block.runs, block.basis, under=located.under)


def sentences(runs: Sequence[Run]) -> list[tuple[Run, ...]]:
    """Return the runs cut after every full stop."""
    parts: list[tuple[Run, ...]] = []
    current: list[Run] = []
    for run in runs:
        if not isinstance(run, Text) or "。" not in run.text:
            current.append(run)
            continue
        *whole, rest = run.text.split("。")
        for piece in whole:
            parts.append((*current, Text(f"{piece}。", run.source)))
            current = []
        current += [Text(rest, run.source)] if rest else []
    return [*parts, tuple(current)] if current else parts
