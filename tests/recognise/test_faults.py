"""Faults of typing in a workbook: each is refused, reported, or changes nothing."""

from __future__ import annotations

from functools import cache

import pytest

from tests.population import size

from .faults import COUNT, PLANTS, SEED, Planted, planted


@cache
def faults() -> tuple[Planted, ...]:
    return tuple(planted(size(COUNT, 45), SEED))


@pytest.mark.campaign
def test_no_fault_is_silent() -> None:
    assert [fault for fault in faults() if fault.outcome == "silent"] == []


@pytest.mark.campaign
def test_every_kind_was_planted() -> None:
    assert {fault.kind for fault in faults()} == set(PLANTS)


@pytest.mark.campaign
def test_a_fault_that_changes_an_amount_is_refused() -> None:
    """What gives the same document: a figure that is read as it was meant, a year in prose, columns that are equal."""
    harmless = {"a figure with separators", "a full-width figure", "a wrong year", "two columns swapped"}
    assert {fault.kind for fault in faults() if fault.outcome == "the same document"} <= harmless
