"""All departments of the workbench at once: choose, start, follow, stop, take the summary and the files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
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
from ..bulk.summary.model import HTML, JSON, XLSX, Summary
from ..core.files import safe_name
from ..manifest import NAME as MANIFEST
from .city_run import CITY, DATA, FILES, CityRun, Progress
from .downloads import download, patterns, zipped
from .records import BesideKind, Version
from .states import state_of
from .tasks import tasks
from .words import Words
from .workbench import Form, changing, form_of, see_other, workbench

_SUMMARY = (JSON, XLSX, HTML)
"""The files of a summary, beside the folders of the departments."""
_CHOSEN = "document/"
"""How the names of the boxes begin by which documents are chosen; the document's id follows."""


def city_page(request: Request) -> Response:
    """The documents to choose from, and the run that was started last."""
    here, progress = workbench(request), _city(request).progress
    words = here.pages.words(request)
    documents = [
        {
            "field": f"{_CHOSEN}{one.id}",
            "version": one.record.latest,
            "state": state_of(one.record).name,
            "is_approved": state_of(one.record).is_approved,
        }
        for one in here.folder.entries()
        if one.record
    ]
    some = any(one["is_approved"] for one in documents)  # else the steps of the review are not used here
    error = progress.error
    findings = progress.summary.findings if progress.summary else ()
    return here.pages.page(
        request, "city.html", documents=documents, some_approved=some, progress=progress, done=len(progress.outcomes),
        rows=[*(_row(one, progress.versions.get(one.name), words) for one in progress.outcomes), *_not_done(progress)],
        findings=list(here.pages.findings(request, findings)),
        message=words.message(error.message, error.values) if error else "",
    )  # fmt: skip


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
    """Begin a run over the chosen documents, in their latest versions."""
    return await run_in_threadpool(_start, request, await form_of(request))


def _start(request: Request, form: Form) -> Response:
    here = workbench(request)
    chosen = {name.removeprefix(_CHOSEN) for name in form.fields if name.startswith(_CHOSEN)}
    documents = {
        f"{safe_name(one.record.latest.title)}-{one.id}.json": (one.id, one.record.latest)
        for one in here.folder.entries()
        if one.record and one.id in chosen
    }
    payloads = {name: here.folder.payload(*version) for name, version in documents.items()}
    last, initial = (
        {name: found for name, one in documents.items() if (found := here.folder.beside(*one, kind)) is not None}
        for kind in get_args(BesideKind)
    )
    _city(request).start(payloads, last, initial, {name: version for name, (_, version) in documents.items()})
    here.folder.log.add(here.who, "city")
    return see_other("/city")


async def stop(request: Request) -> Response:
    """End the run before its next department."""
    _city(request).stop()
    return see_other("/city")


def summary(request: Request) -> Response:
    """The summary of the run that the page shows as a workbook."""
    payload = _made(request, [XLSX]).get(XLSX)
    if payload is None:
        raise HTTPException(404)
    return download(XLSX, payload)


def files(request: Request) -> Response:
    """The files that the run made, and its summary, as ZIP; those that earlier runs left beside them stay there."""
    return download("files.zip", zipped(_made(request, _names(_ended(request)))))


def _ended(request: Request) -> Summary:
    """Return the summary of the run that the page shows; not found where none came to its end."""
    made = _city(request).progress.summary
    if made is None:
        raise HTTPException(404)
    return made


def _names(made: Summary) -> Iterator[str]:
    """Yield the paths of what a run made, below its folder."""
    yield from _SUMMARY
    yield from (*made.files, MANIFEST) if made.files else ()
    for outcome in made.outcomes:
        if outcome.status == "generated":
            yield from (f"{outcome.name}/{name}" for name in (*outcome.files, MANIFEST))


def _made(request: Request, names: Iterable[str]) -> dict[str, bytes]:
    """Return those of the files ``names`` that are there, in the order of their names."""
    _ended(request)
    paths = {name: _city(request).files / name for name in sorted(names)}
    return {name: path.read_bytes() for name, path in paths.items() if path.is_file() and not path.is_symlink()}


async def package(request: Request) -> Response:
    """The files of all departments under the names that a publishing platform wants, with the list of them, as ZIP."""
    outcomes = tuple(one for one in _ended(request).outcomes if one.status == "generated" and one.totals and one.files)
    return await tasks(request).file(request, _package, outcomes)


def _package(request: Request, outcomes: tuple[Outcome, ...]) -> Response:
    city = workbench(request).folder.path / CITY
    documents: list[Published] = []
    for outcome in outcomes:
        documents += [_published(outcome, city / FILES), *projects_of(city / DATA / f"{outcome.name}.json")]
    return download("package.zip", zipped(publication(documents, *patterns(request))))


def _published(outcome: Outcome, folder: Path) -> Published:
    totals = outcome.totals
    assert totals is not None
    paths = [folder / outcome.name / name for name in outcome.files]
    files = {path.suffix: path.read_bytes() for path in paths}
    return Published(totals.code, totals.name, totals.year, paths[0].stem, files)


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
