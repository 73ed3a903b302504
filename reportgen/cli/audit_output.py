"""Output of ``audit``: what was found in each file, as text or as data."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from .console import escape_controls

if TYPE_CHECKING:
    from ..auditing.many import AuditedFile
    from .console import Console


def print_audited(one: AuditedFile, console: Console) -> None:
    """Print the findings of a file, or why there are none."""
    report = one.report
    if report is None:
        message, hint = (console.language.message(text, one.values) for text in (one.error, one.hint))
        values = {"path": one_line(one.path), "message": message, "hint": hint}
        console.print_message(escape_controls(console.language.message("{path}：{message}（{hint}）", values)))
        return
    values = {
        "path": one_line(one.path), "pages": str(report.pages), "tables": str(len(report.tables)),
        "tied": str(report.coverage.tied), "cells": str(report.coverage.cells),
        "understood": str(report.coverage.understood), "figures": str(report.coverage.figures),
    }  # fmt: skip
    template = (
        "{path}：认出 {tables} 张表；表里 {cells} 个数核对了 {tied} 个，文字里 {figures} 个数读懂 {understood} 个"
    )
    if console.quiet and report.blocking:
        console.print_message(escape_controls(one_line(one.path)))
    console.print_progress(template, **values)
    if report.coverage.held or report.coverage.held_figures:
        held = {"cells": str(report.coverage.held), "figures": str(report.coverage.held_figures)}
        console.print_progress("与数据对照了表里 {cells} 个数、文字里 {figures} 个数", **held)
    if report.coverage.bases:
        console.print_progress("与上年公开的文件对照了 {count} 个上年数", count=str(report.coverage.bases))
    consequences = {id(audited.finding): audited.consequences for audited in report.findings}
    console.print_findings((audited.finding for audited in report.findings), consequences)


def one_line(path: Path) -> str:
    """Return a path without the ends of lines that a name may have.

    >>> one_line(Path("a\\nb.pdf"))
    'a\\\\nb.pdf'
    """
    return str(path).replace("\r", "\\r").replace("\n", "\\n")


def audited_data(one: AuditedFile, console: Console) -> dict[str, Any]:
    """Return what was found in a file as plain data."""
    report = one.report
    if report is None:
        message, hint = (console.language.message(text, one.values) for text in (one.error, one.hint))
        return {"file": str(one.path), "error": message, "hint": hint}
    coverage = report.coverage
    return {
        "file": str(one.path),
        "pages": report.pages,
        "year": report.year,
        "tables": [
            {"name": t.name, "title": t.title, "unit": t.unit, "rows": t.rows, "page": t.page} for t in report.tables
        ],
        "findings": [
            console.finding_data(audited.finding)
            | {"confidence": audited.confidence}
            | {"consequences": [console.line_of(one) for one in audited.consequences]}
            for audited in report.findings
        ],
        "coverage": {
            "cells": coverage.cells, "tied": coverage.tied,
            "figures": coverage.figures, "understood": coverage.understood,
            "held": coverage.held, "held_figures": coverage.held_figures, "bases": coverage.bases,
        },
    }  # fmt: skip
