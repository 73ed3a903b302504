"""Faults planted into both samples: every kind that a rule can know is caught (`faults.py`)."""

from __future__ import annotations

import pytest

from tests.population import size
from tests.rules.faults import BEYOND, CATCHABLE, planted

EACH = size(50, 4)


@pytest.mark.campaign
@pytest.mark.parametrize("kind", CATCHABLE)
def test_every_planted_fault_is_caught(kind: str) -> None:
    assert planted(kind, EACH) == EACH


@pytest.mark.campaign
@pytest.mark.parametrize("kind", BEYOND)
def test_what_no_rule_can_know_is_not_claimed(kind: str) -> None:
    assert planted(kind, EACH) < EACH
