"""A job whose files go to a store: the documents travel with it, so a worker on another machine needs no shared disk.

The worker builds in memory, reads what it needs of the store and saves what changed. So everything that holds for a
local folder holds for a store: current files are not made anew, files edited by hand are not overwritten.
"""

from __future__ import annotations

import platform
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from pathlib import Path
from threading import Lock

from ...budget.json_input import read_payload
from ...core import cache
from ...core.errors import ReportgenError, UsageError
from ...manifest import NAME as MANIFEST
from ...manifest.hashes import fingerprint_hash
from ...pipeline import current_report, load
from ..jobs import Job
from ..outcome import Outcome, failed
from ..outcome_file import NAME as OUTCOME
from ..outcome_file import department_of, keep, recall
from ..store import Store, folder_url
from .build_job import build_department, layout_of, timed_outcome
from .department_folder import check_owner, remove_old_files
from .store_folder import SizedStoreFolder, StoreFolder

_ONE_AT_A_TIME = Lock()
"""A worker of several threads still builds one department at a time."""


@dataclass(frozen=True, slots=True)
class RemoteJob:
    """A job with the bytes of its documents, the store and the run its files belong to, and the store of their state.

    ``common`` is the fingerprint of what all documents share (program, layout, typefaces) on the machine that sends: a
    worker where it differs would make other files, and refuses.
    """

    job: Job
    document: bytes
    last: bytes | None
    initial: bytes | None
    url: str
    run: str
    common: str
    state: str


def remote_job(job: Job, store: Store) -> RemoteJob:
    """Read the documents of a job.

    Raises:
        InputError: a document cannot be read.
    """
    last, initial = (read_payload(Path(path)) if path else None for path in (job.last, job.initial))
    state = job.state or store.state_url()
    if "://" not in state:
        state = folder_url(Path(state))
    document, common = read_payload(Path(job.source)), common_state(job.layout)
    return RemoteJob(job, document, last, initial, store.url, store.run, common, state)


@lru_cache(maxsize=16)
def common_state(layout: str) -> str:
    """Return the fingerprint of the program, the layout and the typefaces on this machine."""
    return fingerprint_hash(layout_of(layout).fingerprint)


def build_into_store(url: str, run: str, job: Job) -> Outcome:
    """Build a job in a worker that can read the documents itself."""
    try:
        remote = remote_job(job, Store(url, run))
    except ReportgenError as error:
        return failed(job.name, error)
    return build_remote_job(remote)


def build_remote_job(remote: RemoteJob) -> Outcome:
    """Build the files of one department and save them in the store. Any executor may call it.

    Whatever is wrong is in the outcome; only :class:`MemoryError` is raised.
    """
    cache.enable()  # a worker process runs nothing else
    with _ONE_AT_A_TIME:
        return timed_outcome(remote.job.name, lambda: _build(remote))


def _build(remote: RemoteJob) -> Outcome:
    _check_same_program(remote)
    job, store = remote.job, Store(remote.url, remote.run)
    state_store = Store(remote.state, remote.run)
    state_store.make_private()
    state = StoreFolder(state_store, job.name)
    if not job.force and (outcome := _current_outcome(remote, store, state)):
        return outcome
    budget = replace(load(remote.document, remote.last, remote.initial), path=Path(job.source))
    folder = StoreFolder(store, job.name)
    _take_old_outcome(folder, state)
    owner = check_owner(folder, state, budget.data)
    outcome = build_department(job, budget, budget.last, folder, state)
    if outcome.status != "generated":
        return outcome
    state.commit()
    folder.commit(always=(MANIFEST,))
    reported = remove_old_files(
        folder, owner, outcome, partial(_remove, store, job.name), partial(_remove, state_store, job.name)
    )
    folder.commit()
    keep(outcome, folder, state)
    state.commit()
    if folder.read(OUTCOME):
        store.remove(f"{job.name}/{OUTCOME}")
    return reported


def _remove(store: Store, folder: str, name: str) -> None:
    store.remove(f"{folder}/{name}")


def _take_old_outcome(folder: StoreFolder, state: StoreFolder) -> None:
    """Take the outcome that an earlier version left beside the files for that in the state."""
    kept = folder.read(OUTCOME)
    if department_of(kept) and state.read(OUTCOME) is None:
        state.save({OUTCOME: kept or b""})


def _check_same_program(remote: RemoteJob) -> None:
    if common_state(remote.job.layout) != remote.common:
        hint = "各台机器装同一版本的 reportgen、版式和字体"
        raise UsageError("{machine} 上的程序、版式或字体与这里的不同", hint, machine=platform.node())


def _current_outcome(remote: RemoteJob, store: Store, state: StoreFolder) -> Outcome | None:
    """Return the outcome of a department whose files are current by the manifest and their sizes; else None."""
    job, folder = remote.job, SizedStoreFolder(store, remote.job.name)
    layout = layout_of(job.layout)
    report = current_report(
        remote.document, folder, job.formats, layout, last=remote.last, state=state, initial=remote.initial
    )
    if not (report and report.publishable):
        return None
    kept = recall(job.name, folder, state)
    return replace(kept, files=tuple(path.name for path in report.files)) if kept else None
