"""项目支出, 重点项目 and 绩效指标."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import zip_longest

from ..budget.lines import ALL, Project
from ..budget.model import Budget
from ..budget.performance import Goal, Indicator, Performance
from ..budget.terms import FISCAL_FUNDS, FUNDS, OWN_FUNDS, OWN_SOURCES, SURPLUS_USED
from .bases import NONE, NOT_PUBLISHED, bases_of_lines
from .department import unit_names
from .fact import Fact, FactGroup, SourceText, counted, less, read, source_text, total
from .past import Past
from .project_goals import project_goals
from .unit_rows import put_unit_rows

FUND_KEYS = tuple(fund.key for fund in FUNDS)
AMOUNTS = (*FUND_KEYS, SURPLUS_USED.key)
"""The columns that hold input: one for each fund, and 使用非财政拨款结余."""
COLUMNS = ("total", "fiscal", *AMOUNTS)
OWN_KEYS = tuple(source.key for source in OWN_SOURCES if source is not SURPLUS_USED)
TEXTS = ("level1", "level2", "level3", "sign", "value", "unit", "remark")


def projects(budget: Budget, past: Past) -> dict[str, FactGroup]:
    """Return the groups ``projects``, ``key_projects`` and ``performance``."""
    names = unit_names(budget)
    lines = [(f"/projects/{n}", line) for n, line in enumerate(budget.projects)]
    keys = _keys(budget.projects)
    rows = [
        _row(n, key, pointer, line, names)
        for n, (key, (pointer, line)) in enumerate(zip(keys, lines, strict=True))
        if line.unit != ALL
    ]
    stated = [(pointer, line) for pointer, line in lines if line.unit == ALL]
    this_year = [row for row in rows if not row.only_last_year]
    group = FactGroup("projects", rows=this_year, compared_rows=rows, count=_count(this_year))
    group.put(goals=project_goals(this_year, budget))
    if stated:
        group.put(**_amounts("projects", *stated[0]))
        _put_sources(group, *_sources("projects", *stated[0]))
    else:
        group.put(
            **{key: total(f"projects.{key}", (row[key] for row in rows)) for key in (*AMOUNTS, "fiscal", "total")}
        )
        _put_sources(
            group,
            {key: total(f"projects.{key}", (row[key] for row in rows)) for key in OWN_KEYS},
            {key: total(f"projects.carry.{key}", (row.carry[key] for row in rows)) for key in FUND_KEYS},
        )
    _put_past(group, rows, lines, past)
    put_unit_rows(group, budget, budget.projects, lambda unit: _of_unit(unit, this_year))
    return {"projects": group, "key_projects": _key_projects(this_year), "performance": performance(budget, names)}


def _of_unit(unit: str, rows: list[FactGroup]) -> FactGroup:
    """Return the sums of the projects of one unit, and their rows."""
    name, own = f"projects.units.{unit}", [row for row in rows if row.unit_code == unit]
    keys = (*AMOUNTS, "fiscal", "total")
    group = FactGroup(name, rows=own, **{key: total(f"{name}.{key}", (row[key] for row in own)) for key in keys})
    _put_sources(
        group,
        {key: total(f"{name}.{key}", (row[key] for row in own)) for key in OWN_KEYS},
        {key: total(f"{name}.carry.{key}", (row.carry[key] for row in own)) for key in FUND_KEYS},
    )
    return group


def _put_past(group: FactGroup, rows: list[FactGroup], lines: list[tuple[str, Project]], past: Past) -> None:
    """Put into the group and its rows what they were last year."""
    earlier = past.earlier_rows("projects")
    of_rows = [(pointer, line) for pointer, line in lines if line.unit != ALL]
    for row, (pointer, line) in zip(rows, of_rows, strict=True):
        bases = bases_of_lines(row.dotted, [(pointer, line)], AMOUNTS) if line.last else NONE
        reason = source_text(line.reason, f"{pointer}/reason")
        label = line.name or row.unit.text
        past.put_row(row, COLUMNS, bases, NONE, earlier.get(row.key, NOT_PUBLISHED), label, reason)
    has_past = any(line.last for _, line in lines)
    stated = [(pointer, line) for pointer, line in lines if line.unit == ALL][:1]
    own, summed = (bases_of_lines("projects", part, AMOUNTS) if has_past else NONE for part in (stated, of_rows))
    reason = source_text(stated[0][1].reason, f"{stated[0][0]}/reason") if stated else None
    past.put(group, COLUMNS, own, summed, past.earlier("projects"), "项目支出", reason)


def _keys(lines: Iterable[Project | Performance]) -> Iterator[str]:
    """Yield a key for each line, of unit and name, that does not depend on other lines; repeated ones get a number."""
    seen: Counter[str] = Counter()
    for line in lines:
        key = f"{line.unit}-{line.name or ''}"
        seen[key] += 1
        yield key if seen[key] == 1 else f"{key}#{seen[key]}"


def _count(rows: list[FactGroup]) -> Fact:
    pointers = [row.pointer for row in rows]
    return counted("projects.count", len(rows), "个", *pointers, formula="count of (unit, project)")


def _amounts(name: str, pointer: str, line: Project) -> dict[str, Fact]:
    facts = {key: read(f"{name}.{key}", getattr(line, key), f"{pointer}/{key}") for key in AMOUNTS}
    if line.own_funds is None and line.sources:
        sources, carry = _sources(name, pointer, line)
        facts[OWN_FUNDS.key] = total(f"{name}.{OWN_FUNDS.key}", (*sources.values(), carry[OWN_FUNDS.key]))
    facts["fiscal"] = total(f"{name}.fiscal", (facts[fund.key] for fund in FISCAL_FUNDS))
    facts["total"] = total(f"{name}.total", (facts[key] for key in AMOUNTS))
    return facts


def _sources(name: str, pointer: str, line: Project) -> tuple[dict[str, Fact], dict[str, Fact]]:
    """Return the sources of 单位资金, and what carried over money pays, by fund."""
    sources = {
        key: read(f"{name}.{key}", getattr(line.sources, key, None), f"{pointer}/sources/{key}") for key in OWN_KEYS
    }
    carry = {
        key: read(f"{name}.carry.{key}", getattr(line.carry_over, key, None), f"{pointer}/carry_over/{key}")
        for key in FUND_KEYS
    }
    return sources, carry


def _put_sources(group: FactGroup, sources: dict[str, Fact], carry: dict[str, Fact]) -> None:
    """Put the sources of 单位资金, ``carry``, and ``this`` (without what was carried over) into a row or the group.

    The sources of 单位资金 are those of this year's money; what was carried over of it is of no source.
    """
    name = group.dotted
    carry = {**carry, "total": total(f"{name}.carry.total", carry.values())}
    this = {key: less(f"{name}.this.{key}", group[key], carry[key]) for key in (*FUND_KEYS, "total")}
    group.put(**sources, carry=FactGroup(f"{name}.carry", **carry), this=FactGroup(f"{name}.this", **this))


def _row(n: int, key: str, pointer: str, line: Project, names: dict[str | None, SourceText]) -> FactGroup:
    name = f"projects.{n}"
    only_last_year = line.last is not None and not line.sources and all(getattr(line, k) is None for k in FUND_KEYS)
    row = FactGroup(name, key=key, pointer=pointer, important=line.key, role="item", level=0)
    row.put(advance_transfer=line.advance_transfer, only_last_year=only_last_year)
    row.put(
        unit_code=SourceText(line.unit, f"{pointer}/unit"),
        unit=names.get(line.unit, SourceText(line.unit, f"{pointer}/unit")),
    )
    row.put(
        name=source_text(line.name, f"{pointer}/name"),
        goal=source_text(line.goal, f"{pointer}/goal"),
        use=source_text(line.use, f"{pointer}/use"),
        **_amounts(name, pointer, line),
    )
    _put_sources(row, *_sources(name, pointer, line))
    return row


def _key_projects(rows: list[FactGroup]) -> FactGroup:
    """Return 重点项目: units in the order of the document, each with its subtotal, then its projects, largest first."""
    important = [row for row in rows if row.important]
    ordered: list[FactGroup] = []
    by_unit: dict[str, list[FactGroup]] = {}
    for row in important:
        by_unit.setdefault(row.unit_code.text, []).append(row)
    for unit, rows_of_unit in by_unit.items():
        own = sorted(rows_of_unit, key=lambda row: row.fiscal.value, reverse=True)
        name, code = f"key_projects.{unit}", own[0].unit_code
        subtotal = FactGroup(name, key=unit, role="subtotal", level=0, unit_code=code, unit=None, name=None, goal=None)
        subtotal.put(fiscal=total(f"{name}.fiscal", (row.fiscal for row in own)))
        ordered += [subtotal, *own]
    return FactGroup("key_projects", rows=ordered, fiscal=total("key_projects.fiscal", (r.fiscal for r in important)))


def performance(budget: Budget, names: dict[str | None, SourceText]) -> FactGroup:
    """Return 绩效指标: for each project the sums of its weights, then its indicators, overall beside annual."""
    rows: list[FactGroup] = []
    for n, (key, project) in enumerate(zip(_keys(budget.performance), budget.performance, strict=True)):
        rows += _indicator_rows(n, key, project, names)
    return FactGroup("performance", rows=rows)


def _indicator_rows(n: int, key: str, project: Performance, names: dict[str | None, SourceText]) -> list[FactGroup]:
    name, pointer = f"performance.{n}", f"/performance/{n}"
    unit = names.get(project.unit, SourceText(project.unit, f"{pointer}/unit"))
    about = {
        "unit": unit,
        "unit_code": SourceText(project.unit, f"{pointer}/unit"),
        "name": SourceText(project.name, f"{pointer}/name"),
    }
    parts = {"overall": project.overall, "annual": project.annual}
    head = FactGroup(
        f"{name}.sum", key=f"{key}-sum", role="subtotal", level=0, amount=None, group=f"{key}-sum", **about
    )
    for part, goal in parts.items():
        head.put(**{part: _blank(weight=_weights(f"{name}.{part}.weight", f"{pointer}/{part}", goal), goal=None)})
    amount = read(f"{name}.amount", project.amount, f"{pointer}/amount")
    return [head, *_indicator_lines(name, pointer, parts, {**about, "amount": amount, "group": key})]


def _indicator_lines(name: str, pointer: str, parts: dict[str, Goal], about: dict[str, object]) -> list[FactGroup]:
    goals = {part: source_text(goal.goal, f"{pointer}/{part}/goal") for part, goal in parts.items()}
    rows = []
    pairs = list(zip_longest(*(goal.indicators for goal in parts.values()))) or [(None,) * len(parts)]
    for k, pair in enumerate(pairs):  # a project without indicators still prints its amount and its goals
        row = FactGroup(f"{name}.{k}", key=f"{about['group']}-{k}", role="item", level=0, **about)
        for part, indicator in zip(parts, pair, strict=True):
            cells = _indicator(f"{name}.{part}.{k}", f"{pointer}/{part}/indicators/{k}", indicator)
            cells.put(goal=goals[part])
            row.put(**{part: cells})
        rows.append(row)
    return rows


def _blank(**values: object) -> FactGroup:
    return FactGroup("", **{**dict.fromkeys(TEXTS), **values})


def _indicator(name: str, pointer: str, indicator: Indicator | None) -> FactGroup:
    if indicator is None:
        return _blank(weight=None)
    texts = {key: source_text(getattr(indicator, key), f"{pointer}/{key}") for key in TEXTS}
    weight = None if indicator.weight is None else counted(f"{name}.weight", indicator.weight, "", f"{pointer}/weight")
    return FactGroup(name, **texts, weight=weight)


def _weights(name: str, pointer: str, goal: Goal) -> Fact | None:
    """Return the sum of the weights of a goal's indicators, or None where none has a weight."""
    weights = {
        f"{pointer}/indicators/{k}/weight": indicator.weight
        for k, indicator in enumerate(goal.indicators)
        if indicator.weight is not None
    }
    if not weights:
        return None
    return counted(name, sum(weights.values()), "", *weights, formula="sum of the weights")
