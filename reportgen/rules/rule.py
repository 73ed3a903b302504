"""Rules: the class, the decorator that declares one, and the list of all."""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module

from ..budget.terms import BUDGET, FINAL
from ..core.finding import Finding
from ..core.finding_codes import declare as declare_code

Check = Callable[..., Iterator[Finding]]
"""(budget, facts) → findings; a rule ``against_last`` or ``against_initial`` gets those facts as the third argument."""
EVERY_STAGE = (BUDGET, FINAL)


@dataclass(frozen=True, slots=True)
class Rule:
    """One relation: its code, title and function; the docstring has the relation, the reason and the source.

    ``acceptable``: what it finds may be odd but true, so that a clerk who has verified it can accept it. ``stages`` are
    those of the documents for which the relation holds.
    """

    code: str
    title: str
    check: Check
    against_last: bool = False
    acceptable: bool = False
    stages: tuple[str, ...] = EVERY_STAGE
    against_initial: bool = False

    @property
    def doc(self) -> str:
        """The docstring of the function, as ``docs/rules.md`` prints it."""
        return self.check.__doc__ or ""


_RULES: dict[str, Rule] = {}


def rule(
    code: str,
    title: str,
    against_last: bool = False,
    acceptable: bool = False,
    stages: tuple[str, ...] = EVERY_STAGE,
    against_initial: bool = False,
) -> Callable[[Check], Check]:
    """Declare a function as the rule ``code``, for documents of ``stages``.

    One ``against_last`` runs only if last year's document is given, one ``against_initial`` only if the budget of the
    same year is. What an ``acceptable`` rule finds can be accepted in the document.
    """

    def declare(check: Check) -> Check:
        if code in _RULES and _RULES[code].check.__qualname__ != check.__qualname__:
            raise ValueError(f"two rules are called {code}")
        declare_code(code, title)
        _RULES[code] = Rule(code, title, check, against_last, acceptable, stages, against_initial)
        return check

    return declare


@cache
def all_rules() -> tuple[Rule, ...]:
    """Return the rules of all modules in this folder, in order of their codes."""
    package = __name__.rpartition(".")[0]
    for module in pkgutil.iter_modules(import_module(package).__path__):
        import_module(f"{package}.{module.name}")
    return tuple(_RULES[code] for code in sorted(_RULES))
