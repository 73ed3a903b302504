"""Revenue by source, of this year and carried over, for the department and for each unit."""

from __future__ import annotations

from collections.abc import Iterable

from ..budget.lines import ALL
from ..budget.model import Budget
from ..budget.terms import FISCAL_FUNDS, OWN_FUNDS, REVENUE_SOURCES, RevenueSource
from ..core.settings import Printing
from .department import unit_names
from .fact import Fact, FactGroup, SourceText, read, total
from .past import Past
from .revenue_past import Lines, put_past
from .share import shares


def revenue(budget: Budget, past: Past) -> FactGroup:
    """Return the group ``revenue``: ``total``, ``this.<source>``, ``carry.<source>``, ``sources``, ``rows`` by unit.

    ``income`` is 本年收入, without what was carried over. ``shares`` are those of this year's income by source and of
    all that was carried over; the share of one of the ``sources`` has what was carried over in it.
    """
    lines = [(f"/revenue/{n}", line) for n, line in enumerate(budget.revenue)]
    group = revenue_columns("revenue", lines, None)
    group.put(total=past.whole("revenue", group.total))
    group.put(appropriation=appropriation(group, past), other_funds=_other_funds(group))
    group.put(sources=_sources(group, past.printing))
    group.put(shares=_shares(group, past.printing))
    group.put(rows=_rows(budget, lines, group))
    put_past(group, [(pointer, line) for pointer, line in lines if line.source != ALL], past)
    return group


def revenue_columns(name: str, lines: Lines, unit: str | None) -> FactGroup:
    """Return the columns of one row of 收入预算总表: of a ``unit``, or of the department."""
    this = {source.key: _cells(f"{name}.this", "amount", source, lines) for source in REVENUE_SOURCES}
    carry = {source.key: _cells(f"{name}.carry", "carry_over", source, lines) for source in REVENUE_SOURCES}
    stated = [(pointer, line) for pointer, line in lines if line.source == ALL and line.unit == unit][:1]
    this["total"] = _total(f"{name}.this.total", "amount", stated, this)
    carry["total"] = _total(f"{name}.carry.total", "carry_over", stated, carry)
    own = [source.key for source in REVENUE_SOURCES if source.fund is OWN_FUNDS]
    others = [source.key for source in REVENUE_SOURCES if not source.fund.fiscal]
    for part, amounts in (("this", this), ("carry", carry)):
        sums = {OWN_FUNDS.key: own, "other_funds": others}
        amounts |= {key: total(f"{name}.{part}.{key}", [amounts[one] for one in keys]) for key, keys in sums.items()}
    return FactGroup(
        name,
        total=total(f"{name}.total", (this["total"], carry["total"])),
        income=this["total"],
        this=FactGroup(f"{name}.this", **this),
        carry=FactGroup(f"{name}.carry", **carry),
    )


def _total(name: str, part: str, stated: Lines, parts: dict[str, Fact]) -> Fact:
    """Return the total that a line states, or else the sum of the sources."""
    for pointer, line in stated:
        if (value := getattr(line, part)) is not None:
            return read(name, value, f"{pointer}/{part}")
    return total(name, list(parts.values()))


def _cells(group: str, part: str, source: RevenueSource, lines: Lines) -> Fact:
    name = f"{group}.{source.key}"
    cells = [
        read(f"{name}@{n}", getattr(line, part), f"{pointer}/{part}")
        for n, (pointer, line) in enumerate(lines)
        if line.source == source.name
    ]
    if len(cells) == 1:
        return Fact(name, cells[0].value, pointers=cells[0].pointers)
    return total(name, cells)


def appropriation(group: FactGroup, past: Past | None = None) -> FactGroup:
    """Return 财政拨款: the sums of the fiscal funds, of this year and carried over."""
    name = f"{group.dotted}.appropriation"
    this = total(f"{name}.this", (group.this[fund.key] for fund in FISCAL_FUNDS))
    carry = total(f"{name}.carry", (group.carry[fund.key] for fund in FISCAL_FUNDS))
    whole = total(f"{name}.total", (this, carry))
    if past is not None:
        whole = past.whole("appropriation_revenue", whole)
    return FactGroup(name, this=this, income=this, carry=carry, total=whole)


def _other_funds(group: FactGroup) -> FactGroup:
    """Return 其他资金: the sums of the sources that are not 财政拨款, of this year and carried over."""
    name = "revenue.other_funds"
    others = [source.key for source in REVENUE_SOURCES if not source.fund.fiscal]
    this = total(f"{name}.this", (group.this[key] for key in others))
    carry = total(f"{name}.carry", (group.carry[key] for key in others))
    return FactGroup(name, this=this, income=this, carry=carry, total=total(f"{name}.total", (this, carry)))


def _sources(group: FactGroup, printing: Printing) -> list[FactGroup]:
    """Add a group for each source and return those that are not zero, each with its share of all revenue."""
    sources = []
    for source in REVENUE_SOURCES:
        name, this, carry = f"revenue.{source.key}", group.this[source.key], group.carry[source.key]
        both = total(f"{name}.total", (this, carry))
        row = FactGroup(
            name,
            key=source.key,
            name=SourceText(source.name),
            this=this,
            income=this,
            carry=carry,
            total=both,
            share=None,
        )
        group.put(**{source.key: row})
        if both:
            sources.append(row)
    for row, share in zip(sources, shares([row.total for row in sources], group.total, printing), strict=True):
        row.put(share=share)
    return sources


def _shares(group: FactGroup, printing: Printing) -> FactGroup:
    """Return the shares of each source's income of this year, and of all that was carried over, in all revenue."""
    parts = {source.key: group.this[source.key] for source in REVENUE_SOURCES} | {"carry": group.carry.total}
    used = {key: part for key, part in parts.items() if part}
    printed = dict(zip(used, shares(list(used.values()), group.total, printing), strict=True))
    return FactGroup("revenue.shares", **{key: printed.get(key) for key in parts})


def _rows(budget: Budget, lines: Lines, columns: FactGroup) -> list[FactGroup]:
    """Return the row of the department, then those of the units that have lines of their own, in order of code."""
    name = SourceText(budget.department.name, "/department/name")
    code = SourceText(budget.department.code, "/department/code")
    department = FactGroup("revenue.department", name=name, unit_code=code, level=1, position=-1)
    department.put(**{part: columns[part] for part in ("total", "this", "income", "carry")})
    return [department, *_unit_rows(budget, lines)]


def _unit_rows(budget: Budget, lines: Lines) -> Iterable[FactGroup]:
    names = unit_names(budget)
    own: dict[str, Lines] = {}
    for pointer, line in lines:
        if line.unit:
            own.setdefault(line.unit, []).append((pointer, line))
    for code in sorted(own):
        row = revenue_columns(f"revenue.{code}", own[code], code)
        unit_code = SourceText(code, f"{own[code][0][0]}/unit")
        position = int(own[code][0][0].rpartition("/")[2])
        row.put(name=names.get(code, SourceText(code)), unit_code=unit_code, level=2, position=position)
        yield row
