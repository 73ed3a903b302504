"""Every printing of a figure or of the document's words, with its place as a reader would name it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..tree.figure_ids import FigureNames
from ..tree.grid import Placed, place
from ..tree.nodes import Block, Document, Figure, Heading, Paragraph, Run, Table, Text, plain


@dataclass(frozen=True, slots=True)
class Use:
    """One printing. ``place`` is for a reader (二/（三）第2段, 表03「行政运行」总计), ``block`` the block's id.

    ``figure`` is None where words of the document stand (``source`` is their pointer), or where the wording was only
    decided on a fact (``fact`` names it and ``text`` is the sentence). ``name`` is the figure's name in the files.
    """

    place: str
    block: str
    text: str
    fact: str = ""
    figure: Figure | None = None
    source: str = ""
    name: str = ""


def uses(document: Document) -> Iterator[Use]:
    """All uses, in the order of the document."""
    names = FigureNames()
    path: dict[int, str] = {}
    paragraphs = 0
    for block in (block for section in document.sections for block in section.blocks):
        heading = _heading(block)
        if heading:
            path = {level: number for level, number in path.items() if level < heading.level}
            path[heading.level] = number_of(heading)
            paragraphs = 0
        if isinstance(block, Table):
            yield from _of_table(block, names)
        elif isinstance(block, Paragraph):
            paragraphs += 1
            yield from _of_paragraph(block, f"{'/'.join(path.values())}第{paragraphs}段", names)
        elif heading:
            yield from _of_runs(heading.runs, "/".join(path.values()) + "标题", heading.id, names)


def number_of(heading: Heading) -> str:
    """A heading's number without its punctuation: 二、 → 二, （三） → （三）, 1. → 1."""
    return heading.runs[0].text.rstrip("、.") if heading.runs else ""


def _heading(block: Block) -> Heading | None:
    if isinstance(block, Heading):
        return block
    return block.heading if isinstance(block, Table) else None


def _of_paragraph(block: Paragraph, where: str, names: FigureNames) -> Iterator[Use]:
    yield from _of_runs(block.runs, where, block.id, names)
    for fact in block.basis:
        yield Use(where, block.id, plain(block.runs), fact)


def _of_runs(runs: tuple[Run, ...], where: str, block: str, names: FigureNames) -> Iterator[Use]:
    for run in runs:
        if isinstance(run, Figure):
            yield Use(where, block, run.text, run.fact, run, name=names.name(block, run))
        elif isinstance(run, Text) and run.source.startswith("/"):
            yield Use(where, block, run.text, source=run.source)


def _of_table(table: Table, names: FigureNames) -> Iterator[Use]:
    yield from _of_runs(table.title, f"{table.label}题名", f"{table.id}/title", names)
    heads = head_names(table)
    grid = place(table.body, len(table.columns))
    for r, (row, line) in enumerate(zip(table.body, grid, strict=True)):
        for c, placed in enumerate(line):
            if (placed.row, placed.column) == (r, c):
                where = cell_place(table.label, line, r, c, heads[c])
                yield from _of_runs(placed.cell.runs, where, f"{row.id}/{c + 1}", names)
    for note in table.notes:
        yield from _of_runs(note.runs, f"{table.label}表注", note.id, names)


def head_names(table: Table) -> list[str]:
    """The lowest head over each column, with the heads above it where it stands in a group."""
    grid = place(table.head, len(table.columns))
    named = [line for line, row in zip(grid, table.head, strict=True) if row.role == "head"]
    columns = zip(*named, strict=True)
    return ["·".join(dict.fromkeys(placed.cell.text.replace(" ", "") for placed in column)) for column in columns]


def cell_place(label: str, line: list[Placed], row: int, column: int, head: str) -> str:
    """Where a cell stands: 表03「2080101 行政运行」总计; by its row's number, from 1, where nothing names the row."""
    named = _row_label(line, column)
    return f"{label}「{named}」{head}" if named else f"{label}第{row + 1}行{head}"


def _row_label(line: list[Placed], column: int) -> str:
    """What names a cell: the words nearest to its left on its row (code and name, unit and project)."""
    words: list[str] = []
    for placed in reversed(line[:column]):
        if placed.cell.text and not _is_figure(placed):
            words.insert(0, placed.cell.text)
        elif words:
            break
    return " ".join(dict.fromkeys(words[-2:]))[:40]


def _is_figure(placed: Placed) -> bool:
    return any(isinstance(run, Figure) for run in placed.cell.runs)
