"""What a finished file must still say: the document it came from, block by block and cell by cell.

A writer's reader opens the file as a stranger would (:mod:`reportgen.tree.readback`); here that is held against the
document. Runs of white space are folded, for a line may break at any of them; nothing else is forgiven.

=====  ==========================================================
RB100  the file cannot be read at all
RB101  a paragraph is missing
RB102  a paragraph says something else
RB103  a paragraph that the document does not hold
RB104  a paragraph stands in another place
RB105  a table is missing, or one too many
RB106  a table has lost or gained rows
RB107  a cell says something else
RB108  a cell of a table's head says something else
RB109  the notes under a table
RB110  what stands above a table: label, title, department, unit
RB111  the exact number behind a spreadsheet's cell
RB112  the title in the file's metadata
RB113  what the navigation pane lists
RB114  what later pages repeat of a table
RB115  the sheet that lists the tables
RB116  a table stands in another place of the text
=====  ==========================================================
"""

from __future__ import annotations

from collections.abc import Iterator

from ..core.finding import Finding
from ..tree.nodes import Document
from ..tree.readback import ReadDocument
from .expected import Expected, expect
from .findings import File, folded
from .prose import compare_outline, compare_paragraphs
from .tables import compare_table


def compare(document: Document, seen: ReadDocument, name: str) -> Iterator[Finding]:
    """Every difference between ``document`` and what is ``seen`` in the file called ``name``; all block publication."""
    file = File(name)
    if seen.trouble:
        yield file.finding("RB100", "", "文件读不回来：{found}", "", seen.trouble)
        return
    expected = expect(document, seen.paragraphs is not None)
    if folded(seen.title) != folded(document.title):
        yield file.finding(
            "RB112", "文件属性", "读回文件：标题是“{found}”，应为“{expected}”", document.title, seen.title
        )
    if seen.paragraphs is not None:
        yield from compare_paragraphs(file, expected.paragraphs, seen.paragraphs)
    if seen.outline is not None:
        yield from compare_outline(file, expected.outline, seen.outline)
    yield from _compare_tables(file, expected, seen)
    if seen.index is not None:
        yield from _compare_index(file, document, seen.index)


def _compare_tables(file: File, expected: Expected, seen: ReadDocument) -> Iterator[Finding]:
    wanted, found = expected.tables, seen.tables
    if len(wanted) != len(found):
        message = "读回文件：有 {found} 张表，应有 {expected} 张"
        yield file.finding("RB105", "全文", message, str(len(wanted)), str(len(found)))
    for one, other in zip(wanted, found, strict=False):
        if one.after != other.after and seen.paragraphs is not None:
            message = "读回文件：表在第 {found} 段之后，应在第 {expected} 段之后"
            yield file.finding("RB116", one.name, message, str(one.after), str(other.after))
        yield from compare_table(file, one, other, exact=seen.index is not None)


def _compare_index(file: File, document: Document, rows: tuple[tuple[str, ...], ...]) -> Iterator[Finding]:
    """The sheet of links must name every table with its unit, in order, under the document's title."""
    wanted: list[tuple[str, ...]] = [(folded(document.title),)]
    wanted += [(table.label, folded(table.title), folded(table.right)) for table in document.tables()]
    listed = [tuple(folded(cell) for cell in row if cell.strip()) for row in rows]
    found = [row for row in listed[1:2] if row] + listed[3:]
    for n in range(max(len(wanted), len(found))):
        one, other = (row[n] if n < len(row) else () for row in (wanted, found))
        if not _same_entry(one, other):
            message = "读回文件：第 {row} 行是“{found}”，应为“{expected}”"
            yield file.finding("RB115", "目录", message, " ".join(one), " ".join(other), row=str(n + 1))


def _same_entry(wanted: tuple[str, ...], found: tuple[str, ...]) -> bool:
    """Whether an entry names its table; the unit may stand there without the word 单位."""
    *names, unit = wanted or ("", "")
    return found in (wanted, tuple(filter(None, (*names, unit.removeprefix("单位：").strip()))))
