"""The keys by which a row of the document is found again in another version of it, whatever its position."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .economic_lines import EconomicLine
from .lines import BasicLine, ExpenditureLine, Project, RevenueLine, ThreePublicLine
from .model import Acceptance, Override, Term, Unit
from .named_amounts import NamedAmount
from .performance import Indicator, Performance
from .purchases import ProcurementLine
from .withheld import Withheld

KEYS: Mapping[type[Any], tuple[tuple[str, ...], ...]] = {
    Unit: (("code",), ("name",)),
    RevenueLine: (("unit", "source", "function"),),
    ExpenditureLine: (("unit", "function", "fund"),),
    BasicLine: (("unit", "economic", "counted_as"),),
    EconomicLine: (("unit", "economic", "fund"),),
    ThreePublicLine: (("unit", "fund"), ("unit",)),
    Project: (("unit", "name"),),
    NamedAmount: (("unit", "name"),),
    ProcurementLine: (("unit", "kind", "function", "project", "economic", "item"),),
    Indicator: (("level1", "level2", "level3"),),
    Performance: (("unit", "name"),),
    Term: (("function",), ("term",)),
    Acceptance: (("code", "place"),),
    Withheld: (("table",), ("code",)),
    Override: (("block", "after"),),
}
"""Class of rows → the fields of its key; where a row lacks one of them, the next fields are the key."""

Key = tuple[tuple[str, ...], tuple[Any, ...]]


def key_of(row: Any) -> Key:
    """Return the names and values of the key fields of a row."""
    for names in KEYS[type(row)]:
        values = tuple(getattr(row, name) for name in names)
        if None not in values:
            break
    return names, values
