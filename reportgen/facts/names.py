"""Every name that a layout may quote, with its meaning, kind, unit and an example (``reportgen layout facts``).

``x[]`` in a name is a list of records, what follows are the names of each record.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from ..core.money import show
from .fact import Fact, FactGroup, SourceText
from .meanings import meaning

_KINDS = {"bool": "是否", "str": "标记", "int": "序号", "NoneType": "（可无）"}
_LONGEST_EXAMPLE = 20
PAST = ("last", "change")
"""The parts of a name under which last year's figures are."""
CHANGE = ("direction", "delta", "signed", "rate", "base", "basically_flat")
"""What a change has, besides the changes of the columns."""


@dataclass(frozen=True, slots=True)
class QuotableName:
    """A name with what it means, in Chinese: its kind (金额, 文字 …), its unit ("" for none) and an example."""

    name: str
    meaning: str
    kind: str
    unit: str
    example: str


def quotable_names(*examples: FactGroup) -> tuple[QuotableName, ...]:
    """Return the names that the facts of ``examples`` have together, each with its first example that is not empty."""
    found: dict[str, QuotableName] = {}
    for facts in examples:
        for one in _entries("", facts):
            known = found.get(one.name)
            if known is None or (known.kind == _KINDS["NoneType"] and one.kind != known.kind):
                found[one.name] = one
    return tuple(found.values())


def matching(names: Iterable[QuotableName], words: Iterable[str]) -> tuple[QuotableName, ...]:
    """Return the names in which, or in the meanings of which, all ``words`` are; this year's before last year's."""
    words = [word.lower() for word in words]
    found = [one for one in names if all(word in f"{one.name} {one.meaning}".lower() for word in words)]
    return tuple(sorted(found, key=lambda one: any(part in PAST for part in one.name.split("."))))


def _entries(prefix: str, group: FactGroup) -> Iterator[QuotableName]:
    for name in group.names():
        value = group[name]
        dotted = f"{prefix}{name}"
        if name in ("last", "change") and isinstance(value, FactGroup):
            yield from _past(dotted, value)
        elif name.startswith("compared_"):
            yield QuotableName(f"{dotted}[]", meaning(dotted), "记录", "", str(len(value)))
        elif isinstance(value, FactGroup):
            if not name[0].isdigit():
                yield from _entries(f"{dotted}.", value)
        elif isinstance(value, list) and value and isinstance(value[0], FactGroup):
            fullest = max(value, key=lambda row: sum(row[key] is not None for key in row.names()))
            yield from _entries(f"{dotted}[].", fullest)
        else:
            yield QuotableName(dotted, meaning(dotted), *_kind_unit_example(value))


def _past(dotted: str, kinds: FactGroup) -> Iterator[QuotableName]:
    """Yield the names of ``last`` or ``change`` for each kind of base; those of the other columns are alike."""
    for kind in kinds.names():
        values = kinds[kind].as_dict()
        names = ("total",) if dotted.endswith("last") else CHANGE
        for name in names:
            if name in values:
                full = f"{dotted}.{kind}.{name}"
                yield QuotableName(full, meaning(full), *_kind_unit_example(values[name]))


def _kind_unit_example(value: Any) -> tuple[str, str, str]:
    if isinstance(value, Fact):
        if value.measure == "money":
            return "金额", "万元", show(value.value, "万元")
        number = f"{value.value:.1f}" if value.measure == "percent" else f"{value.value}"
        return ("百分比" if value.measure == "percent" else "数量"), value.unit, number
    if isinstance(value, SourceText):
        return "文字", "", value.text[:_LONGEST_EXAMPLE].replace("\n", " ")
    if isinstance(value, list):
        return "一列文字", "", str(len(value))
    return _KINDS[type(value).__name__], "", "" if value is None else str(value)
