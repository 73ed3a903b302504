"""The cheap look: which departments are current. Hashes only; nothing is composed, no writer is imported."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from ..core.errors import ReportgenError
from ..manifest import NAME as MANIFEST
from ..pipeline import LoadedLayout, up_to_date
from .jobs import Job
from .outcome import Outcome
from .outcome_file import recall


def look(job: Job, layout: LoadedLayout) -> Outcome | None:
    """The outcome of a department whose files are current, or None if there is work to do.

    What a killed run left beside the files is removed.
    """
    folder = Path(job.out)
    if not (folder / MANIFEST).is_file():
        return None
    try:
        report = up_to_date(job.source, folder, job.wanted, layout, last=job.last or None)
    except ReportgenError:  # whoever works on it will say why
        return None
    kept = recall(job.name, folder) if report and report.publishable else None
    return replace(kept, files=tuple(path.name for path in report.files)) if report and kept else None
