"""All departments of the workbench at once: choose, start, follow, stop, take the summary and the files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ..bulk.outcome import STATUS_LABELS, Outcome
from ..bulk.publication import Published, publication
from ..bulk.published_projects import projects_of
from ..core.files import safe_name
from .city_run import CITY, DATA, FILES, SUMMARY, CityRun
from .downloads import download, patterns, zipped
from .folder import INITIAL
from .states import state_of
from .tasks import tasks
from .words import Words
from .workbench import Form, changing, form_of, see_other, workbench

_CHOSEN = "document/"
"""How the names of the boxes begin by which documents are chosen; the document's id follows."""


def city_page(request: Request) -> Response:
    """The documents to choose from, and the run that was started last."""
    here, progress = workbench(request), _city(request).progress
    words = here.pages.words(request)
    documents = [
        (f"{_CHOSEN}{one.id}", one.record.latest.title, state_of(one.record).name)
        for one in here.folder.entries()
        if one.record
    ]
    error = progress.error
    findings = progress.summary.findings if progress.summary else ()
    return here.pages.page(
        request, "city.html", documents=documents, progress=progress, done=len(progress.outcomes),
        rows=[_row(outcome, words) for outcome in progress.outcomes],
        findings=list(here.pages.findings(request, findings)),
        message=words.message(error.message, error.values) if error else "",
    )  # fmt: skip


def _row(outcome: Outcome, words: Words) -> dict[str, Any]:
    """A department with its status and its worst finding."""
    worst = outcome.findings[0] if outcome.findings else None
    name = f"{outcome.totals.code} {outcome.totals.name}" if outcome.totals else outcome.name
    text = f"{worst.code} {words.message(worst.message, worst.values)}" if worst else ""
    return {"name": name, "status": words.gettext(STATUS_LABELS[outcome.status]), "finding": text}


async def start(request: Request) -> Response:
    """Begin a run over the chosen documents, in their latest versions."""
    return await run_in_threadpool(_start, request, await form_of(request))


def _start(request: Request, form: Form) -> Response:
    here = workbench(request)
    chosen = {name.removeprefix(_CHOSEN) for name in form.fields if name.startswith(_CHOSEN)}
    documents = {
        f"{safe_name(one.record.latest.title)}-{one.id}.json": here.folder.payload(one.id, one.record.latest)
        for one in here.folder.entries()
        if one.record and one.id in chosen
    }
    budgets = {
        f"{one.id}.json": initial
        for one in here.folder.entries()
        if one.record and one.id in chosen and (initial := here.folder.beside(one.id, INITIAL)) is not None
    }
    _city(request).start(documents, budgets)
    here.folder.log(here.who, "city")
    return see_other("/city")


async def stop(request: Request) -> Response:
    """End the run before its next department."""
    _city(request).stop()
    return see_other("/city")


def summary(request: Request) -> Response:
    """The summary of the last run as a workbook."""
    path = _city(request).files / SUMMARY
    if not path.is_file():
        raise HTTPException(404)
    return download(SUMMARY, path.read_bytes())


def files(request: Request) -> Response:
    """All files of the last run as ZIP."""
    city = _city(request)
    if city.progress.running or not city.files.is_dir():
        raise HTTPException(404)
    found = sorted(path for path in city.files.rglob("*") if path.is_file() and not path.is_symlink())
    return download("files.zip", zipped({path.relative_to(city.files).as_posix(): path.read_bytes() for path in found}))


async def package(request: Request) -> Response:
    """The files of all departments under the names that a publishing platform wants, with the list of them, as ZIP."""
    made = _city(request).progress.summary
    if made is None:
        raise HTTPException(404)
    outcomes = tuple(outcome for outcome in made.outcomes if outcome.totals and outcome.files)
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
