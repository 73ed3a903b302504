"""The invented sample as plain values, changed place by place; every text field of it, filled."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass, fields
from functools import cache
from typing import Any

from reportgen.budget.field_types import List, Object, Text
from reportgen.budget.json_input import parse_json
from reportgen.budget.model import Budget
from reportgen.budget.terms import FINAL
from reportgen.core.paths import shipped

DEMO = shipped("data") / "samples" / "demo-2023.json"
GONE = object()
"""Put in a place, it takes the place away."""


@cache
def _demo() -> Any:
    return parse_json(DEMO.read_bytes())


def demo() -> Any:
    """The sample, for the caller to change."""
    return copy.deepcopy(_demo())


def changed(edits: dict[str, Any]) -> Any:
    """The sample with each pointer set to its value; ``GONE`` deletes, ``/-`` appends."""
    data = demo()
    for pointer, value in edits.items():
        *path, last = pointer.split("/")[1:]
        at = data
        for step in path:
            at = at[int(step)] if isinstance(at, list) else at.setdefault(step, {})
        if value is GONE:
            del at[int(last) if isinstance(at, list) else last]
        elif last == "-":
            at.append(value)
        else:
            at[int(last) if isinstance(at, list) else last] = value
    return data


@dataclass(frozen=True)
class TextField:
    """One place of the document that holds words."""

    pointer: str
    kind: Text
    holder: Any
    key: Any

    def put(self, text: str) -> None:
        self.holder[self.key] = text


def every_text(data: Any) -> list[TextField]:
    """Every text field that the contract of a budget knows, in ``data``; those left out are put in first."""
    return list(_texts(data, Budget, ""))


def _texts(data: Any, model: type[Any], pointer: str) -> Iterator[TextField]:
    for one in (field for field in fields(model) if field.metadata.get("stage") != FINAL):
        kind, place = one.metadata["type"], f"{pointer}/{one.name}"
        if isinstance(kind, Text):
            data.setdefault(one.name, "填")
            yield TextField(place, kind, data, one.name)
        elif isinstance(kind, Object):
            if one.name in data or one.name != "assets":
                yield from _texts(data.setdefault(one.name, {}), kind.model, place)
        elif isinstance(kind, List) and isinstance(kind.items, Text):
            texts = data.get(one.name, [])
            yield from (TextField(f"{place}/{n}", kind.items, texts, n) for n in range(len(texts)))
        elif isinstance(kind, List) and isinstance(kind.items, Object):
            for n, item in enumerate(data.get(one.name, [])):
                yield from _texts(item, kind.items.model, f"{place}/{n}")
