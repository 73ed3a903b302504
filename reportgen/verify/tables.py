"""A table of a file against that of the document: lines above it, head, rows cell by cell, notes, repeats."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import zip_longest

from ..core.finding import Finding
from ..tree.nodes import plain
from ..tree.readback import BLANK, ReadCell, ReadGrid, ReadTable
from .expected import ExpectedTable
from .findings import File, folded


def compare_table(file: File, wanted: ExpectedTable, seen: ReadTable, exact: bool) -> Iterator[Finding]:
    """Every difference of one table; ``exact``: its figures are numbers, as in a spreadsheet."""
    yield from _compare_lines(file, wanted, seen)
    head, body = (grid.exact if exact else grid.words for grid in (wanted.head, wanted.body))
    yield from _compare_grid(file, f"{wanted.name}表头", "RB108", head, seen.head)
    yield from _compare_grid(file, wanted.name, "RB107", body, seen.body)
    for n, (one, other) in enumerate(zip_longest(wanted.notes, map(folded, seen.notes), fillvalue=""), 1):
        if one != other:
            yield file.finding(
                "RB109", f"{wanted.name}第{n}条注", "读回文件：是“{found}”，应为“{expected}”", one, other
            )
    yield from _compare_repeated(file, wanted, seen)


def _compare_lines(file: File, wanted: ExpectedTable, seen: ReadTable) -> Iterator[Finding]:
    table = wanted.table
    lines = (
        ("编号", table.label, seen.label),
        ("标题", plain(table.title), seen.title),
        ("部门", plain(table.left), seen.left),
        ("单位", plain(table.right), seen.right),
    )
    for name, one, other in lines:
        if folded(one) != folded(other):
            message = "读回文件：{line}是“{found}”，应为“{expected}”"
            yield file.finding("RB110", wanted.name, message, folded(one), folded(other), line=name)


def _compare_grid(file: File, name: str, code: str, wanted: ReadGrid, seen: ReadGrid) -> Iterator[Finding]:
    if wanted == seen:
        return
    if len(wanted) != len(seen):
        yield from _compare_rows(file, name, wanted, seen)
        return
    for r, (line, found) in enumerate(zip(wanted, seen, strict=True), 1):
        if line == found:
            continue
        for c, (cell, other) in enumerate(zip_longest(line, found), 1):
            if (cell or BLANK) != other:
                yield from _compare_cell(file, f"{name}第{r}行第{c}列", code, cell or BLANK, other)


def _compare_rows(file: File, name: str, wanted: ReadGrid, seen: ReadGrid) -> Iterator[Finding]:
    """Which rows are missing or too many, where their number is not what it should be."""
    here, there = ([" ".join(folded(cell.text) for cell in line if cell.text) for line in g] for g in (wanted, seen))
    counts = {"rows": str(len(here)), "shown": str(len(there))}
    for tag, a, b, c, d in SequenceMatcher(None, here, there, autojunk=False).get_opcodes():
        if tag != "equal":
            message = "读回文件：有 {shown} 行，应有 {rows} 行：这里是“{found}”，应为“{expected}”"
            where = f"{name}第{a + 1}行"
            yield file.finding("RB106", where, message, "；".join(here[a:b]), "；".join(there[c:d]), **counts)


def _compare_cell(file: File, where: str, code: str, wanted: ReadCell, seen: ReadCell | None) -> Iterator[Finding]:
    text = seen.text if seen else None
    if text is None or folded(text) != folded(wanted.text):
        message = "读回文件：这一格是“{found}”，应为“{expected}”"
        yield file.finding(code, where, message, folded(wanted.text), folded(text or ""))
    elif seen and wanted.value != seen.value:
        message = "读回文件：这一格的数值是 {found}，应为 {expected}"
        yield file.finding("RB111", where, message, _number(wanted.value), _number(seen.value))


def _number(value: object) -> str:
    return "（文字）" if value is None else str(value)


def _compare_repeated(file: File, wanted: ExpectedTable, seen: ReadTable) -> Iterator[Finding]:
    """Each further page shows lines and head again, then perhaps labels of rows that go on."""
    if not any(seen.repeated):
        return
    table = wanted.table
    lines = (table.label, plain(table.title) + table.continued, plain(table.left), plain(table.right))
    top = [text for text in (*map(folded, lines), *_texts(wanted.head.words)) if text]
    labels = {f"{text}{end}" for text in _texts(wanted.body.words) for end in {"", table.continued}}
    for n, page in enumerate(seen.repeated, 2):
        found = [folded(text) for text in page]
        for one, other in zip_longest(top, found[: len(top)], fillvalue=""):
            if one != other:
                yield file.finding(
                    "RB114", f"{wanted.name}第{n}页", "读回文件：重复的是“{found}”，应为“{expected}”", one, other
                )
        for other in found[len(top) :]:
            if other not in labels:
                yield file.finding("RB114", f"{wanted.name}第{n}页", "读回文件：重复了“{found}”，表中没有", "", other)


def _texts(grid: ReadGrid) -> Iterator[str]:
    return (folded(cell.text) for line in grid for cell in line if cell.text)
