"""Dice that fall alike everywhere: every choice follows from a key, by whole numbers only."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")
Ranges = Sequence[tuple[int, int, int]]
"""(weight, from, to): choose a row by its weight, then a number of it, both ends included."""


class Chance:
    """The dice of one key; equal keys throw equally, whatever else was thrown before."""

    def __init__(self, *key: object) -> None:
        """Dice for ``key``: the seed, the number of the department, what is decided."""
        self._random = Random("/".join(map(str, key)))

    def between(self, low: int, high: int) -> int:
        """A whole number from ``low`` to ``high``, both included."""
        return low + self._random.randrange(high - low + 1)

    def percent(self, likely: int) -> bool:
        """Whether something happens that happens ``likely`` times of a hundred."""
        return self._random.randrange(100) < likely

    def one_of(self, choices: Sequence[T]) -> T:
        """One of the choices, each as likely as the other."""
        return choices[self._random.randrange(len(choices))]

    def some_of(self, choices: Sequence[T], count: int) -> list[T]:
        """``count`` of the choices (all, if there are not so many), none twice, in any order."""
        return self._random.sample(list(choices), min(count, len(choices)))

    def of(self, ranges: Ranges) -> int:
        """A number of a skewed kind."""
        at = self._random.randrange(sum(weight for weight, _, _ in ranges))
        for weight, low, high in ranges:
            if at < weight:
                return self.between(low, high)
            at -= weight
        raise AssertionError("a weight is negative")

    def split(self, total: int, parts: int) -> list[int]:
        """``total`` in so many parts of at least one, for ``total`` not less than ``parts``."""
        cuts = sorted(self._random.sample(range(1, total), parts - 1)) if parts > 1 else []
        return [b - a for a, b in zip([0, *cuts], [*cuts, total], strict=True)]


def shared(total: int, weights: Sequence[int]) -> list[int]:
    """``total`` in proportion to ``weights``, exactly: what is left by cutting off goes to the first."""
    parts = [total * weight // sum(weights) for weight in weights]
    parts[0] += total - sum(parts)
    return parts
