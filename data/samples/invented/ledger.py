"""The ledger of an invented city: the rows that a budget system would export, so many as are asked for.

A department's and a unit's names are those of :mod:`.department`. The rows follow from the seed, the unit and how many
there are: 人员, 公用 and 项目 of all funds, this year's amount, last year's budget and what was carried out of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random
from typing import Any

from .chance import shared
from .department import WORDS, Department, Unit
from .lines import RUNNING, TIED, WAGES
from .texts import duties

HEAD = (
    "部门编码", "部门名称", "单位编码", "单位名称", "支出类别", "项目名称", "功能科目编码", "部门经济科目编码",
    "政府经济科目编码", "资金性质", "单位资金来源", "是否上年结转", "采购类别", "预算金额", "上年预算金额",
    "上年执行金额",
)  # fmt: skip
UNIT_HEAD = ("部门代码", "部门名称", "主要职能", "单位代码", "单位名称", "单位性质", "机构设置中的称呼")
GENERAL = "一般公共预算"
OTHER_FUNDS = (
    ("财政专户管理资金", ""),
    ("单位资金", "事业收入"),
    ("单位资金", "其他收入"),
    ("单位资金", "上级补助收入"),
)
PROJECT_SECTIONS = (
    "30201",
    "30202",
    "30213",
    "30215",
    "30216",
    "30226",
    "30227",
    "30239",
    "30299",
    "31002",
    "31007",
    "30905",
)
OF_THREE_PUBLIC = ("30217", "30231", "30212")
GOVERNMENT = {"301": "50101", "303": "50901", "309": "50306", "310": "50306"}
PURCHASES = {"31002": "货物", "31007": "货物", "30905": "工程", "30213": "工程", "30227": "服务", "30226": "服务"}
LEAST = 24
"""Rows of a unit at least."""

Row = tuple[str, ...]


def counts(departments: Sequence[Department], rows: int) -> dict[str, int]:
    """How many of ``rows`` each unit has, by code: in proportion to its staff, none less than :data:`LEAST`."""
    units = [unit for who in departments for unit in who.units]
    rest = rows - LEAST * len(units)
    if rest < 0:
        raise ValueError(f"{len(units)} units need {LEAST * len(units)} rows")
    more = shared(rest, [unit.staff for unit in units])
    return {unit.code: LEAST + count for unit, count in zip(units, more, strict=True)}


def ledger_rows(departments: Sequence[Department], rows: int) -> Iterator[Row]:
    """All rows, unit by unit."""
    wanted = counts(departments, rows)
    for who in departments:
        for unit in who.units:
            yield from _unit_rows(who, unit, wanted[unit.code])


def unit_rows(departments: Sequence[Department]) -> Iterator[Row]:
    """The list of units: natures, and in the first row of a department its duties."""
    for who in departments:
        for n, unit in enumerate(who.units):
            said = "" if n else "\n".join(duties(who))
            yield who.code, "" if n else who.name, said, unit.code, unit.name, unit.nature, unit.called


def basics(who: Department) -> dict[str, Any]:
    """What no ledger holds: the reasons of changes."""
    chance = who.chance("ledger reasons")
    compared = ("revenue", "expenditure", "general_public", "government_fund", "state_capital", "agency_operating")
    items = ("overseas", "vehicle_purchase", "vehicle_operation", "reception")
    reason = {"reason": f"按{chance.one_of(('部门职责', '实际工作', '上级要求'))}调整支出结构"}
    return {"department": {"code": who.code}, "totals": dict.fromkeys((*compared, *items), reason)}


def _unit_rows(who: Department, unit: Unit, count: int) -> Iterator[Row]:
    random = Random(f"{who.seed}/{unit.code}/ledger/{count}")
    run = str(who.field["run" if unit.agency else "service"])
    tied = {"2080505": "30108", "2080506": "30109", "2210201": "30113"}
    tied["2101101" if unit.agency else "2101102"] = "30110"
    assert all(TIED[function] == economic for function, economic in tied.items())
    first = [_basic(who, unit, random, "人员类", function, economic) for function, economic in tied.items()]
    yield from first
    yield from (_basic(who, unit, random, "公用经费", run, economic) for economic in OF_THREE_PUBLIC)
    names = _project_names(random, count)
    running = tuple(RUNNING)
    for _ in range(count - len(first) - len(OF_THREE_PUBLIC)):
        kind = random.randrange(100)
        if kind < 25:
            yield _basic(who, unit, random, "人员类", run, random.choice(tuple(WAGES)))
        elif kind < 50:
            yield _basic(who, unit, random, "公用经费", run, random.choice(running))
        else:
            yield _project(who, unit, random, names[random.randrange(len(names))])


def _project_names(random: Random, count: int) -> list[tuple[str, int]]:
    """The projects of a unit: a name and what decides on function and fund, which a project keeps."""
    most = min(2 + count // 200, 14)
    names = [f"{verb}{matter}" for verb in WORDS["verbs"] for matter in WORDS["objects"]]
    return [(name, random.randrange(100)) for name in random.sample(names, min(most, len(names)))]


def _basic(who: Department, unit: Unit, random: Random, kind: str, function: str, economic: str) -> Row:
    carried = random.randrange(100) == 0
    return _row(who, unit, random, (kind, "", function, economic, GENERAL, ""), carried, 9_000_00)


def _project(who: Department, unit: Unit, random: Random, project: tuple[str, int]) -> Row:
    name, kind = project
    economic = random.choice(PROJECT_SECTIONS)
    function, fund, source = str(who.field["projects"][kind % len(who.field["projects"])]), GENERAL, ""
    if kind < 6:
        function, fund = str(who.field["fund"][0]), "政府性基金预算"
    elif kind < 9:
        function, fund = "2230105", "国有资本经营预算"
    elif not unit.agency and kind < 40:
        fund, source = OTHER_FUNDS[kind % len(OTHER_FUNDS)]
    return _row(
        who, unit, random, ("特定目标类", name, function, economic, fund, source), random.randrange(12) == 0, 14_000_00
    )


def _row(who: Department, unit: Unit, random: Random, what: Row, carried: bool, most: int) -> Row:
    kind, project, function, economic, fund, source = what
    fate = random.randrange(100)
    now = 0 if fate < 2 else random.randrange(100, most)
    before = 0 if fate > 96 else now or random.randrange(100, most)
    before = before if fate < 30 else before * random.randrange(900, 1100) // 1000
    executed = before * random.randrange(930, 1030) // 1000
    bought = PURCHASES.get(economic, "") if kind == "特定目标类" and random.randrange(3) == 0 else ""
    government = GOVERNMENT.get(economic[:3], "50201")
    return (
        who.code, who.name, unit.code, unit.name, kind, project, function, economic, government, fund, source,
        "是" if carried else "否", bought, _yuan(now) if now else "", _yuan(before), _yuan(executed),
    )  # fmt: skip


def _yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02d}"
