"""The story for many, in the words of ``docs/bulk.md``."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from ..core.errors import ReportgenError, UsageError
from ..isolation.limits import Limits
from ..layout.load import DEFAULT
from ..pipeline import load_layout
from ..writers import formats
from .city_checks import Batch, city_findings
from .jobs import Job, find_jobs
from .outcome import Hands, Outcome
from .output_target import LocalFolder, output
from .previous_year import LastYear, paired
from .store import Store
from .summary.model import Summary, save
from .up_to_date import look


class Watch(Protocol):
    """Who is told how a run goes."""

    def begun(self, jobs: int, current: int) -> None:
        """So many departments, of which so many are current."""
        ...

    def ended(self, outcome: Outcome) -> None:
        """One more is done."""
        ...


@dataclass(frozen=True, slots=True)
class BulkOptions:
    """How a run is wanted: ``jobs`` workers (0: one a core), formats (all if empty), a layout, last year's folder.

    ``force``: also what is current. Without ``keep_going`` the first department that is not published ends the run.
    ``cluster`` is the address of a scheduler whose workers do the work in place of those of this machine.
    """

    jobs: int = 0
    wanted: tuple[str, ...] = ()
    layout: str = DEFAULT
    last: str | None = None
    force: bool = False
    keep_going: bool = True
    cluster: str = ""
    limits: Limits = field(default_factory=Limits)


def run(
    inputs: Sequence[str | Path],
    out: str | Path,
    wishes: BulkOptions | None = None,
    watch: Watch | None = None,
    hands: Hands | None = None,
) -> Summary:
    """Publish every department that ``inputs`` name into folders below ``out``, and the summary into ``out``.

    ``watch`` is told how it goes; ``hands`` do the work if it is not to be done by processes on this machine.

    Raises:
        UsageError: an input, a format or a layout does not exist; documents would share a folder.
        LayoutError: the layout is wrong.
        OutputError: the summary cannot be written.
    """
    wishes, target = wishes or BulkOptions(), output(str(out))
    _check_formats(wishes.wanted)
    place = Path(out)  # of a store it is nowhere, and nothing is looked for in it
    found = find_jobs([str(one) for one in inputs], place, wishes.layout, wishes.wanted, wishes.force)
    jobs, last = paired(found, wishes.last, place)
    target.tidy()
    outcomes = _current(jobs, wishes, target)
    if watch:
        watch.begun(len(jobs), len(outcomes))
    if waiting := [job for job in jobs if job.name not in outcomes]:
        _work(waiting, outcomes, jobs, target, _Doing(wishes, watch, hands or _hands(wishes, target)))
    summary = _summary(jobs, outcomes, last)
    save(summary, target)
    target.tidy()
    return summary


@dataclass(frozen=True, slots=True)
class _Doing:
    wishes: BulkOptions
    watch: Watch | None
    hands: Hands


def _current(jobs: Sequence[Job], wishes: BulkOptions, target: LocalFolder | Store) -> dict[str, Outcome]:
    """The departments that need no work, by name; what lies in a store its workers look at."""
    layout = load_layout(wishes.layout)
    if wishes.force or isinstance(target, Store):
        return {}
    return {job.name: outcome for job in jobs if (outcome := look(job, layout))}


def _work(
    waiting: Sequence[Job],
    outcomes: dict[str, Outcome],
    jobs: Sequence[Job],
    target: LocalFolder | Store,
    doing: _Doing,
) -> None:
    """Do what waits, adding to ``outcomes``; until that is over the summary says that it is not whole."""
    save(_unfinished(jobs, outcomes), target)
    try:
        with closing(doing.hands(waiting)) as results:
            for outcome in results:
                outcomes[outcome.name] = outcome
                if doing.watch:
                    doing.watch.ended(outcome)
                if not (doing.wishes.keep_going or outcome.status == "published"):
                    return
    except BaseException:
        with suppress(ReportgenError):  # what ended the run is the thing to tell
            save(_unfinished(jobs, outcomes), target)
        target.tidy()
        raise


def _hands(wishes: BulkOptions, target: LocalFolder | Store) -> Hands:
    if wishes.cluster:
        from .executors.dask import cluster  # Dask is wanted only by who has it

        return cluster(wishes.cluster, _shared(target), wishes.limits)
    from .executors.local import processes, sending  # a run that finds everything current starts none

    asked = (wishes.layout, wishes.wanted, wishes.jobs or cores(), wishes.limits)
    return processes(*asked, sending(target, wishes.layout)) if isinstance(target, Store) else processes(*asked)


def _shared(target: LocalFolder | Store) -> Store:
    """A folder that all machines see is a store like any other."""
    return target if isinstance(target, Store) else Store(target.place.absolute().as_uri())


def cores() -> int:
    """The processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _summary(jobs: Sequence[Job], outcomes: dict[str, Outcome], last: LastYear) -> Summary:
    if len(outcomes) < len(jobs):
        return _unfinished(jobs, outcomes)
    known = tuple(outcomes[job.name] for job in jobs)
    return Summary(known, city_findings(Batch(known, last)))


def _unfinished(jobs: Sequence[Job], outcomes: dict[str, Outcome]) -> Summary:
    known = tuple(outcomes.get(job.name) or Outcome(job.name, "waiting") for job in jobs)
    return Summary(known, complete=False)


def _check_formats(wanted: Sequence[str]) -> None:
    for name in wanted:
        if name not in (known := formats()):
            raise UsageError("没有“{name}”这个格式", "可用的格式：{known}", name=name, known="、".join(known))
