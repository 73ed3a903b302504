"""The document of a unit as it was derived before and completed by a person: what of it a new one takes over."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ..budget.json_input import parse_json
from ..core.errors import InputError
from .source import load
from .unit_missing import TO_WRITE

Data = dict[str, Any]
LISTS = (
    "revenue", "expenditure", "basic_expenditure", "economic_expenditure", "three_public", "projects", "performance",
    "named",
)  # fmt: skip
"""The lists whose lines name a unit."""
KEYS = ("unit", "source", "function", "fund", "economic", "counted_as", "name", "project", "kind", "item")
"""What tells a line of a unit from its other lines."""
WORDS = ("use", "reason", "goal", "last", "carry_over_last")
"""What a person adds to a line."""


def earlier_document(path: Path) -> Data | None:
    """Return the document that was derived before; None if there is none."""
    if not path.exists():
        return None
    loaded = load(path)
    found: Data = parse_json(loaded.payload)
    if found.get("scope") != "unit" or found["department"]["code"] != path.stem:
        message, hint = "{path} 不是单位 {code} 的单位预算，没有覆盖", "换一个输出文件夹，或移走这个文件"
        raise InputError(message, hint, path=str(path), code=path.stem)
    return found


def take_over(derived: Data, earlier: Data) -> None:
    """Take over what a person has completed: texts, last year's figures, parts that the department does not have."""
    own, before = derived["department"], earlier["department"]
    if own["duties"] == [TO_WRITE]:
        own["duties"] = before["duties"]
    own.update({key: value for key, value in before.items() if key not in own})
    derived.update({key: value for key, value in earlier.items() if key not in derived and key not in LISTS})
    for part in LISTS:
        known = {_key(line): line for line in earlier.get(part, ())}
        for line in derived.get(part, ()):
            for word in WORDS:
                if word not in line and word in known.get(_key(line), {}):
                    line[word] = known[_key(line)][word]


def _key(line: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(line.get(key) for key in KEYS)
