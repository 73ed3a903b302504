"""The past of revenue: of all of it, of 财政拨款, of each source and of each unit."""

from __future__ import annotations

from ..budget.lines import RevenueLine
from ..budget.terms import FISCAL_FUNDS, KINDS, REVENUE_SOURCES, TOTAL_NAMES, BaseKind
from .bases import NONE, NOT_PUBLISHED, Bases, BaseStates, add_state, line_state, states_as_bases
from .fact import Fact, FactGroup, SourceText, total
from .past import Past

Lines = list[tuple[str, RevenueLine]]
"""Lines of the document with their JSON pointers."""
COLUMNS = ("total", "income", "carry")
SUM_COLUMNS = ("total", "income")
AMOUNTS = {"income": ("amount", "last"), "carry": ("carry_over", "carry_over_last")}
"""Column → the field of its amount in a line, and the field of what that was last year."""
FISCAL_KEYS = tuple(fund.key for fund in FISCAL_FUNDS)


def put_past(group: FactGroup, lines: Lines, past: Past) -> None:
    """Put into the group, its sources and its rows what they were last year; add ``compared_sources``."""
    has_past = any(line.last or line.carry_over_last for _, line in lines)
    for source in REVENUE_SOURCES:
        row = group[source.key]
        of_source = [(pointer, line) for pointer, line in lines if line.source == source.name]
        stated, summed = _both(row.dotted, of_source) if has_past else (NONE, NONE)
        reason = next((SourceText(one.reason, f"{at}/reason") for at, one in of_source if one.reason), None)
        past.put_row(row, COLUMNS, stated, summed, past.earlier(row.dotted), source.name, reason)
    of_fiscal = [(at, line) for at, line in lines if line.source in {group[key].name.text for key in FISCAL_KEYS}]
    appropriation = group.appropriation
    bases = _bases(appropriation.dotted, of_fiscal) if has_past else NONE
    key = "appropriation_revenue"
    stated = past.of_total(key, appropriation.dotted)
    earlier, reason = past.earlier(appropriation.dotted), past.reason(key)
    past.put(appropriation, COLUMNS, stated, bases, earlier, TOTAL_NAMES[key], reason)
    summed = _bases("revenue", lines) if has_past else NONE
    stated = past.of_total("revenue", "revenue")
    past.put(
        group, SUM_COLUMNS, stated, summed, past.earlier("revenue"), TOTAL_NAMES["revenue"], past.reason("revenue")
    )
    carried = {
        (kind, "total"): total(f"{group.carry.dotted}.last.{kind}.total", [base])
        for (kind, column), base in summed.items()
        if column == "carry"
    }
    past.put(group.carry, ("total",), NONE, carried, past.earlier(group.carry.dotted), "上年结转结余")
    _put_rows(group, lines if has_past else [], past)
    had = [group[source.key] for source in REVENUE_SOURCES]
    group.put(compared_sources=[row for row in had if row.total or _was(row)])


def _was(row: FactGroup) -> bool:
    """Whether a source had anything last year."""
    return any(row.last[kind].total for kind in KINDS)


def _put_rows(group: FactGroup, lines: Lines, past: Past) -> None:
    earlier = past.earlier_rows("revenue")
    department, *units = group.rows
    department.put(last=group.last, change=group.change, reason=group.reason)
    for row in units:
        unit = row.dotted.removeprefix("revenue.")
        summed = _bases(row.dotted, [(pointer, line) for pointer, line in lines if line.unit == unit])
        past.put_row(row, SUM_COLUMNS, NONE, summed, earlier.get(row.dotted, NOT_PUBLISHED), f"{row.name.text} 收入")


def _both(name: str, lines: Lines) -> tuple[Bases, Bases]:
    """Return the bases of one source: those stated for the department, and those that its units add up to."""
    units = [(pointer, line) for pointer, line in lines if line.unit]
    if not units or len(units) == len(lines):
        return NONE, _bases(name, lines)
    has_past = any(line.last or line.carry_over_last for _, line in units)
    return _bases(name, lines), _bases(name, units) if has_past else NONE


def _stating(lines: Lines, amount: str, last: str) -> Lines:
    """Return the lines that say what a column was last year.

    For a source of which units have the amounts, a line without a unit that has ``last`` and no amount says it for all.
    """
    whole = [line for _, line in lines if line.unit is None and getattr(line, amount) is None and getattr(line, last)]
    by_units = {line.source for _, line in lines if line.unit} - {
        line.source for _, line in lines if line.unit is None and line not in whole
    }
    stated = {line.source for line in whole} & by_units
    return [(pointer, line) for pointer, line in lines if line.source not in stated or line in whole]


def _bases(name: str, lines: Lines) -> Bases:
    """Return the bases of the columns of lines, by kind."""
    bases: dict[tuple[BaseKind, str], Fact] = {}
    for kind in KINDS:
        states: BaseStates = {}
        for column, (amount, last) in AMOUNTS.items():
            whole = f"{name}.last.{kind}.{column}"
            parts: list[Fact | None] = []
            stating = _stating(lines, amount, last)
            for n, (pointer, line) in enumerate(stating):
                part = whole if len(stating) == 1 else f"{whole}@{n}"
                parts += line_state(part, line, pointer, kind, (amount,), last)
            add_state(states, column, whole, parts)
        add_state(states, "total", f"{name}.last.{kind}.total", list(states.values()))
        bases |= states_as_bases(kind, states)
    return bases
