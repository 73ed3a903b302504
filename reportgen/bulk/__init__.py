"""The files of many departments in one run, each built in a worker process, and one summary (``docs/bulk.md``)."""

from ..isolation.limits import Limits
from .jobs import Job
from .options import Beside, BulkOptions, ProgressListener
from .outcome import Outcome
from .runner import run
from .summary.model import Summary

__all__ = ["Beside", "BulkOptions", "Job", "Limits", "Outcome", "ProgressListener", "Summary", "run"]
