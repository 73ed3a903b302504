"""GJ406: the names of units in texts agree with the list of units.

The list is indexed by the ends of its names, so that a text is searched once, however many names there are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from ..budget.model import Budget
from ..core.finding import Finding, Place, Severity
from ..facts import FactGroup
from .rule import rule
from .texts import texts

END = 4
"""Characters at each end of a name that a near miss has too."""
MIN_NAME_LENGTH = 2 * END
"""Shorter names of units (without their place) are not compared."""
MOST_BETWEEN = 30
"""Characters between the ends of a passage that is compared."""
HANZI = re.compile("[\u4e00-\u9fff]{%d,}" % MIN_NAME_LENGTH)  # noqa: UP031  braces are of the expression
Ends = Mapping[str, Mapping[str, Mapping[int, str]]]
"""The first characters of a name → its last ones → its length → the name."""


class Miss(NamedTuple):
    """A passage of a text, and the name that it nearly is."""

    wrong: str
    name: str


@rule("GJ406", "单位名称前后一致", acceptable=True)
def unit_names_are_consistent(budget: Budget, facts: FactGroup) -> Iterator[Finding]:
    """文字中的单位名称与单位清单一致：去掉地名后差一两个字的，多半是写错。来源：勾稽关系第 26 条。

    是另一个单位、部门的名称或其中一段的，不算写错。
    """
    names = {bare(unit.name) for unit in budget.department.units}
    ends = by_ends(names)
    correct = names | {miss.wrong for name in official_names(budget) for miss in near_misses(name, ends)}
    for pointer, text in texts(budget):
        if pointer.startswith("/department/units"):
            continue
        for miss in dict.fromkeys(near_misses(text, ends)):
            if miss.wrong not in correct:
                values = {"wrong": miss.wrong, "name": miss.name}
                message, hint = "“{wrong}”与单位清单的“{name}”不一致", "用清单里的名称"
                yield Finding("GJ406", Severity.WARNING, message, (Place(pointer),), hint, values)


def official_names(budget: Budget) -> Iterator[str]:
    """Yield every name that the document gives to the department and to its units."""
    department = budget.department
    yield from filter(None, (department.name, department.short_name, department.line_name))
    for unit in department.units:
        yield from filter(None, (unit.name, unit.called))


def bare(name: str) -> str:
    """Return the name of a unit without its place: 青溪市就业促进和人力资源服务中心 → 就业促进和人力资源服务中心."""
    return re.sub(r"^.{2,8}?[省市县区]", "", name)


def by_ends(names: Iterable[str]) -> Ends:
    """Return the names that are compared, by their ends; of those with the same ends and length only the first."""
    ends: dict[str, dict[str, dict[int, str]]] = {}
    for name in sorted(names):
        if len(name) >= MIN_NAME_LENGTH:
            ends.setdefault(name[:END], {}).setdefault(name[-END:], {}).setdefault(len(name), name)
    return ends


def near_misses(text: str, ends: Ends) -> Iterator[Miss]:
    """Yield passages with both ends of a name that are one or two characters longer or shorter."""
    for stretch in HANZI.findall(text) if ends else ():
        for start in range(len(stretch) - MIN_NAME_LENGTH + 1):
            if tails := ends.get(stretch[start : start + END]):
                yield from _from(stretch[start : start + MIN_NAME_LENGTH + MOST_BETWEEN], tails)


def _from(passage: str, tails: Mapping[str, Mapping[int, str]]) -> Iterator[Miss]:
    """Yield the near misses at the beginning of ``passage``; of each tail the first place counts."""
    found: set[str] = set()
    for stop in range(MIN_NAME_LENGTH, len(passage) + 1):
        tail = passage[stop - END : stop]
        if tail in tails and tail not in found:
            found.add(tail)
            for gap in (-2, -1, 1, 2):
                if name := tails[tail].get(stop + gap):
                    yield Miss(passage[:stop], name)
