"""The differences as JSON has them (``docs/diff.md``)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from . import Differences
from .change import Change
from .counts import counted


def as_data(found: Differences) -> dict[str, Any]:
    """Everything that differs as plain data; causes are numbered from 1."""
    return {
        "equal": not found,
        "causes": [
            {"id": n + 1, **asdict(cause), "reach": asdict(counted(found.changes, n))}
            for n, cause in enumerate(found.causes)
        ],
        "reviews": [{**asdict(one), "causes": _numbers(one.causes)} for one in found.reviews],
        "changes": [_change_data(one) for one in found.changes],
    }


def _change_data(change: Change) -> dict[str, Any]:
    places = {"old": change.old.at if change.old else None, "new": change.new.at if change.new else None}
    return {
        "what": change.what,
        "kind": change.spot.kind,
        "place": change.spot.place,
        "block": change.spot.block,
        "cell": {name: [n + 1 for n in at] for name, at in places.items() if at},
        "was": change.was,
        "now": change.now,
        "figures": [asdict(figure) for figure in change.figures],
        "causes": _numbers(change.causes),
    }


def _numbers(causes: Sequence[int]) -> list[int]:
    return [n + 1 for n in causes]
