"""Find every printing of a figure or of the document's texts, with its printed place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..tree.figure_ids import FigureNames
from ..tree.locations import TableCells, caption_place, charted_figures, located_blocks, note_place
from ..tree.nodes import Chart, Document, Figure, Heading, Paragraph, Run, Table, Text, plain


@dataclass(frozen=True, slots=True)
class Use:
    """One printing at a ``place`` (二/（三）第2段, 表03「行政运行」总计); ``block`` is the id of its block.

    ``figure`` is None for a text of the document (``source`` is its pointer), and where the wording was only decided
    on a fact (``fact`` names it and ``text`` is the sentence). ``name`` is the figure's name in the files. ``table`` is
    the id of the table, if the block is one of its rows.
    """

    place: str
    block: str
    text: str
    fact: str = ""
    figure: Figure | None = None
    source: str = ""
    name: str = ""
    table: str = ""

    @property
    def element(self) -> str:
        """The id of the paragraph, cell or line that has it, as the pages of the PDF have it."""
        return f"{self.table}/{self.block}" if self.table else self.block


def uses(document: Document) -> Iterator[Use]:
    """Iterate over all uses, in the order of the document."""
    names = FigureNames()
    for located in located_blocks(document):
        block = located.block
        if isinstance(block, Table):
            yield from _of_table(block, names)
        elif isinstance(block, Chart):
            yield from _of_chart(block, names)
        elif isinstance(block, Paragraph):
            yield from _of_paragraph(block, located.place, names)
        elif isinstance(block, Heading):
            yield from _of_runs(block.runs, located.place, block.id, names)


def _of_paragraph(block: Paragraph, place: str, names: FigureNames) -> Iterator[Use]:
    yield from _of_runs(block.runs, place, block.id, names)
    for fact in block.basis:
        yield Use(place, block.id, plain(block.runs), fact)


def _of_runs(runs: tuple[Run, ...], place: str, block: str, names: FigureNames, table: str = "") -> Iterator[Use]:
    for run in runs:
        if isinstance(run, Figure):
            yield Use(place, block, run.text, run.fact, run, name=names.name(block, run), table=table)
        elif isinstance(run, Text) and run.source.startswith("/"):
            yield Use(place, block, run.text, source=run.source, table=table)


def _of_table(table: Table, names: FigureNames) -> Iterator[Use]:
    yield from _of_runs(table.title, f"{table.label}题名", f"{table.id}/title", names)
    cells = TableCells(table)
    for r, c, cell in cells.origins():
        if cell.runs:
            yield from _of_runs(cell.runs, cells.place(r, c), f"{table.body[r].id}/{c + 1}", names, table.id)
    for note in table.notes:
        yield from _of_runs(note.runs, note_place(table), note.id, names)


def _of_chart(chart: Chart, names: FigureNames) -> Iterator[Use]:
    yield from _of_runs(chart.caption, caption_place(chart), f"{chart.id}/caption", names)
    for n, category in enumerate(chart.categories, 1):
        yield from _of_texts(category, caption_place(chart), f"{chart.id}/{n}")
    for place, where, figure in charted_figures(chart):
        yield Use(place, where, figure.text, figure.fact, figure, name=names.name(where, figure))


def _of_texts(runs: tuple[Run, ...], place: str, block: str) -> Iterator[Use]:
    for run in runs:
        if isinstance(run, Text) and run.source.startswith("/"):
            yield Use(place, block, run.text, source=run.source)
