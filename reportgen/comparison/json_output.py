"""Differences as plain data for JSON, in the form that ``docs/json-output.md`` describes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from . import Differences
from .change import Change
from .counts import counted


def as_data(differences: Differences) -> dict[str, Any]:
    """Return everything that differs as plain data; causes are numbered from 1."""
    return {
        "equal": not differences,
        "causes": [
            {"id": n + 1, **asdict(cause), "reach": asdict(counted(differences.changes, n))}
            for n, cause in enumerate(differences.causes)
        ],
        "reviews": [{**asdict(review), "causes": _numbers(review.causes)} for review in differences.reviews],
        "changes": [_change_data(change) for change in differences.changes],
    }


def _change_data(change: Change) -> dict[str, Any]:
    cells = {"old": change.old.at if change.old else None, "new": change.new.at if change.new else None}
    return {
        "what": change.what,
        "kind": change.location.kind,
        "place": change.location.place,
        "block": change.location.block,
        "cell": {name: [n + 1 for n in at] for name, at in cells.items() if at},
        "was": change.was,
        "now": change.now,
        "figures": [asdict(figure) for figure in change.figures],
        "causes": _numbers(change.causes),
    }


def _numbers(causes: Sequence[int]) -> list[int]:
    return [n + 1 for n in causes]
