"""勾稽: relations that must hold inside the document. A rule is a function that yields findings; it changes nothing.

A rule knows the budget and its facts, never a layout or a tree: a check cannot depend on wording. Rules are found
by looking into this folder's modules for functions marked with :func:`~reportgen.rules.rule.rule`.
"""

from __future__ import annotations

from ..budget.model import Budget
from ..core.finding import Finding
from ..facts import Group
from .rule import all_rules


def run(budget: Budget, facts: Group) -> tuple[Finding, ...]:
    """Every finding of every rule, in the order of the codes."""
    return tuple(finding for one in all_rules() for finding in one.check(budget, facts))
