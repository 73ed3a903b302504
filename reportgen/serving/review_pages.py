"""The review of a document: wording, acceptances, its versions, and the steps from 填报中 to 定稿."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from ..core.errors import ReportgenError, UsageError
from ..pipeline import check, load
from ..pipeline.acceptance import with_acceptance
from ..pipeline.wording import with_wording, wordings
from .finding_links import text_id
from .folder import INITIAL, LAST, StaleSave
from .records import Event, Kind, Record
from .states import STEPS, WITH_NOTE, check_step, state_of
from .tasks import shown, tasks
from .workbench import Form, Opened, changing, form_of, opened, save_version, see_other, workbench

_TEXT, _BOTH, _MINE = "text", "both", "mine"
"""How the names of fields begin that hold a text, say that another user changed it too, and that it counts all the
same; its pointer follows."""


async def accept(request: Request) -> Response:
    """Accept a finding that was verified as true, with the reason: one more version."""
    form = await form_of(request)
    return await tasks(request).posted(request, _accept, form)


def _accept(request: Request, form: Form) -> Response:
    here, one = workbench(request), opened(request)
    reason = form.text("reason")
    if not reason:
        raise UsageError("接受问题要写理由", "写明核实的结果")
    payload = here.folder.payload(one.id, one.version)
    last, initial = here.folder.beside(one.id, LAST), here.folder.beside(one.id, INITIAL)
    new, _ = with_acceptance(payload, form.text("code"), reason, form.text("place"), last=last, initial=initial)
    save_version(here, one.id, form.base, new, "接受问题", one.version.title, reason)
    return see_other(f"/documents/{one.id}/check")


def wording_page(request: Request) -> Response:
    """Every text that was written for the document, beside the sentence that it becomes."""
    one = opened(request)
    return _wording(request, one, workbench(request).folder.payload(one.id, one.version))


async def save_wording(request: Request) -> Response:
    """Save the texts that were changed; or show what they become, and save nothing."""
    form = await form_of(request)
    return await tasks(request).posted(request, _save_wording, form)


def _save_wording(request: Request, form: Form) -> Response:
    here, one = workbench(request), opened(request)
    base = one.record.version(form.base)
    if base is None:
        raise UsageError("表单没有写明是哪一版", "重新打开这一页，再试一次")
    current = here.folder.payload(one.id, one.version)
    both: Mapping[str, str] = {}
    pointer = ""
    try:
        before = _texts(here.folder.payload(one.id, base), one)
        changed = _changed(form, before)
        both = _changed_by_both(form, changed, before, one)
        new = current
        for pointer, text in changed.items():
            new = with_wording(new, pointer, text)
        pointer = ""
        if "show" in form.fields:
            return _wording(request, one, new, note=form.text("note"), both=both)
        if form.base == one.version.number and both.keys() - _decided(form):
            message = "有的地方别人也改过，还没有定用哪一句；没有存"
            raise StaleSave(message, "看过别人存的，在要用自己写的地方打勾，再存")
        if changed:
            save_version(here, one.id, form.base, new, "改文字", one.version.title, form.text("note"))
    except StaleSave as error:
        return _wording(request, one, new, error, 409, form.text("note"), both=both)
    except ReportgenError as error:
        return _wording(request, one, current, error, 422, form.text("note"), changed, both, pointer)
    return see_other(f"/documents/{one.id}/wording")


def _texts(payload: bytes, one: Opened) -> Mapping[str, str]:
    """The written texts of a version by their pointers."""
    report = check(load(payload, one.results.source.last, one.results.source.initial))
    assert report.prepared is not None
    return {text.pointer: text.text.strip() for text in wordings(payload, report.prepared, report.findings)}


def _changed_by_both(
    form: Form, changed: Mapping[str, str], before: Mapping[str, str], one: Opened
) -> Mapping[str, str]:
    """What the latest version has at the texts that it and the clerk changed, from this form or the one before it."""
    asked = {name.removeprefix(_BOTH) for name in form.fields if name.startswith(f"{_BOTH}/")}
    if form.base == one.version.number:
        return {pointer: before.get(pointer, "") for pointer in asked & changed.keys()}
    latest = _texts(one.results.source.payload, one)
    theirs = {pointer for pointer in changed if latest.get(pointer, "") != before.get(pointer, "")}
    return {
        pointer: latest.get(pointer, "")
        for pointer in theirs | (asked & changed.keys())
        if latest.get(pointer, "") != changed[pointer]
    }


def _decided(form: Form) -> set[str]:
    """The pointers of the texts where the clerk has ticked that it is the own text that counts."""
    return {name.removeprefix(_MINE) for name in form.fields if name.startswith(f"{_MINE}/")}


def _changed(form: Form, before: Mapping[str, str]) -> Mapping[str, str]:
    """The texts that differ from those of the version that the form was made from: only these are the clerk's."""
    entered = {
        name.removeprefix(_TEXT): value.replace("\r\n", "\n").strip()
        for name, value in form.fields.items()
        if name.startswith(f"{_TEXT}/")
    }
    return {pointer: text for pointer, text in entered.items() if text != before.get(pointer, "")}


