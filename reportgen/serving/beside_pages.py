"""The files beside a document: last year's, and of final accounts the budget of the year."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from ..core.errors import ReportgenError
from ..isolation.steps import tell
from ..pipeline import load
from .folder import INITIAL, LAST, Beside
from .identity import check_beside
from .reading import read_upload, title_of
from .tasks import tasks
from .workbench import Form, Opened, changing, check_note, form_of, opened, see_other, workbench


def shown_beside(one: Opened, name: Beside) -> str:
    """Return which file is kept beside a document, as the page that uploads names it; "" if there is none."""
    payload = one.here.folder.beside(one.id, name)
    if payload is None:
        return ""
    try:
        budget = load(payload)
        return f"{title_of(budget)}（{budget.department.code}）"
    except ReportgenError:
        return name


async def upload_last(request: Request) -> Response:
    """Keep last year's document beside this one."""
    form = await form_of(request)
    return await tasks(request).uploaded(request, _upload_beside, form, LAST)


async def upload_initial(request: Request) -> Response:
    """Keep the budget of the year beside final accounts."""
    form = await form_of(request)
    return await tasks(request).uploaded(request, _upload_beside, form, INITIAL)


def _upload_beside(request: Request, form: Form, name: Beside) -> Response:
    here, one = workbench(request), opened(request)
    note = form.text("note")
    if "remove" in form.fields:
        check_note(one.record, note)
        here.folder.remove_beside(one.id, name)
        here.folder.log(here.who, f"remove {name} {note}".strip(), one.id, one.version.number)
        return see_other(f"/documents/{one.id}/upload")
    tell("正在读文件")
    payload = form.file()
    check_note(one.record, note)
    read = read_upload(payload)
    if read.payload is None:
        return here.pages.refused_upload(request, read, f"/documents/{one.id}/upload")
    check_beside(here.folder.payload(one.id, one.version), read.payload, name)
    here.folder.save_beside(one.id, name, read.payload)
    here.folder.log(here.who, f"upload {name} {read.title} {note}".strip(), one.id, one.version.number)
    return see_other(f"/documents/{one.id}/check")


_ONE = "/documents/{document}"
ROUTES = [changing(f"{_ONE}/last", upload_last, "fill"), changing(f"{_ONE}/initial", upload_initial, "fill")]
RESUMED = (_upload_beside,)
"""What a new start reads that a killed server did not."""
