"""The review of a document: acceptances, its versions, and the steps from 填报中 to 定稿."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from ..core.errors import ReportgenError, UsageError
from ..core.finding import Severity
from ..pipeline.acceptance import with_acceptance
from .records import Event, Kind, Record
from .states import STEPS, TO_CONFIRM, WITH_NOTE, check_step, is_final_version, state_of
from .tasks import shown, tasks
from .workbench import Form, Opened, changing, form_of, opened, save_version, see_other, workbench


async def accept(request: Request) -> Response:
    """Accept a finding that was verified as true, with the reason: one more version."""
    form = await form_of(request)
    return await tasks(request).posted(request, _accept, form)


def _accept(request: Request, form: Form) -> Response:
    here, one = workbench(request), opened(request)
    reason = form.text("reason")
    if not reason:
        raise UsageError("接受问题要写理由", "写明核实的结果")
    source = one.results.source
    new, _ = with_acceptance(
        source.payload, form.text("code"), reason, form.text("place"), last=source.last, initial=source.initial
    )
    save_version(here, one.id, form.base, new, "接受问题", one.version.title, reason)
    return see_other(f"/documents/{one.id}/check")


def versions_page(request: Request) -> Response:
    """The state of the document, what may be done next, and all its versions."""
    here, one = workbench(request), opened(request)
    state = state_of(one.record)
    possible = [kind for kind in state.steps if here.user.may(kind)]
    errors, problem = _errors(one)
    steps = [
        (kind, STEPS[kind], WITH_NOTE.get(kind, ""), TO_CONFIRM.get(kind, ""))
        for kind in possible
        if (kind != "final" or not errors) and (kind == "returned" or not problem)
    ]
    ticks = [(STEPS[tick.kind], tick.note, tick.time) for tick in state.ticks]
    rows = [_row(one.record, number) for number in range(len(one.record.versions), 0, -1)]
    return here.pages.page(
        request, "versions.html", document=one.shown(), step="versions", state=state, next_steps=steps, ticks=ticks,
        rows=rows, errors=errors if possible else 0, problem=_said(request, problem) if problem else "",
        main_step=next((kind for kind, *_ in steps if kind != "returned"), ""),
    )  # fmt: skip


def _errors(one: Opened) -> tuple[int, ReportgenError | None]:
    """The number of errors of the latest version, which a reviewer must know of, or why it cannot be checked."""
    try:
        return sum(finding.severity is Severity.ERROR for finding in one.results.findings), None
    except ReportgenError as error:
        return 0, error


def _said(request: Request, error: ReportgenError) -> str:
    words = workbench(request).pages.words(request)
    return words.message(error.message, error.values)


def _row(record: Record, number: int) -> dict[str, Any]:
    """A version, the files beside it that the one before had not, and the steps of its review."""
    version, before = record.versions[number - 1], record.version(number - 1)
    files = [one.title for kind, one in version.beside.items() if before is None or before.beside.get(kind) != one]
    events = [(STEPS[event.kind], event.who, event.time, event.note) for event in _events(record, number)]
    return {"version": version, "files": files, "events": events, "is_final": is_final_version(record, number)}


def _events(record: Record, number: int) -> list[Event]:
    return [event for event in record.events if event.version == number]


async def take_step(request: Request) -> Response:
    """Take a step of the review of the latest version."""
    form = await form_of(request)
    return await tasks(request).posted(request, _take_step, form)


def _take_step(request: Request, form: Form) -> Response:
    here, one = workbench(request), opened(request)
    step, note = form.text("step"), form.text("note")
    here.folder.payload(one.id, one.version)  # refuses a file that was changed outside
    if step != "returned":
        here.results.of(one.id, one.version)  # refuses a file beside it that was changed or is missing
    if step == "final" and not one.results.publishable:
        raise UsageError("有错误，不能定稿", "在“核对”里看有哪些错误")

    def decide(record: Record) -> Kind:
        return check_step(record, step, note, here.user, "sure" in form.fields)

    here.folder.add_event(one.id, form.base, decide, here.who, note)
    here.folder.log.add(here.who, step, one.id, form.base)
    return see_other(f"/documents/{one.id}/versions")


_ONE = "/documents/{document}"
ROUTES = [
    changing(f"{_ONE}/accept", accept, "accept"),
    shown(f"{_ONE}/versions", versions_page),
    changing(f"{_ONE}/state", take_step, "step"),
]
