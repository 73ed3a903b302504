"""Pages that may take long: made in worker processes; after a moment a page with a progress bar is shown in between.

A page of the workbench that works on a document is a function of its request. :func:`shown` and :func:`taken` make a
route of it, :meth:`Tasks.posted` answers a form. Where there are workers, the function is called in one of them;
without (in tests), in a thread of the server.
"""

from __future__ import annotations

import asyncio
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, cast

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from ..core.errors import InputError, UsageError
from ..isolation import Limits, Result, RunningCall, StandingWorkers
from .calls import Answer, Call, answer, call_of
from .failures import FAILED
from .pending import Uploads, pending_of
from .words import Words
from .workbench import Form, changing, see_other, workbench

PATIENCE = 1.5
"""Seconds that a browser waits before it gets the page with the progress bar."""
KEPT_SECONDS = 20
"""How long a page that is done waits for the browser that asked for it."""
MOST_TASKS = 200
ASKED_BY_SCRIPT = "x-reportgen-progress"
"""The header by which the script asks whether a page is done."""
LIMITS = Limits(seconds=900, memory=3072)
"""Of a worker: one page of the largest document, and what it keeps of several."""
READING_SECONDS = 300
"""Of a file that is read, whatever it holds."""
SERVER_ENDS_SECONDS = 5.0
"""A server that is ended is gone so many seconds after its workers; one that is still there lost only a worker."""

Function = Callable[..., Any]
Then = Callable[[Any], Response]


@dataclass(slots=True)
class Task:
    """A call and who asked for it; ``address`` is the page that it makes, "" for a form.

    ``stamp`` is that of the document when it was asked for: a page of what was saved since is another.
    """

    id: str
    user: str
    address: str
    stamp: int
    running: RunningCall
    then: Then | None = None
    answered: Response | None = field(default=None, repr=False)

    @property
    def is_current(self) -> bool:
        """Whether it is not done yet, or was done a moment ago."""
        ended = self.running.ended
        return not ended or time.monotonic() - ended < KEPT_SECONDS


