"""A page made in a worker process: the function of the page, the request it answers, and what came of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from .failures import HANDLERS, place_of
from .folder import Folder
from .pages import WRITTEN, Pages
from .quiet import making
from .results import ResultsOfFolder
from .words import Words
from .workbench import Workbench

FOLDERS = 4
"""Workbenches that a worker keeps; a server has one, the tests have many."""
SCOPE = (
    "type", "http_version", "method", "scheme", "path", "raw_path", "root_path", "query_string", "headers", "server",
    "client", "path_params", "user", WRITTEN,
)  # fmt: skip
"""What a page may know of its request."""


@dataclass(frozen=True, slots=True)
class Call:
    """A function of a page and its request. Both, the folder and the languages are pickled."""

    folder: Path
    languages: Mapping[str, Words]
    function: Callable[..., Any]
    scope: Mapping[str, Any] = field(repr=False)
    arguments: tuple[Any, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a function returned: a response in its parts, or another value; ``failure`` is the place of an error."""

    status: int = 200
    headers: tuple[tuple[bytes, bytes], ...] = ()
    body: bytes = field(default=b"", repr=False)
    value: Any = field(default=None, repr=False)
    failure: str = ""

    def response(self) -> Response:
        """Return the response."""
        response = Response(self.body, self.status)
        response.raw_headers = list(self.headers)
        return response


def call_of(request: Request, folder: Path, languages: Mapping[str, Words], function: Any, *arguments: Any) -> Call:
    """Return the call of ``function(request, *arguments)``."""
    scope = {name: request.scope[name] for name in SCOPE if name in request.scope}
    return Call(folder, languages, function, scope, arguments)


def answer(call: Call) -> Answer:
    """Call the function (in the worker); what it raises is answered as the server answers it."""
    app = SimpleNamespace(state=SimpleNamespace(workbench=_workbench(call.folder, tuple(call.languages.items()))))
    request = Request({**call.scope, "app": app})
    try:
        with making():
            made = call.function(request, *call.arguments)
    except Exception as error:
        handler = next((handler for kind, handler in HANDLERS.items() if isinstance(error, kind)), None)
        if handler is None:
            return Answer(failure=place_of(error))
        made = handler(request, error)
    if isinstance(made, Response):
        return Answer(made.status_code, tuple(made.raw_headers), bytes(made.body))
    return Answer(value=made)


def warm() -> None:
    """Import what every page needs, and read the layouts that most documents have."""
    from ..budget.terms import STAGES
    from ..layout.defaults import default_layout
    from ..pipeline import in_memory
    from ..pipeline.loaded_layout import load_layout
    from ..writers import formats, writer

    assert in_memory
    for stage in STAGES:
        load_layout(default_layout(stage))
    for name in formats():
        writer(name)


_kept: dict[Path, Workbench] = {}


def _workbench(folder: Path, languages: tuple[tuple[str, Words], ...]) -> Workbench:
    if folder not in _kept:
        while len(_kept) >= FOLDERS:
            del _kept[next(iter(_kept))]
        documents = Folder(folder)
        _kept[folder] = Workbench(documents, ResultsOfFolder(documents), Pages(dict(languages), documents))
    return _kept[folder]
