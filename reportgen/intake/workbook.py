"""A workbook becomes a document: our own fill-in form by its sheets, anybody else's by its official tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from ..core.finding import Finding, Place, Severity
from ..recognise.document import document
from ..recognise.final_lines import is_final
from ..recognise.grid import Grid
from ..recognise.recognise import Recognised, recognise
from ..recognise.titles import stated_year
from ..rules.final_words import TABLES, in_words_of_final, in_words_of_final_accounts
from .alternatives import of_tables
from .form.filled_parts import without_filled
from .form.locate import is_form
from .form.read import read_form
from .imported import Imported, RecognisedSheet
from .readers import ReadFile, read_file
from .text_sheets import with_text_sheets

OWN = ("批注",)
"""What our own workbook carries itself, which need not be said."""


def import_workbook(
    payload: bytes, basics: Mapping[str, Any] | None = None, isolated: bool = True, whole: bool = True
) -> Imported:
    """Return the document in a workbook; problems of its cells are findings.

    Args:
        payload: the content of the file.
        basics: a document, or a part of one, with what official tables do not hold: department, units, texts.
        isolated: read it in a worker process of its own; otherwise the caller is in one.
        whole: it holds a whole document, and not a part that will be merged with others.

    Raises:
        InputError: the file cannot be read, or nothing in it is known.
    """
    read = read_file(payload, isolated)
    form = is_form(read.grids)
    imported = _of_form(read.grids, whole) if form else import_tables(read.grids, basics, texts=True)
    findings = (*_ignored(read, OWN if form else ()), *_unused(basics, form), *_hidden(read, form), *imported.findings)
    return replace(imported, findings=findings)


def _of_form(grids: tuple[Grid, ...], whole: bool) -> Imported:
    """Return the document in a form; what an earlier import did not find and is filled in now is read."""
    imported = read_form(grids, whole)
    others = tuple(map(without_filled, imported.alternatives))
    return replace(imported, data=without_filled(imported.data), alternatives=others)


def import_tables(grids: tuple[Grid, ...], basics: Mapping[str, Any] | None, texts: bool = False) -> Imported:
    """Return the document that official tables make, and with ``texts`` the sheets of texts beside them."""
    basics = basics or {}
    recognised = recognise(grids, int(basics.get("year") or 0), _names(basics))
    made = document(recognised, basics, stated_year(recognised.others))
    data = {**made.data, "unread": sorted(made.unread)} if made.unread else made.data
    imported = Imported(data, made.cells, made.findings, tuple(_sheets(recognised)), made.unread)
    if is_final(recognised.tables):
        sheets = tuple(replace(one, kind=in_words_of_final(one.kind, TABLES)) for one in imported.recognised)
        findings = tuple(in_words_of_final_accounts(made.findings, TABLES))
        imported = replace(imported, recognised=sheets, findings=findings)
    if texts and (others := of_tables(grids, made.findings)):
        documents = tuple(import_tables(other, basics).data for other in others)
        imported = replace(imported, alternatives=documents)
    return with_text_sheets(imported, recognised.others, _given_texts(basics)) if texts else imported


def _given_texts(basics: Mapping[str, Any]) -> list[str]:
    """Return the names of the texts that a document has."""
    department = basics.get("department")
    duties = isinstance(department, Mapping) and department.get("duties")
    sections = [f"sections/{key}" for key in basics.get("sections", ())]
    return [
        *(["duties"] if duties else []),
        *(name for name in ("glossary", "reception_use") if name in basics),
        *sections,
    ]


def _names(basics: Mapping[str, Any]) -> dict[str, str]:
    """Return the names of codes that a document states."""
    lines = (line for line in basics.get("expenditure", ()) if isinstance(line, Mapping))
    return {str(line["function"]): str(line["name"]) for line in lines if line.get("name") and line.get("function")}


def _sheets(recognised: Recognised) -> Iterator[RecognisedSheet]:
    for table in recognised.tables:
        yield RecognisedSheet(table.sheet, table.kind.name, table.unit, len(table.rows))
    yield from (RecognisedSheet(grid.name, "") for grid in recognised.others if grid.cells)


def _ignored(read: ReadFile, own: tuple[str, ...]) -> Iterator[Finding]:
    ignored = [what for what in read.ignored if what not in own]
    if ignored:
        message, values = "工作簿里的{what}没有读", {"what": "、".join(ignored)}
        yield Finding("XL100", Severity.NOTE, message, (), "", values)


def _unused(basics: Mapping[str, Any] | None, form: bool) -> Iterator[Finding]:
    if basics and form:
        message, hint = "填报表自己有基本情况，--basics 的没有用到", "在填报表里填；--basics 只补充系统导出的表"
        yield Finding("XL168", Severity.WARNING, message, (), hint)


def _hidden(read: ReadFile, form: bool) -> Iterator[Finding]:
    """Yield a note for each sheet of official tables with hidden cells, which are read like all others."""
    for grid in () if form else read.grids:
        hidden = [cell.place for cell in grid.cells.values() if cell.hidden or grid.hidden]
        if hidden:
            where = (Place(cell=hidden[0]),)
            values = {"name": grid.name, "count": str(len(hidden))}
            yield Finding("XL113", Severity.NOTE, "“{name}”有 {count} 格是隐藏的，也读了", where, "", values)
