"""Edits of the seed as patches by pointer."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from reportgen.comparison import Side
from reportgen.compose import compose
from reportgen.facts import derive_facts
from reportgen.layout.load import load_layout
from tests.variants import budget_of, get, pointer_of, unstated_data

EDITS: dict[str, dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("edits.yaml").read_text(encoding="utf-8"))


def base_data() -> Any:
    """The seed's data before any edit: without stated subtotals, with the first of the many indicators."""
    data = unstated_data()
    data["performance"] = data["performance"][:3]
    return data


def edited(names: str) -> Any:
    """The data after an edit, or after several ("item unit-added")."""
    data = base_data()
    for name in names.split():
        _edit(data, EDITS[name])
    return data


def _edit(data: Any, edit: dict[str, Any]) -> None:
    for address, value in edit.get("put", {}).items():
        holder, key = _split(data, address)
        holder[key] = _plain(value)
    for address, value in edit.get("insert", {}).items():
        holder, key = _split(data, address)
        holder.insert(key, _plain(value))
    for address in edit.get("drop", ()):
        holder, key = _split(data, address)
        del holder[key]
    if swap := edit.get("swap"):
        (one, a), (other, b) = (_split(data, address) for address in swap)
        one[a], other[b] = other[b], one[a]


def _split(data: Any, address: str) -> tuple[Any, Any]:
    """The object or list that an address leads into, and the key or place in it."""
    head, _, last = address.rpartition("/")
    holder = get(data, head) if head else data
    if isinstance(holder, list):
        last = address.rsplit("/", 1)[1]
        return holder, int(last) if int(last) <= len(holder) else int(pointer_of(data, address).rsplit("/", 1)[1])
    return holder, last


def _plain(value: Any) -> Any:
    if isinstance(value, float):
        return Decimal(str(value))
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, list) else value


def side(data: Any) -> Side:
    """A version of the document, in the layout of the seed."""
    layout, budget = load_layout("zhejiang"), budget_of(data)
    facts = derive_facts(budget, layout.printing)
    return Side(budget, facts, compose(facts, layout, budget.published))


@cache
def base() -> Side:
    return side(base_data())


@cache
def version(name: str) -> Side:
    return side(edited(name))
