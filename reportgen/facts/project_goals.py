"""项目支出绩效目标: the projects with their goals, in the order of the goals."""

from __future__ import annotations

from collections.abc import Iterable

from ..budget.model import Budget
from .fact import FactGroup, SourceText, source_text


def project_goals(rows: Iterable[FactGroup], budget: Budget) -> list[FactGroup]:
    """Return the rows of projects in the order in which ``performance`` names them; those that it does not, after them.

    A project that states no ``goal`` has that of ``performance``, of the whole term or else of the year. A form that
    prints projects twice, with amounts and with goals, may so order them differently.
    """
    goals: dict[tuple[str, str], tuple[int, SourceText | None]] = {}
    for n, project in enumerate(budget.performance):
        pointer = f"/performance/{n}"
        goal = source_text(project.overall.goal, f"{pointer}/overall/goal")
        annual = source_text(project.annual.goal, f"{pointer}/annual/goal")
        goals.setdefault((project.unit, project.name), (n, goal or annual))

    def order(row: FactGroup) -> int:
        return goals[key_of(row)][0] if key_of(row) in goals else len(budget.performance)

    return [
        row if row.goal or key_of(row) not in goals else _with_goal(row, goals[key_of(row)][1])
        for row in sorted(rows, key=order)
    ]


def key_of(row: FactGroup) -> tuple[str, str]:
    """Return what tells a project from others: the code of its unit and its name."""
    return row.unit_code.text, row.name.text if row.name else ""


def _with_goal(row: FactGroup, goal: SourceText | None) -> FactGroup:
    return FactGroup(row.dotted, **{**row.as_dict(), "goal": goal})
