"""Compare the tables of the edited file with those that were written; changes are reported, not brought back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from ..core.finding import Finding, Place, Severity
from ..tree.edited_docx import EditedTable
from ..tree.locations import table_name
from ..tree.nodes import Table
from .normalize import text_key

MOST = 20
"""Changed cells of one table that are listed; the others are counted."""
_SHOWN = 30  # characters of a text in a finding
_HINT = "表格的数字来自数据，请改 JSON"
_Row = tuple[str, ...]


def compare_tables(
    tables: Sequence[Table], written: Sequence[EditedTable], found: Sequence[EditedTable]
) -> Iterator[Finding]:
    """Iterate over the findings of changed cells; ``written`` and ``found`` were read by the same reader."""
    if len(written) != len(found):
        message = "文件里有 {found} 张表，应有 {expected} 张；表格没有核对"
        values = {"found": str(len(found)), "expected": str(len(written))}
        yield Finding("QH109", Severity.WARNING, message, (), _HINT, values)
        return
    for table, one, n in zip(tables, written, paired_tables(written, found), strict=True):
        place = table_name(table)
        yield from _new_headings(place, one, found[n])
        changes = list(_changes(one.rows, found[n].rows))
        yield from (_finding(place, *change) for change in changes[:MOST])
        if len(changes) > MOST:
            message, values = "还有 {count} 处改动没有列出", {"count": str(len(changes) - MOST)}
            yield Finding("QH102", Severity.WARNING, message, (Place(printed=place),), _HINT, values)


def _new_headings(place: str, written: EditedTable, found: EditedTable) -> Iterator[Finding]:
    for text in dict.fromkeys(found.headings):
        if text not in written.headings:
            message = "表格里的“{text}”设成了标题；标题由版式定，照旧"
            values = {"text": text[:_SHOWN]}
            yield Finding("QH104", Severity.WARNING, message, (Place(printed=place),), "要改，请改版式", values)


def paired_tables(written: Sequence[EditedTable], found: Sequence[EditedTable]) -> list[int]:
    """Return for each table that was written which one of as many ``found`` it is: an equal one, else by the order."""
    keys = [_key(table) for table in found]
    pairs: dict[int, int] = {}
    for n, table in enumerate(written):
        same = (m for m, key in enumerate(keys) if key == _key(table) and m not in pairs.values())
        if (m := next(same, None)) is not None:
            pairs[n] = m
    left = iter(m for m in range(len(found)) if m not in pairs.values())
    return [pairs[n] if n in pairs else next(left) for n in range(len(written))]


def _key(table: EditedTable) -> tuple[_Row, ...]:
    return tuple(tuple(map(text_key, row)) for row in table.rows)


def _changes(written: Sequence[_Row], found: Sequence[_Row]) -> Iterator[tuple[str, str, str]]:
    """Row, old text and new text of each changed cell; of an added or removed row the row as a whole."""
    left, right = ([tuple(map(text_key, row)) for row in rows] for rows in (written, found))
    for tag, a, b, c, d in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        if b - a == d - c:
            for old, new in zip(written[a:b], found[c:d], strict=True):
                yield from _cells(old, new)
        else:
            yield from ((_name(row), " ".join(row), "") for row in written[a:b])
            yield from ((_name(row), "", " ".join(row)) for row in found[c:d])


def _cells(old: _Row, new: _Row) -> Iterator[tuple[str, str, str]]:
    if len(old) != len(new):
        yield _name(old), " ".join(old), " ".join(new)
        return
    for one, other in zip(old, new, strict=True):
        if text_key(one) != text_key(other):
            yield _name(old), one, other


def _name(row: _Row) -> str:
    """The name of a row: its first two texts."""
    return " ".join([text.strip() for text in row if text.strip()][:2])[:_SHOWN]


def _finding(place: str, row: str, old: str, new: str) -> Finding:
    message = "表格里“{row}”一行的“{old}”改成了“{new}”；表格没有取回"
    values = {"row": row, "old": old[:_SHOWN], "new": new[:_SHOWN]}
    return Finding("QH102", Severity.WARNING, message, (Place(printed=place),), _HINT, values)
