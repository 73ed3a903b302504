"""Which parts of a document that an import did not find were filled in since, in the form that was made of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...recognise.texts import PLACEHOLDER, PLACEHOLDER_CODE, UNKNOWN_NATURE
from .rows import look_up


def without_filled(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return a document whose ``unread`` has no parts that are filled in."""
    unread = [part for part in data.get("unread", ()) if not is_filled(data, str(part))]
    known = {name: value for name, value in data.items() if name != "unread"}
    return {**known, "unread": unread} if unread else known


def is_filled(data: Mapping[str, Any], pointer: str) -> bool:
    """Whether the part at ``pointer`` has content that is no placeholder.

    The list of units is filled in once each has its nature; a column of lines (``/expenditure/personnel``) once every
    line has it.
    """
    steps = pointer.split("/")[1:]
    if steps == ["department", "units"]:
        units = look_up(data, steps) or ()
        return bool(units) and all(unit.get("nature", UNKNOWN_NATURE) != UNKNOWN_NATURE for unit in units)
    lines = data.get(steps[0])
    if len(steps) == 2 and isinstance(lines, list):
        return bool(lines) and all(isinstance(line, Mapping) and steps[1] in line for line in lines)
    value = look_up(data, steps)
    return bool(value) and PLACEHOLDER not in str(value) and value != PLACEHOLDER_CODE
