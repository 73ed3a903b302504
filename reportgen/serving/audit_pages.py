"""Published files of any origin audited: the findings, and the pages with a frame around what they are about."""

from __future__ import annotations

import secrets
import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ..auditing.html import consequences_of, marked
from ..auditing.html import page as report_page
from ..auditing.many import Asked, AuditedFile, audit_file, audit_files
from ..auditing.report import AuditFinding
from ..core.errors import InputError
from ..core.finding import Place
from ..isolation.steps import in_worker, tell
from .downloads import download
from .pages import ShownFinding, place_text
from .preview_pages import enlarged
from .tasks import READING_SECONDS, tasks
from .words import Words
from .workbench import changing, form_of, see_other, workbench

UNNAMED = "published"
"""What a file is called whose browser gave it no name."""
KEPT = 8
"""Audits whose results are kept, in memory only."""


class Audits:
    """The audits done last, each of one user, under an id that cannot be guessed."""

    def __init__(self) -> None:
        """Start with none."""
        self._lock = threading.Lock()
        self._kept: OrderedDict[tuple[str, str], AuditedFile] = OrderedDict()

    def keep(self, audited: AuditedFile, who: str) -> str:
        """Keep an audit of the user ``who``; return its id."""
        name = secrets.token_hex(6)
        with self._lock:
            self._kept[name, who] = audited
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return name

    def of(self, name: str, who: str) -> AuditedFile:
        """Return a kept audit of the user ``who``; not found where there is none."""
        with self._lock:
            if (name, who) not in self._kept:
                raise HTTPException(404)
            return self._kept[name, who]


def audit_page(request: Request) -> Response:
    """The form for a published file."""
    return workbench(request).pages.page(request, "audit.html")


async def audit(request: Request) -> Response:
    """Audit an uploaded file in a worker process."""
    here, audits = workbench(request), _audits(request)

    def kept(audited: AuditedFile) -> Response:
        if audited.report is None:
            raise InputError(audited.error, audited.hint, findings=(), **audited.values)
        here.folder.log.add(here.who, "audit")
        named = replace(audited, path=Path(form.names.get("file") or UNNAMED))
        return see_other(f"/audit/{audits.keep(named, here.who)}")

    form = await form_of(request)
    return await tasks(request).posted(request, _audited, form.file(), then=kept, seconds=READING_SECONDS)


def _audited(request: Request, payload: bytes) -> AuditedFile:
    tell("正在检查")
    with TemporaryDirectory() as folder:
        path = Path(folder) / "published"
        path.write_bytes(payload)
        asked = Asked(pictures=True)
        return audit_file(path, asked) if in_worker() else next(iter(audit_files([path], 1, asked)))


def result_page(request: Request) -> Response:
    """The findings of an audit, and its marked pages."""
    here, audited = workbench(request), _asked(request)
    report = audited.report
    assert report is not None
    every = sorted(report.findings, key=lambda one: -one.finding.severity)
    shown = here.pages.findings(request, tuple(one.finding for one in every))
    found = [_with_consequences(*both, here.pages.words(request)) for both in zip(shown, every, strict=True)]
    return here.pages.page(
        request, "audited.html", audit=request.path_params["audit"], name=audited.path.name, findings=found,
        large=enlarged(request), tables=len(report.tables),
        coverage=report.coverage, marked_pages=[_marked_page(audited, page) for page in sorted(audited.pictures)],
    )  # fmt: skip


def _with_consequences(shown: ShownFinding, audited: AuditFinding, words: Words) -> ShownFinding:
    """A finding with what else is wrong because of it, below its places."""

    def places(where: Sequence[Place]) -> str:
        return words.joined((place_text(place, words) for place in where), "；")

    return replace(shown, where=(*shown.where, *consequences_of(audited, words.message, places)))


def _marked_page(audited: AuditedFile, page: int) -> dict[str, Any]:
    """The size of a page, and the frames on it."""
    report = audited.report
    assert report is not None
    size = report.sizes[page - 1]
    boxes = [box for _, box in marked(report.findings, report.boxes) if box.page == page]
    frames = [
        tuple(f"{number:.2f}" for number in (box.left, box.top, box.right - box.left, box.bottom - box.top))
        for box in boxes
    ]
    return {"number": page, "width": f"{size.width:.2f}", "height": f"{size.height:.2f}", "frames": frames}


def picture(request: Request) -> Response:
    """One page of an audited file as PNG."""
    pictures = _asked(request).pictures
    page = request.path_params["page"]
    if page not in pictures:
        raise HTTPException(404)
    return Response(pictures[page], media_type="image/png")


def report_file(request: Request) -> Response:
    """The report of an audit as one page to be kept."""
    audited = _asked(request)
    words = workbench(request).pages.words(request)
    report = report_page([audited], lambda text, values: words.message(text, dict(values)), words.code)
    return download(f"{words.gettext('审核结果')}.html", report)


def _asked(request: Request) -> AuditedFile:
    """The audit in the address, if it is the user's own."""
    return _audits(request).of(request.path_params["audit"], workbench(request).who)


def _audits(request: Request) -> Audits:
    audits: Audits = request.app.state.audits
    return audits


ROUTES = [
    Route("/audit", audit_page),
    changing("/audit", audit, "audit"),
    Route("/audit/{audit}", result_page),
    Route("/audit/{audit}/{page:int}.png", picture),
    Route("/audit/{audit}/report.html", report_file),
]
