"""A document in which all leaves of one kind are absent, zero or too little to print still reads as sentences."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from reportgen.budget.field_types import Amount
from reportgen.core.errors import InputError
from reportgen.layout.spec import Layout
from tests.leaves.changes import Leaf, filled, leaves
from tests.population import sample
from tests.rules.test_rules import base
from tests.test_every_subset import complaints, composed

ABSENT = object()
VALUES = {"absent": ABSENT, "zero": 0, "too little to print": "0.3"}
EVERY = "every amount"


def document() -> Any:
    """A document with every field but the hand edits."""
    return {**filled(base("demo")), "overrides": []}


def kinds() -> dict[str, list[Leaf]]:
    """The leaves of each kind, and all amounts together."""
    found: dict[str, list[Leaf]] = {}
    for leaf in leaves(document()):
        found.setdefault(leaf.kind, []).append(leaf)
        if isinstance(leaf.type, Amount):
            found.setdefault(EVERY, []).append(leaf)
    return found


KINDS = kinds()


def changes() -> Iterator[tuple[str, str]]:
    """Which kind of leaves gets which value: only amounts can be zero."""
    for kind, own in KINDS.items():
        for name in VALUES:
            if name == "absent" or isinstance(own[0].type, Amount):
                yield kind, name


CHANGES = [change for change in changes() if change[0] != EVERY]


@pytest.mark.campaign
@pytest.mark.parametrize(("kind", "name"), [*((EVERY, name) for name in VALUES), *sample(CHANGES, 25)])
def test_nothing_dangles(kind: str, name: str, layout: Layout) -> None:
    data = document()
    for leaf in KINDS[kind]:
        change(data, leaf, VALUES[name])
    try:
        document_made = composed(data, layout)
    except InputError:
        assert name == "absent", "an amount may be zero"
        return
    assert [*complaints(document_made)] == []


def change(data: Any, leaf: Leaf, value: object) -> None:
    """Set the leaf to a value, or take it away from its object or its list."""
    *steps, last = leaf.pointer.strip("/").split("/")
    for step in steps:
        data = data[int(step) if isinstance(data, list) else step]
    if value is not ABSENT:
        data[last] = value
    elif isinstance(data, list):
        data.clear()
    else:
        del data[last]
