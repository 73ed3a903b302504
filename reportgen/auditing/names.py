"""Hold the names of codes: against the code book, and against each other in one table and between tables (AU103)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence, Set

from ..budget.codes import CodeBook
from ..core.finding import Finding, Place, Severity
from ..recognise.table import RecognisedRow, RecognisedTable
from ..recognise.words import plain
from .places import row_of
from .report import AuditFinding

OTHERS = 2
"""So many times a name has to stand beside another code."""
MISPRINT_FROM = 4
"""Characters of a name from which on a single other character is taken for a misprint."""


def names_of_codes(table: RecognisedTable, book: CodeBook) -> Iterator[AuditFinding]:
    """Yield a finding for each code whose name is that of another code, and for each code that has two names."""
    entries = book.economic if table.kind.rows == "economic" else book.functions
    by_name = {plain(entry.name): code for code, entry in entries.items()}
    often = {name for name, number in Counter(plain(entry.name) for entry in entries.values()).items() if number > 1}
    seen: dict[tuple[str, str], RecognisedRow] = {}
    for row in table.rows if table.kind.rows in ("function", "economic") else ():
        name = _name(row)
        if not name:
            continue
        entry = entries.get(row.key)
        before = seen.setdefault((row.unit, row.key), row)
        values = {"table": table.kind.name, "code": row.key, "name": row.name}
        place = Place(cell=row.place)
        official = plain(entry.name) if entry is not None and entry.verified else ""
        if official and name != official and by_name.get(name, row.key) != row.key:
            message = "“{table}”的 {code} 写作“{name}”，这个名称的编码是 {right}；{code} 是“{official}”"
            values |= {"right": by_name[name], "official": entry.name if entry else ""}
            yield AuditFinding(Finding("AU103", Severity.ERROR, message, (place,), "核对编码和名称", values))
        elif not official and name in by_name and name not in often and by_name[name][:3] != row.key[:3]:
            message = "“{table}”的 {code} 写作“{name}”，这个名称的编码是 {right}"
            values |= {"right": by_name[name]}
            yield AuditFinding(
                Finding("AU103", Severity.WARNING, message, (place,), "核对编码和名称", values), "likely"
            )
        elif official and _is_misprint(name, official):
            message = "“{table}”的 {code} 写作“{name}”，目录里是“{official}”"
            values |= {"official": entry.name if entry else ""}
            yield AuditFinding(Finding("AU103", Severity.WARNING, message, (place,), "核对名称", values), "likely")
        elif (
            before is not row and plain(before.texts["name"].value) != name and _letters(name) != _letters(before.name)
        ):
            message = "“{table}”的 {code} 有两个名称：“{first}”和“{name}”"
            values |= {"first": before.name}
            places = (Place(cell=before.place), place)
            yield AuditFinding(Finding("AU103", Severity.ERROR, message, places, "核对编码和名称", values))


def _is_misprint(name: str, official: str) -> bool:
    """Whether a name is the official one with one character in the place of another."""
    if len(name) != len(official) or len(name) < MISPRINT_FROM:
        return False
    return sum(a != b for a, b in zip(_letters(name), _letters(official), strict=False)) == 1


def _letters(name: str) -> str:
    return re.sub(r"[\W_]|的", "", plain(name))


def names_of_blank_rows(tables: Sequence[RecognisedTable], book: CodeBook) -> Iterator[AuditFinding]:
    """Yield a finding for each economic code beside the name of another one, in rows without amounts or a second list.

    Forms print every code; a row without an amount is no row of the table as it is recognised.
    """
    entries = {code: plain(entry.name) for code, entry in book.economic.items() if entry.verified}
    by_name = {name: code for code, name in entries.items()}
    for table in tables:
        known = {(row_of(row.place), row.key) for row in table.rows}
        cells = table.grid.cells if table.grid is not None and table.kind.rows == "economic" else {}
        for (line, column), cell in cells.items():
            code, beside = str(cell.value).strip(), cells.get((line, column + 1))
            name = plain(str(beside.value)) if beside is not None else ""
            right = by_name.get(name, code)
            if code in entries and right != code and name != entries[code] and (row_of(cell.place), code) not in known:
                message = "“{table}”的 {code} 写作“{name}”，这个名称的编码是 {right}；{code} 是“{official}”"
                values = {"table": table.kind.name, "code": code, "name": name, "right": right}
                values |= {"official": book.economic[code].name}
                place = (Place(cell=cell.place),)
                yield AuditFinding(Finding("AU103", Severity.ERROR, message, place, "核对编码和名称", values))


def names_between(tables: Sequence[RecognisedTable], said: Sequence[AuditFinding]) -> Iterator[AuditFinding]:
    """Yield a finding for each code with a name that is mostly printed beside another code, while it has its own, too.

    What is ``said`` of a row already is not said again.
    """
    rows = [(table, row) for table in tables if table.kind.rows in ("function", "economic") for row in table.rows]
    named = [(table, row, _letters(name)) for table, row in rows if (name := _name(row))]
    names: dict[str, Counter[str]] = {}
    codes: dict[str, Counter[str]] = {}
    for _, row, name in named:
        names.setdefault(row.key, Counter())[name] += 1
        codes.setdefault(name, Counter())[row.key] += 1
    places = {place.cell for one in said for place in one.finding.where}
    for table, row, name in named:
        right, often = codes[name].most_common(1)[0]
        usual = next((one for one in names[row.key] if codes[one].most_common(1)[0][0] == row.key), "")
        if usual and often > codes[name][row.key] and row.place not in places:
            values = {"table": table.kind.name, "code": row.key, "name": row.name, "usual": usual, "right": right}
            message = "“{table}”的 {code} 写作“{name}”，别的表里 {code} 是“{usual}”，这个名称的编码是 {right}"
            place = (Place(cell=row.place),)
            yield AuditFinding(Finding("AU103", Severity.ERROR, message, place, "核对编码和名称", values), "likely")
    yield from _codes_of_others(tables, places)


def _codes_of_others(tables: Sequence[RecognisedTable], said: Set[str]) -> Iterator[AuditFinding]:
    """Yield a finding for each code that stands once, in the place of the code that its name has in other tables.

    Items of one 款 have names of their own; those of several may be called the same (行政运行).
    """
    coded = [(table, row) for table in tables for row in table.rows if row.kind == "code" and row.key[:1] == "2"]
    often = Counter(row.key for _, row in coded)
    by_name: dict[tuple[str, str], Counter[str]] = {}
    for _, row in coded:
        by_name.setdefault((row.key[:-2], _letters(row.name)), Counter())[row.key] += 1
    for table, row in coded:
        right, times = by_name[row.key[:-2], _letters(row.name)].most_common(1)[0]
        alone = often[row.key] == 1 and all(other.key != right for other in table.rows)
        if right != row.key and times >= OTHERS and alone and row.place not in said:
            values = {"table": table.kind.name, "code": row.key, "name": row.name, "right": right, "count": str(times)}
            message = "“{table}”的 {code} 写作“{name}”，另外 {count} 处这个名称的编码都是 {right}"
            place = (Place(cell=row.place),)
            yield AuditFinding(Finding("AU103", Severity.ERROR, message, place, "核对编码和名称", values), "likely")


def _name(row: RecognisedRow) -> str:
    return plain(row.texts["name"].value) if row.kind == "code" and "name" in row.texts else ""
