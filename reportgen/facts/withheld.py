"""保密: the notes on rows that are withheld, for each group whose rows do not add up to what it states."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from ..budget.model import Budget
from ..budget.withheld import Withheld
from ..core.money import rounding_envelope
from .fact import Fact, FactGroup, SourceText
from .past import LISTS_BY_CODE

NAME = "withheld"
LOWEST = {"expenditure": 7, "basic_expenditure": 5, "economic_expenditure": 5}
"""The length of the codes that have none below them."""
Gap = Callable[[Withheld], bool]
"""Whether rows that a mark says are withheld are missing in one group."""


def put_withheld(facts: FactGroup, budget: Budget) -> FactGroup:
    """Put into each group the notes on what is withheld from its ``rows``, and return ``withheld``: ``notes``, ``any``.

    A group has the note of a mark only if rows are missing in it: its parts are less than what the document states.
    """
    marks = [(mark, SourceText(mark.note, f"/{NAME}/{n}/note")) for n, mark in enumerate(budget.withheld)]
    found: dict[str, SourceText] = {}
    for name, gap in _gaps(facts, budget).items():
        own = [note for mark, note in marks if gap(mark)]
        facts[name].put(withheld=own)
        found.update({note.text: note for note in own})
    facts.key_projects.put(withheld=facts.projects.withheld)
    facts.performance.put(withheld=list(dict.fromkeys((*facts.projects.withheld, *facts.performance.withheld))))
    return FactGroup(NAME, any=bool(found), notes=list(found.values()))


def _gaps(facts: FactGroup, budget: Budget) -> Mapping[str, Gap]:
    """Return for each group that rows may be withheld from, when they are."""
    gaps: dict[str, Gap] = {
        name: partial(_below_codes, list(_short(facts[name], part, budget)), part)
        for name, part in LISTS_BY_CODE.items()
    }
    amounts = [line.amount for line in budget.performance if line.amount is not None]
    sums = {
        "three_public": [(facts.three_public.total, [row.total for row in facts.three_public.rows])],
        "projects": [(facts.projects.total, [row.total for row in facts.projects.rows])],
        "performance": [(facts.projects.total, [Fact("", amount) for amount in amounts])],
        "procurement": [(facts.procurement.total, [row.total for row in facts.procurement.rows])],
        "named": [(row.total, [part.total for part in row.rows]) for row in facts.named.rows],
    }
    for part, pairs in sums.items():
        missing = any(_is_less(parts, whole, budget) for whole, parts in pairs)
        gaps[part] = partial(_of_list, part, missing)
    return gaps


def _of_list(part: str, missing: bool, mark: Withheld) -> bool:
    return missing and mark.is_below(part)


def _below_codes(codes: list[str], part: str, mark: Withheld) -> bool:
    return any(mark.is_below(part, code) for code in codes)


def _short(group: FactGroup, part: str, budget: Budget) -> Iterator[str]:
    """Yield the codes whose rows below are missing or are less than what they state."""
    below: dict[str, list[Fact]] = {}
    for row in group.rows:
        below.setdefault(row.key[:-2], []).append(row.total)
    for row in group.rows:
        if len(row.key) < LOWEST[part] and row.total and _is_less(below.get(row.key, []), row.total, budget):
            yield row.key


def _is_less(parts: list[Fact], whole: Fact, budget: Budget) -> bool:
    """Whether the parts are less than the whole, by more than the rounding of published figures allows."""
    gap = whole.value - sum(part.value for part in parts)
    return gap > rounding_envelope(budget.money_unit, len(parts))
