"""Import: files that clerks have become a canonical document, or a list of everything that is wrong in them."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from ..budget.json_input import read_payload
from ..core.errors import InputError
from ..core.files import save_all
from ..core.finding import Finding, blocking
from ..intake.imported import RecognisedSheet
from ..intake.workbook import import_workbook
from .in_memory import check
from .loaded_layout import LayoutSource
from .source import BudgetSource, LoadedBudget, loaded_import


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What came of an import.

    ``budget`` is the document, None with an error among the ``findings``; those name the cells of the files.
    ``recognised`` says of each sheet as what it was taken. ``written`` is the file of the document, if one was asked.
    """

    findings: tuple[Finding, ...]
    recognised: tuple[RecognisedSheet, ...] = ()
    budget: LoadedBudget | None = field(default=None, repr=False)
    written: Path | None = None

    @property
    def usable(self) -> bool:
        """Whether no error stands."""
        return not blocking(self.findings)


def import_file(
    source: str | Path | bytes, layout: LayoutSource, last: BudgetSource | None = None, isolated: bool = True
) -> ImportReport:
    """Import a workbook and check what came of it; nothing is written.

    Args:
        source: the path of a workbook, or its content.
        layout: the layout by which its document is checked.
        last: last year's document.
        isolated: read the file in a worker process of its own; otherwise the caller is in one.

    Raises:
        InputError: the file cannot be read, or nothing in it is known.
        UsageError, LayoutError: there is no such layout, or something in it is wrong.
    """
    payload = source if isinstance(source, bytes) else read_payload(Path(source))
    imported = import_workbook(payload, isolated)
    if blocking(imported.findings):
        return ImportReport(imported.findings, imported.recognised)
    try:
        budget = loaded_import(imported, None if isinstance(source, bytes) else Path(source))
    except InputError as error:
        if not error.findings:
            raise
        return ImportReport((*imported.findings, *error.findings), imported.recognised)
    findings = check(budget, layout, last).findings
    return ImportReport(findings, imported.recognised, None if blocking(findings) else budget)


def save_import(report: ImportReport, target: str | Path) -> Path:
    """Write the document of an import as JSON to ``target``.

    Raises:
        OutputError: the file cannot be written.
        ValueError: an error stands, so there is no document.
    """
    if report.budget is None:
        raise ValueError("an import with errors has no document")
    path = Path(target).resolve()
    return next(iter(save_all(path.parent, {path.name: report.budget.payload})))
