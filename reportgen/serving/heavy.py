"""What takes long: setting pages and making files, in worker processes that stay, so that other pages need not wait."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar

from ..core.errors import InputError, ReportgenError
from ..core.finding import Finding
from ..isolation import Limits, Workers
from ..pipeline import load, render
from ..pipeline.draft import draft_pages
from ..tree.nodes import Document
from ..tree.style import Style
from ..writers.pdf import PrintedPlaces

J = TypeVar("J")
_NICENESS = 5
"""By how much the system lets other processes go before workers: a page that is asked for goes before one ahead."""
LIMITS = Limits(seconds=120, memory=1024)


@dataclass(frozen=True, slots=True)
class Failure:
    """An error of a job, as it comes out of a worker."""

    message: str
    hint: str
    values: Mapping[str, str]
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class FilesJob:
    """The files of a document to be made: its JSON, last year's, the format."""

    payload: bytes = field(repr=False)
    last: bytes | None = field(repr=False)
    format: str


class Heavy(Protocol):
    """Where work is done that takes long."""

    def call(self, work: Callable[[J], Any], job: J) -> Any:
        """Return ``work(job)``.

        Raises:
            ReportgenError: it raised one, or took too much time or memory.
        """
        ...

    def soon(self, task: Callable[[], object]) -> None:
        """Let another thread do something that a later page will need; where nothing is done ahead, do nothing."""
        ...


class InThisProcess:
    """Does work where it is asked for, and nothing ahead."""

    def call(self, work: Callable[[J], Any], job: J) -> Any:
        """Return ``work(job)``."""
        return _value(work(job))

    def soon(self, task: Callable[[], object]) -> None:
        """Do nothing ahead."""


class InWorkers:
    """Does work in worker processes, and ahead what is needed next."""

    def __init__(self, count: int) -> None:
        """Use ``count`` processes; they start with the first job."""
        self._workers = Workers(count, warm_up, LIMITS)
        self._threads = ThreadPoolExecutor(count, "ahead")

    def call(self, work: Callable[[J], Any], job: J) -> Any:
        """Return ``work(job)``, done in a worker."""
        result = self._workers.call(work, job)
        if result.loss is not None:
            raise InputError("用的时间或内存太多，或进程异常结束，没有做成", "再试一次；还不行，删去一些行或文字")
        return _value(result.value)

    def start(self) -> None:
        """Start the workers, before the first page needs them."""
        self.soon(lambda: self._workers.call(ready, None))

    def soon(self, task: Callable[[], object]) -> None:
        """Let another thread do it; what it raises is raised again when a page needs it."""
        self._threads.submit(task)

    def stop(self) -> None:
        """End the workers."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        self._workers.stop()


def warm_up() -> None:
    """Let the server go first (in the worker); what the jobs import is imported with this module."""
    if hasattr(os, "nice"):
        os.nice(_NICENESS)


def ready(_: None) -> None:
    """Do nothing: with the first job the workers start."""


def set_pages(job: tuple[Document, Style]) -> tuple[bytes, PrintedPlaces] | Failure:
    """Return the pages of a document, and where everything stands on them."""
    return _caught(lambda: draft_pages(*job))


def make_files(job: FilesJob) -> tuple[Mapping[str, bytes], tuple[Finding, ...]] | Failure:
    """Return the file of a format by its name, none if an error forbids it, and all findings."""

    def made() -> tuple[Mapping[str, bytes], tuple[Finding, ...]]:
        rendered = render(load(job.payload, job.last), (job.format,))
        return dict(rendered.files), rendered.findings

    return _caught(made)


def _caught(work: Callable[[], J]) -> J | Failure:
    try:
        return work()
    except ReportgenError as error:
        return Failure(error.message, error.hint or error.next_step, dict(error.values), error.findings)


def _value(value: Any) -> Any:
    """Return what came of a job; raise the error that it stands for."""
    if isinstance(value, Failure):
        raise InputError(value.message, value.hint, findings=value.findings, **value.values)
    return value
