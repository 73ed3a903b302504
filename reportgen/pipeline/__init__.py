"""The story, from the canonical JSON to the files. ``docs/architecture.md`` tells it in the same words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from .. import rules
from ..budget.json_input import parse, payload_of
from ..budget.load import read_budget
from ..compose import amend, compose
from ..core.errors import UsageError
from ..core.garbage_collection import rare_collections
from ..core.run_lock import sweep
from ..core.version import __version__
from ..facts import derive_facts
from ..layout.load import DEFAULT
from ..manifest import record
from ..manifest.content_keys import block_keys
from ..manifest.fingerprint import document_fingerprint
from ..manifest.freshness import current, made_from, state
from ..trace import Tracer
from ..writers import default_formats, formats
from ..writers.glyph_check import check_characters
from ..writers.page_numbers import with_page_numbers
from .loaded_layout import LoadedLayout, loaded
from .output_files import SOURCES, outputs, write
from .output_folder import Folder
from .report import Made, Prepared, Report

__all__ = ["LoadedLayout", "Prepared", "Report", "build", "check", "loaded", "prepare", "standing", "trace"]


def prepare(source: str | Path, layout: str | LoadedLayout = DEFAULT, last: str | Path | None = None) -> Prepared:
    """From the canonical JSON to the tree, with everything that was found on the way.

    ``last`` is last year's document, whose figures must be the bases this one compares with.
    """
    return prepare_payload(payload_of(Path(source)), layout, _payload(last))


@rare_collections()
def prepare_payload(payload: bytes, layout: str | LoadedLayout = DEFAULT, last: bytes | None = None) -> Prepared:
    """The same from what the files hold."""
    chosen = loaded(layout).layout
    budget = read_budget(parse(payload))
    facts = derive_facts(budget, chosen.printing)
    before = None if last is None else derive_facts(read_budget(parse(last)), chosen.printing)
    findings = rules.run(budget, facts, chosen.ties, chosen.rules_off, before)
    document, reviewed = amend(compose(facts, chosen, budget.published), budget.overrides, facts, chosen)
    return Prepared(chosen, budget, facts, (*findings, *reviewed), document)


def trace(source: str | Path, layout: str = DEFAULT) -> Tracer:
    """The document in ``source``, ready to be asked where its figures come from and where its cells go."""
    prepared = prepare(source, layout)
    return Tracer(prepared.facts, prepared.document)


def check(source: str | Path, layout: str = DEFAULT, last: str | Path | None = None) -> Report:
    """Find what is wrong with the document in ``source`` (and against ``last`` year's); write nothing."""
    prepared = prepare(source, layout, last)
    check_characters(prepared.document, prepared.layout.style, prepared.findings)
    return Report(prepared.findings)


@rare_collections()
def build(
    source: str | Path,
    out: str | Path = ".",
    wanted: Sequence[str] = (),
    layout: str | LoadedLayout = DEFAULT,
    sources: bool = False,
    keep_unverified: bool = False,
    last: str | Path | None = None,
    force: bool = False,
) -> Report:
    """Make the files of the document in ``source`` in the folder ``out``; nothing is written if a finding blocks.

    Args:
        source: the canonical JSON document.
        out: the folder for the files; made if missing.
        wanted: formats, all if empty.
        layout: the name of a layout, the path of a layout's folder, or what :func:`loaded` made of either.
        sources: also write the annex, a workbook that says of every printed figure where it comes from.
        keep_unverified: save the files also if one, read back, is not what the document says, so that one can look.
        last: last year's document; then this year's bases are held against it.
        force: make all files anew, also those that are current and those that somebody edited.

    Raises:
        ReportgenError: the run cannot go on; the exception's class and message say why.
    """
    asked = _asked(wanted, sources)
    payload, before = payload_of(Path(source)), _payload(last)
    if not force and (stands := _standing(payload, Path(out), asked, layout, before)):
        return stands
    chosen = loaded(layout)
    prepared = prepare_payload(payload, chosen, before)
    report = Report(prepared.findings, prepared=prepared)
    if not report.publishable:
        return report
    check_characters(prepared.document, prepared.layout.style, prepared.findings)
    prepared = replace(prepared, document=with_page_numbers(prepared.document, prepared.layout.style))
    now = document_fingerprint(payload, before, prepared.year, chosen.fingerprint)
    made = Made(Path(source), payload, now, __version__, block_keys(prepared.document))
    folder = Folder(Path(out), prepared.document.slug)
    files = tuple(outputs(prepared, asked, made))
    kept = {} if force else {one.file: one for one in files if folder.holds(one)}
    written = [write(prepared, one) for one in files if one.file not in kept]
    differences = tuple(finding for one in written for finding in one.findings)
    if differences and not keep_unverified:
        return Report((*prepared.findings, *differences), prepared=prepared)
    if not force:
        folder.refuse_edited(written)
    return folder.save(prepared, made, tuple(kept.values()), written)


def standing(
    source: str | Path,
    out: str | Path = ".",
    wanted: Sequence[str] = (),
    layout: str | LoadedLayout = DEFAULT,
    sources: bool = False,
    last: str | Path | None = None,
) -> Report | None:
    """What :func:`build` would report if all files in ``out`` are current, found by hashes alone; else None.

    What a killed run left beside current files is removed.

    Raises:
        ReportgenError: the document cannot be read, the layout does not exist.
    """
    return _standing(payload_of(Path(source)), Path(out), _asked(wanted, sources), layout, _payload(last))


def _standing(
    payload: bytes, out: Path, asked: Sequence[str], layout: str | LoadedLayout, last: bytes | None
) -> Report | None:
    for _, entry in made_from(record.read(out), payload):
        now = document_fingerprint(payload, last, entry.year, loaded(layout).fingerprint)
        if files := current(out, entry, asked, state(now)):
            sweep(out)  # no save will do it
            return Report(entry.findings, tuple(files), tuple(files))
    return None


def _asked(wanted: Sequence[str], sources: bool) -> tuple[str, ...]:
    known = formats()
    for name in wanted:
        if name not in known:
            raise UsageError("没有“{name}”这个格式", "可用的格式：" + "、".join(known), name=name)
    return (tuple(dict.fromkeys(wanted)) or default_formats()) + ((SOURCES,) if sources else ())


def _payload(source: str | Path | None) -> bytes | None:
    return None if source is None else payload_of(Path(source))
