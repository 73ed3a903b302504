"""Declaration of city checks, the batch they check, and how findings name departments."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from ...core.finding import Finding, Place
from ...core.finding_codes import declare as declare_code
from ..department_totals import Totals
from ..outcome import Outcome
from ..previous_year import PreviousYear

SHOWN = 5
"""Names listed in a finding at most."""
ReadDepartment = tuple[str, Totals]
"""A department whose document could be read: the name of its job, and its totals."""


@dataclass(frozen=True, slots=True)
class Batch:
    """All outcomes of a run, and the comparison with the previous year's documents."""

    outcomes: Sequence[Outcome]
    previous: PreviousYear = field(default_factory=PreviousYear)

    def read(self) -> list[ReadDepartment]:
        """Return the departments whose documents could be read."""
        return [(outcome.name, outcome.totals) for outcome in self.outcomes if outcome.totals]

    def departments(self) -> list[ReadDepartment]:
        """Return those that are of departments."""
        return [(job, totals) for job, totals in self.read() if totals.scope == "department"]

    def units(self) -> list[ReadDepartment]:
        """Return those that are of single units."""
        return [(job, totals) for job, totals in self.read() if totals.scope == "unit"]


Check = Callable[[Batch], Iterator[Finding]]
CHECKS: dict[str, Check] = {}


def city_check(code: str) -> Callable[[Check], Check]:
    """Declare a function as the city check ``code``; the first line of its docstring is the meaning of the code."""

    def declare(check: Check) -> Check:
        declare_code(code, (check.__doc__ or "").strip().split("\n")[0].rstrip("。"))
        CHECKS[code] = check
        return check

    return declare


def places(departments: Sequence[ReadDepartment]) -> tuple[Place, ...]:
    """Return the places of the first :data:`SHOWN` departments."""
    return tuple(Place(printed=job) for job, _ in departments[:SHOWN])


def listed(names: Iterable[str]) -> str:
    """Return the first :data:`SHOWN` names in quotation marks: they are text of the documents."""
    in_order = sorted(names)
    return "、".join(f"“{name}”" for name in in_order[:SHOWN]) + ("…" if len(in_order) > SHOWN else "")
