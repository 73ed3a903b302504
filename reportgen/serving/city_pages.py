"""All departments of the workbench at once: choose, start, follow, stop, take the summary and the files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, get_args

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ..bulk.outcome import STATUS_LABELS, Outcome
from ..bulk.publication import Published, publication
from ..bulk.published_projects import projects_of
from ..bulk.summary.model import XLSX, Summary
from ..core.errors import OutputError
from ..core.files import safe_name
from .city_files import CITY, DATA, FILES, names_of, unchanged
from .city_run import CityRun, Progress, Unread
from .downloads import download, patterns, zipped
from .records import BesideKind, Record, Version
from .states import STEPS, last_final, state_of
from .tasks import tasks
from .words import Words
from .workbench import Form, changing, form_of, see_other, workbench

_Digests = Mapping[str, str]
_CHOSEN = "document/"
"""How the names of the boxes begin by which documents are chosen; the document's id follows."""


def city_page(request: Request) -> Response:
    """The documents to choose from, and the run that was started last."""
    here, progress = workbench(request), _city(request).progress
    words = here.pages.words(request)
    entries = here.folder.entries()
    records = {one.id: one.record for one in entries if one.record}
    documents = [_choice(id, record) for id, record in records.items()]
    some = any(event.kind in ("approved", "final") for one in records.values() for event in one.events)
    error = progress.error
    findings = progress.summary.findings if progress.summary else ()
    return here.pages.page(
        request, "city.html", documents=documents, some_approved=some, progress=progress,
        some_made=bool(progress.summary) and any(one.status == "generated" for one in progress.outcomes),
        damaged=[one.id for one in entries if one.record is None], done=len(progress.outcomes),
        rows=[
            *(_row(one, progress.versions.get(one.name), words) for one in progress.outcomes),
            *(_unread(one, words) for one in progress.unread), *_not_done(progress),
        ],
        edited=any(finding.code == "PL106" for one in progress.outcomes for finding in one.findings),
        findings=list(here.pages.findings(request, findings)),
        message=words.message(error.message, error.values) if error else "",
    )  # fmt: skip


def taken_version(record: Record) -> Version:
    """Return the version that is published: the last that was final, also while its correction is under way."""
    return record.version(last_final(record)) or record.latest


def _choice(id: str, record: Record) -> dict[str, Any]:
    """A document to choose: the version that is taken and its state, and the latest if that is a correction of it."""
    state, version = state_of(record), taken_version(record)
    is_corrected = version != record.latest
    return {
        "field": f"{_CHOSEN}{id}", "version": version, "state": STEPS["final"] if is_corrected else state.name,
        "is_approved": is_corrected or state.is_approved,
        "correction": record.latest.number if is_corrected else 0, "correction_state": state.name,
    }  # fmt: skip


def _unread(one: Unread, words: Words) -> dict[str, Any]:
    """A document that the run left out, with why it could not be read."""
    return {
        "name": one.version.title, "version": one.version, "address": f"/documents/{one.document}", "status": "",
        "label": "读不了", "finding": words.message(one.error.message, one.error.values),
    }  # fmt: skip


def _row(outcome: Outcome, version: Version | None, words: Words) -> dict[str, Any]:
    """A document in the version that the run took, with its status and its worst finding."""
    worst = outcome.findings[0] if outcome.findings else None
    title, _, id = outcome.name.rpartition("-")
    return {
        "name": f"{outcome.totals.code if outcome.totals else ''} {title}".strip(), "version": version,
        "address": f"/documents/{id}", "status": outcome.status, "label": STATUS_LABELS[outcome.status],
        "finding": f"{worst.code} {words.message(worst.message, worst.values)}" if worst else "",
    }  # fmt: skip


def _not_done(progress: Progress) -> Iterator[dict[str, Any]]:
    """Yield the documents that a run which was stopped, or ended by an error, did not come to."""
    done = {outcome.name for outcome in progress.outcomes}
    for name, version in () if progress.running or progress.summary else progress.versions.items():
        if name not in done:
            yield {
                "name": version.title, "version": version, "address": f"/documents/{name.rpartition('-')[2]}",
                "status": "", "label": "没有做", "finding": "",
            }  # fmt: skip


