"""Run the jobs of a run and collect their outcomes; an error or an interruption leaves a summary that says so."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress

from ..core.errors import ReportgenError
from .executors import Executor
from .jobs import Job
from .options import ProgressListener
from .outcome import Outcome
from .output_target import LocalTarget
from .store import Store, folder_url


def execute(
    executor: Executor,
    waiting: Sequence[Job],
    outcomes: dict[str, Outcome],
    listener: ProgressListener | None,
    keep_going: bool,
) -> None:
    """Run the jobs, adding each outcome to ``outcomes``; without ``keep_going`` only up to the first that failed."""
    with closing(executor(waiting)) as results:
        for outcome in results:
            outcomes[outcome.name] = outcome
            if listener:
                listener.ended(outcome)
            if not (keep_going or outcome.status == "generated"):
                return


@contextmanager
def saving_unfinished(save: Callable[[], None], targets: Sequence[LocalTarget | Store]) -> Iterator[None]:
    """Save a summary that states it is incomplete before the work, and again if an error ends it.

    In the error's case the temporary files in all targets are removed.
    """
    save()
    try:
        yield
    except BaseException:
        with suppress(ReportgenError):  # the error that ended the run is the one to report
            save()
        remove_leftovers(targets)
        raise


def remove_leftovers(targets: Sequence[LocalTarget | Store]) -> None:
    """Remove the temporary files of killed runs in all targets."""
    for target in targets:
        target.remove_leftovers()


def shared_store(target: LocalTarget | Store) -> Store:
    """Return the store of a target: a folder that all machines share is a store like any other."""
    return target if isinstance(target, Store) else Store(folder_url(target.path))


def cores() -> int:
    """Return the number of processor cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
