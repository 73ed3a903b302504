"""The first page: the empty form, a new document, the list of documents."""

from __future__ import annotations

from datetime import date
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ..core.errors import UsageError
from ..isolation.steps import tell
from ..pipeline.fill_in import workbook
from .downloads import download
from .folder import Entry, new_id
from .reading import read_upload
from .states import state_of
from .tasks import taken, tasks
from .workbench import Form, changing, form_of, see_other, workbench

FIRST_MONTH_OF_AUTUMN = 9
"""From here on the forms of the next year's budget are filled in."""


def home(request: Request) -> Response:
    """The list of documents, and how one begins."""
    here = workbench(request)
    documents = [_listed(one) for one in here.folder.entries()]
    return here.pages.page(request, "home.html", documents=documents, **usual_years(date.today()))


def usual_years(today: date) -> dict[str, int]:
    """Return the years of the forms that are most often asked for on a day.

    Final accounts are of the year before: they are made and published while the next year runs. A budget is published
    in the first months of its own year; that of the next year is begun in autumn, when the bureau asks for it.
    """
    is_autumn = today.month >= FIRST_MONTH_OF_AUTUMN
    return {"budget_year": today.year + is_autumn, "final_year": today.year - 1}


def _listed(entry: Entry) -> dict[str, Any]:
    """What the list shows of a document; of one whose record is damaged only that."""
    if entry.record is None:
        return {"id": entry.id, "title": "", "state": "", "number": "", "time": ""}
    latest = entry.record.latest
    state = state_of(entry.record).name
    return {"id": entry.id, "title": latest.title, "state": state, "number": latest.number, "time": latest.time}


def empty_form(request: Request) -> Response:
    """The empty fill-in workbook of a year, of its budget or its final accounts."""
    text = request.query_params.get("year", "")
    if not (text.isascii() and text.isdigit() and len(text) == 4):
        raise UsageError("预算年度应为四位数", "如 2026")
    if "final" in request.query_params:
        return download(f"{text}决算填报表.xlsx", workbook(year=int(text), stage="final"))
    return download(f"{text}填报表.xlsx", workbook(year=int(text)))


async def new_document(request: Request) -> Response:
    """Read an uploaded file and keep it as the first version of a new document."""
    return await tasks(request).uploaded(request, _new_document, await form_of(request), new_id())


def _new_document(request: Request, form: Form, document: str) -> Response:
    """Keep it as ``document``; what was kept already, before the server was killed, is not kept twice."""
    here, payload = workbench(request), form.file()
    if here.folder.has(document):
        return see_other(f"/documents/{document}/check")
    tell("正在读文件")
    read = read_upload(payload)
    if read.payload is None:
        return here.pages.refused_upload(request, read, "/")
    here.folder.create(read.payload, here.who, "上传", read.title, read.cells, document)
    here.folder.log.add(here.who, "upload", document, 1)
    return see_other(f"/documents/{document}/check")


ROUTES = [
    Route("/", home),
    taken("/workbook.xlsx", empty_form),
    changing("/documents", new_document, "fill"),
]
RESUMED = (_new_document,)
"""What a new start reads that a killed server did not."""
