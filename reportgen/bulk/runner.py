"""Run the build for many departments: find jobs, skip what is current, build the rest, check all together, sum up."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from ..core.errors import UsageError
from ..pipeline import default_state, load_layout
from ..pipeline.in_memory import output_formats
from ..pipeline.state_folder import check_outside
from .city_checks import Batch, city_findings
from .document_layouts import common_layout, with_layouts
from .execution import cores, execute, remove_leftovers, saving_unfinished, shared_store
from .executors import Executor
from .jobs import Job, find_jobs
from .options import BulkOptions, ProgressListener
from .other_departments import OtherDepartments, read_other_departments
from .outcome import Outcome
from .output_target import LocalTarget, is_url, output_target
from .previous_year import PreviousYear, pair_as_given, pair_with_budgets, pair_with_previous_year
from .store import Store
from .summary.city_document import with_city_document
from .summary.model import Summary
from .summary.write import save
from .up_to_date import current_outcome


def run(
    inputs: Sequence[str | Path],
    out: str | Path,
    options: BulkOptions | None = None,
    listener: ProgressListener | None = None,
    executor: Executor | None = None,
) -> Summary:
    """Generate the files of every department in ``inputs`` into folders below ``out``, and a summary into ``out``.

    Args:
        inputs: folders, patterns, lists of paths and JSON files (see :mod:`.inputs`).
        out: a folder, or a URL that fsspec reads (``s3://…``).
        options: see :class:`.BulkOptions`.
        listener: receives the progress.
        executor: runs the jobs; by default processes on this machine, or the cluster of the options.

    Raises:
        UsageError: an input, a format or a layout does not exist.
        InputError: the list of other departments cannot be read, or something in it is wrong.
        LayoutError: the layout is wrong.
        OutputError: the summary cannot be written.
    """
    options = options or BulkOptions()
    target = output_target(str(out))
    output_formats(options.formats)  # refuses one that does not exist
    others = read_other_departments(Path(options.others)) if options.others else OtherDepartments()
    folder = Path(out)  # of a URL it names nothing, and nothing is looked for there
    jobs = find_jobs([str(path) for path in inputs], folder, formats=options.formats, force=options.force)
    state = _state(target, options)
    jobs = [replace(job, state=state) for job in with_layouts(jobs, options.layout)]
    options = replace(options, layout=common_layout(jobs, options.layout))
    targets = (target, output_target(state))
    jobs, previous = pair_with_previous_year(jobs, options.last, folder)
    jobs = pair_as_given(pair_with_budgets(jobs, options.budget, folder), options.beside)
    remove_leftovers(targets)
    outcomes = _current([job for job in jobs if not job.problem], options, target)
    if listener:
        listener.begun(len(jobs), len(outcomes))
    for job in jobs:
        if job.problem:
            outcomes[job.name] = Outcome(job.name, "failed", (job.problem,))
            if listener:
                listener.ended(outcomes[job.name])
    waiting = [job for job in jobs if job.name not in outcomes]
    if waiting and (options.keep_going or not any(job.problem for job in jobs)):
        with saving_unfinished(lambda: save(_unfinished(jobs, outcomes), target), targets):
            execute(executor or _executor(options, target), waiting, outcomes, listener, options.keep_going)
    summary = with_city_document(_summary(jobs, outcomes, previous), previous, others, options, targets)
    save(summary, target)
    remove_leftovers(targets)
    return summary


def _current(jobs: Sequence[Job], options: BulkOptions, target: LocalTarget | Store) -> dict[str, Outcome]:
    """Return the outcomes of departments whose files are current, by name. In a store, the workers find out."""
    layouts = {name: load_layout(name) for name in dict.fromkeys((options.layout, *(job.layout for job in jobs)))}
    if options.force or isinstance(target, Store):
        return {}
    return {job.name: outcome for job in jobs if (outcome := current_outcome(job, layouts[job.layout]))}


def _executor(options: BulkOptions, target: LocalTarget | Store) -> Executor:
    if options.cluster:
        from .executors.dask import cluster  # Dask is an optional dependency

        return cluster(options.cluster, shared_store(target), options.limits)
    from .executors.local import processes  # a run that finds everything current starts no process

    store = target if isinstance(target, Store) else None
    return processes(options.layout or "", options.formats, options.jobs or cores(), options.limits, store)


def _state(target: LocalTarget | Store, options: BulkOptions) -> str:
    """The state folder of the run, or its URL where the workers save into a store.

    Raises:
        UsageError: it would be inside the output, or is a URL although the output is a folder.
    """
    given = options.state
    if isinstance(target, Store):
        return given or target.state_url()
    if given and is_url(given):
        raise UsageError("输出是文件夹，状态也要放在文件夹里：{path}", "用 --state 给出一个文件夹", path=given)
    if given:
        check_outside(target.path, Path(given))
    folder = Path(given).absolute() if given else default_state(target.path).path
    return str(folder)


def _summary(jobs: Sequence[Job], outcomes: dict[str, Outcome], previous: PreviousYear) -> Summary:
    if len(outcomes) < len(jobs):
        return _unfinished(jobs, outcomes)
    in_order = tuple(replace(outcomes[job.name], layout=os.path.basename(job.layout)) for job in jobs)
    return Summary(in_order, city_findings(Batch(in_order, previous)))


def _unfinished(jobs: Sequence[Job], outcomes: dict[str, Outcome]) -> Summary:
    in_order = tuple(outcomes.get(job.name) or Outcome(job.name, "waiting") for job in jobs)
    return Summary(in_order, complete=False)
