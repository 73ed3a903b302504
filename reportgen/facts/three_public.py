"""“三公”经费: by unit, in total, and the change from last year's budget."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from ..budget.lines import ALL, ThreePublicLine
from ..budget.model import Budget
from ..budget.terms import (
    BASE_PARTS,
    BUDGETED_KINDS,
    FISCAL_FUNDS,
    GENERAL_PUBLIC,
    OVERSEAS,
    RECEPTION,
    THREE_PUBLIC,
    TOTAL_NAMES,
    VEHICLE_ITEMS,
    VEHICLE_OPERATION,
    VEHICLE_PURCHASE,
    VEHICLES,
    BaseKind,
    Fund,
)
from ..core.settings import Printing
from .bases import (
    NONE,
    NOT_PUBLISHED,
    Bases,
    BaseStates,
    Earlier,
    add_state,
    base_name,
    base_of,
    states_as_bases,
)
from .change import as_printed
from .department import unit_names
from .fact import ZERO, Fact, FactGroup, SourceText, read, total
from .past import Past

ITEM_KEYS = tuple(item.key for item in THREE_PUBLIC)
NAME, APPROPRIATION = "three_public", "appropriation"
COLUMNS = ("total", OVERSEAS.key, VEHICLES, VEHICLE_PURCHASE.key, VEHICLE_OPERATION.key, RECEPTION.key)
TOTAL_KEYS = {column: NAME if column == "total" else column for column in COLUMNS}
"""Column → its key in ``totals`` of the document."""
SUMS = {VEHICLES: tuple(item.key for item in VEHICLE_ITEMS), "total": (OVERSEAS.key, VEHICLES, RECEPTION.key)}
"""Column → the columns that it is the sum of."""

Lines = Sequence[tuple[str, ThreePublicLine]]
"""Lines of the document with their JSON pointers."""


def three_public(budget: Budget, past: Past) -> FactGroup:
    """Return the group ``three_public``: a fact a column, ``rows`` by unit, the past of each, ``reasons.<column>``."""
    every = [(f"/three_public/{n}", line) for n, line in enumerate(budget.three_public)]
    lines = _of_fund(every, GENERAL_PUBLIC)
    names = unit_names(budget)
    rows = [_row(pointer, line, names) for pointer, line in lines if line.unit != ALL]
    stated = [(pointer, line) for pointer, line in lines if line.unit == ALL]
    group = _stated(*stated[0]) if stated else summed(rows)
    group.put(**{column: past.whole(key, group[column]) for column, key in TOTAL_KEYS.items()})
    group.put(rows=rows, tails=all_tails("units", group, rows, past.printing))
    _put_past(group, rows, lines, past)
    if len(lines) < len(every):
        group.put(appropriation=_of_all_funds(group, every, names, past))
    else:
        group.on_request(lambda name: _of_all_funds(group, every, names, past) if name == APPROPRIATION else None)
    return group


def _of_fund(lines: Lines, fund: Fund) -> Lines:
    return [(pointer, line) for pointer, line in lines if (line.fund or GENERAL_PUBLIC.name) == fund.name]


def _of_all_funds(general: FactGroup, lines: Lines, names: dict[str | None, SourceText], past: Past) -> FactGroup:
    """Return ``three_public.appropriation``: the columns and the past of 财政拨款, and of each of its funds.

    ``rows`` are those of the units, with the same.
    """
    name = f"{NAME}.appropriation"
    earlier, earlier_rows = past.earlier(name), past.earlier_rows(name)
    wholes, rows = {GENERAL_PUBLIC.key: general}, {GENERAL_PUBLIC.key: {_unit_of(row): row for row in general.rows}}
    for fund in FISCAL_FUNDS:
        if fund is not GENERAL_PUBLIC:
            of_units = _rows_of_fund(f"{NAME}.{fund.key}", _of_fund(lines, fund), names, past, earlier_rows, fund.key)
            rows[fund.key] = {_unit_of(row): row for row in of_units}
            name_of_fund = f"{name}.{fund.key}"
            wholes[fund.key] = (
                _added(name_of_fund, of_units, past, _within(earlier, fund.key))
                if of_units
                else _zero(name_of_fund, general, past)
            )
    group = _with_funds(name, wholes, past, earlier)
    group.put(rows=[])
    for unit in dict.fromkeys(line.unit for _, line in lines if line.unit != ALL):
        dotted = f"{name}.{unit}"
        known = next(own[unit] for own in rows.values() if unit in own)
        of_funds = {key: own.get(unit) or _zero(f"{dotted}.{key}", known, past) for key, own in rows.items()}
        row = _with_funds(dotted, of_funds, past, earlier_rows.get(dotted, NOT_PUBLISHED))
        row.put(name=known.name, level=0)
        group.rows.append(row)
        group.put(**{unit: row})
    group.put(unit_rows=_unit_rows(group, past.budget))
    return group


def _unit_rows(group: FactGroup, budget: Budget) -> list[FactGroup]:
    """Return the row of the department, and those of the units where there are several."""
    values = {part: value for part, value in group.as_dict().items() if part != "rows" and not part[0].isdigit()}
    name = SourceText(budget.department.name, "/department/name")
    rows = [FactGroup(group.dotted, **values, unit=name, key="department", level=1)]
    for row in group.rows if len(group.rows) > 1 else ():
        rows.append(FactGroup(row.dotted, **{**row.as_dict(), "unit": row.name, "level": 1}))
    return rows


def _zero(name: str, like: FactGroup, past: Past) -> FactGroup:
    """Return the columns of a fund without lines: zero, also last year where that is known of another fund."""
    group = FactGroup(name, **{column: Fact(f"{name}.{column}", ZERO) for column in COLUMNS})
    bases = {
        (kind, column): Fact(base_name(name, kind, column), ZERO)
        for kind in past.kinds
        for column in COLUMNS
        if base_of(like, kind, column) is not None
    }
    past.put_row(group, COLUMNS, bases, NONE, NOT_PUBLISHED, "“三公”经费")
    return group


def _unit_of(row: FactGroup) -> str:
    return row.dotted.rpartition(".")[2]


def _within(groups: Earlier, key: str) -> Earlier:
    inner = {kind: group[key] for kind, group in groups.items() if key in group}
    return {kind: group for kind, group in inner.items() if isinstance(group, FactGroup)}


def _rows_of_fund(
    name: str, lines: Lines, names: dict[str | None, SourceText], past: Past, earlier: Mapping[str, Earlier], key: str
) -> list[FactGroup]:
    """Return the rows of the units of a fund other than 一般公共预算, with their past."""
    rows = []
    for pointer, line in (one for one in lines if one[1].unit != ALL):
        row = _row(pointer, line, names, name)
        bases = _bases(row.dotted, [(pointer, line)], NONE, past)
        of_unit = earlier.get(f"{NAME}.appropriation.{line.unit}", NOT_PUBLISHED)
        past.put_row(row, COLUMNS, NONE, bases, _within(of_unit, key), _labels(row.name.text))
        rows.append(row)
    return rows


def _with_funds(name: str, funds: Mapping[str, FactGroup], past: Past, earlier: Earlier) -> FactGroup:
    """Return the sum of the groups of funds, with the columns and the past of each fund."""
    whole = _added(name, list(funds.values()), past, earlier)
    shown = (*dict.fromkeys(BASE_PARTS[kind] for kind in past.kinds), "change", *COLUMNS)
    whole.put(**{key: FactGroup(fund.dotted, **{part: fund[part] for part in shown}) for key, fund in funds.items()})
    return whole


def _added(name: str, groups: Sequence[FactGroup], past: Past, earlier: Earlier = NOT_PUBLISHED) -> FactGroup:
    """Return the sums of groups by column, and of their bases where each that has an amount has one."""
    whole = FactGroup(
        name, **{column: total(f"{name}.{column}", (group[column] for group in groups)) for column in COLUMNS}
    )
    bases: dict[tuple[BaseKind, str], Fact] = {}
    for kind in past.kinds:
        for column in COLUMNS:
            both = [(group[column], base_of(group, kind, column)) for group in groups]
            parts = [base for _, base in both if base is not None]
            if parts and all(base is not None or not amount for amount, base in both):
                bases[kind, column] = total(base_name(name, kind, column), parts)
    past.put_row(whole, COLUMNS, NONE, bases, earlier, "“三公”经费")
    return whole


def all_tails(of: str, group: FactGroup, rows: Sequence[FactGroup], printing: Printing) -> list[FactGroup]:
    """Return the tails (尾差) of the sums over the ``rows`` of a table, which are called ``of``, and within rows."""
    sums = [(column, group[column], [row[column] for row in rows]) for column in COLUMNS]
    within = [tail for row in (group, *rows) for tail in _tails(row.dotted, _sums_of_row(row), printing)]
    return [*_tails(of, sums, printing), *within]


def _sums_of_row(row: FactGroup) -> list[tuple[str, Fact, list[Fact]]]:
    """Return the sums of one row of the table: each with its column and its parts."""
    return [
        (VEHICLES, row[VEHICLES], [row[item.key] for item in VEHICLE_ITEMS]),
        ("total", row.total, [row[OVERSEAS.key], row[VEHICLES], row[RECEPTION.key]]),
    ]


def _tails(of: str, sums: Iterable[tuple[str, Fact, list[Fact]]], printing: Printing) -> Iterator[FactGroup]:
    """Yield each exact sum that does not add up as printed (尾差): its column, its parts, itself."""
    for column, whole, parts in sums:
        printed, expected = sum((as_printed(part, printing) for part in parts), ZERO), as_printed(whole, printing)
        if parts and printed != expected and whole.value == sum((part.value for part in parts), ZERO):
            yield FactGroup(f"three_public.tails.{of}", of=of, column=column, parts=printed, whole=expected, sum=whole)


def _row(pointer: str, line: ThreePublicLine, names: dict[str | None, SourceText], within: str = NAME) -> FactGroup:
    name = f"{within}.{line.unit}"
    row = columns_of(name, {k: read(f"{name}.{k}", getattr(line, k), f"{pointer}/{k}") for k in ITEM_KEYS})
    code = SourceText(line.unit, f"{pointer}/unit")
    row.put(name=names.get(line.unit, code), unit_code=code, level=0)
    return row


def columns_of(name: str, items: Mapping[str, Fact]) -> FactGroup:
    """Return the facts of all columns from those of the items: with 公务用车购置及运行维护费 and the total."""
    vehicles = total(f"{name}.{VEHICLES}", (items[item.key] for item in VEHICLE_ITEMS))
    whole = total(f"{name}.total", (items[OVERSEAS.key], vehicles, items[RECEPTION.key]))
    return FactGroup(name, total=whole, **{VEHICLES: vehicles}, **items)


def _stated(pointer: str, line: ThreePublicLine) -> FactGroup:
    return columns_of(
        "three_public", {k: read(f"three_public.{k}", getattr(line, k), f"{pointer}/{k}") for k in ITEM_KEYS}
    )


def summed(rows: Sequence[FactGroup]) -> FactGroup:
    """Return the group ``three_public`` with the sums of ``rows``."""
    return columns_of("three_public", {k: total(f"three_public.{k}", (row[k] for row in rows)) for k in ITEM_KEYS})


def _put_past(group: FactGroup, rows: list[FactGroup], lines: Lines, past: Past) -> None:
    """Put into the group and its rows what they were last year, by column."""
    units = [(pointer, line) for pointer, line in lines if line.unit != ALL]
    whole = [(pointer, line) for pointer, line in lines if line.unit == ALL][:1] or units
    earlier = past.earlier_rows(NAME)
    for row, of_row in zip(rows, units, strict=True):
        bases = _bases(row.dotted, [of_row], NONE, past)
        past.put_row(row, COLUMNS, NONE, bases, earlier.get(row.dotted, NOT_PUBLISHED), _labels(row.name.text))
    stated: dict[tuple[BaseKind, str], Fact] = {}
    for column, key in TOTAL_KEYS.items():
        stated |= past.of_total(key, NAME, column)
    summed = _bases(NAME, whole, stated, past)
    past.put(group, COLUMNS, stated, summed, past.earlier(NAME), _labels(), past.reason(NAME))
    reasons = {column: past.reason(key) for column, key in TOTAL_KEYS.items()}
    group.put(reasons=FactGroup(f"{NAME}.reasons", **reasons))
    if set(BUDGETED_KINDS) & set(past.kinds):
        group.budgeted.put(reason=past.budgeted_reason(NAME))


def _labels(unit: str = "") -> dict[str, str]:
    """Return what messages call each column, of a unit or of the department."""
    before = f"{unit} " if unit else ""
    return {column: f"{before}{TOTAL_NAMES[key]}" for column, key in TOTAL_KEYS.items()}


def _bases(name: str, lines: Lines, stated: Bases, past: Past) -> Bases:
    """Return the bases of the items as lines state them, and of the sums whose items all have one, stated or not."""
    if not stated and not any(line.last or line.budgeted for _, line in lines):
        return NONE
    bases: dict[tuple[BaseKind, str], Fact] = {}
    for kind in past.kinds:
        of_lines = states_as_bases(kind, _items(name, kind, lines))
        known = {column: base for (of_kind, column), base in {**of_lines, **stated}.items() if of_kind == kind}
        bases |= of_lines
        for column, parts in SUMS.items():
            if all(part in known for part in parts):
                base = total(base_name(name, kind, column), [known[part] for part in parts])
                bases[kind, column] = base
                known.setdefault(column, base)
    return bases


def _items(name: str, kind: BaseKind, lines: Lines) -> BaseStates:
    states: BaseStates = {}
    part = BASE_PARTS[kind]
    for key in ITEM_KEYS:
        whole, parts = base_name(name, kind, key), list[Fact | None]()
        for n, (pointer, line) in enumerate(lines):
            of_part = getattr(line, part)
            value = None if of_part is None else getattr(getattr(of_part, kind), key)
            of_line = whole if len(lines) == 1 else f"{whole}@{n}"
            if value is not None:
                parts.append(Fact(of_line, value, pointers=(f"{pointer}/{part}/{kind}/{key}",)))
            elif getattr(line, key):
                parts.append(None)
        add_state(states, key, whole, parts)
    return states
