"""勾稽: relations that must hold between the figures and texts of a document.

A rule is a function that yields findings; it gets the budget and its facts, never a layout or a tree, so that it cannot
depend on wording. Rules are the functions of this folder's modules with the decorator :func:`~.rule.rule`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..budget.model import Budget
from ..budget.terms import FINAL
from ..core.finding import Finding, Severity
from ..core.settings import DisabledRule, Tie
from ..core.suggest import nearest
from ..facts import FactGroup
from .acceptance import with_acceptances
from .final_words import in_words_of_final_accounts
from .rule import Rule, all_rules
from .ties import check_tie

COMPARED_WITH = {
    "GJ601": ("GJ401", "GJ402", "GJ403", "GJ409", "GJ502", "GJ504", "GJ505", "GJ603", "GJ605"),
    "GJ609": ("GJ414", "GJ415", "GJ416", "GJ417", "GJ510"),
}
"""The rule that finds a given file to be of another department or year → the rules that compare with its figures.

Those declared ``against_last`` or ``against_initial`` are left out with them.
"""


def run(
    budget: Budget,
    facts: FactGroup,
    ties: Sequence[Tie] = (),
    off: Sequence[DisabledRule] = (),
    last: FactGroup | None = None,
    initial: FactGroup | None = None,
) -> tuple[Finding, ...]:
    """Return the findings of all rules, in order of their codes, then those of the layout's ``ties``.

    ``off`` are rules that the layout switches off; for each there is a note with its reason. ``last`` are the facts of
    last year's document, ``initial`` those of the budget of the year, if they are given. Findings that the document
    accepts are notes with the reason. What is compared with a file of another department or year is not said.
    """
    findings = _findings(budget, facts, ties, off, last, initial)
    if budget.stage == FINAL:
        findings = in_words_of_final_accounts(findings)
    return tuple(with_acceptances(findings, budget))


def _invalid_comparisons(
    rules: Sequence[Rule], budget: Budget, facts: FactGroup, last: FactGroup | None, initial: FactGroup | None
) -> Iterator[str]:
    """Yield the codes of the rules that compare with a file of another department or year; the cause alone is said."""
    for rule in rules:
        other = last if rule.against_last else initial
        if rule.code in COMPARED_WITH and other is not None and any(rule.check(budget, facts, other)):
            yield from COMPARED_WITH[rule.code]
            for one in rules:
                if one.code != rule.code and (one.against_last if rule.against_last else one.against_initial):
                    yield one.code


def _findings(
    budget: Budget,
    facts: FactGroup,
    ties: Sequence[Tie],
    off: Sequence[DisabledRule],
    last: FactGroup | None,
    initial: FactGroup | None,
) -> Iterator[Finding]:
    switched_off = {disabled.code for disabled in off}
    rules = [rule for rule in all_rules() if rule.code not in switched_off and budget.stage in rule.stages]
    left_out = set(_invalid_comparisons(rules, budget, facts, last, initial))
    for rule in rules:
        if rule.code in left_out:
            continue
        if not rule.against_last and not rule.against_initial:
            yield from rule.check(budget, facts)
        elif (other := last if rule.against_last else initial) is not None:
            yield from rule.check(budget, facts, other)
    for tie in ties:
        yield from check_tie(tie, budget, facts)
    yield from _notes_on(off)


def _notes_on(off: Sequence[DisabledRule]) -> Iterator[Finding]:
    known = {rule.code for rule in all_rules()}
    for disabled in off:
        values = {"code": disabled.code, "reason": disabled.reason}
        if disabled.code in known:
            yield Finding("GJ001", Severity.NOTE, "版式关闭了规则 {code}：{reason}", values=values)
        else:
            near = nearest(disabled.code, known)
            hint = "是否想写 {near}？" if near else "规则的代码见 docs/rules.md"
            message = "版式要关闭的规则 {code} 不存在"
            yield Finding("GJ001", Severity.WARNING, message, (), hint, {**values, "near": near})
