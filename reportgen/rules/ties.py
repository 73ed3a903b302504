"""The equalities that a layout adds: the sum of the facts on the left equals the sum of the facts on the right."""

from __future__ import annotations

from collections.abc import Iterator

from ..budget.model import Budget
from ..core.errors import LayoutError
from ..core.finding import Finding
from ..core.settings import Tie
from ..facts import Fact, FactGroup
from ..facts.fact import total
from ..facts.nearest_name import nearest_dotted
from .equality import equal


def check_tie(tie: Tie, budget: Budget, facts: FactGroup) -> Iterator[Finding]:
    """Yield a note for a 尾差 within the rounding envelope of all figures, or an error for a larger difference.

    Raises:
        LayoutError: the tie names a fact that does not exist.
    """
    left = [_fact(tie, name, facts) for name in tie.left]
    right = [_fact(tie, name, facts) for name in tie.right]
    sides = (_sum(tie.left, left), _sum(tie.right, right))
    yield from equal(tie.code, budget, *sides, len(left) + len(right) - 1, tie.description)


def _sum(names: tuple[str, ...], facts: list[Fact]) -> tuple[str, Fact]:
    name = " + ".join(names)
    return name, total(name, facts)


def _fact(tie: Tie, name: str, facts: FactGroup) -> Fact:
    try:
        value = facts.look_up(name)
    except KeyError:
        value = None
    if not isinstance(value, Fact):
        near = nearest_dotted(facts, name) if value is None else f"{name}.total" if _is_whole(value) else ""
        hint = "是否想写 {near}？" if near else "名称见 docs/facts.md"
        message = "ties 的 {code}：没有名为“{name}”的数据项"
        raise LayoutError(message, hint, code=tie.code, name=name, near=near)
    return value


def _is_whole(value: object) -> bool:
    """Whether a value is a group of facts with a total."""
    return isinstance(value, FactGroup) and "total" in value
