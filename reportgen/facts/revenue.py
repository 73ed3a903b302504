"""Revenue by source, this year's and carried over, for the department and for each unit."""

from __future__ import annotations

from collections.abc import Iterable

from ..budget.model import SOURCES, Budget, RevenueLine
from ..core.settings import Printing
from .fact import Fact, FactGroup, SourceText, read, total
from .share import shares

SOURCE_NAMES = dict(
    zip(
        SOURCES,
        ("general_public", "government_fund", "state_capital", "fiscal_account", "business_income",
         "operating_income", "superior_subsidy", "affiliated_income", "other_income"),
        strict=True,
    )
)  # fmt: skip
FISCAL = ("general_public", "government_fund", "state_capital")
OWN = tuple(SOURCE_NAMES.values())[4:]
"""The sources whose carry-over is 单位资金结转结余."""

Lines = list[tuple[str, RevenueLine]]


def revenue(budget: Budget, printing: Printing) -> FactGroup:
    """The group ``revenue``: ``total``, ``this.<source>``, ``carry.<source>``, ``sources``, ``rows`` by unit."""
    lines = [(f"/revenue/{n}", line) for n, line in enumerate(budget.revenue)]
    group = _columns("revenue", lines)
    group.put(appropriation=_appropriation(group), sources=_sources(group, printing))
    group.put(rows=_rows(budget, lines, group))
    return group


def _columns(name: str, lines: Lines) -> FactGroup:
    """What one row of 收入预算总表 holds."""
    this = {key: _cells(f"{name}.this.{key}", "amount", key, lines) for key in SOURCE_NAMES.values()}
    carry = {key: _cells(f"{name}.carry.{key}", "carry_over", key, lines) for key in SOURCE_NAMES.values()}
    this["total"] = total(f"{name}.this.total", list(this.values()))
    carry["total"] = total(f"{name}.carry.total", list(carry.values()))
    carry["own_funds"] = total(f"{name}.carry.own_funds", (carry[key] for key in OWN))
    return FactGroup(
        name,
        total=total(f"{name}.total", (this["total"], carry["total"])),
        this=FactGroup(f"{name}.this", **this),
        carry=FactGroup(f"{name}.carry", **carry),
    )


def _cells(name: str, part: str, key: str, lines: Lines) -> Fact:
    cells = [
        read(f"{name}@{n}", getattr(line, part), f"{pointer}/{part}")
        for n, (pointer, line) in enumerate(lines)
        if SOURCE_NAMES[line.source] == key
    ]
    if len(cells) == 1:
        return Fact(name, cells[0].value, pointers=cells[0].pointers)
    return total(name, cells)


def _appropriation(group: FactGroup) -> FactGroup:
    """财政拨款: the three fiscal funds together, and each with its carry-over."""
    name = "revenue.appropriation"
    this = total(f"{name}.this", (group.this[key] for key in FISCAL))
    carry = total(f"{name}.carry", (group.carry[key] for key in FISCAL))
    return FactGroup(name, this=this, carry=carry, total=total(f"{name}.total", (this, carry)))


def _sources(group: FactGroup, printing: Printing) -> list[FactGroup]:
    """The sources that bring anything, each with its share of all revenue."""
    found = []
    for name, key in SOURCE_NAMES.items():
        this, carry = group.this[key], group.carry[key]
        both = total(f"revenue.{key}.total", (this, carry))
        source = FactGroup(
            f"revenue.{key}", key=key, name=SourceText(name), this=this, carry=carry, total=both, share=None
        )
        group.put(**{key: source})
        if both:
            found.append(source)
    for source, share in zip(found, shares([s.total for s in found], group.total, printing), strict=True):
        source.put(share=share)
    return found


def _rows(budget: Budget, lines: Lines, whole: FactGroup) -> list[FactGroup]:
    """The department, then the units that report apart, in the order of their codes."""
    department = FactGroup("revenue.department", name=SourceText(budget.department.name, "/department/name"), level=0)
    department.put(**{part: whole[part] for part in ("total", "this", "carry")})
    return [department, *_unit_rows(budget, lines)]


def _unit_rows(budget: Budget, lines: Lines) -> Iterable[FactGroup]:
    names = {
        unit.code: SourceText(unit.name, f"/department/units/{n}/name")
        for n, unit in enumerate(budget.department.units)
    }
    for code in sorted({line.unit for _, line in lines if line.unit}):
        row = _columns(f"revenue.{code}", [(pointer, line) for pointer, line in lines if line.unit == code])
        row.put(name=names.get(code, SourceText(code)), level=1)
        yield row
