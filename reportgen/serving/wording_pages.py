"""The texts of a document, each written beside the sentence that it becomes: shown, tried, saved as a new version."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from ..budget.model import Budget
from ..core.errors import OutputError, ReportgenError, UsageError
from ..intake.clerk_words import WORDS
from ..pipeline import load
from ..pipeline.hand_edited import hand_edits, without_hand_edit
from ..pipeline.wording import Wording, with_wording, wordings, written_texts
from ..writers.glyph_check import missing
from .checking import checked
from .finding_links import text_id
from .folder import StaleSave, check_base
from .pages import WRITTEN, begun
from .tasks import shown, tasks
from .text_labels import text_label
from .words import Words
from .workbench import Form, Opened, changing, form_of, opened, save_version, see_other, workbench

_TEXT, _BOTH, _MINE = "text", "both", "mine"
"""How the names of fields begin that hold a text, say that another user changed it too, and that it counts all the
same; its pointer follows."""
Texts = Mapping[str, str]
"""Texts by their JSON pointers."""
Message = tuple[str, str, Mapping[str, str]]
"""A message, what to do, and the values of both."""


@dataclass(frozen=True, slots=True)
class _Sent:
    """A form as it comes back: its ``note``, ``both`` what the latest version has where another user wrote too.

    ``wrong`` says by pointer why a text cannot be saved, ``entered`` has these texts.
    """

    note: str = ""
    both: Texts = field(default_factory=dict)
    entered: Texts = field(default_factory=dict)
    wrong: Mapping[str, Message] = field(default_factory=dict)


def wording_page(request: Request) -> Response:
    """Every text that was written for the document, beside the sentence that it becomes."""
    one = opened(request)
    return _wording(request, one, workbench(request).folder.payload(one.id, one.version))


async def save_wording(request: Request) -> Response:
    """Save the texts that were changed; or show what they become, and save nothing."""
    form = await form_of(request)
    return await tasks(request).posted(request, _save_wording, form)


def _save_wording(request: Request, form: Form) -> Response:
    """Save them; where the document cannot be read, the error comes with what was written."""
    try:
        return _saved_wording(request, form)
    except OutputError:
        texts = (text for text in _entered(form).values() if text)
        request.scope[WRITTEN] = (*request.scope.get(WRITTEN, ()), *texts)
        raise


def _saved_wording(request: Request, form: Form) -> Response:
    here, one = workbench(request), opened(request)
    base = one.record.version(form.base)
    if base is None:
        raise UsageError("表单没有写明是哪一版", "重新打开这一页，再试一次")
    current = here.folder.payload(one.id, one.version)
    before = _texts(form, here.folder.payload(one.id, base))
    changed = {pointer: text for pointer, text in _entered(form).items() if text != before[pointer]}
    both = _changed_by_both(form, changed, before, _texts(form, current))
    new, wrong = _with_texts(current, changed)
    wrong = {**wrong, **dict(_unprintable(one, new, changed))}
    sent = _Sent(form.text("note"), both, {pointer: changed[pointer] for pointer in wrong}, wrong)
    try:
        if wrong:
            message = "有 {count} 处文字不能存，什么也没有存"
            raise UsageError(message, "改好标出的几处，再存一次", count=str(len(wrong)))
        if "show" in form.fields:
            return _wording(request, one, new, sent)
        if form.base == one.version.number and both.keys() - _decided(form):
            message = "有的地方别人也改过，还没有定用哪一句；没有存"
            raise StaleSave(message, "看过别人存的，在要用自己写的地方打勾，再存")
        if not changed:
            return _wording(request, one, new, sent, UsageError("文字没有改动，没有存新的一版", ""), 200)
        save_version(here, one.id, form.base, new, "改文字", one.version.title, sent.note)
    except StaleSave as error:
        return _wording(request, one, new, sent, error, 409)
    except ReportgenError as error:
        return _wording(request, one, new, sent, error, 422)
    return see_other(f"/documents/{one.id}/wording")


async def undo_edit(request: Request) -> Response:
    """Print a paragraph that was edited in Word as the program makes it: one more version."""
    form = await form_of(request)
    return await tasks(request).posted(request, _undo_edit, form)


def _undo_edit(request: Request, form: Form) -> Response:
    here, one = workbench(request), opened(request)
    check_base(one.record, form.base)
    new = without_hand_edit(here.folder.payload(one.id, one.version), form.number("edit"))
    save_version(here, one.id, form.base, new, "撤回手工改动", one.version.title, form.text("note"))
    return see_other(f"/documents/{one.id}/wording")


def _entered(form: Form) -> Texts:
    """The texts in the boxes of the form, by their pointers."""
    return {
        name.removeprefix(_TEXT): value.replace("\r\n", "\n").strip()
        for name, value in form.fields.items()
        if name.startswith(f"{_TEXT}/")
    }


def _texts(form: Form, payload: bytes) -> Texts:
    """What a version has for the boxes of the form."""
    return written_texts(payload, _entered(form))


def _with_texts(payload: bytes, changed: Texts) -> tuple[bytes, Mapping[str, Message]]:
    """Return the JSON with those texts that it can have, and why it cannot have the others."""
    wrong: dict[str, Message] = {}
    for pointer, text in changed.items():
        try:
            payload = with_wording(payload, pointer, text)
        except ReportgenError as error:
            found = error.findings[0] if error.findings else error
            wrong[pointer] = found.message, found.hint, found.values
    return payload, wrong


def _unprintable(one: Opened, payload: bytes, changed: Texts) -> Iterator[tuple[str, Message]]:
    """Yield the changed texts that have a character which no typeface has."""
    if not changed:
        return
    prepared = checked(load(payload, one.results.source.last, one.results.source.initial)).prepared
    assert prepared is not None
    for finding in missing(prepared.document, prepared.layout.style):
        if finding.where[0].pointer in changed:
            yield finding.where[0].pointer, (finding.message, WORDS[finding.hint], finding.values)


def _changed_by_both(form: Form, changed: Texts, before: Texts, latest: Texts) -> Texts:
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
    request: Request, one: Opened, payload: bytes, sent: _Sent = _Sent(), error: ReportgenError | None = None,
    status: int = 200,
) -> Response:  # fmt: skip
    """The page with the texts of ``payload``, which may not be saved."""
    here = workbench(request)
    words = here.pages.words(request)
    source = one.results.source
    is_saved = payload == source.payload
    loaded = source if is_saved else load(payload, source.last, source.initial)
    report = one.results.report if is_saved else checked(loaded)
    assert report.prepared is not None
    texts = [_box(text, loaded.data, sent, words) for text in wordings(loaded, report.prepared, report.findings)]
    boxes = {box["pointer"] for box in texts}
    others = [one for pointer, one in sent.wrong.items() if pointer not in boxes]
    return here.pages.page(
        request, "wording.html", status, document=one.shown(), step="wording", chapters=_chapters(texts),
        unwritten=[box for box in texts if not box["text"] and not box["is_edited"]],
        edits=[(edit, words.location(edit.place)) for edit in hand_edits(report.prepared)],
        wrong=[box for box in texts if box["wrong"]],
        contested=[box for box in texts if box["theirs"] is not None],
        others=[words.message(message, values) for message, _, values in others],
        message=begun(words.message(error.message, error.values)) if error else "",
        hint=begun(words.message(error.hint, error.values)) if error and error.hint else "",
        is_error=status >= 400, note=sent.note, is_saved=is_saved and not sent.entered,
    )  # fmt: skip


def _box(text: Wording, budget: Budget, sent: _Sent, words: Words) -> dict[str, Any]:
    """A text as the page has it: its label and its place do not depend on whether it is written."""
    asked = text.asked if text.asked and not text.asked.accepted else None
    pointer = text.pointer
    message, hint, values = sent.wrong.get(pointer, ("", "", {}))
    return {
        "pointer": pointer, "name": f"{_TEXT}{pointer}", "both": f"{_BOTH}{pointer}", "mine": f"{_MINE}{pointer}",
        "id": text_id(pointer), "label": begun(words.message(*text_label(budget, pointer))),
        "chapter": text.headings[0] if text.headings else "", "section": " ".join(text.headings[1:]),
        "text": sent.entered.get(pointer, text.text), "theirs": sent.both.get(pointer),
        "sentence": text.sentence, "is_written": bool(text.text), "is_edited": text.is_edited,
        "asked": words.message(asked.message, asked.values) if asked else "",
        "wrong": " ".join(filter(None, (words.message(message, values), words.message(hint, values)))),
    }  # fmt: skip


def _chapters(boxes: list[dict[str, Any]]) -> list[tuple[str, list[tuple[str, list[dict[str, Any]]]]]]:
    """Texts in their order under the headings of the document: of chapters, and of what is below these."""
    return [
        (chapter, [(section, list(found)) for section, found in groupby(inside, lambda box: str(box["section"]))])
        for chapter, inside in groupby(boxes, lambda box: str(box["chapter"]))
    ]


_ONE = "/documents/{document}"
ROUTES = [
    shown(f"{_ONE}/wording", wording_page),
    changing(f"{_ONE}/wording", save_wording, "wording"),
    changing(f"{_ONE}/edit", undo_edit, "wording"),
]
