"""How much of a population a test takes: a fixed slice in the ordinary run, all of it with ``pytest -m campaign``."""

from __future__ import annotations

import os
import random
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")
VARIABLE = "REPORTGEN_CAMPAIGN"
"""Set by ``conftest.py`` when the marker expression asks for campaigns; pytest-xdist hands it to its workers."""


def in_full() -> bool:
    """Whether populations run in full."""
    return bool(os.environ.get(VARIABLE))


def size(full: int, part: int) -> int:
    """How many members a generated population has: ``part`` of them, or all ``full``."""
    return full if in_full() else part


def sample(population: Sequence[T], part: int, seed: int = 0) -> list[T]:
    """``part`` members of a listed population, the same in every run and in their order; or all of them."""
    if in_full() or part >= len(population):
        return list(population)
    return [population[n] for n in sorted(random.Random(seed).sample(range(len(population)), part))]
