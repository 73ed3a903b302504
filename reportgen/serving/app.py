"""The application: its routes, how errors are answered, and what is served from beside the pages."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ..isolation import StandingWorkers
from . import (
    audit_pages,
    beside_pages,
    city_pages,
    comparison_pages,
    document_pages,
    layout_pages,
    preview_pages,
    review_pages,
    start_pages,
    wording_pages,
)
from .access import Access, AccessMiddleware
from .city_files import CITY
from .city_run import CityRun
from .failures import FAILED, HANDLERS, place_of, too_large
from .folder import Folder
from .pages import Pages
from .results import ResultsOfFolder
from .tasks import ROUTES as task_pages
from .tasks import Tasks
from .words import Words
from .workbench import Workbench

_STATIC = {
    path.name: path.read_bytes() for path in sorted((Path(__file__).parent / "static").iterdir()) if path.is_file()
}
_TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}


def application(
    folder: Path, access: Access, languages: Mapping[str, Words], workers: StandingWorkers | None = None
) -> Starlette:
    """Return the workbench of ``folder`` for those whom ``access`` lets in.

    What works on documents is done in ``workers``; without them (in tests) in threads.

    Raises:
        OutputError: the folder cannot be created.
    """
    logging.getLogger("python_multipart").setLevel(logging.CRITICAL)  # a broken form is reported on the page
    documents = Folder.created(folder)
    closed = "\n".join(words.gettext(access.way_in) for words in languages.values())
    notice = "\n".join(words.gettext(FAILED) for words in languages.values())

    def failed(error: Exception) -> str:
        documents.log.add("-", f"error {place_of(error)}")
        return notice

    app = Starlette(
        routes=[
            Route("/static/{name}", _static),
            *start_pages.ROUTES,
            *beside_pages.ROUTES,
            *document_pages.ROUTES,
            *preview_pages.ROUTES,
            *layout_pages.ROUTES,
            *review_pages.ROUTES,
            *wording_pages.ROUTES,
            *comparison_pages.ROUTES,
            *city_pages.ROUTES,
            *audit_pages.ROUTES,
            *task_pages,
        ],
        middleware=[Middleware(AccessMiddleware, access=access, closed=closed, failed=failed, too_large=too_large)],
        exception_handlers=dict(HANDLERS),
    )
    app.router.redirect_slashes = False  # behind a proxy that would lead to http://
    app.state.audits = audit_pages.Audits()
    app.state.city = CityRun(folder / CITY)
    app.state.tasks = Tasks(languages, workers, folder)
    resumed = (*start_pages.RESUMED, *document_pages.RESUMED, *beside_pages.RESUMED, *comparison_pages.RESUMED)
    app.state.tasks.resume({function.__name__: function for function in resumed})
    app.state.workbench = Workbench(documents, ResultsOfFolder(documents), Pages(languages, documents))
    return app


def _static(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in _STATIC:
        raise HTTPException(404)
    return Response(_STATIC[name], media_type=_TYPES[Path(name).suffix])
