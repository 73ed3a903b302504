"""The review of a document: wording, acceptances, its versions, and the steps from 填报中 to 定稿."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from ..budget.model import Budget
from ..core.errors import ReportgenError, UsageError
from ..core.finding import Severity
from ..pipeline import check, load
from ..pipeline.acceptance import with_acceptance
from ..pipeline.wording import Wording, with_wording, wordings, written_texts
from .finding_links import text_id
from .folder import StaleSave
from .pages import begun
from .records import Event, Kind, Record
from .states import STEPS, TO_CONFIRM, WITH_NOTE, check_step, state_of
from .tasks import shown, tasks
from .text_labels import text_label
from .words import Words
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
    source = one.results.source
    new, _ = with_acceptance(
        source.payload, form.text("code"), reason, form.text("place"), last=source.last, initial=source.initial
    )
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
        before = _texts(form, here.folder.payload(one.id, base))
        changed = {pointer: text for pointer, text in _entered(form).items() if text != before[pointer]}
        both = _changed_by_both(form, changed, before, _texts(form, current))
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


def _entered(form: Form) -> Mapping[str, str]:
    """The texts in the boxes of the form, by their pointers."""
    return {
        name.removeprefix(_TEXT): value.replace("\r\n", "\n").strip()
        for name, value in form.fields.items()
        if name.startswith(f"{_TEXT}/")
    }


def _texts(form: Form, payload: bytes) -> Mapping[str, str]:
    """What a version has for the boxes of the form."""
    return written_texts(payload, _entered(form))


def _changed_by_both(
    form: Form, changed: Mapping[str, str], before: Mapping[str, str], latest: Mapping[str, str]
) -> Mapping[str, str]:
    """What the latest version has at the texts that it and the clerk changed, from this form or the one before it.

    ``before`` are the texts of the version that the form was made from: only what differs from them is the clerk's.
    """
    asked = {name.removeprefix(_BOTH) for name in form.fields if name.startswith(f"{_BOTH}/")} & changed.keys()
    theirs = {pointer for pointer in changed if latest[pointer] != before[pointer]}
    return {pointer: latest[pointer] for pointer in theirs | asked if latest[pointer] != changed[pointer]}


def _decided(form: Form) -> set[str]:
    """The pointers of the texts where the clerk has ticked that it is the own text that counts."""
    return {name.removeprefix(_MINE) for name in form.fields if name.startswith(f"{_MINE}/")}


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
    loaded = source if is_saved else load(payload, source.last, source.initial)
    report = one.results.report if is_saved else check(loaded)
    assert report.prepared is not None
    texts = [
        {
            **_box(text, loaded.data, words), "text": (entered or {}).get(text.pointer, text.text),
            "theirs": (both or {}).get(text.pointer),
        }
        for text in wordings(loaded, report.prepared, report.findings)
    ]  # fmt: skip
    message = words.message(error.message, error.values) if error else ""
    hint = words.message(error.hint, error.values) if error and error.hint else ""
    found = list(here.pages.findings(request, error.findings)) if error else []
    return here.pages.page(
        request, "wording.html", status, document=one.shown(), step="wording", chapters=_chapters(texts),
        unwritten=[text for text in texts if not text["text"]], message=message, hint=hint, findings=found, note=note,
        wrong=text_id(wrong) if wrong else "", is_saved=is_saved and not entered,
    )  # fmt: skip


def _box(text: Wording, budget: Budget, words: Words) -> dict[str, Any]:
    """A text as the page has it: its label and its place do not depend on whether it is written."""
    asked = text.asked if text.asked and not text.asked.accepted else None
    return {
        "name": f"{_TEXT}{text.pointer}", "both": f"{_BOTH}{text.pointer}", "mine": f"{_MINE}{text.pointer}",
        "id": text_id(text.pointer), "label": begun(words.message(*text_label(budget, text.pointer))),
        "chapter": text.headings[0] if text.headings else "", "section": " ".join(text.headings[1:]),
        "sentence": text.sentence, "is_written": bool(text.text),
        "asked": words.message(asked.message, asked.values) if asked else "",
    }  # fmt: skip


def _chapters(boxes: list[dict[str, Any]]) -> list[tuple[str, list[tuple[str, list[dict[str, Any]]]]]]:
    """Texts in their order under the headings of the document: of chapters, and of what is below these."""
    return [
        (chapter, [(section, list(found)) for section, found in groupby(inside, lambda box: str(box["section"]))])
        for chapter, inside in groupby(boxes, lambda box: str(box["chapter"]))
    ]


def versions_page(request: Request) -> Response:
    """The state of the document, what may be done next, and all its versions."""
    here, one = workbench(request), opened(request)
    state = state_of(one.record)
    steps = [
        (kind, STEPS[kind], WITH_NOTE.get(kind, ""), TO_CONFIRM.get(kind, ""))
        for kind in state.steps
        if here.user.may(kind)
    ]
    ticks = [(STEPS[tick.kind], tick.note, tick.time) for tick in state.ticks]
    rows = [_row(one.record, number) for number in range(len(one.record.versions), 0, -1)]
    return here.pages.page(
        request, "versions.html", document=one.shown(), step="versions", state=state, next_steps=steps, ticks=ticks,
        rows=rows, errors=_errors(one) if steps else 0,
        main_step=next((kind for kind, *_ in steps if kind != "returned"), ""),
    )  # fmt: skip


def _errors(one: Opened) -> int:
    """The number of errors of the latest version, which a reviewer must know of; 0 if it cannot be read."""
    try:
        return sum(finding.severity is Severity.ERROR for finding in one.results.findings)
    except ReportgenError:  # its own pages say so
        return 0


def _row(record: Record, number: int) -> dict[str, Any]:
    """A version, the files beside it that the one before had not, and the steps of its review."""
    version, before = record.versions[number - 1], record.version(number - 1)
    files = [one.title for kind, one in version.beside.items() if before is None or before.beside.get(kind) != one]
    events = [(STEPS[event.kind], event.who, event.time, event.note) for event in _events(record, number)]
    is_final = any(event.kind == "final" for event in _events(record, number))
    return {"version": version, "files": files, "events": events, "is_final": is_final}


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
    here.folder.log.add(here.who, step, one.id, form.base)
    return see_other(f"/documents/{one.id}/versions")


_ONE = "/documents/{document}"
ROUTES = [
    changing(f"{_ONE}/accept", accept, "accept"),
    shown(f"{_ONE}/wording", wording_page),
    changing(f"{_ONE}/wording", save_wording, "wording"),
    shown(f"{_ONE}/versions", versions_page),
    changing(f"{_ONE}/state", take_step, "step"),
]
