"""勾稽: relations that must hold inside the document. A rule is a function that yields findings; it changes nothing.

A rule knows the budget and its facts, never a layout or a tree: a check cannot depend on wording. Rules are found
by looking into this folder's modules for functions marked with :func:`~reportgen.rules.rule.rule`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..budget.model import Budget
from ..core.finding import Finding, Severity
from ..core.settings import DisabledRule, Tie
from ..facts import FactGroup
from .rule import all_rules
from .ties import tied


def run(
    budget: Budget,
    facts: FactGroup,
    ties: Sequence[Tie] = (),
    off: Sequence[DisabledRule] = (),
    last: FactGroup | None = None,
) -> tuple[Finding, ...]:
    """Every finding of every rule, in the order of the codes, then those of the layout's own ``ties``.

    ``off`` are rules the layout switches off; each leaves a note with its reason. ``last`` are the facts of last year's
    document, when it is given.
    """
    return tuple(_findings(budget, facts, ties, off, last))


def _findings(
    budget: Budget, facts: FactGroup, ties: Sequence[Tie], off: Sequence[DisabledRule], last: FactGroup | None
) -> Iterator[Finding]:
    silent = {one.code for one in off}
    for rule in all_rules():
        if rule.code in silent or (rule.against_last and last is None):
            continue
        yield from rule.check(budget, facts, last) if rule.against_last else rule.check(budget, facts)
    for tie in ties:
        yield from tied(tie, budget, facts)
    yield from _switched_off(off)


def _switched_off(off: Sequence[DisabledRule]) -> Iterator[Finding]:
    known = {rule.code for rule in all_rules()}
    for one in off:
        values = {"code": one.code, "reason": one.reason}
        if one.code in known:
            yield Finding("GJ001", Severity.NOTE, "版式关闭了规则 {code}：{reason}", values=values)
        else:
            yield Finding("GJ001", Severity.WARNING, "版式要关闭的规则 {code} 不存在", values=values)