def _wording(
    request: Request, one: Opened, payload: bytes, error: ReportgenError | None = None, status: int = 200,
    note: str = "", entered: Mapping[str, str] | None = None, both: Mapping[str, str] | None = None,
    wrong: str = "",
) -> Response:  # fmt: skip
    """The page with the texts of ``payload``, which may not be saved.

    ``entered`` are texts that it could not take, ``both`` those of the latest version that another user changed too,
    ``wrong`` is the pointer of the one that the ``error`` is about.
    """
    here = workbench(request)
    words = here.pages.words(request)
    is_saved = payload == one.results.source.payload
    source = one.results.source
    report = one.results.report if is_saved else check(load(payload, source.last, source.initial))
    assert report.prepared is not None
    texts = [
        {
            "name": f"{_TEXT}{text.pointer}", "id": text_id(text.pointer),
            "text": (entered or {}).get(text.pointer, text.text),
            "theirs": (both or {}).get(text.pointer), "both": f"{_BOTH}{text.pointer}",
            "mine": f"{_MINE}{text.pointer}",
            "where": words.location(text.printed), "sentence": text.sentence,
            "asked": words.message(text.asked.message, text.asked.values) if text.asked else "",
        }
        for text in wordings(payload, report.prepared, report.findings)
    ]  # fmt: skip
    message = words.message(error.message, error.values) if error else ""
    hint = words.message(error.hint, error.values) if error and error.hint else ""
    found = list(here.pages.findings(request, error.findings)) if error else []
    return here.pages.page(
        request, "wording.html", status, document=one.shown(), step="wording", texts=texts, message=message,
        hint=hint, findings=found, note=note, wrong=text_id(wrong) if wrong else "", is_saved=is_saved and not entered,
    )  # fmt: skip


def versions_page(request: Request) -> Response:
    """The state of the document, what may be done next, and all its versions."""
    here, one = workbench(request), opened(request)
    state = state_of(one.record)
    steps = [(kind, STEPS[kind], WITH_NOTE.get(kind, "")) for kind in state.steps if here.user.may(kind)]
    ticks = [(STEPS[tick.kind], tick.note, tick.time) for tick in state.ticks]
    rows = [_row(one.record, number) for number in range(len(one.record.versions), 0, -1)]
    return here.pages.page(
        request, "versions.html", document=one.shown(), step="versions", state=state, next_steps=steps, ticks=ticks,
        rows=rows,
    )  # fmt: skip


def _row(record: Record, number: int) -> dict[str, Any]:
    version = record.versions[number - 1]
    events = [(STEPS[event.kind], event.who, event.time, event.note) for event in _events(record, number)]
    return {"version": version, "events": events}


def _events(record: Record, number: int) -> list[Event]:
    return [event for event in record.events if event.version == number]


async def take_step(request: Request) -> Response:
    """Take a step of the review of the latest version."""
    form = await form_of(request)
    return await tasks(request).posted(request, _take_step, form)


def _take_step(request: Request, form: Form) -> Response:
    here, one = workbench(request), opened(request)
    step, note = form.text("step"), form.text("note")[:500]
    here.folder.payload(one.id, one.version)  # refuses a file that was changed outside
    if step == "final" and not one.results.publishable:
        raise UsageError("有错误，不能定稿", "在“核对”里看有哪些错误")

    def decide(record: Record) -> Kind:
        return check_step(record, step, note, here.user)

    here.folder.add_event(one.id, form.base, decide, here.who, note)
    here.folder.log(here.who, step, one.id, form.base)
    return see_other(f"/documents/{one.id}/versions")


_ONE = "/documents/{document}"
ROUTES = [
    changing(f"{_ONE}/accept", accept, "accept"),
    shown(f"{_ONE}/wording", wording_page),
    changing(f"{_ONE}/wording", save_wording, "wording"),
    shown(f"{_ONE}/versions", versions_page),
    changing(f"{_ONE}/state", take_step, "step"),
]
