"""Import: files that clerks have become a canonical document, or a list of everything that is wrong in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from ..budget.json_input import parse_json, read_payload
from ..budget.load import check_part
from ..budget.model import Budget
from ..core.errors import InputError, OutputError, ReportgenError
from ..core.files import save_all
from ..core.finding import Finding, Place, Severity, blocking
from ..intake.imported import Imported, RecognisedSheet
from ..intake.kinds import WORKBOOKS, Kind, kind_of
from ..intake.merge import Returned, merged
from ..intake.published import import_published, is_published
from ..intake.readers import read_texts
from ..intake.text_sheets import as_warning
from ..intake.texts import with_texts
from ..intake.workbook import import_workbook
from .in_memory import check
from .loaded_layout import LayoutSource
from .lost_splits import lost_splits
from .replaceable import check_replaceable
from .source import BudgetSource, LoadedBudget, load, loaded_import, source_payload

KEPT = {"overrides": "手工改动", "accepted": "接受的问题"}
"""What people write into a document beside its data."""
OF_FORM = "填报表!"
"""Before the sheet of the fill-in workbook that would hold what a published file does not print."""


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What came of an import.

    ``findings`` name the cells of the files: first those of the reading, then those of the rules; what is missing and
    stands in no cell (last year's figures, texts) is a warning here, and stops a build; so is what was published and
    is wrong in print. ``recognised`` says of each
    sheet as what it was taken, ``budget`` is the document, ``written`` its file, if one was asked. ``checked`` is
    whether relations were checked: with cells that cannot be read, those that are broken whatever these hold.
    """

    findings: tuple[Finding, ...]
    recognised: tuple[RecognisedSheet, ...] = ()
    budget: LoadedBudget | None = field(default=None, repr=False)
    written: Path | None = None
    checked: bool = True

    @property
    def readable(self) -> bool:
        """Whether the files make a document, right or wrong by the rules."""
        return self.budget is not None

    @property
    def usable(self) -> bool:
        """Whether no error stands."""
        return self.readable and not blocking(self.findings)


def import_files(
    sources: Sequence[str | Path],
    layout: LayoutSource | None = None,
    last: BudgetSource | None = None,
    basics: BudgetSource | None = None,
    texts: str | Path | None = None,
    isolated: bool = True,
) -> ImportReport:
    """Import workbooks and check what came of them; nothing is written.

    Args:
        sources: the path of a workbook, or of a published PDF or Word file; several workbooks
            are those that a department's units returned, and its own.
        layout: the layout by which the document is checked; by default its own.
        last: last year's document.
        basics: a document, or a part of one, with what official tables do not hold: department, units, texts. It may
            be a fill-in workbook.
        texts: the path of a Word file with texts under headings.
        isolated: read each file in a worker process of its own; otherwise the caller is in one.

    Raises:
        InputError: a file cannot be read, or nothing in it is known.
        UsageError, LayoutError: there is no such layout, or something in it is wrong.
    """
    imported = _imported([Path(source) for source in sources], _basics(basics, isolated), isolated)
    if texts is not None:
        path = Path(texts)
        words = read_texts(read_payload(path), isolated)
        others = (replace(imported, data=data) for data in imported.alternatives)
        alternatives = tuple(with_texts(other, words, path.name).data for other in others)
        imported = replace(with_texts(imported, words, path.name), alternatives=alternatives)
    if blocking(imported.findings):
        found = broken_anyway(imported, layout, last)
        return ImportReport((*imported.findings, *(found or ())), imported.recognised, checked=found is not None)
    try:
        budget = loaded_import(imported, Path(sources[0]))
    except InputError as error:
        if not error.findings:
            raise
        return ImportReport((*imported.findings, *error.findings), imported.recognised, checked=False)
    found = check(budget, layout, last).findings
    findings = map(_for_published, found) if imported.published else map(_for_import, found)
    return ImportReport(tuple(findings), imported.recognised, budget)


