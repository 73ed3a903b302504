"""The application: its routes, how errors are answered, and what is served from beside the pages."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from traceback import extract_tb

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from ..core.errors import ReportgenError, UsageError
from . import audit_pages, city_pages, comparison_pages, document_pages, preview_pages, review_pages, start_pages
from .access import Access, AccessMiddleware, BodyTooLarge
from .city_run import CityRun
from .folder import Folder, StaleSave
from .heavy import Heavy
from .pages import Pages
from .results import ResultsOfFolder
from .roles import NotAllowed
from .words import Words
from .workbench import Workbench, workbench

_STATIC = {
    path.name: path.read_bytes() for path in sorted((Path(__file__).parent / "static").iterdir()) if path.is_file()
}
_FAILED = "程序出了错，没有做成；已存的都在。请把文件夹里 log.jsonl 的最后一行报告给开发者。"
_STATUSES = ((StaleSave, 409), (NotAllowed, 403), (UsageError, 400), (ReportgenError, 422))
_TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}


def application(
    folder: Path, access: Access, languages: Mapping[str, Words], heavy: Heavy | None = None
) -> Starlette:  # fmt: skip
    """Return the workbench of ``folder`` for those whom ``access`` lets in.

    ``heavy`` makes pages and files; without it they are made in the thread that asks for them.

    Raises:
        OutputError: the folder cannot be created.
    """
    documents = Folder(folder)
    closed = "\n".join(words.gettext(access.way_in) for words in languages.values())
    notice = "\n".join(words.gettext(_FAILED) for words in languages.values())

    def failed(error: Exception) -> str:
        documents.log("-", f"error {type(error).__name__} {_place(error)}")
        return notice

    app = Starlette(
        routes=[
            Route("/static/{name}", _static),
            *start_pages.ROUTES,
            *document_pages.ROUTES,
            *preview_pages.ROUTES,
            *review_pages.ROUTES,
            *comparison_pages.ROUTES,
            *city_pages.ROUTES,
            *audit_pages.ROUTES,
        ],
        middleware=[Middleware(AccessMiddleware, access=access, closed=closed, failed=failed)],
        exception_handlers={
            ReportgenError: _refused,
            HTTPException: _missing,
            BodyTooLarge: _too_large,
        },
    )
    app.state.audits = audit_pages.Audits()
    app.state.city = CityRun(folder / "city")
    app.state.workbench = Workbench(documents, ResultsOfFolder(documents, heavy), Pages(languages))
    return app


def _place(error: Exception) -> str:
    """Where in the program an error was raised: file and line, nothing of the data."""
    frames = extract_tb(error.__traceback__)
    return f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""


def _static(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in _STATIC:
        raise HTTPException(404)
    return Response(_STATIC[name], media_type=_TYPES[Path(name).suffix])


def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, ReportgenError)
    status = next(status for kind, status in _STATUSES if isinstance(error, kind))
    return workbench(request).pages.error(request, error, status)


def _missing(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code != 404:
        return PlainTextResponse("", error.status_code)
    missing = UsageError("没有这一页", "从第一页重新打开")
    return workbench(request).pages.error(request, missing, 404)


def _too_large(request: Request, error: Exception) -> Response:
    large = UsageError("文件太大，没有读", "删去图片和用不着的内容，另存为新的文件")
    return workbench(request).pages.error(request, large, 413)
