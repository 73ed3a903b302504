"""Compare a finished file with the document it was made from, block by block and cell by cell.

Each writer has a reader that reads the file from its bytes alone (:mod:`reportgen.tree.readback`); here its result is
compared with the document. White space is folded, because a line may break at any of it; all else must be equal.

=====  ==========================================================
RB100  the file cannot be read at all
RB101  a paragraph is missing
RB102  a paragraph has another text
RB103  a paragraph that the document does not have
RB104  a paragraph is in another position
RB105  a table is missing, or one too many
RB106  a table has lost or gained rows
RB107  a cell has another text
RB108  a cell of a table's head has another text
RB109  the notes under a table
RB110  the lines above a table: label, title, department, unit
RB111  the exact number in a spreadsheet's cell
RB112  the title in the file's metadata
RB113  the entries of the navigation pane
RB114  the parts of a table that later pages repeat
RB115  the sheet that lists the tables
RB116  a table or a chart is in another position in the text
RB117  a chart is missing, or one too many
RB118  the caption, the kind or the text alternative of a chart
RB119  a name or a figure that a chart shows
RB120  a cell that a native chart refers to
=====  ==========================================================
"""

from __future__ import annotations

from collections.abc import Iterator

from ..core.finding import Finding
from ..tree.locations import chart_name
from ..tree.nodes import Chart, Document, Table
from ..tree.readback import ReadDocument
from .charts import compare_chart
from .expected import Expected, expect
from .findings import File, folded
from .prose import compare_outline, compare_paragraphs
from .tables import compare_table


def compare(document: Document, read: ReadDocument, name: str) -> Iterator[Finding]:
    """Iterate over the differences between ``document`` and what was ``read`` from the file ``name``, all errors."""
    file = File(name)
    if read.trouble:
        yield file.finding("RB100", "", "文件读不回来：{found}", "", read.trouble)
        return
    expected = expect(document, read.paragraphs is not None, read.paged)
    if folded(read.title) != folded(document.title):
        yield file.finding(
            "RB112", "文件属性", "读回文件：标题是“{found}”，应为“{expected}”", document.title, read.title
        )
    if read.paragraphs is not None:
        yield from compare_paragraphs(file, expected.paragraphs, read.paragraphs)
    if read.outline is not None:
        yield from compare_outline(file, expected.outline, read.outline)
    yield from _compare_tables(file, expected, read)
    yield from _compare_charts(file, expected, read)
    if read.index is not None:
        yield from _compare_index(file, document, read.index)


def _compare_tables(file: File, expected: Expected, read: ReadDocument) -> Iterator[Finding]:
    tables, found = expected.tables, read.tables
    if len(tables) != len(found):
        message = "读回文件：有 {found} 张表，应有 {expected} 张"
        yield file.finding("RB105", "全文", message, str(len(tables)), str(len(found)))
    for table, other in zip(tables, found, strict=False):
        if table.after != other.after and read.paragraphs is not None:
            message = "读回文件：表在第 {found} 段之后，应在第 {expected} 段之后"
            yield file.finding("RB116", table.name, message, str(table.after), str(other.after))
        yield from compare_table(file, table, other, exact=read.index is not None)


def _compare_charts(file: File, expected: Expected, read: ReadDocument) -> Iterator[Finding]:
    charts, found = expected.charts, read.charts
    if len(charts) != len(found):
        message = "读回文件：有 {found} 幅图，应有 {expected} 幅"
        yield file.finding("RB117", "全文", message, str(len(charts)), str(len(found)))
    for (chart, after), other in zip(charts, found, strict=False):
        if after != other.after and read.paragraphs is not None:
            message = "读回文件：图在第 {found} 段之后，应在第 {expected} 段之后"
            yield file.finding("RB116", chart_name(chart), message, str(after), str(other.after))
        yield from compare_chart(file, chart, other)


def _compare_index(file: File, document: Document, rows: tuple[tuple[str, ...], ...]) -> Iterator[Finding]:
    """The sheet of links must list every table with its unit, and every chart, in order, under the title."""
    expected: list[tuple[str, ...]] = [(folded(document.title),)]
    expected += [_listed(block) for block in document.blocks() if isinstance(block, Table | Chart)]
    listed = [tuple(folded(cell) for cell in row if cell.strip()) for row in rows]
    found = [row for row in listed[1:2] if row] + listed[3:]
    for n in range(max(len(expected), len(found))):
        entry, other = (rows[n] if n < len(rows) else () for rows in (expected, found))
        if not _is_same_entry(entry, other):
            message = "读回文件：第 {row} 行是“{found}”，应为“{expected}”"
            yield file.finding("RB115", "目录", message, " ".join(entry), " ".join(other), row=str(n + 1))


def _listed(block: Table | Chart) -> tuple[str, ...]:
    if isinstance(block, Chart):
        return chart_name(block), folded(block.caption)
    return block.label, folded(block.title), folded(block.right)


def _is_same_entry(expected: tuple[str, ...], found: tuple[str, ...]) -> bool:
    """Whether an entry names its table; its unit may be without the word 单位."""
    *names, unit = expected or ("", "")
    return found in (expected, tuple(filter(None, (*names, unit.removeprefix("单位：").strip()))))
