"""The layout of each document of a run: that of the options for all, or the one that each document names."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from ..budget.json_input import read_payload
from ..core.errors import InputError, ReportgenError
from ..layout.defaults import default_layout
from ..pipeline import layout_name
from .jobs import Job
from .outcome import failed


def with_layouts(jobs: Sequence[Job], layout: str | None) -> Iterator[Job]:
    """Yield the jobs with ``layout``, or each with that of its document; one that names none there is is set aside."""
    if layout is not None:
        yield from (replace(job, layout=layout) for job in jobs)
        return
    default = default_layout()
    for job in jobs:
        try:
            payload = _payload(job)
            yield replace(job, layout=default if payload is None else layout_name(payload))
        except InputError as error:
            (problem,) = failed(job.name, error).findings
            yield replace(job, layout=default, problem=problem)


def common_layout(jobs: Sequence[Job], layout: str | None) -> str:
    """Return the layout of what a run makes of all documents: the one that they share, or else the default one."""
    names = {job.layout for job in jobs if not job.problem}
    return layout or (names.pop() if len(names) == 1 else default_layout())


def _payload(job: Job) -> bytes | None:
    """Return the JSON of a document; None for one that the build will report as unreadable, or that is set aside."""
    path = Path(job.source)
    try:
        if job.problem or not stat.S_ISREG(os.stat(path).st_mode):
            return None
        return read_payload(path)
    except (ReportgenError, OSError, ValueError):
        return None
