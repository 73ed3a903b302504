"""Audit files into a folder or a store: a record and a page of each, a workbook and a page of all.

It is a run of the bulk package: workers with limits, files set aside that take too much, a cluster, and on the next run
only files that changed are audited again.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path, PurePosixPath

from ..bulk.execution import cores, execute, remove_leftovers, saving_unfinished, shared_store
from ..bulk.executors import Executor
from ..bulk.executors.build_job import timed_outcome
from ..bulk.jobs import Job
from ..bulk.options import BulkOptions, ProgressListener
from ..bulk.outcome import Outcome
from ..bulk.output_target import LocalTarget, output_target
from ..bulk.store import Store
from ..core.errors import InputError, UsageError
from ..core.stored_data import read_regular
from ..intake.readers.published import LARGEST
from ..manifest.hashes import of_bytes
from ..pipeline import LocalFolder
from .batch_files import INDEX, RESULTS, WORKBOOK, index_page, workbook
from .batch_results import Batch, BatchFile
from .inspection.inspect import check_apart
from .many import Asked, AuditedFile, AuditOutcome, audit_file, outcome_of, warm_up
from .record import AuditRecord, read_record, record_of, record_payload

Save = Callable[[Mapping[str, bytes]], None]
"""Saves the files of one audit, by name, all or none."""


@dataclass(frozen=True, slots=True)
class RemoteAudit:
    """An audit that travels to another machine, with the content of its file."""

    asked: Asked
    job: Job
    payload: bytes
    url: str
    run: str


def audit_into(
    paths: Sequence[Path],
    out: str,
    options: BulkOptions,
    listener: ProgressListener | None = None,
    executor: Executor | None = None,
) -> Batch:
    """Audit ``paths`` into the folder or store ``out``; their names there are those below the folder of all.

    Raises:
        UsageError: a result would replace an audited file; the workers cannot start.
        OutputError: the results cannot be written.
    """
    target, root = output_target(out), common_root(paths)
    jobs = [_job(path, root, out) for path in paths]
    if isinstance(target, LocalTarget):
        check_apart((target.path / name for job in jobs for name in (*_files(job), WORKBOOK, INDEX)), paths)
    remove_leftovers([target])
    kept = {} if options.force else {job.name: record for job in jobs if (record := _current(job, target))}
    outcomes: dict[str, Outcome] = {name: Outcome(name, "generated", current=True) for name in kept}
    if listener:
        listener.begun(len(jobs), len(outcomes))
    waiting = [job for job in jobs if job.name not in outcomes]
    if waiting:
        with saving_unfinished(lambda: _save(_batch(jobs, outcomes, kept, False), target), [target]):
            execute(executor or _executor(options, target), waiting, outcomes, listener, options.keep_going)
    done = [job for job in waiting if isinstance(outcomes.get(job.name), AuditOutcome)]
    kept |= {job.name: record for job in done if (record := read_record(target.read(_files(job)[0])))}
    batch = _batch(jobs, outcomes, kept, len(outcomes) == len(jobs))
    _save(batch, target)
    remove_leftovers([target])
    return batch


def common_root(paths: Sequence[Path]) -> Path:
    """Return the deepest folder that has all files.

    Raises:
        UsageError: they are not on one disk.
    """
    try:
        return Path(os.path.commonpath([os.path.dirname(os.path.abspath(path)) for path in paths]))
    except ValueError:
        raise UsageError("被审核的文件不在同一个盘上", "一个盘一次运行") from None


def _job(path: Path, root: Path, out: str) -> Job:
    name = Path(os.path.abspath(path)).relative_to(root).as_posix()
    return Job(name, str(path), str(Path(out, RESULTS, *PurePosixPath(name).parent.parts)), "")


def _files(job: Job) -> tuple[str, str]:
    """Return the names of the record and the page of a file, below the output."""
    return f"{RESULTS}/{job.name}.json", f"{RESULTS}/{job.name}.html"


def _current(job: Job, target: LocalTarget | Store) -> AuditRecord | None:
    """Return the record of a file that did not change since it was made by this version of the program."""
    record_name, page_name = _files(job)
    record = read_record(target.read(record_name))
    payload = read_regular(Path(job.source), LARGEST) if record is not None else None
    if record is None or payload is None or record.source != of_bytes(payload):
        return None
    is_there = isinstance(target, Store) or target.holds(page_name)  # a store saves a record after its page
    return record if record.error or is_there else None


def _executor(options: BulkOptions, target: LocalTarget | Store) -> Executor:
    asked = Asked(pictures=True)
    if options.cluster:
        from ..bulk.executors.dask import cluster  # Dask is an optional dependency

        store = shared_store(target)
        return cluster(options.cluster, store, options.limits, partial(_remote, asked), audit_remote)
    from ..bulk.executors.local import processes  # a run that finds everything current starts no process

    work = partial(audit_into_folder, asked)
    if isinstance(target, Store):
        work = partial(audit_into_store, asked, target.url, target.run)
    return processes("", (), options.jobs or cores(), options.limits, work=work, warm=warm_up)


def _remote(asked: Asked, job: Job, store: Store) -> RemoteAudit:
    return RemoteAudit(asked, job, _payload(job), store.url, store.run)


def _payload(job: Job) -> bytes:
    payload = read_regular(Path(job.source), LARGEST)
    if payload is None:
        message, hint = "读不了“{path}”，或超过 {most} MB", "检查路径、文件和权限"
        raise InputError(message, hint, path=job.source, most=str(LARGEST >> 20))
    return payload


def audit_into_folder(asked: Asked, job: Job) -> Outcome:
    """Audit the file of a job, and save what came of it into the job's folder."""
    folder = LocalFolder(Path(job.out))
    return timed_outcome(job.name, lambda: _audited(asked, job, _payload(job), folder.save))


