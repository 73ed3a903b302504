"""Rows that the hierarchy of codes asks for: 款 and 项 of 功能分类, 款 of 经济分类 (AU108)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set

from ..budget.codes import CodeBook
from ..core.finding import Finding, Place, Severity
from ..recognise.codes import WIDTHS
from ..recognise.relations import prints_codes
from ..recognise.table import RecognisedRow, RecognisedTable
from .report import AuditFinding

CLASS, CHAPTER, ITEM = WIDTHS[:3]
FEWEST_CLASSES = 2
"""So many 类 of 经济分类 with 款 show that a table prints 款."""
MOST_MISSING, FEWEST = 2, 3
"""So many rows of one table may be missing, and so many times as many are there; else the form leaves them out."""


def missing_rows(tables: Sequence[RecognisedTable], book: CodeBook) -> Iterator[AuditFinding]:
    """Yield a finding for each 项 without the row of its 款, and each 款 without 项, in tables that print the others.

    A small table has few rows to compare with: whether a document prints 款 is what all its tables show.
    """
    coded = [table for table in tables if table.kind.rows == "function" and prints_codes(table)]
    rows = {id(table): [row for row in table.rows if row.kind == "code"] for table in coded}
    everywhere = sum(len(_complete(found)) for found in rows.values())
    with_items = {code[:CHAPTER] for code in book.functions if len(code) == ITEM}
    with_items |= {row.key[:CHAPTER] for found in rows.values() for row in found if len(row.key) == ITEM}
    for table in coded:
        own = rows[id(table)]
        yield from _few(list(_without_chapter(table, own)), everywhere)
        yield from _few(list(_without_items(table, own, with_items)), len(_complete(own)))


def missing_sections(tables: Sequence[RecognisedTable], book: CodeBook) -> Iterator[AuditFinding]:
    """Yield a finding for each 类 of 经济分类 without 款, in tables that print the 款 of all others."""
    with_sections = {code[:CLASS] for code in book.economic if len(code) == CHAPTER}
    for table in tables:
        if table.kind.rows != "economic" or not prints_codes(table):
            continue
        rows = [row for row in table.rows if row.kind == "code" and any(one.value for one in row.amounts.values())]
        below = {(row.unit, row.key[:CLASS]) for row in rows if len(row.key) == CHAPTER}
        classes = [row for row in rows if len(row.key) == CLASS and row.key in with_sections]
        alone = [row for row in classes if (row.unit, row.key) not in below]
        message = "“{table}”的 {code} {name} 下面没有款"
        if len(alone) == 1 and len(classes) > FEWEST_CLASSES:
            yield _finding(table, alone[0], message, "补上漏了的款，或改正写错的编码")


def rows_of_others(tables: Sequence[RecognisedTable]) -> Iterator[AuditFinding]:
    """Yield a finding for each 款, and for the 项 of each 款, that a table without codes leaves out and another prints.

    Codes that are known by names only are no ground to ask for a row; another table is.
    """
    by_function = [table for table in tables if table.kind.rows == "function"]
    pairs = [
        (table, {(row.key[:CHAPTER], row.key) for row in table.rows if len(row.key) == ITEM}, _chapters(table))
        for table in by_function
    ]
    for table, items, chapters in pairs:
        if prints_codes(table) or len(chapters) < FEWEST:
            continue
        others = [other for other, _, _ in pairs if other is not table]
        known = {chapter for other in others for chapter in _chapters(other)}
        missing = {chapter: code for chapter, code in sorted(items, reverse=True) if chapter in known - chapters}
        found = [_without(table, code, chapter) for chapter, code in missing.items()]
        yield from found if len(found) <= MOST_MISSING else ()
        of_others = {chapter for other, below, _ in pairs if other is not table for chapter, _ in below}
        yield from _few(list(_without_items(table, table.rows, of_others)), len({chapter for chapter, _ in items}))


def _chapters(table: RecognisedTable) -> set[str]:
    return {row.key for row in table.rows if row.kind == "code" and len(row.key) == CHAPTER}


def _without(table: RecognisedTable, code: str, chapter: str) -> AuditFinding:
    row = next(row for row in table.rows if row.key == code)
    message = "“{table}”里有 {code} {name}，没有它上级的款 {parent}"
    return _finding(table, row, message, "补上漏了的一行，或改正写错的编码", parent=chapter)


def _complete(rows: Sequence[RecognisedRow]) -> set[tuple[str, str]]:
    """Return the codes of 款, by unit, that are printed with 项."""
    known = {(row.unit, row.key) for row in rows if len(row.key) == CHAPTER}
    return {one for row in rows if len(row.key) == ITEM and (one := (row.unit, row.key[:CHAPTER])) in known}


def _few(found: Sequence[AuditFinding], others: int) -> Sequence[AuditFinding]:
    return found if len(found) <= MOST_MISSING and others >= FEWEST * len(found) else ()


def _without_chapter(table: RecognisedTable, rows: Sequence[RecognisedRow]) -> Iterator[AuditFinding]:
    known = {(row.unit, row.key) for row in rows}
    seen: set[tuple[str, str]] = set()
    for row in rows:
        chapter = (row.unit, row.key[:CHAPTER])
        if len(row.key) == ITEM and chapter not in known and chapter not in seen:
            seen.add(chapter)
            yield _without(table, row.key, chapter[1])


def _without_items(
    table: RecognisedTable, rows: Sequence[RecognisedRow], with_items: Set[str]
) -> Iterator[AuditFinding]:
    """Yield a finding for each 款 without 项 that has items in the code book or in another table."""
    known = {(row.unit, row.key[:CHAPTER]) for row in rows if len(row.key) == ITEM}
    for row in rows:
        if (
            row.kind == "code"
            and len(row.key) == CHAPTER
            and row.key in with_items
            and (row.unit, row.key) not in known
        ):
            yield _finding(table, row, "“{table}”的 {code} {name} 下面没有项", "补上漏了的项，或改正写错的编码")


def _finding(table: RecognisedTable, row: RecognisedRow, message: str, hint: str, **more: str) -> AuditFinding:
    values = {"table": table.kind.name, "code": row.key, "name": row.name, **more}
    return AuditFinding(Finding("AU108", Severity.WARNING, message, (Place(cell=row.place),), hint, values), "likely")
