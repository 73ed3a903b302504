"""What makes a row of the document the same row in another version of it: not its place, but its key."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .model import (
    BasicLine,
    ExpenditureLine,
    Indicator,
    Override,
    Performance,
    Project,
    RevenueLine,
    Term,
    ThreePublicLine,
    Unit,
)

KEYS: Mapping[type[Any], tuple[tuple[str, ...], ...]] = {
    Unit: (("code",), ("name",)),
    RevenueLine: (("unit", "source"),),
    ExpenditureLine: (("unit", "function", "fund"),),
    BasicLine: (("unit", "economic"),),
    ThreePublicLine: (("unit",),),
    Project: (("unit", "name"),),
    Indicator: (("level1", "level2", "level3"),),
    Performance: (("unit", "name"),),
    Term: (("function",), ("term",)),
    Override: (("block", "after"),),
}
"""For each class of rows the fields of its key; where a row lacks them, the next ones (a unit without a code)."""

Key = tuple[tuple[str, ...], tuple[Any, ...]]


def key_of(row: Any) -> Key:
    """The names and values of the fields that a row is known by."""
    for names in KEYS[type(row)]:
        values = tuple(getattr(row, name) for name in names)
        if None not in values:
            break
    return names, values
