"""Executors run the jobs of a run: processes on this machine (``local``) or the workers of a cluster (``dask``)."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence

from ..jobs import Job
from ..outcome import Outcome

Executor = Callable[[Sequence[Job]], Generator[Outcome, None, None]]
"""Takes all jobs; yields an outcome for each, in any order."""
