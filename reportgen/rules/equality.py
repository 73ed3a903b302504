"""Compare figures, with a tolerance for rounded amounts.

Amounts in 元 must agree exactly. Published documents have amounts rounded to 0.01 万元, each by itself: then a parent
may differ from the sum of its ``n`` children by (n + 1) × 0.005 万元, the rounding envelope. A difference within the
envelope is a 尾差, which gives a note with its figures; a larger one gives an error.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from ..budget.model import Budget
from ..budget.terms import KIND_NAMES, BaseKind
from ..core.finding import Finding, Place, Severity
from ..core.money import exact, rounding_envelope
from ..facts import Fact, FactGroup
from ..facts.fact import total


def envelope(budget: Budget, children: int) -> int:
    """Return the 元 by which a total and the sum of its ``children`` may differ."""
    return rounding_envelope(budget.money_unit, children)


def is_unread(budget: Budget, *figures: Fact) -> bool:
    """Whether one of the figures was read from nothing because the imported file lacks parts: it is unknown, not 0."""
    return bool(budget.unread) and not all(any(True for _ in figure.cells()) for figure in figures)


def is_another_department(budget: Budget, other: FactGroup) -> bool:
    """Whether a document is of another department; an imported one may not say which (``unread``)."""
    theirs = other.past.budget
    return "/department/code" not in theirs.unread and theirs.department.code != budget.department.code


def place_of(fact: Fact) -> str:
    """Return the pointer of the smallest part of the document that holds all input cells of a fact; "" without cells.

    A single cell is its own place. Where the cells are in several parts (``/expenditure``, ``/carried_forward``), that
    part counts which has the most.
    """
    cells = [cell.split("/") for cell in fact.cells()]
    if not cells:
        return ""
    (part, _), *_ = Counter(cell[1] for cell in cells).most_common(1)
    own = [cell for cell in cells if cell[1] == part]
    return "/".join(step[0] for step in takewhile(lambda step: len(set(step)) == 1, zip(*own, strict=False)))


def fact_place(fact: Fact, printed: str = "") -> Place:
    """Return where a fact is: its pointer, its printed name, and the pointers of the values that it is the sum of."""
    return Place(place_of(fact), printed, parts=tuple(fact.cells()))


def base_label(kind: BaseKind, figure: str) -> str:
    """Return what messages call the base of a figure."""
    last = KIND_NAMES[kind]
    return f"本文件的{last}「{figure}」"


def equal(
    code: str,
    budget: Budget,
    left: tuple[str, Fact],
    right: tuple[str, Fact],
    children: int,
    hint: str,
    other: Budget | None = None,
) -> Iterator[Finding]:
    """Yield a finding if left and right, each a printed name and a fact, differ; ``children`` gives the envelope.

    ``other`` is the document that the right figure is of, if it is another one: its amounts may be rounded as well.
    """
    (left_name, a), (right_name, b) = left, right
    gap = a.value - b.value
    if not gap or is_unread(budget, a, b):
        return
    within = abs(gap) <= max(envelope(one, children) for one in (budget, other or budget))
    unit = budget.money_unit
    values = {
        "left": left_name, "right": right_name, "gap": exact(abs(gap), unit),
        "left_amount": exact(a.value, unit), "right_amount": exact(b.value, unit),
    }  # fmt: skip
    where = tuple(fact_place(fact, name) for fact, name in ((a, left_name), (b, right_name)))
    if within:
        message = "{left} {left_amount} 与 {right} {right_amount} 有尾差 {gap}"
        yield Finding(code, Severity.NOTE, message, where, "四舍五入所致，可在表下加注", values)
    else:
        message = "{left} {left_amount} ≠ {right} {right_amount}，相差 {gap}"
        yield Finding(code, Severity.ERROR, message, where, hint, values)


def adds_up(
    code: str,
    budget: Budget,
    whole: tuple[str, Fact],
    parts: Sequence[Fact],
    parts_name: str,
    hint: str,
    withheld: bool = False,
) -> Iterator[Finding]:
    """Yield a finding if the whole is not the sum of its parts; where parts are ``withheld``, if it is less."""
    yield from agrees(code, budget, whole, (parts_name, total(parts_name, parts)), len(parts), hint, withheld)


def agrees(
    code: str,
    budget: Budget,
    whole: tuple[str, Fact],
    sum_of_parts: tuple[str, Fact],
    children: int,
    hint: str,
    withheld: bool,
) -> Iterator[Finding]:
    """Yield a finding if whole and sum differ; where parts are ``withheld``, only if the sum is larger."""
    if withheld and whole[1].value >= sum_of_parts[1].value:
        return
    yield from equal(code, budget, whole, sum_of_parts, children, hint)


def not_more(
    code: str, budget: Budget, part: tuple[str, Fact], whole: tuple[str, Fact], severity: Severity, hint: str
) -> Iterator[Finding]:
    """Yield a finding if a part is larger than its whole by more than the envelope of two cells."""
    (part_name, a), (whole_name, b) = part, whole
    if a.value - b.value <= envelope(budget, 1) or is_unread(budget, a, b):
        return
    unit = budget.money_unit
    values = {
        "part": part_name, "whole": whole_name, "gap": exact(a.value - b.value, unit),
        "part_amount": exact(a.value, unit), "whole_amount": exact(b.value, unit),
    }  # fmt: skip
    where = tuple(fact_place(fact, name) for fact, name in ((a, part_name), (b, whole_name)))
    message = "{part} {part_amount} 大于 {whole} {whole_amount}，多 {gap}"
    yield Finding(code, severity, message, where, hint, values)


def softened(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield the findings with errors as warnings, for relations that have exceptions."""
    for finding in findings:
        yield replace(finding, severity=min(finding.severity, Severity.WARNING))
