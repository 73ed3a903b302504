"""Which departments have current files. Found by hashes alone: nothing is composed, no writer is imported."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from ..core.errors import ReportgenError
from ..manifest import NAME as MANIFEST
from ..pipeline import LoadedLayout, LocalFolder, current_report
from .jobs import Job
from .outcome import Outcome
from .outcome_file import recall


def current_outcome(job: Job, layout: LoadedLayout) -> Outcome | None:
    """Return the outcome of a department whose files are current, or None if it has to be built.

    Temporary files that a killed run left beside the files are removed.
    """
    folder = Path(job.out)
    if not (folder / MANIFEST).is_file():
        return None
    try:
        state = job.state_folder()
        last, initial = job.last or None, job.initial or None
        report = current_report(job.source, folder, job.formats, layout, last=last, state=state, initial=initial)
    except ReportgenError:  # the build will report it
        return None
    kept = recall(job.name, LocalFolder(folder), state) if report and report.publishable else None
    return replace(kept, files=tuple(path.name for path in report.files)) if report and kept else None
