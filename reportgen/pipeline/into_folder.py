"""Build: the files of one document, made anew only where something changed, saved all or none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias

from ..core.version import __version__
from ..manifest import NAME, record
from ..manifest.content_keys import block_keys
from ..manifest.fingerprint import document_fingerprint
from ..manifest.freshness import current_files, entries_made_from
from ..manifest.hashes import fingerprint_hash
from .document_layout import layout_of, layout_of_payload
from .in_memory import check, output_formats, with_contents
from .loaded_layout import LayoutSource
from .lost_edits import refuse_lost_edits
from .old_names import owner_of, remove_old_names
from .output_files import OutputFile, WrittenFile, content_key, document_files, file_key, write_file
from .output_folder import BuildInputs, OutputFolder
from .report import Prepared, Report
from .source import BudgetSource, LoadedBudget, load, source_payload
from .state_folder import StateRecords, move_source_out, state_records
from .storage import LocalFolder, OutputStorage

Output: TypeAlias = str | Path | OutputStorage
"""Where files go: the path of a folder, or any other storage."""


def build(
    source: BudgetSource,
    out: Output = ".",
    formats: Sequence[str] = (),
    layout: LayoutSource | None = None,
    sources: bool = False,
    keep_unverified: bool = False,
    last: BudgetSource | None = None,
    force: bool = False,
    state: Output | None = None,
    initial: BudgetSource | None = None,
) -> Report:
    """Make the files of a document in the folder ``out``; nothing is written if a finding blocks publication.

    Args:
        source: the document.
        out: the folder for the files; made if missing.
        formats: names of formats; the default ones if empty.
        layout: a layout's name, the path of its folder, or a loaded one; by default the one that the document names.
        sources: also make the workbook that states for every printed figure where it comes from.
        keep_unverified: save the files even if one differs from its document when read back, so that one can look.
        last: last year's document; then this year's bases are compared with it.
        force: make all files anew, also those that are current and those that were edited by hand.
        state: the folder for what is not published: the JSON and the findings; by default beside ``out``
            (``docs/regenerating.md``). Of an ``out`` that is no folder nothing is kept by default.
        initial: the budget of the same year, for final accounts; then its figures are their 年初预算数.

    Returns:
        The report: every finding, and the files if they were written or are current.

    Raises:
        ReportgenError: the run cannot go on; the exception's class and message say why.
    """
    report = build_files(source, out, formats, layout, sources, keep_unverified, last, force, state, initial)
    if not report.files:
        return report
    storage = _storage(out)
    states = state_records(storage, None if state is None else _storage(state))
    renamed = remove_old_names(storage, states, [file.name for file in report.files])
    return replace(report, findings=(*report.findings, *renamed))


def build_files(
    source: BudgetSource,
    out: Output = ".",
    formats: Sequence[str] = (),
    layout: LayoutSource | None = None,
    sources: bool = False,
    keep_unverified: bool = False,
    last: BudgetSource | None = None,
    force: bool = False,
    state: Output | None = None,
    initial: BudgetSource | None = None,
) -> Report:
    """Do what :func:`build` does, but for the files that the department has under an old name: they stay.

    Raises:
        ReportgenError: the run cannot go on; the exception's class and message say why.
    """
    storage = _storage(out)
    states = state_records(storage, None if state is None else _storage(state))
    move_source_out(storage, states)
    if not force and (report := _current_report(source, storage, states, formats, layout, sources, last, initial)):
        return report
    asked, budget = output_formats(formats, sources), load(source, last, initial)
    chosen = layout_of(budget.data, layout)
    report = check(budget, chosen)
    if not report.publishable or report.prepared is None:
        return report
    prepared = with_contents(report.prepared)
    inputs = _inputs(budget, prepared, chosen.fingerprint)
    folder = OutputFolder(storage, prepared.document.slug, states)
    current, written = _made(prepared, asked, inputs, folder, force)
    findings = (*prepared.findings, *(finding for file in written.values() for finding in file.findings))
    if len(findings) > len(prepared.findings) and not keep_unverified:
        return Report(findings, prepared=prepared)
    if not force:
        if written:
            refuse_lost_edits(states.read(folder.slug), budget.payload, prepared.generated, storage.location(""))
        folder.refuse_edited(written.values())
    linked = folder.linked(written.values())
    folder.save(inputs, [file.name for file in current], written)
    current_files = tuple(Path(folder.storage.location(file.name)) for file in current)
    saved = tuple(Path(folder.storage.location(file.output.name)) for file in written.values())
    return Report((*findings, *linked), (*current_files, *saved), current_files, prepared)


def current_report(
    source: BudgetSource,
    out: Output = ".",
    formats: Sequence[str] = (),
    layout: LayoutSource | None = None,
    sources: bool = False,
    last: BudgetSource | None = None,
    state: Output | None = None,
    initial: BudgetSource | None = None,
) -> Report | None:
    """Return what :func:`build` would report if all files in ``out`` are current, judged by hashes alone; else None.

    What a killed run left beside them is removed.

    Raises:
        InputError, UsageError: the document cannot be read; there is no such layout or format.
    """
    storage = _storage(out)
    states = state_records(storage, None if state is None else _storage(state))
    return _current_report(source, storage, states, formats, layout, sources, last, initial)


def _current_report(
    source: BudgetSource,
    storage: OutputStorage,
    states: StateRecords,
    formats: Sequence[str],
    layout: LayoutSource | None,
    sources: bool,
    last: BudgetSource | None,
    initial: BudgetSource | None,
) -> Report | None:
    asked, payload = output_formats(formats, sources), source_payload(source)
    last_payload, initial_payload = _payload_beside(source, last, "last"), _payload_beside(source, initial, "initial")
    for slug, entry in entries_made_from(record.parse(storage.read(NAME)), payload):
        common = layout_of_payload(payload, layout).fingerprint
        now = fingerprint_hash(document_fingerprint(payload, last_payload, entry.year, common, initial_payload))
        names, state = current_files(entry, asked, now, storage.digest), states.read(slug)
        if names and state and state.fingerprint == now:
            storage.remove_leftovers()  # nothing will be saved, which would do it
            states.remove_leftovers()
            files = tuple(Path(storage.location(name)) for name in names)
            return Report(state.findings, files, files)
    return None


def _made(
    prepared: Prepared, formats: Sequence[str], inputs: BuildInputs, folder: OutputFolder, force: bool
) -> tuple[list[OutputFile], dict[str, WrittenFile]]:
    """The files that are current, and by their keys those that were written anew."""
    current, written, style = [], {}, prepared.layout.style
    common = content_key(prepared.document, style, inputs.fingerprint, inputs.blocks)
    for file in document_files(prepared, formats):
        own = file.document is not prepared.document
        content = content_key(file.document, style, inputs.fingerprint, block_keys(file.document)) if own else common
        key = file_key(file, content)
        if not force and folder.is_current(file.name, key):
            current.append(file)
        else:
            written[key] = write_file(file, style)
    return current, written


def _inputs(budget: LoadedBudget, prepared: Prepared, common: Mapping[str, str]) -> BuildInputs:
    last = None if budget.last is None else budget.last.payload
    initial = None if budget.initial is None else budget.initial.payload
    return BuildInputs(
        path=budget.path,
        payload=budget.payload,
        last=last,
        fingerprint=document_fingerprint(budget.payload, last, budget.year, common, initial),
        version=__version__,
        year=budget.year,
        findings=prepared.findings,
        blocks=block_keys(prepared.document),
        owner=owner_of(prepared.budget),
    )


def _payload_beside(source: BudgetSource, given: BudgetSource | None, name: str) -> bytes | None:
    """Return the JSON of a document that is compared with ``source``: ``given``, or else its member ``name``."""
    if given is not None:
        return source_payload(given)
    beside = getattr(source, name) if isinstance(source, LoadedBudget) else None
    return None if beside is None else bytes(beside.payload)


def _storage(out: Output) -> OutputStorage:
    if isinstance(out, str | Path):
        return LocalFolder(Path(out))
    if not hasattr(out, "save"):
        raise TypeError(f"the output is a path or an OutputStorage, not {type(out).__name__}")
    return out
