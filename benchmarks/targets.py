"""What the project wants to reach, and how far it is: ratios of one run's processor seconds, and memory."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from rows import STRAIGHT, TYPST
from show import table


@dataclass(frozen=True)
class Target:
    """Our row may take at most ``most`` times the time of the row ``peer``, cold or warm."""

    what: str
    group: str
    kind: str
    peer: str
    most: float


TARGETS = (
    Target("PDF, cold process", "pdf", "cold", TYPST, 0.8),
    Target("PDF, warm", "pdf", "warm", TYPST, 0.25),
    Target("DOCX, warm", "docx", "warm", "docxtpl", 0.6),
    Target("XLSX, warm", "xlsx", "warm", "XlsxWriter", 2.0),
    Target("all three with rules and read-back, warm", "all", "warm", STRAIGHT, 0.25),
)
PEAK = 150
"""MB of the largest process of ours."""
STEADY = 1.05
"""Resident size after 1,000 builds in one process by that after 100: ``memory.py`` measures it."""


def target_table(found: list[dict[str, Any]]) -> str:
    """Each target with what was measured."""
    lines = [_line(target, found) for target in TARGETS]
    peak = max(row["peak"] for row in found if row["own"]) * 2**20 / 10**6
    lines.append(["peak memory, one build", "", f"{peak:.0f} MB" if peak else "", f"{PEAK} MB"])
    lines.append(["memory after 1,000 builds", "after 100", "see memory.py", f"{STEADY}"])
    return table(("target", "against", "measured", "at most"), lines)


def _line(target: Target, found: list[dict[str, Any]]) -> list[str]:
    own = next(row for row in found if row["group"] == target.group and row["own"])
    peer = next((row for row in found if row["name"] == target.peer), None)
    key = f"{target.kind} cpu"
    measured = f"{own[key] / peer[key]:.2f}" if peer and peer[key] else "left out"
    return [target.what, target.peer, measured, f"{target.most}"]
