"""A slice of the mutants of :mod:`.mutate`; a hundred thousand in a campaign."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from reportgen.budget import field_types
from tests.population import size

from .mutate import DOCUMENTED, Mutator, fault, mangled, mutant, run_all
from .sample import DEMO, demo


@pytest.mark.campaign
@pytest.mark.parametrize("seed", range(size(50, 2)))
def test_no_mutant_ends_without_a_message(seed: int) -> None:
    count = size(2000, 250)
    codes, faults = run_all(count, seed)
    assert faults == {}
    assert codes.keys() <= DOCUMENTED, "every end is a documented one"
    assert {0, 1, 3} <= codes.keys()
    assert codes[0] + codes[1] > count * 0.15, "enough of them are read"


def test_a_mutant_can_be_made_again() -> None:
    assert [mutant(1, n) for n in range(50)] == [mutant(1, n) for n in range(50)]
    assert len({mutant(1, n) for n in range(50)}) > 45


def test_every_kind_of_mutation_changes_something() -> None:
    for mean in (one for one in vars(Mutator) if not one.startswith("_") and one != "mutate"):
        changed = 0
        for seed in range(20):
            data = demo()
            getattr(Mutator(random.Random(seed)), mean)(data)
            changed += data != demo()
        assert changed > 3, mean
    assert sum(mangled(DEMO.read_bytes(), random.Random(seed)) != DEMO.read_bytes() for seed in range(20)) > 15


def test_a_fault_is_seen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(field_types, "faults", lambda *_: 1 / 0)
    exit_code, wrong = fault(DEMO.read_bytes(), tmp_path)
    assert exit_code == 70
    assert "内部错误" in wrong
