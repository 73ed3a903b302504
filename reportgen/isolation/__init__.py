"""Worker processes with limits on time and memory, for work on data that is not trusted.

>>> from reportgen.isolation import Limits, run_one
>>> result = run_one(len, "预算", Limits(seconds=10, memory=256))
>>> result.loss, result.value
(None, 2)

What happens in a worker stays there: if its job hangs, takes too much memory or ends the process, the result says so
(``loss``), and the program that called goes on. Use :func:`run_all` for many jobs and several workers,
:class:`StandingWorkers` for the calls of a server.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .limits import Limits, at_most

if TYPE_CHECKING:
    from .pool import Loss, Result, run_all, run_one
    from .standing import RunningCall, StandingWorkers

__all__ = ["Limits", "Loss", "Result", "RunningCall", "StandingWorkers", "at_most", "run_all", "run_one"]


def __getattr__(name: str) -> Any:
    """Import the pool when it is used: pebble loads asyncio, which a program without workers does not need."""
    if name not in __all__:
        raise AttributeError(name)
    from . import pool, standing

    return getattr(standing if name in ("RunningCall", "StandingWorkers") else pool, name)
