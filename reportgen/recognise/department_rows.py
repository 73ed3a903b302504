"""The row of the whole department above the rows of its units: 234 above 234001 and 234002.

Systems print it beside 合计. It is the department's code and name, and no unit; its amounts are those of its units.
本级 often has the name of the department: then it is called 本级 here, so that the two are not taken for one.
A department that is its only unit keeps its name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from ..core.finding import Finding, Severity
from ..core.money import MoneyUnit
from .comparison import Comparison
from .table import RecognisedRow, RecognisedTable, table_finding
from .words import plain

OWN_UNIT = "（本级）"


def without_department_rows(
    tables: Sequence[RecognisedTable], findings: list[Finding], comparisons: list[Comparison]
) -> tuple[RecognisedTable, ...]:
    """Return the tables without the rows of the department above its units.

    The sums of these rows are added to ``comparisons``, those that differ to ``findings``. In a table without 合计 the
    row becomes it. Code and name of the department are put into the table.
    """
    found = [(table, _parents(table.rows)) for table in tables]
    several = len({code for table, parents in found for code in _below(table.rows, parents)}) > 1
    names = {plain(row.name or row.unit) for _, parents in found for row in parents}
    own = {
        code: f"{row.name or row.unit}{OWN_UNIT}"
        for table, _ in found
        for row in table.rows
        if several and row.kind == "unit" and plain(row.name or row.unit) in names and (code := unit_code(row))
    }
    own = {code: name for code, name in own.items() if not any(code == unit_code(row) for _, ps in found for row in ps)}
    if own:
        places = tuple(row.place for table, _ in found for row in table.rows if unit_code(row) in own)[:1]
        message = "单位与部门同名，记作“{name}”"
        hint = "名称不对的，导入之后改“预算单位”里的名称"
        findings.append(table_finding("XL143", Severity.NOTE, message, places, hint, name=next(iter(own.values()))))
    for table, parents in found:
        unit: MoneyUnit = "万元" if table.unit == "万元" else "元"
        sums = [one for parent in parents for one in _sums(table, parent, parents)]
        comparisons += sums
        findings += [one.finding(unit) for one in sums if not one.holds]
    return tuple(_changed(table, parents, own) for table, parents in found)


def unit_code(row: RecognisedRow) -> str:
    """Return the digits of the code of the unit that a row has in a column of its own."""
    return re.sub(r"\D", "", plain(row.texts["unit_code"].value)) if "unit_code" in row.texts else ""


def _parents(rows: Sequence[RecognisedRow]) -> list[RecognisedRow]:
    """Return the rows of units whose code begins the codes of other units in the table."""
    units = [(row, code) for row in rows if row.kind == "unit" and (code := unit_code(row))]
    return [row for row, code in units if any(other != code and other.startswith(code) for _, other in units)]


def _below(rows: Sequence[RecognisedRow], parents: Sequence[RecognisedRow]) -> set[str]:
    """Return the codes of the units of a table's departments."""
    above = tuple(unit_code(row) for row in parents)
    codes = {code for row in rows if row.kind == "unit" and (code := unit_code(row))} if above else set()
    return {code for code in codes if code.startswith(above) and code not in above}


def _changed(table: RecognisedTable, parents: Sequence[RecognisedRow], own: Mapping[str, str]) -> RecognisedTable:
    rows = [_renamed(row, own) for row in table.rows if row not in parents]
    if not parents:
        return replace(table, rows=tuple(rows))
    top = parents[0]
    if not any(row.kind == "total" for row in rows):
        rows.insert(0, replace(top, kind="total", key="合计", name="合计", unit="", texts={}))
    name, code = table.publisher or top.name or top.unit, table.publisher_code or unit_code(top)
    return replace(table, rows=tuple(rows), publisher=name, publisher_code=code)


def _renamed(row: RecognisedRow, own: Mapping[str, str]) -> RecognisedRow:
    """Return a row of 本级 with its name."""
    name = own.get(unit_code(row), "")
    if not name:
        return row
    if row.kind == "record" and plain(f"{row.name}{OWN_UNIT}") == plain(name):
        return replace(row, name=name)  # the row of the unit above its projects
    texts = {**row.texts, "unit": replace(row.texts["unit"], value=name)} if "unit" in row.texts else row.texts
    return replace(row, unit=name, name=name if row.kind == "unit" else row.name, texts=texts)


def _sums(table: RecognisedTable, parent: RecognisedRow, parents: Sequence[RecognisedRow]) -> Iterator[Comparison]:
    """Yield for each column the row of the department as the sum of its units."""
    below = [
        row
        for row in table.rows
        if row.kind == "unit" and row not in parents and unit_code(row).startswith(unit_code(parent))
    ]
    for column, amount in parent.amounts.items():
        parts = tuple(row.amounts[column] for row in below if column in row.amounts)
        if parts:
            yield Comparison("sum", f"{table.kind.name} {parent.name}", amount, parts)
