"""Rows without codes: records such as projects, the one row of a “三公” table, “三公” items as rows."""

from __future__ import annotations

from collections.abc import Iterator

from ..core.finding import Severity
from .body import Body
from .coded_rows import TOTAL
from .head import Column
from .table import RecognisedRow, StatedText, table_finding
from .words import is_total, row_meanings, unnumbered

LEVELS = ("level1", "level2")
"""Columns of indicators that are written once for the rows below."""
INDICATORS = ("level1", "level2", "level3", "overall_level1", "overall_level2", "overall_level3")
PROJECT = ("unit_code", "unit", "name")
"""Columns of a project that are written once for its indicators."""


def records(body: Body, columns: dict[str, Column], texts: dict[str, Column]) -> Iterator[RecognisedRow]:
    """Yield the rows of a table of records: projects, purchases."""
    for row in body.numbers:
        if body.is_empty(row) or body.is_note(row):
            continue
        amounts, found = body.amounts(row, columns), body.texts(row, texts)
        if not amounts or not columns:
            continue
        total = any(is_total(text.value) for text in found.values())
        name = TOTAL if total else found["name"].value if "name" in found else ""
        unit = found["unit"].value if "unit" in found else ""
        yield RecognisedRow(
            "total" if total else "record", TOTAL if total else "", name, body.place(row), amounts, found, unit
        )


def goals(body: Body, columns: dict[str, Column], texts: dict[str, Column]) -> Iterator[RecognisedRow]:
    """Yield the rows of a table of goals: one for each indicator, or for a goal without indicators.

    The project, its unit and the upper levels may be written once, in the first of their rows.
    """
    levels: dict[str, StatedText] = {}
    project: dict[str, StatedText] = {}
    for row in body.numbers:
        if body.is_empty(row) or body.is_note(row):
            continue
        found = body.texts(row, texts)
        if "level3" in found and "level1" not in found:
            found = {**levels, **found}
        levels = {level: found[level] for level in LEVELS if level in found}
        if "name" in found:
            project = {name: found[name] for name in PROJECT if name in found}
        elif any(level in found for level in INDICATORS):
            found = {**project, **found}
        amounts = {name: amount for name, column in columns.items() if (amount := body.spread(row, column)) is not None}
        name = found["name"].value if "name" in found else ""
        unit = found["unit"].value if "unit" in found else ""
        if not any(is_total(text.value) for text in found.values()):
            yield RecognisedRow("record", "", name, body.place(row), amounts, found, unit)


def single_row(body: Body, columns: dict[str, Column]) -> Iterator[RecognisedRow]:
    """Yield the only row of a table without labels of rows (“三公”经费和机关运行经费); another one is a finding."""
    seen = False
    for row in body.numbers:
        if body.is_empty(row) or body.is_note(row) or not (amounts := body.amounts(row, columns)):
            continue
        if seen:
            message, hint = "“{table}”没有单位一栏，却有第二行数字", "补上单位名称一栏，或删去多余的一行"
            values = {"table": body.kind.name}
            body.findings.append(table_finding("XL136", Severity.ERROR, message, body.place(row), hint, **values))
            continue
        seen = True
        yield RecognisedRow("total", TOTAL, TOTAL, body.place(row), amounts)


def three_public_items(body: Body, columns: dict[str, Column], label: Column) -> Iterator[RecognisedRow]:
    """Yield the one row of a “三公” table whose items are rows."""
    meanings, found = row_meanings("three_public"), {}
    place = ""
    for row in body.numbers:
        cell, amounts = (
            body.cell(row, label.number),
            body.amounts(row, {"total": columns["total"]} if "total" in columns else {}),
        )
        if not amounts or cell is None:
            continue
        key = meanings.get(unnumbered(cell.value), "")
        place = place or cell.place
        if key:
            found[key] = amounts["total"]
        else:
            message = "“{table}”这一行没有认出是哪一项：“{label}”"
            body.findings.append(
                table_finding(
                    "XL136", Severity.WARNING, message, cell.place, table=body.kind.name, label=str(cell.value)[:40]
                )
            )
    if found:
        yield RecognisedRow("total", TOTAL, TOTAL, place, found)
