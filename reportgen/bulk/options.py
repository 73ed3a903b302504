"""Options of a bulk run, and the listener that follows its progress."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from ..isolation.limits import Limits
from .outcome import Outcome


class Beside(NamedTuple):
    """The paths of last year's document and of the budget of the year of one document; "" for none."""

    last: str = ""
    initial: str = ""


@dataclass(frozen=True, slots=True)
class BulkOptions:
    """Options of :func:`~reportgen.bulk.run`.

    Attributes:
        jobs: number of worker processes; 0 for one per processor core.
        formats: formats to make; the default formats if empty.
        layout: name of a layout, or path of a layout's folder, for all documents; by default each has its own.
        last: folder of last year's documents, against which this year's comparison figures are checked.
        budget: folder of the budgets of the year, against which the 年初预算数 of final accounts are checked.
        others: file with the “三公” of departments that are not in the run, for the city's summary (docs/bulk.md).
        force: make all files anew, also those that are current and those that were edited by hand.
        keep_going: go on after a department that is not generated; otherwise the run ends there.
        cluster: address of a Dask scheduler; its workers then run the jobs in place of processes on this machine.
        limits: time and memory for one department.
        beside: documents beside each, by the name of its job; in place of what ``last`` and ``budget`` find.
        state: folder, or URL if the output is one, for what is not published; by default beside the output.
    """

    jobs: int = 0
    formats: tuple[str, ...] = ()
    layout: str | None = None
    last: str | None = None
    others: str | None = None
    force: bool = False
    keep_going: bool = True
    cluster: str | None = None
    limits: Limits = field(default_factory=Limits)
    state: str | None = None
    budget: str | None = None
    beside: Mapping[str, Beside] = field(default_factory=dict)


class ProgressListener(Protocol):
    """Receives the progress of a run."""

    def begun(self, jobs: int, current: int) -> None:
        """The run has begun: ``jobs`` departments in all, of which ``current`` need no work."""
        ...

    def ended(self, outcome: Outcome) -> None:
        """One more department has an outcome."""
        ...
