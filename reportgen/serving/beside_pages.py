"""The files beside a document: last year's, and of final accounts the budget of the year. A change is a new version."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response

from ..isolation.steps import tell
from ..pipeline import load
from .identity import check_beside
from .reading import read_upload
from .records import BesideKind
from .tasks import tasks
from .workbench import Form, changing, check_note, form_of, opened, see_other, workbench

BESIDE: Mapping[BesideKind, str] = {"last": "上年的文件", "initial": "本年的预算"}
"""What the files beside a document are called."""
_GIVEN: Mapping[BesideKind, str] = {"last": "上传上年的文件", "initial": "上传本年的预算"}
_REMOVED: Mapping[BesideKind, str] = {"last": "不用上年的文件", "initial": "不用本年的预算"}


async def upload_last(request: Request) -> Response:
    """Keep last year's document beside this one."""
    form = await form_of(request)
    return await tasks(request).uploaded(request, _upload_beside, form, "last")


async def upload_initial(request: Request) -> Response:
    """Keep the budget of the year beside final accounts."""
    form = await form_of(request)
    return await tasks(request).uploaded(request, _upload_beside, form, "initial")


def _upload_beside(request: Request, form: Form, kind: BesideKind) -> Response:
    here, one = workbench(request), opened(request)
    base, note = form.base, form.text("note")
    given: tuple[bytes, str] | None = None
    if "remove" not in form.fields:
        tell("正在读文件")
        payload = form.file()
        check_note(one.record, note)
        read = read_upload(payload)
        if read.payload is None:
            return here.pages.refused_upload(request, read, f"/documents/{one.id}/upload")
        check_beside(here.folder.payload(one.id, one.version), read.payload, kind)
        given = read.payload, f"{read.title}（{load(read.payload).department.code}）"
    elif kind not in one.version.beside:  # nothing is removed, so nothing is saved
        return see_other(f"/documents/{one.id}/upload")
    check_note(one.record, note)
    what = _GIVEN[kind] if given else _REMOVED[kind]
    version = here.folder.save_beside(one.id, base, kind, given, here.who, what, note)
    named = version.beside.get(kind)
    here.folder.log.add(here.who, f"{what} {named.title} {named.digest}" if named else what, one.id, version.number)
    return see_other(f"/documents/{one.id}/{'check' if given else 'upload'}")


_ONE = "/documents/{document}"
ROUTES = [changing(f"{_ONE}/last", upload_last, "fill"), changing(f"{_ONE}/initial", upload_initial, "fill")]
RESUMED = (_upload_beside,)
"""What a new start reads that a killed server did not."""
