"""Two versions of a document compared, and a Word file that was edited by hand taken back into the data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from ..comparison import Change, counted
from ..comparison.cause_lines import cause_line
from ..core.errors import InputError, ReportgenError
from ..core.finding import Finding
from ..hand_edits.of_versions import SavedVersion, pull_edits_of_versions
from ..intake.clerk_words import in_words
from ..isolation import run_one
from ..isolation.steps import in_worker, tell
from ..pipeline.versions import Comparison, diff
from ..tree.text_diff import diff_texts
from .beside_pages import BESIDE
from .downloads import download
from .reading import LIMITS
from .records import BesideKind, Version
from .tasks import shown, taken, tasks
from .words import Words
from .workbench import Form, Opened, Workbench, changing, form_of, opened, save_version, workbench

MOST_CHANGES = 500
"""Changed places that a page lists; the redline has all of them."""
KINDS = {"added": "加了一段", "changed": "改了文字", "deleted": "删了一段"}


def compare_page(request: Request) -> Response:
    """What changed in the data from one version to another, and what therefore prints differently."""
    here, one = workbench(request), opened(request)
    old, new = _versions(request, one)
    words = here.pages.words(request)
    values: dict[str, Any] = {"old": old.number, "new": new.number, "causes": [], "changes": [], "more": False}
    problem: ReportgenError | None = None
    try:
        found = _comparison(request, one, old, new).differences if old.number != new.number else None
    except ReportgenError as error:  # another pair may still be chosen
        found, problem = None, error
    if found is not None:
        values["causes"] = [
            *((words.message(*cause), 1) for cause in _other_files(old, new, words)),
            *(
                (words.message(*cause_line(cause, words.value)), counted(found.changes, n))
                for n, cause in enumerate(found.causes)
            ),
        ]
        values["changes"] = [_change(change, words) for change in found.changes[:MOST_CHANGES]]
        values["more"] = len(found.changes) > MOST_CHANGES
    problems = [words.message(text, problem.values) for text in (problem.message, problem.hint)] if problem else []
    return here.pages.page(
        request,
        "compare.html",
        422 if problem else 200,
        problems=problems,
        document=one.shown(),
        step="compare",
        versions=one.record.versions,
        **values,
    )


def redline(request: Request) -> Response:
    """The newer version as a Word file in which every change is tracked."""
    one = opened(request)
    old, new = _versions(request, one)
    payload = _comparison(request, one, old, new).redline()
    return download(f"{new.title}-{old.number}-{new.number}.docx", payload)


def _versions(request: Request, one: Opened) -> tuple[Version, Version]:
    """The two versions that the address names: by default the latest and the one before it."""
    numbers = []
    for name, usual in (("old", max(1, one.version.number - 1)), ("new", one.version.number)):
        text = request.query_params.get(name, str(usual))
        numbers.append(int(text) if text.isascii() and text.isdigit() and len(text) <= 6 else 0)
    old, new = (one.record.version(number) for number in numbers)
    if old is None or new is None:
        raise HTTPException(404)
    return old, new


def _comparison(request: Request, one: Opened, old: Version, new: Version) -> Comparison:
    before, after = (workbench(request).results.of(one.id, version).source for version in (old, new))
    return diff(before, after)


def _other_files(old: Version, new: Version, words: Words) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Yield a line about each file beside the document that is another one."""
    for kind, name in BESIDE.items():
        was, now = old.beside.get(kind), new.beside.get(kind)
        values = {"what": words.gettext(name), "was": was.title if was else "", "now": now.title if now else ""}
        if was == now:
            continue
        if was is None:
            yield "新增 {what}：{now}", values
        elif now is None:
            yield "删去 {what}：{was}", values
        else:
            yield "{what}：换成内容不同的“{now}”", values


def _change(change: Change, words: Words) -> dict[str, Any]:
    """A changed place with the pieces of its text: equal, deleted, inserted."""
    pieces = [(piece.kind, piece.text) for piece in diff_texts(change.was, change.now)]
    return {"place": words.location(change.location.place), "pieces": pieces}


async def pull(request: Request) -> Response:
    """Take the edits of a Word file that was made here: one more version, and what could not be taken."""
    form = await form_of(request)
    return await tasks(request).uploaded(request, _pull, form)


def _pull(request: Request, form: Form) -> Response:
    here, one = workbench(request), opened(request)
    versions = _saved_versions(here, one)
    taken = _taken((form.file(), versions))
    words = here.pages.words(request)
    is_saved = taken.payload != versions[0].payload
    if is_saved:
        save_version(here, one.id, form.base, taken.payload, "导入修改稿", one.version.title, form.text("note"))
    changes = [(words.gettext(KINDS[kind]), words.location(place), text) for kind, place, text in taken.changes]
    return here.pages.page(
        request, "pulled.html", document=opened(request).shown(), step="upload", changes=changes, is_saved=is_saved,
        findings=list(here.pages.findings(request, in_words(taken.findings, {}))),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Taken:
    """What was taken from an edited file, or why nothing was."""

    payload: bytes = field(default=b"", repr=False)
    changes: tuple[tuple[str, str, str], ...] = ()
    findings: tuple[Finding, ...] = ()
    message: str = ""
    hint: str = ""
    values: Mapping[str, str] = field(default_factory=dict)


_Job = tuple[bytes, Sequence[SavedVersion]]
"""An edited file, and all versions of its document with the latest first."""


def _saved_versions(here: Workbench, one: Opened) -> list[SavedVersion]:
    """Return all versions, the latest first, each with the files that were beside it; a file is read once."""
    read: dict[str, bytes | None] = {}

    def beside(version: Version, kind: BesideKind) -> bytes | None:
        named = version.beside.get(kind)
        if named is not None and named.digest not in read:
            read[named.digest] = here.folder.beside(one.id, version, kind)
        return read[named.digest] if named else None

    return [
        SavedVersion(here.folder.payload(one.id, version), beside(version, "last"), beside(version, "initial"))
        for version in reversed(one.record.versions)
    ]


def _taken(job: _Job) -> _Taken:
    tell("正在读文件")
    if in_worker():
        taken = _edits(job)
    else:
        result = run_one(_edits, job, LIMITS)
        if result.loss is not None:
            raise InputError("文件使读它的进程异常结束，没有读", "另存为 .docx 再上传")
        taken = cast(_Taken, result.value)
    if taken.message:
        raise InputError(taken.message, taken.hint, findings=in_words(taken.findings, {}), **taken.values)
    return taken


def _edits(job: _Job) -> _Taken:
    """Read the edits (in the worker)."""
    try:
        pulled = pull_edits_of_versions(*job)
    except ReportgenError as error:
        return _Taken(
            findings=error.findings, message=error.message, hint=error.hint or error.next_step, values=error.values
        )
    changes = tuple((change.kind, change.place, change.shown_text) for change in pulled.changes)
    return _Taken(pulled.payload, changes, pulled.findings)


_ONE = "/documents/{document}"
ROUTES = [
    shown(f"{_ONE}/compare", compare_page),
    taken(f"{_ONE}/redline", redline),
    changing(f"{_ONE}/pull", pull, "fill"),
]
RESUMED = (_pull,)
"""What a new start reads that a killed server did not."""
