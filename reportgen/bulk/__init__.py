"""Many departments in one run: each by itself in a worker's hands, all together in one summary (``docs/bulk.md``)."""

from .jobs import Job
from .limits import Limits
from .outcome import Outcome
from .story import Wishes, run
from .summary import Summary

__all__ = ["Job", "Limits", "Outcome", "Summary", "Wishes", "run"]