def broken_anyway(
    imported: Imported, layout: LayoutSource | None = None, last: BudgetSource | None = None
) -> tuple[Finding, ...] | None:
    """Return what the rules find whatever the cells hold that could not be read; None if they cannot be asked.

    These cells are filled in one way and another, and what is found in all of the documents is kept.
    """
    found: list[dict[tuple[str, str], Finding]] = []
    for data in imported.alternatives:
        try:
            budget = loaded_import(replace(imported, data=data, findings=()))
            findings = check(budget, layout, last).findings
        except ReportgenError:
            return None
        found.append({(one.code, str(one)): _for_import(one) for one in findings if one.severity is not Severity.NOTE})
    if not found:
        return None
    first, *others = found
    return tuple(finding for key, finding in first.items() if all(key in other for other in others))


def _for_published(finding: Finding) -> Finding:
    """Return a finding about a published file as a warning; what it does not print is said to be of the workbook."""
    where = tuple(replace(one, part=f"{OF_FORM}{one.part}") if one.part else one for one in finding.where)
    return replace(as_warning(finding), where=where)


def _for_import(finding: Finding) -> Finding:
    """Return a finding about what no cell of the files holds as a warning: it stops a build, and not the import."""
    if finding.severity is Severity.ERROR and not any(place.cell for place in finding.where):
        return replace(finding, severity=Severity.WARNING)
    return finding


def _imported(paths: Sequence[Path], basics: Mapping[str, Any], isolated: bool) -> Imported:
    if len(paths) == 1:
        payload = read_payload(paths[0])
        if is_published(payload):
            return import_published(payload, basics, isolated)
        return import_workbook(payload, basics, isolated)
    returned, refused = list[Returned](), list[Finding]()
    for path in paths:
        try:
            returned.append(Returned(path.name, import_workbook(read_payload(path), basics, isolated, whole=False)))
        except InputError as error:
            where = (Place(cell=path.name),)
            refused.append(Finding("XL169", Severity.ERROR, error.message, where, error.hint, error.values))
    if refused:
        message, hint = "{count} 份文件读不了，没有汇总", "换成能读的，再导入一次"
        raise InputError(message, hint, findings=refused, count=str(len(refused)))
    return merged(returned)


def _basics(source: BudgetSource | None, isolated: bool) -> Mapping[str, Any]:
    """Return the data of the basics: of a document as many fields as it has, each by the contract."""
    if source is None:
        return {}
    payload = source_payload(source)
    if kind_of(payload) in WORKBOOKS:
        return import_workbook(payload, None, isolated, whole=False).data
    data = parse_json(payload)
    if not isinstance(data, dict):
        raise InputError("补充基本情况的文件不是预算 JSON", "它要有 department 等字段")
    check_part(data)
    return data


def save_import(report: ImportReport, target: str | Path, force: bool = False) -> Path:
    """Write the document of an import as JSON to ``target``.

    Raises:
        OutputError: the file cannot be written, is one of another kind, such as the workbook itself, or has hand edits
            or acceptances that the import lacks and that are not to be lost without ``force``.
        ValueError: the files made no document.
    """
    if report.budget is None:
        raise ValueError("an import with errors has no document")
    path = Path(target).resolve()
    if path.exists():
        check_replaceable(path, Kind.JSON)
        if not force:
            _refuse_loss(path, report.budget.data)
    return next(iter(save_all(path.parent, {path.name: report.budget.payload})))


def _refuse_loss(path: Path, new: Budget) -> None:
    """Raise an error if a document that is to be replaced has what only people write, and the new one lacks it."""
    payload = read_payload(path)
    if not payload:
        return
    try:
        old = load(payload).data
    except InputError as error:
        message = "{path} 已有，里面有错，看不出有没有手工改动，没有覆盖"
        hint = "先改正它（reportgen check 说出错在哪里），或另取一个文件名；不要它了加 --force"
        raise OutputError(message, hint, path=str(path)) from error
    lost = [term for name, term in KEPT.items() if getattr(old, name) and not getattr(new, name)]
    lost += lost_splits(old, new)
    if lost:
        message = "{path} 里有{what}，导入的没有，没有覆盖"
        hint = "先用 workbook --from 生成带着它们的填报表再填，或另取一个文件名；不要它们的加 --force"
        raise OutputError(message, hint, path=str(path), what="、".join(lost))
