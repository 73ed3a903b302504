"""The work itself: a job in, an outcome out. Any executor may run it; nothing here knows of processes."""

from __future__ import annotations

import time
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from ...core import cache
from ...core.errors import InternalError, ReportgenError
from ...core.finding import Severity
from ...pipeline import LoadedLayout, Report, build, load_layout, prepare
from ...writers import default_formats, writer
from ..department_totals import Totals, published_last_year, totals_of
from ..jobs import Job
from ..outcome import Outcome, failed, worst_first
from ..outcome_file import keep


def work(job: Job) -> Outcome:
    """Build the files of one department, and keep its outcome beside them if it is published.

    Whatever is wrong with the document is in the outcome; only running out of memory is raised.
    """
    start = time.perf_counter()
    try:
        outcome = _outcome(job)
    except ReportgenError as stop:
        outcome = failed(job.name, stop)
    except MemoryError:
        raise
    except Exception as error:
        outcome = failed(job.name, _fault(error))
    return replace(outcome, seconds=time.perf_counter() - start)


def warm(layout: str, wanted: tuple[str, ...]) -> None:
    """Load what every document needs, before the clock of the first one starts."""
    _ = layout_of(layout).fingerprint
    for name in wanted or default_formats():
        writer(name)


@lru_cache(maxsize=4)  # one run has one layout; a worker of a cluster may serve several
def layout_of(name: str) -> LoadedLayout:
    """The layout ``name``, loaded once a process."""
    cache.enable()  # a worker is a process of this program alone
    return load_layout(name)


def _outcome(job: Job) -> Outcome:
    layout, last = layout_of(job.layout), job.last or None
    report = build(job.source, job.out, job.wanted, layout, last=last, force=job.force)
    outcome = Outcome(
        job.name,
        "published" if report.publishable else "refused",
        worst_first(report.findings),
        sum(finding.severity is Severity.NOTE for finding in report.findings),
        _totals(job, report),
        tuple(path.name for path in report.files),
        report.up_to_date,
    )
    if outcome.status == "published":
        keep(outcome, Path(job.out))
    return outcome


def _totals(job: Job, report: Report) -> Totals:
    """From what was prepared; of files found current nothing was."""
    prepared = report.prepared or prepare(job.source, layout_of(job.layout))
    return totals_of(prepared.budget, prepared.facts, published_last_year(Path(job.last)) if job.last else {})


def _fault(error: Exception) -> InternalError:
    return InternalError(
        "内部错误 {kind}：{what}",
        "这是程序的毛病，不是文件的错；请对这份文件运行 reportgen build -v，把全部输出报告给开发者",
        kind=type(error).__name__,
        what=str(error)[:200],
    )
