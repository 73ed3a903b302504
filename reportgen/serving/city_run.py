"""A run over many documents of the workbench in the background: its progress, stopping it, what it made."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from ..bulk import Beside, BulkOptions, Outcome, Summary, run
from ..core.errors import InternalError, ReportgenError, UsageError
from ..core.files import save_all
from .city_files import BUDGETS, DATA, FILES, LAST_YEAR, digests_of, names_of
from .folder import check_present
from .records import Version, digest


class _Stopped(Exception):
    """The run is to end before its next department."""


@dataclass(frozen=True, slots=True)
class Unread:
    """A chosen document that a run leaves out: its version, and why it could not be read."""

    document: str
    version: Version
    error: ReportgenError


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is: ``jobs`` in all, the outcomes so far; at its end the summary, or the error that ended it.

    ``versions`` has the version of each document that the run is over, by the name of its outcome; ``unread`` are
    chosen documents that could not be read. ``digests`` are those of what the run was over, by its path below
    ``city/data``, and at its end of what it made, below ``city/files``.
    """

    versions: Mapping[str, Version] = field(default_factory=dict)
    unread: tuple[Unread, ...] = ()
    data_digests: Mapping[str, str] = field(default_factory=dict)
    digests: Mapping[str, str] = field(default_factory=dict)
    jobs: int = 0
    outcomes: tuple[Outcome, ...] = ()
    running: bool = False
    stopped: bool = False
    summary: Summary | None = None
    error: ReportgenError | None = None


class CityRun:
    """The runs of one workbench, one at a time. It is the listener of its own run."""

    def __init__(self, folder: Path) -> None:
        """Keep documents and files below ``folder``."""
        self._folder = folder
        self._lock = threading.Lock()
        self._progress = Progress()
        self._stop = threading.Event()

    @property
    def files(self) -> Path:
        """The folder of what was made."""
        return self._folder / FILES

    @property
    def progress(self) -> Progress:
        """How far the run is."""
        with self._lock:
            return self._progress

    def start(
        self, documents: Mapping[str, bytes], last: Mapping[str, bytes] | None = None,
        budgets: Mapping[str, bytes] | None = None, versions: Mapping[str, Version] | None = None,
        unread: tuple[Unread, ...] = (), anew: bool = False,
    ) -> None:  # fmt: skip
        """Begin a run over ``documents``, file name → JSON; what is current since the last run is not made again.

        ``last`` are last year's documents beside them, ``budgets`` the budgets of the year beside those that are final
        accounts, each under the file name of its document, ``versions`` their versions, ``unread`` those that are left
        out. With ``anew`` all files are made again, those that were changed by hand too.

        Raises:
            UsageError: a run is not ended yet, or there are no documents.
            OutputError: the documents cannot be written, or the folder of the workbench is gone.
        """
        check_present(self._folder.parent)
        if not documents:
            raise UsageError("没有选文件", "至少选一份")
        with self._lock:
            if self._progress.running:
                raise UsageError("上一次还没有做完", "等它做完，或先停下")
            known = {name.removesuffix(".json"): version for name, version in (versions or {}).items()}
            digests = {name: digest(payload) for name, payload in documents.items()}
            self._progress = Progress(known, unread, digests, running=True)
        self._stop.clear()
        try:
            self._write(DATA, documents)
            self._write(LAST_YEAR, last or {})
            self._write(BUDGETS, budgets or {})
        except BaseException:
            self._change(running=False)
            raise
        threading.Thread(target=self._run, args=(anew,), daemon=True).start()

    def stop(self) -> None:
        """End the run before its next department; what is made stays."""
        self._stop.set()

    def begun(self, jobs: int, current: int) -> None:
        """The run has begun."""
        check_present(self._folder.parent)
        self._change(jobs=jobs)

    def ended(self, outcome: Outcome) -> None:
        """One more department has an outcome.

        Raises:
            OutputError: the folder of the workbench is gone: the run ends, and no more files are written.
        """
        check_present(self._folder.parent)
        with self._lock:
            self._progress = replace(self._progress, outcomes=(*self._progress.outcomes, outcome))
        if self._stop.is_set():
            raise _Stopped

    def _write(self, folder: str, documents: Mapping[str, bytes]) -> None:
        """Write the documents into a folder, and remove those of an earlier run."""
        data = self._folder / folder
        save_all(data, documents)
        for path in data.glob("*.json"):
            if path.name not in documents:
                path.unlink(missing_ok=True)

    def _beside(self, file: str) -> Beside:
        """The documents that were given beside the one in ``file``."""
        paths = (self._folder / folder / file for folder in (LAST_YEAR, BUDGETS))
        return Beside(*(str(path) if path.is_file() else "" for path in paths))

    def _run(self, anew: bool) -> None:
        try:
            beside = {path.stem: self._beside(path.name) for path in (self._folder / DATA).glob("*.json")}
            summary = run([self._folder / DATA], self.files, BulkOptions(beside=beside, force=anew), self)
            digests = digests_of(self.files, names_of(summary))
            self._change(running=False, summary=summary, outcomes=summary.outcomes, digests=digests)
        except _Stopped:
            self._change(running=False, stopped=True)
        except ReportgenError as error:
            self._change(running=False, error=error)
        except Exception as error:
            hint = "这是程序的毛病，不是文件的错；请对这份文件运行 reportgen build -v，把全部输出报告给开发者"
            what = InternalError("内部错误 {kind}：{what}", hint, kind=type(error).__name__, what=str(error)[:200])
            self._change(running=False, error=what)

    def _change(self, **values: object) -> None:
        with self._lock:
            self._progress = replace(self._progress, **values)  # type: ignore[arg-type]