async def start(request: Request) -> Response:
    """Begin a run over the chosen documents, each in its final version, or else in its latest."""
    return await run_in_threadpool(_start, request, await form_of(request))


def _start(request: Request, form: Form) -> Response:
    here = workbench(request)
    chosen = {name.removeprefix(_CHOSEN) for name in form.fields if name.startswith(_CHOSEN)}
    payloads: dict[str, bytes] = {}
    beside: dict[BesideKind, dict[str, bytes]] = {kind: {} for kind in get_args(BesideKind)}
    versions: dict[str, Version] = {}
    unread: list[Unread] = []
    for one in here.folder.entries():
        if one.record is None or one.id not in chosen:
            continue
        version = taken_version(one.record)
        name = f"{safe_name(version.title)}-{one.id}.json"
        try:
            files = {kind: here.folder.beside(one.id, version, kind) for kind in beside}
            payloads[name], versions[name] = here.folder.payload(one.id, version), version
        except OutputError as error:  # the others are made all the same
            unread.append(Unread(one.id, version, error))
            continue
        for kind, payload in files.items():
            beside[kind] |= {} if payload is None else {name: payload}
    if unread and not payloads:
        raise unread[0].error
    anew = "anew" in form.fields
    _city(request).start(payloads, beside["last"], beside["initial"], versions, tuple(unread), anew)
    here.folder.log.add(here.who, "city")
    return see_other("/city")


async def stop(request: Request) -> Response:
    """End the run before its next department."""
    _city(request).stop()
    return see_other("/city")


def summary(request: Request) -> Response:
    """The summary of the run that the page shows as a workbook."""
    return download(XLSX, _made(request, [XLSX])[XLSX])


def files(request: Request) -> Response:
    """The files that the run made, and its summary, as ZIP; those that earlier runs left beside them stay there."""
    return download("files.zip", zipped(_made(request, names_of(_ended(request)))))


def _ended(request: Request) -> Summary:
    """Return the summary of the run that the page shows; not found where none came to its end."""
    made = _city(request).progress.summary
    if made is None:
        raise HTTPException(404)
    return made


def _made(request: Request, names: Iterable[str]) -> dict[str, bytes]:
    """Return the files ``names``, in the order of their names, as the run left them.

    Raises:
        ChangedOutside: one was changed since, or is missing.
    """
    _ended(request)
    city = _city(request)
    return unchanged(city.files, names, city.progress.digests)


async def package(request: Request) -> Response:
    """The files of all departments under the names that a publishing platform wants, with the list of them, as ZIP."""
    outcomes = tuple(one for one in _ended(request).outcomes if one.status == "generated" and one.totals and one.files)
    progress = _city(request).progress
    return await tasks(request).file(request, _package, outcomes, progress.digests, progress.data_digests)


def _package(request: Request, outcomes: tuple[Outcome, ...], digests: _Digests, data_digests: _Digests) -> Response:
    city = workbench(request).folder.path / CITY
    files = unchanged(city / FILES, (f"{one.name}/{name}" for one in outcomes for name in one.files), digests)
    data = unchanged(city / DATA, (f"{one.name}.json" for one in outcomes), data_digests)
    documents: list[Published] = []
    for outcome in outcomes:
        documents += [_published(outcome, files), *projects_of(data[f"{outcome.name}.json"])]
    return download("package.zip", zipped(publication(documents, *patterns(request))))


def _published(outcome: Outcome, made: Mapping[str, bytes]) -> Published:
    totals = outcome.totals
    assert totals is not None
    files = {Path(name).suffix: made[f"{outcome.name}/{name}"] for name in outcome.files}
    return Published(totals.code, totals.name, totals.year, Path(outcome.files[0]).stem, files)


def _city(request: Request) -> CityRun:
    city: CityRun = request.app.state.city
    return city


ROUTES = [
    Route("/city", city_page),
    changing("/city", start, "city"),
    changing("/city/stop", stop, "city"),
    Route("/city/summary.xlsx", summary),
    Route("/city/files.zip", files),
    Route("/city/package.zip", package),
]