class Tasks:
    """What the workers of one workbench do, and did a moment ago."""

    def __init__(self, languages: Mapping[str, Words], workers: StandingWorkers | None, folder: Path) -> None:
        """Give calls to ``workers``; without them, to threads. Uploads are kept in ``folder`` until they are read."""
        self._languages = languages
        self._workers = workers
        self._folder = folder
        self._uploads = Uploads(folder)
        self._tasks: OrderedDict[str, Task] = OrderedDict()

    async def page(self, request: Request, function: Function) -> Response:
        """Answer with a page, or with the page that shows how far it is."""
        if self._workers is None:
            return cast(Response, await run_in_threadpool(function, request))
        task = self._asked_before(request) or self._start(request, function, (), address=_address(request))
        await _wait(task.running, PATIENCE)
        return self._shown(request, task)

    async def file(self, request: Request, function: Function, *arguments: Any) -> Response:
        """Answer with a file, however long it takes."""
        if self._workers is None:
            return cast(Response, await run_in_threadpool(function, request, *arguments))
        task = self._start(request, function, arguments)
        await _wait(task.running, None)
        return self._shown(request, task)

    async def posted(
        self, request: Request, function: Function, *arguments: Any, then: Then | None = None,
        seconds: float | None = None,
    ) -> Response:  # fmt: skip
        """Answer a form: with what comes of it, or with the address where that will be.

        ``then`` makes the response of a value that the function returns; ``seconds`` is the limit of the call.
        """
        if self._workers is None:
            value = await run_in_threadpool(function, request, *arguments)
            return value if isinstance(value, Response) else cast(Then, then)(value)
        task = self._start(request, function, arguments, then=then, seconds=seconds)
        if await _wait(task.running, PATIENCE):
            return self._shown(request, task)
        return see_other(f"/work/{task.id}")

    async def uploaded(self, request: Request, function: Function, form: Form, *arguments: str) -> Response:
        """Answer a form with a file, which is kept until it is read: what a killed server did not read, the next reads.

        ``function`` is one of those that :meth:`resume` knows.
        """
        if self._workers is None:
            return await self.posted(request, function, form, *arguments)
        id = secrets.token_hex(8)
        pending = pending_of(request, function.__name__, form, arguments)
        await run_in_threadpool(self._uploads.keep, id, pending)
        task = self._start(request, function, (form, *arguments), seconds=READING_SECONDS, id=id)
        task.running.outcome.add_done_callback(lambda ended: self._read(id, task.running, ended.result()))
        if await _wait(task.running, PATIENCE):
            return self._shown(request, task)
        return see_other(f"/work/{task.id}")

    def resume(self, functions: Mapping[str, Function]) -> None:
        """Read the uploads that an ended server left, as the users who sent them."""
        for id, pending in self._uploads.left() if self._workers is not None else ():
            if pending.function in functions:
                call = Call(
                    self._folder, self._languages, functions[pending.function], pending.scope(),
                    (pending.form, *pending.arguments),
                )  # fmt: skip
                running = cast(StandingWorkers, self._workers).start(answer, call, "", READING_SECONDS)
                running.outcome.add_done_callback(partial(self._resumed, id))
                self._tasks[id] = Task(id, pending.user.name, "", 0, running)

    def _resumed(self, id: str, _: Future[Result[Any]]) -> None:
        self._uploads.done(id)

    def _read(self, id: str, running: RunningCall, result: Result[Any]) -> None:
        """Forget an upload that was read, or stopped.

        One whose worker ended is left to the next start if the server ends as well, else the file itself ended it.
        """
        if result.loss == "death" and not running.stopped:
            later = threading.Timer(SERVER_ENDS_SECONDS, self._uploads.done, (id,))
            later.daemon = True  # an ended server does not wait for it
            later.start()
        else:
            self._uploads.done(id)

    async def progress(self, request: Request) -> Response:
        """What comes of a form, once it is done; before that how far it is."""
        task = self._of(request)
        if task is None:
            return _unknown(request)
        await _wait(task.running, PATIENCE)
        return self._shown(request, task)

    async def stop(self, request: Request) -> Response:
        """End a task."""
        task = self._of(request)
        if task is None:
            return _unknown(request)
        task.running.stop()
        await _wait(task.running, PATIENCE)
        return self._shown(request, task)

    def _start(
        self, request: Request, function: Function, arguments: tuple[Any, ...], address: str = "",
        then: Then | None = None, seconds: float | None = None, id: str = "",
    ) -> Task:  # fmt: skip
        assert self._workers is not None
        here = workbench(request)
        call = call_of(request, here.folder.path, self._languages, function, *arguments)
        key = f"{here.folder.path}/{request.path_params.get('document', '')}"
        running = self._workers.start(answer, call, key, seconds)
        stamp = here.folder.stamp(request.path_params.get("document", ""))
        task = Task(id or secrets.token_hex(8), here.who, address, stamp, running, then)
        self._tasks[task.id] = task
        self._forget()
        return task

    def _asked_before(self, request: Request) -> Task | None:
        """The task that makes the same page of the same version for the same user."""
        here = workbench(request)
        wanted = (_address(request), here.who, here.folder.stamp(request.path_params.get("document", "")))
        same = (one for one in self._tasks.values() if (one.address, one.user, one.stamp) == wanted)
        return next((one for one in same if one.is_current), None)

    def _of(self, request: Request) -> Task | None:
        """The task that the address names; None if there is none, or it is another user's."""
        task = self._tasks.get(request.path_params["task"])
        return task if task is not None and task.user == workbench(request).who else None

    def _shown(self, request: Request, task: Task) -> Response:
        """The response of a task: its own, or how far it is. A page is handed out once, what comes of a form stays."""
        if not task.running.outcome.done():
            return self._working(request, task)
        if ASKED_BY_SCRIPT in request.headers:
            return PlainTextResponse("")  # the script then opens the page
        if not task.address:
            task.answered = task.answered or self._answered(request, task)
            return task.answered
        self._tasks.pop(task.id, None)
        return self._answered(request, task)

    def _working(self, request: Request, task: Task) -> Response:
        steps, here = task.running.steps, workbench(request)
        seconds = str(int(time.monotonic() - task.running.since))
        return here.pages.page(
            request, "working.html", task=task.id, text=steps.text, done=steps.done, total=steps.total, seconds=seconds,
            stopped=False, address=task.address,
        )  # fmt: skip

    def _answered(self, request: Request, task: Task) -> Response:
        here, result = workbench(request), task.running.outcome.result()
        if task.running.stopped and result.loss:
            return here.pages.page(
                request, "working.html", task=task.id, text="", done=0, total=0, seconds="0", stopped=True,
                address=task.address,
            )  # fmt: skip
        if result.loss in ("time", "memory"):
            hint = "文件太大时，删去图片和用不着的内容、空行空列，再试一次"
            raise InputError("用的时间或内存太多，没有做完；已存的都在", hint)
        if result.loss == "death":
            raise InputError("做这件事的进程异常结束，没有做成；已存的都在", "再试一次；上传的文件另存为 .xlsx 再传")
        made = result.value if isinstance(result.value, Answer) else Answer(failure=result.detail.partition(":")[0])
        if made.failure:
            here.folder.log.add("-", f"error {made.failure}")
            return PlainTextResponse("\n".join(words.gettext(FAILED) for words in self._languages.values()), 500)
        return task.then(made.value) if task.then and made.value is not None else made.response()

    def _forget(self) -> None:
        """Forget pages that were done some time ago, and the oldest of too many tasks."""
        for id, task in list(self._tasks.items()):
            if (task.address and not task.is_current) or len(self._tasks) > MOST_TASKS:
                del self._tasks[id]


def tasks(request: Request) -> Tasks:
    """Return the tasks of the workbench."""
    return cast(Tasks, request.app.state.tasks)


def shown(path: str, function: Function) -> Route:
    """Return the route of a page that may take long."""

    async def page(request: Request) -> Response:
        return await tasks(request).page(request, function)

    return Route(path, page)


def taken(path: str, function: Function) -> Route:
    """Return the route of a file that may take long."""

    async def file(request: Request) -> Response:
        return await tasks(request).file(request, function)

    return Route(path, file)


async def _wait(running: RunningCall, seconds: float | None) -> bool:
    """Wait for the end of a call; the call goes on if the browser is gone."""
    done, _ = await asyncio.wait({asyncio.wrap_future(running.outcome)}, timeout=seconds)
    return bool(done)


def _address(request: Request) -> str:
    """The address of a page; with the language, in which it is made."""
    return f"{request.url.path}?{request.url.query}" if request.url.query else request.url.path


def _unknown(request: Request) -> Response:
    message = "这件事没有做完：工作台重新启动过，或是很久以前的事"
    return workbench(request).pages.error(request, UsageError(message, "从第一页看文件在不在，不在就再做一次"), 404)


async def _progress(request: Request) -> Response:
    return await tasks(request).progress(request)


async def _stop(request: Request) -> Response:
    return await tasks(request).stop(request)


ROUTES = [
    Route("/work/{task}", _progress),
    changing("/work/{task}/stop", _stop, "stop"),
]
