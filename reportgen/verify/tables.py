"""Compare a table of a file with that of the document: lines above it, head, cells, notes, repeated parts."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import zip_longest

from ..core.finding import Finding
from ..tree.nodes import plain
from ..tree.readback import BLANK, ReadCell, ReadGrid, ReadTable
from .expected import ExpectedTable
from .findings import File, folded


def compare_table(file: File, expected: ExpectedTable, read: ReadTable, exact: bool) -> Iterator[Finding]:
    """Iterate over the differences of a table; ``exact``: its figures are numbers, as in a spreadsheet."""
    yield from _compare_lines(file, expected, read)
    head, body = (grid.exact if exact else grid.texts for grid in (expected.head, expected.body))
    yield from _compare_grid(file, f"{expected.name}表头", "RB108", head, read.head)
    yield from _compare_grid(file, expected.name, "RB107", body, read.body)
    for n, (note, other) in enumerate(zip_longest(expected.notes, map(folded, read.notes), fillvalue=""), 1):
        if note != other:
            yield file.finding(
                "RB109", f"{expected.name}第{n}条注", "读回文件：是“{found}”，应为“{expected}”", note, other
            )
    yield from _compare_repeated(file, expected, read)


def _compare_lines(file: File, expected: ExpectedTable, read: ReadTable) -> Iterator[Finding]:
    table = expected.table
    lines = (
        ("编号", table.label, read.label),
        ("标题", plain(table.title), read.title),
        ("部门", plain(table.left), read.left),
        ("单位", plain(table.right), read.right),
    )
    for name, line, other in lines:
        if folded(line) != folded(other):
            message = "读回文件：{line}是“{found}”，应为“{expected}”"
            yield file.finding("RB110", expected.name, message, folded(line), folded(other), line=name)


def _compare_grid(file: File, name: str, code: str, expected: ReadGrid, read: ReadGrid) -> Iterator[Finding]:
    if expected == read:
        return
    if len(expected) != len(read):
        yield from _compare_rows(file, name, expected, read)
        return
    for r, (line, found) in enumerate(zip(expected, read, strict=True), 1):
        if line == found:
            continue
        for c, (cell, other) in enumerate(zip_longest(line, found), 1):
            if (cell or BLANK) != other:
                yield from _compare_cell(file, f"{name}第{r}行第{c}列", code, cell or BLANK, other)


def _compare_rows(file: File, name: str, expected: ReadGrid, read: ReadGrid) -> Iterator[Finding]:
    """The rows that are missing or additional, where their number differs."""
    rows, found = ([" ".join(folded(cell.text) for cell in line if cell.text) for line in g] for g in (expected, read))
    counts = {"rows": str(len(rows)), "shown": str(len(found))}
    for tag, a, b, c, d in SequenceMatcher(None, rows, found, autojunk=False).get_opcodes():
        if tag != "equal":
            message = "读回文件：有 {shown} 行，应有 {rows} 行：这里是“{found}”，应为“{expected}”"
            where = f"{name}第{a + 1}行"
            yield file.finding("RB106", where, message, "；".join(rows[a:b]), "；".join(found[c:d]), **counts)


def _compare_cell(file: File, where: str, code: str, expected: ReadCell, read: ReadCell | None) -> Iterator[Finding]:
    text = read.text if read else None
    if text is None or folded(text) != folded(expected.text):
        message = "读回文件：这一格是“{found}”，应为“{expected}”"
        yield file.finding(code, where, message, folded(expected.text), folded(text or ""))
    elif read and expected.value != read.value:
        message = "读回文件：这一格的数值是 {found}，应为 {expected}"
        yield file.finding("RB111", where, message, _number(expected.value), _number(read.value))


def _number(value: object) -> str:
    return "（文字）" if value is None else str(value)


def _compare_repeated(file: File, expected: ExpectedTable, read: ReadTable) -> Iterator[Finding]:
    """Each further page repeats the lines and the head, then perhaps labels of rows that continue."""
    if not any(read.repeated):
        return
    table = expected.table
    lines = (table.label, plain(table.title) + table.continued, plain(table.left), plain(table.right))
    top = [text for text in (*map(folded, lines), *_texts(expected.head.texts)) if text]
    labels = {f"{text}{end}" for text in _texts(expected.body.texts) for end in {"", table.continued}}
    for n, page in enumerate(read.repeated, 2):
        found = [folded(text) for text in page]
        for text, other in zip_longest(top, found[: len(top)], fillvalue=""):
            if text != other:
                yield file.finding(
                    "RB114", f"{expected.name}第{n}页", "读回文件：重复的是“{found}”，应为“{expected}”", text, other
                )
        for other in found[len(top) :]:
            if other not in labels:
                yield file.finding("RB114", f"{expected.name}第{n}页", "读回文件：重复了“{found}”，表中没有", "", other)


def _texts(grid: ReadGrid) -> Iterator[str]:
    return (folded(cell.text) for line in grid for cell in line if cell.text)
