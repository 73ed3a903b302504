"""Many departments in one run: each by itself in a worker's hands, all together in one summary (``docs/bulk.md``)."""

from ..isolation.limits import Limits
from .jobs import Job
from .outcome import Outcome
from .runner import BulkOptions, run
from .summary.model import Summary

__all__ = ["BulkOptions", "Job", "Limits", "Outcome", "Summary", "run"]
