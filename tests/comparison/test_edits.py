"""Edits of the seed: every dependent sentence and cell is named, none is missed, none invented, each has its causes."""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest

from reportgen.comparison import Change, Differences, differences
from reportgen.facts import Fact
from reportgen.tracing.tracer import is_at_or_below
from reportgen.tree.nodes import Figure
from tests.comparison import text_counts
from tests.comparison.patches import EDITS, base, version

UNPRINTED = {"not-printed"}
ROW_FOR_ROW = {"row-renumbered"}
"""A row goes and another one comes that holds the same figures."""


@cache
def found(name: str) -> Differences:
    return differences(base(), version(name))


def test_there_are_edits_of_every_kind() -> None:
    assert len(EDITS) >= 20


@pytest.mark.parametrize("name", EDITS)
def test_exactly_the_changes_are_found(name: str) -> None:
    changes = found(name).changes
    old, new = text_counts.texts(base().document), text_counts.texts(version(name).document)
    gone, come = text_counts.of_changes(changes)
    for where in old.keys() | new.keys() | gone.keys() | come.keys():
        was, now = old.get(where, Counter()), new.get(where, Counter())
        lost, won = gone.get(where, Counter()), come.get(where, Counter())
        assert (lost - won, won - lost) == (was - now, now - was), where
        assert lost & won == Counter() or name in ROW_FOR_ROW, where
    assert bool(changes) == (name not in UNPRINTED)


@pytest.mark.parametrize("name", EDITS)
def test_every_changed_number_of_an_item_is_found(name: str) -> None:
    old, new = text_counts.numbers(base().document), text_counts.numbers(version(name).document)
    moved = Counter((old[text], new[text]) for text in old.keys() & new.keys() if old[text] != new[text])
    reported = Counter((one.was, one.now) for one in found(name).changes if one.location.kind == "number")
    assert moved - reported == Counter()
    assert all(was != now for was, now in reported)
    assert not reported or moved


@pytest.mark.parametrize("name", EDITS)
def test_each_location_is_listed_once_with_its_text(name: str) -> None:
    for document, sides in (
        (base().document, [one.old for one in found(name).changes]),
        (version(name).document, [one.new for one in found(name).changes]),
    ):
        locations = [location for location in sides if location]
        tables = {table.id: table for table in document.tables()}
        cells = [location for location in locations if location.at]
        places = [(location.block, location.at) for location in cells]
        assert len(set(places)) == len(places)
        for location in cells:
            row = tables[location.block].body[location.at[0]]  # type: ignore[index]
            assert location.runs in [cell.runs for cell in row.cells]


@pytest.mark.parametrize("name", EDITS)
def test_every_change_has_a_cause(name: str) -> None:
    assert [one.location.place for one in found(name).changes if not one.causes] == []
    assert found(name).causes


@pytest.mark.parametrize("name", EDITS)
def test_a_changed_figure_has_the_causes_that_the_trace_gives(name: str) -> None:
    """Both ways, by the trace: every cause behind a figure that changed is named, no other one is."""
    result = found(name)
    facts = [{fact.name: fact for fact in one.facts.facts()} for one in (base(), version(name))]
    for change in result.changes:
        reached = set(_reached(change, result, *facts))
        assert reached <= set(change.causes), change.location.place
        if reached and _only_figures(change):
            assert reached == set(change.causes), change.location.place


def _reached(change: Change, result: Differences, old: dict[str, Fact], new: dict[str, Fact]) -> list[int]:
    """The causes in whose cells the changed figures of a change were read."""
    sides = []
    for location, other, facts, side in (
        (change.old, change.new, old, "old"), (change.new, change.old, new, "new")
    ):  # fmt: skip
        known = Counter((r.fact, r.text) for r in (other.runs if other else ()) if isinstance(r, Figure))
        mine = Counter((r.fact, r.text) for r in (location.runs if location else ()) if isinstance(r, Figure))
        cells = {cell for fact, _ in mine - known for cell in facts[fact].cells()}
        sides.append((cells, side))
    return [
        n
        for n, cause in enumerate(result.causes)
        if cause.kind != "moved"
        for cells, side in sides
        if (pointer := getattr(cause, side)) and any(is_at_or_below(cell, pointer) for cell in cells)
    ]


def _only_figures(change: Change) -> bool:
    """Whether the words around the figures are the same."""
    sides = [[r.text for r in (s.runs if s else ()) if not isinstance(r, Figure)] for s in (change.old, change.new)]
    return sides[0] == sides[1]


TURNED = {
    "three-public-turns": {"/totals/reception/reason": ("down", "up")},
    "three-public-flat": {"/totals/reception/reason": ("down", "flat")},
    "three-public-to-zero": {},
    "total-turns": {"/totals/expenditure/reason": ("down", "up")},
    "base-absent": {"/totals/reception/reason": ("down", "unknown")},
    "base-zero": {"/totals/reception/reason": ("down", "new")},
}


@pytest.mark.parametrize("name", EDITS)
def test_reasons_of_changes_with_another_direction_are_to_be_reviewed(name: str) -> None:
    reviews = {one.pointer: (one.was, one.now) for one in found(name).reviews}
    assert reviews == TURNED.get(name, {})
    assert all(one.causes for one in found(name).reviews)


def test_equal_documents_have_no_differences() -> None:
    assert not differences(base(), base())


TELLING = {
    "three-public-turns reception-use": {
        "二/（九）第3段第1句": [0], "二/（九）第3段第2句": [1], "二/（九）第3段第3句": [0],
        "表07「合计」公务接待费": [0],
    },
    "total-turns reason-changed": {"二/（三）第1段": [0, 1]},
    "agency-amount agency-reason": {"二/（十）/1第1段": [0, 1]},
    "item three-public-turns": {
        "二/（九）第1段": [2], "二/（三）第3段": [1], "二/（二）第1段": [0], "二/（十）/4第1段": [3],
        "二/（五）/1第1段": [1], "表03「合计」总计": [1], "表02「合计」总计": [0], "表10「合计」总计": [3],
    },
    "unit-added duty-removed row-removed": {
        "一/（一）第3段": [0], "一/（二）第1段": [1], "二/（五）/3第7段": [2], "三第13段": [2], "二/（十）/1第1段": [1],
    },
}  # fmt: skip
"""Of several edits at once, the causes (by number) of some places: each its own, none its neighbour's."""


@pytest.mark.parametrize("names", TELLING)
def test_each_location_has_its_own_causes(names: str) -> None:
    changes: dict[str, set[int]] = {}
    for one in found(names).changes:
        changes.setdefault(one.location.place, set()).update(one.causes)
    assert {place: sorted(changes[place]) for place in TELLING[names]} == TELLING[names]
