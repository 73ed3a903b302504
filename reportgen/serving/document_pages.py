"""The steps of a document: upload again, check, take the files."""

from __future__ import annotations

from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ..bulk.publication import PATTERN, PROJECT_PATTERN, Published, publication
from ..bulk.published_projects import published_projects
from ..core.errors import InputError, ReportgenError, UsageError
from ..core.finding import Severity
from ..isolation.steps import tell
from ..pipeline import load
from ..pipeline.acceptance import acceptable_of
from ..pipeline.fill_in import workbook
from ..writers import formats
from .downloads import download, patterns, zipped
from .finding_links import links_of
from .identity import check_same_document, check_same_title
from .pages import begun
from .reading import read_upload
from .records import Record, Version, digest
from .states import is_final_version, last_final
from .taken_back import earlier_versions, lines, taken_back
from .tasks import shown, taken, tasks
from .workbench import (
    Form,
    changing,
    check_note,
    form_of,
    opened,
    record_of,
    save_version,
    see_other,
    version_of,
    workbench,
)  # fmt: skip

LARGE = 200_000
"""Bytes of JSON from which on a file is not made between click and download."""
MOST_LINES = 60
"""Things that an upload would take back which the page lists."""


def document(request: Request) -> Response:
    """Go on where a clerk most often does."""
    record_of(request)
    return see_other(f"/documents/{request.path_params['document']}/check")


def check_page(request: Request) -> Response:
    """All findings, those that may be accepted with a field for the reason."""
    here, one = workbench(request), opened(request)
    report = one.results.report
    accepted = {id(found.finding): found.acceptance.place for found in acceptable_of(one.results.prepared)}
    shown = one.results.shown_findings
    by_id = {id(finding): accepted.get(id(found), "") for found, finding in zip(report.findings, shown, strict=True)}
    words = here.pages.words(request)
    counts = {severity: sum(finding.severity is severity for finding in report.findings) for severity in Severity}
    values = {
        "errors": str(counts[Severity.ERROR]), "warnings": str(counts[Severity.WARNING]),
        "notes": str(counts[Severity.NOTE]),
    }  # fmt: skip
    end = "改正错误之前不能公开。" if counts[Severity.ERROR] else "可以公开。"
    summary = words.message("错误 {errors}，警告 {warnings}，提示 {notes}。", values) + words.gettext(end)
    one.results.set_soon()
    links = links_of(one.id, one.version.number, one.results, words)
    found = list(here.pages.findings(request, shown, by_id, links))
    return here.pages.page(request, "check.html", document=one.shown(), step="check", findings=found, summary=summary)


def export_page(request: Request) -> Response:
    """The files of the latest version; of a large document they are made first, where it is shown how far that is."""
    here, one = workbench(request), opened(request)
    if len(one.results.source.payload) > LARGE:
        one.results.files()
    files = [(name, name.upper(), one.results.name(name)) for name in formats()]
    return here.pages.page(
        request, "export.html", document=one.shown(), step="export", files=files, publishable=one.results.publishable,
        final=last_final(one.record), pattern=PATTERN, project_pattern=PROJECT_PATTERN,
        stage=one.results.source.data.stage, has_projects=bool(one.results.prepared.layout.project_table),
    )  # fmt: skip


def file(request: Request) -> Response:
    """One file of a version, or all of them as ZIP."""
    here, record = workbench(request), record_of(request)
    version, name = version_of(request, record), request.path_params["format"]
    results = here.results.of(request.path_params["document"], version)
    if name == "zip":
        files = results.files()
        made = (f"{results.prepared.document.slug}-{_label(record, version)}.zip", zipped(files)) if files else None
    elif name in formats():
        made = results.file(name)
    else:
        raise HTTPException(404)
    if made is None:
        raise UsageError("有错误，没有文件可以导出", "在“核对”里看有哪些错误")
    here.folder.log.add(here.who, f"export {name}", request.path_params["document"], version.number)
    return download(*made)


def _label(record: Record, version: Version) -> str:
    """What tells the files of a version that is final from those of a draft: 第3版定稿, 第4版草稿."""
    return f"第{version.number}版{'定稿' if is_final_version(record, version.number) else '草稿'}"


