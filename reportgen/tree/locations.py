"""Names of places in a document as a reader would say them: 二/（三）第2段, 表03「行政运行」总计.

All findings, the trace and the comparison of versions take their printed places from here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .grid import Placed, place
from .nodes import Block, Cell, Chart, Contents, Cover, Document, Figure, Heading, Paragraph, Table, heading_of, plain

COVER, CONTENTS = "封面", "目录"
"""The places of all lines of the cover and of the contents page."""
_LONGEST_ROW_NAME = 40  # characters


@dataclass(frozen=True, slots=True)
class LocatedBlock:
    """A block with its printed place.

    ``under`` is the path of the headings above it (二/（三）); ``path`` also has the number of its own heading.
    """

    block: Block
    place: str
    under: str
    path: str

    @property
    def heading_place(self) -> str:
        """The place of the block's own heading, or of the last one before it."""
        return f"{self.path}标题"


def located_blocks(document: Document) -> Iterator[LocatedBlock]:
    """Iterate over all blocks of the document with their places, in order."""
    numbers: dict[int, str] = {}
    paragraphs = 0
    for block in document.blocks():
        heading = heading_of(block)
        if heading is not None:
            numbers = {level: number for level, number in numbers.items() if level < heading.level}
        under = "/".join(numbers.values())
        if heading is not None:
            numbers[heading.level] = heading_number(heading)
            paragraphs = 0
        elif isinstance(block, Paragraph):
            paragraphs += 1
        path = "/".join(numbers.values())
        yield LocatedBlock(block, _place(block, path, paragraphs), under, path)


def _place(block: Block, path: str, paragraphs: int) -> str:
    match block:
        case Heading():
            return f"{path}标题"
        case Paragraph():
            return f"{path}第{paragraphs}段"
        case Table():
            return block.label
        case Chart():
            return chart_name(block)
        case Cover():
            return COVER
        case Contents():
            return CONTENTS


def heading_number(heading: Heading) -> str:
    """Return a heading's number without its punctuation: 二、 → 二, （三） → （三）, 1. → 1."""
    return heading.runs[0].text.rstrip("、.") if heading.runs else ""


def printed_places(document: Document) -> dict[str, str]:
    """Return the printed place of each heading, paragraph, table, chart, and note of a table, by its id."""
    places: dict[str, str] = {}
    for located in located_blocks(document):
        block = located.block
        if isinstance(block, Table):
            places[block.heading.id] = located.heading_place
            places |= {note.id: note_place(block) for note in block.notes}
        if isinstance(block, Heading | Paragraph | Table | Chart):
            places[block.id] = located.place
    return places


def note_place(table: Table) -> str:
    """Return the place of the notes under a table."""
    return f"{table.label}表注"


def table_name(table: Table) -> str:
    """Return a table's label and title: 表03《部门支出总表》."""
    return f"{table.label}《{plain(table.title)}》"


def chart_name(chart: Chart) -> str:
    """Return the number under which a chart is known: 图1, without the punctuation before its caption."""
    return chart.label.strip().rstrip("：:、.．") or plain(chart.caption)


def caption_place(chart: Chart) -> str:
    """Return the place of the line below a chart."""
    return f"{chart_name(chart)}题名"


def charted_figures(chart: Chart) -> Iterator[tuple[str, str, Figure]]:
    """Iterate over the figures of a chart by categories, each with its place and its id: 图1「基本支出」, 图1/2/1.

    Where there are several series the place names that of the figure too: 图2「基本支出」2024年.
    """
    for n, category in enumerate(chart.categories):
        for k, series in enumerate(chart.series):
            figure = series.figures[n]
            if figure is not None:
                name = plain(series.name) if len(chart.series) > 1 else ""
                yield f"{chart_name(chart)}「{plain(category)}」{name}", f"{chart.id}/{n + 1}/{k + 1}", figure


class TableCells:
    """The body of a table on its grid, with the places of its cells."""

    def __init__(self, table: Table) -> None:
        """Resolve the spans of ``table``."""
        self.table = table
        self.grid = place(table.body, len(table.columns))
        self._heads = _column_names(table)

    def origins(self) -> Iterator[tuple[int, int, Cell]]:
        """Iterate over the cells by rows, each with the row and the column (from 0) in which it begins."""
        for r, line in enumerate(self.grid):
            yield from ((r, c, placed.cell) for c, placed in enumerate(line) if placed[:2] == (r, c))

    def place(self, row: int, column: int) -> str:
        """Return the place of a cell: 表03「2080101 行政运行」总计, or 表03第1行总计 where no words name its row."""
        name = _row_name(self.grid[row], column)
        return f"{self.table.label}「{name}」{self._heads[column]}" if name else self._by_number(row, column)

    def _by_number(self, row: int, column: int) -> str:
        return f"{self.table.label}第{row + 1}行{self._heads[column]}"


def _column_names(table: Table) -> list[str]:
    """The lowest head over each column, after the heads of the groups it is in."""
    grid = place(table.head, len(table.columns))
    lines = [line for line, row in zip(grid, table.head, strict=True) if row.role == "head"]
    columns = zip(*lines, strict=True)
    return ["·".join(dict.fromkeys(placed.cell.text.replace(" ", "") for placed in column)) for column in columns]


def _row_name(line: list[Placed], column: int) -> str:
    """The words nearest to the left of ``column`` (code and name, unit and project)."""
    words: list[str] = []
    for placed in reversed(line[:column]):
        if placed.cell.text and not _has_figure(placed.cell):
            words.insert(0, placed.cell.text)
        elif words:
            break
    return " ".join(dict.fromkeys(words[-2:]))[:_LONGEST_ROW_NAME]


def _has_figure(cell: Cell) -> bool:
    return any(isinstance(run, Figure) for run in cell.runs)