def audit_into_store(asked: Asked, url: str, run: str, job: Job) -> Outcome:
    """Audit the file of a job on this machine, and save what came of it into a store."""
    return timed_outcome(job.name, lambda: audit_remote(_remote(asked, job, Store(url, run))))


def audit_remote(remote: RemoteAudit) -> Outcome:
    """Audit a file that travelled, and save what came of it into its store. Any executor may call it."""
    store = Store(remote.url, remote.run)
    folder = str(PurePosixPath(RESULTS, remote.job.name).parent)
    save = partial(_save_into, store, folder)
    return timed_outcome(remote.job.name, lambda: _audited(remote.asked, remote.job, remote.payload, save))


def _save_into(store: Store, folder: str, payloads: Mapping[str, bytes]) -> None:
    store.save(payloads, folder)


def _audited(asked: Asked, job: Job, payload: bytes, save: Save) -> Outcome:
    from .html import page

    audited = audit_file(Path(job.source), asked, payload)
    name = PurePosixPath(job.name).name
    files = {} if audited.report is None else {f"{name}.html": page([audited])}
    files[f"{name}.json"] = record_payload(record_of(audited, payload))  # after the page: a store saves in this order
    save(files)
    return replace(outcome_of(job.name, _light(audited)), files=tuple(files))


def _light(audited: AuditedFile) -> AuditedFile:
    """Return what travels back to the main process: the pictures are on the page."""
    return replace(audited, pictures={}, report=None if audited.report is None else replace(audited.report, boxes={}))


def _batch(
    jobs: Sequence[Job], outcomes: Mapping[str, Outcome], records: Mapping[str, AuditRecord], complete: bool
) -> Batch:
    files = []
    for job in jobs:
        outcome, record = outcomes.get(job.name), records.get(job.name)
        lost = None if outcome is None or isinstance(outcome, AuditOutcome) else next(iter(outcome.findings), None)
        files.append(BatchFile(job.name, record, lost, bool(outcome and outcome.current), _files(job)[1]))
    return Batch(tuple(files), complete)


def _save(batch: Batch, target: LocalTarget | Store) -> None:
    payloads = {INDEX: index_page(batch)}
    if batch.complete:
        payloads[WORKBOOK] = workbook(batch)
    if any(target.read(name) != payload for name, payload in payloads.items()):
        target.save(payloads)
