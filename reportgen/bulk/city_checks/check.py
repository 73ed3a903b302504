"""What a city check is, how one is declared, and what it says of departments."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from ...core.finding import Finding, Place
from ...core.finding_codes import declare as declare_code
from ..department_totals import Totals
from ..outcome import Outcome
from ..previous_year import LastYear

SHOWN = 5
"""Names told one by one; of more there is the number."""
Read = tuple[str, Totals]
"""A department whose document could be read: the name of its job, and its totals."""


@dataclass(frozen=True, slots=True)
class Batch:
    """All outcomes of a run, and what was found of last year."""

    outcomes: Sequence[Outcome]
    last: LastYear = field(default_factory=LastYear)

    def read(self) -> list[Read]:
        """The departments whose documents could be read, by the names of their jobs."""
        return [(one.name, one.totals) for one in self.outcomes if one.totals]


Check = Callable[[Batch], Iterator[Finding]]
CHECKS: dict[str, Check] = {}


def rule(code: str) -> Callable[[Check], Check]:
    """Declare a function as the city check ``code``; the first line of its docstring is the meaning of the code."""

    def declare(check: Check) -> Check:
        declare_code(code, (check.__doc__ or "").strip().split("\n")[0].rstrip("。"))
        CHECKS[code] = check
        return check

    return declare


def places(jobs: Sequence[Read]) -> tuple[Place, ...]:
    """The first of some departments."""
    return tuple(Place(printed=job) for job, _ in jobs[:SHOWN])


def listed(names: Iterable[str]) -> str:
    """The first of some names, each in quotation marks: they are the documents' words."""
    known = sorted(names)
    return "、".join(f"“{name}”" for name in known[:SHOWN]) + ("…" if len(known) > SHOWN else "")
