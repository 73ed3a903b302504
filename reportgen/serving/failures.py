"""How errors are answered: a page that says what, where and what to do next; of an error of the program only that."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from traceback import extract_tb
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from ..core.errors import InputError, ReportgenError, UsageError
from . import access
from .addresses import page_of
from .folder import StaleSave
from .roles import NotAllowed
from .workbench import opened, workbench

FAILED = "程序出了错，没有做成；已存的都在。请把文件夹里 log.jsonl 的最后一行报告给开发者。"
_STATUSES = ((StaleSave, 409), (NotAllowed, 403), (UsageError, 400), (ReportgenError, 422))


def refused(request: Request, error: Exception) -> Response:
    """Return the page about an error of the data, of the form, or of what was asked for."""
    assert isinstance(error, ReportgenError)
    status = next(status for kind, status in _STATUSES if isinstance(error, kind))
    return workbench(request).pages.error(request, error, status, **_frame(request))


def missing(request: Request, error: Exception) -> Response:
    """Return the page about an address that leads nowhere."""
    assert isinstance(error, HTTPException)
    if error.status_code == 405:
        form = UsageError("这个地址只收表单", "从“返回”打开有表单的那一页")
        return workbench(request).pages.error(request, form, 405, **_frame(request))
    if error.status_code != 404:
        return PlainTextResponse("", error.status_code)
    return workbench(request).pages.error(request, UsageError("没有这一页", "从第一页重新打开"), 404)


def _frame(request: Request) -> dict[str, Any]:
    """What an error page has of the document in its address: the steps around it, and where a reader goes on."""
    page, is_form = page_of(request.url.path), request.method not in ("GET", "HEAD")
    frame: dict[str, Any] = {"back": page if is_form or page != request.url.path else "/"}
    with suppress(HTTPException, ReportgenError, KeyError):
        one = opened(request)
        frame["document"] = one.shown()
        if frame["back"] == "/":
            frame["back"] = f"/documents/{one.id}/versions"
    return frame


def too_large(request: Request, error: Exception | None = None) -> Response:
    """Return the page about a file that is too large."""
    hint = "删去图片和用不着的内容，另存为新的文件"
    large = InputError("文件超过 {most} MB，没有读", hint, most=str(access.LARGEST_BODY >> 20))
    return workbench(request).pages.error(request, large, 413)


HANDLERS: dict[type[Exception], Callable[[Request, Exception], Response]] = {
    ReportgenError: refused,
    HTTPException: missing,
    access.BodyTooLarge: too_large,
}
"""What answers each kind of error; all others are errors of the program."""


def place_of(error: Exception) -> str:
    """Return where in the program an error was raised: its kind, file and line, nothing of the data."""
    frames = extract_tb(error.__traceback__)
    at = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__} {at}"