def package(request: Request) -> Response:
    """The files of a version under the names that a publishing platform wants, with the list of them, as ZIP."""
    here, record = workbench(request), record_of(request)
    version = version_of(request, record)
    results = here.results.of(request.path_params["document"], version)
    files = {Path(name).suffix: payload for name, payload in results.files().items()}
    if not files:
        raise UsageError("有错误，没有文件可以导出", "在“核对”里看有哪些错误")
    budget, title = results.source, results.prepared.document.title
    document = Published(budget.department.code, budget.department.name, budget.year, title, files)
    documents = [document, *published_projects(results.prepared)]
    made = publication(documents, *patterns(request))
    here.folder.log.add(here.who, "export package", request.path_params["document"], version.number)
    return download(f"{results.prepared.document.slug}-{_label(record, version)}-公开包.zip", zipped(made))


def version_json(request: Request) -> Response:
    """The JSON of a version."""
    here, record = workbench(request), record_of(request)
    version = version_of(request, record)
    payload = here.folder.payload(request.path_params["document"], version)
    return download(f"{version.title}-{version.number}.json", payload)


def filled_form(request: Request) -> Response:
    """The fill-in workbook with what a version holds, or the one of the next year with its figures as last year's."""
    here, record = workbench(request), record_of(request)
    version = version_of(request, record)
    source = here.results.of(request.path_params["document"], version).source
    if "final" in request.query_params:
        return download(f"{source.department.name}{source.year}年决算填报表.xlsx", workbook(initial=source))
    if "next" in request.query_params:
        return download(f"{source.department.name}{source.year + 1}年填报表.xlsx", workbook(last=source))
    return download(f"{source.department.name}{source.year}年填报表.xlsx", workbook(source))


def upload_page(request: Request) -> Response:
    """The form that uploads another version."""
    here, one = workbench(request), opened(request)
    try:
        stage = one.results.source.data.stage
    except ReportgenError:  # a version that cannot be read can be replaced here
        stage = ""
    return here.pages.page(
        request, "upload.html", document=one.shown(), step="upload", stage=stage, beside=one.version.beside,
    )  # fmt: skip


async def upload(request: Request) -> Response:
    """Read an uploaded file and keep it as the next version."""
    return await tasks(request).uploaded(request, _upload, await form_of(request))


def _upload(request: Request, form: Form) -> Response:
    here, record = workbench(request), record_of(request)
    document, base, note = request.path_params["document"], form.base, form.text("note")
    payload = form.file()
    before = here.folder.last_readable(document, record)
    tell("正在读文件")
    read = read_upload(payload, before[1] if before else None)
    if read.payload is None:
        return here.pages.refused_upload(request, read, f"/documents/{document}/upload")
    if before is None:
        check_same_title(record.latest.title, read)
    else:
        check_same_document(before[1], read.payload)
        if base == record.latest.number and form.text("taken_back") != digest(payload):
            check_note(record, note)
            if found := _taken_back(request, before, read.payload):
                return _asked(request, form, found, digest(payload))
    save_version(here, document, base, read.payload, "上传", read.title, note, read.cells)
    return see_other(f"/documents/{document}/check")


def _taken_back(request: Request, before: tuple[Version, bytes], payload: bytes) -> list[str]:
    """Return a line about each thing of the latest version that an upload would take back."""
    here, document = workbench(request), request.path_params["document"]
    try:
        latest = load(before[1]).data
    except InputError:  # a version that breaks the contract has nothing that could be compared
        return []
    earlier = earlier_versions(here.folder, document, record_of(request), before[0].number)
    words = here.pages.words(request)
    found = taken_back(earlier, latest, load(payload).data)
    return [begun(words.message(*line)) for line in lines(found, latest, words.value)]


def _asked(request: Request, form: Form, found: list[str], upload: str) -> Response:
    """Return the page that lists what an upload would take back, and takes it with a tick that names its digest."""
    return workbench(request).pages.page(
        request, "taken_back.html", 422, document=opened(request).shown(), step="upload", found=found[:MOST_LINES],
        more=len(found) - MOST_LINES, upload=upload, note=form.text("note"),
    )  # fmt: skip


_ONE = "/documents/{document}"
ROUTES = [
    Route(_ONE, document),
    shown(f"{_ONE}/check", check_page),
    shown(f"{_ONE}/export", export_page),
    taken(f"{_ONE}/files/{{number:int}}/{{format}}", file),
    taken(f"{_ONE}/package/{{number:int}}.zip", package),
    Route(f"{_ONE}/versions/{{number:int}}.json", version_json),
    taken(f"{_ONE}/workbook/{{number:int}}.xlsx", filled_form),
    shown(f"{_ONE}/upload", upload_page),
    changing(f"{_ONE}/upload", upload, "fill"),
]
RESUMED = (_upload,)
"""What a new start reads that a killed server did not."""
