"""What a rule is, how one is declared, how all are found."""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module

from ..core.finding import Finding
from ..core.finding_codes import declare as declare_code

Check = Callable[..., Iterator[Finding]]
"""From the budget and its facts, and for a rule ``against_last`` also last year's facts, to findings."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One relation: its code, its name, the function that checks it (whose docstring says what, why and the source)."""

    code: str
    title: str
    check: Check
    against_last: bool = False

    @property
    def doc(self) -> str:
        """What the rule holds, as its function's docstring says it."""
        return self.check.__doc__ or ""


_RULES: dict[str, Rule] = {}


def rule(code: str, title: str, against_last: bool = False) -> Callable[[Check], Check]:
    """Declare a function as the rule ``code``; ``against_last``: it also takes last year's facts, if they are given."""

    def declare(check: Check) -> Check:
        if code in _RULES and _RULES[code].check.__qualname__ != check.__qualname__:
            raise ValueError(f"two rules are called {code}")
        declare_code(code, title)
        _RULES[code] = Rule(code, title, check, against_last)
        return check

    return declare


@cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule of every module in this folder, in the order of the codes."""
    package = __name__.rpartition(".")[0]
    for module in pkgutil.iter_modules(import_module(package).__path__):
        import_module(f"{package}.{module.name}")
    return tuple(_RULES[code] for code in sorted(_RULES))
