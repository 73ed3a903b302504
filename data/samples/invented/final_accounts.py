"""The final accounts of a department in a year: they follow from its budget of the year and go on to those of the next.

Wages and running costs are spent as they were budgeted; projects cost a little more or less, and some of the money for
them is carried forward to the next year.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from .department import Department
from .document import PRINTED, Document, document
from .figures import CAPITAL, FUND, GENERAL, ITEMS
from .lines import COLUMNS
from .money import Yuan

Key = tuple[str, str, str]
"""Unit ("" for a department that does not report by unit), function and fund."""
FISCAL = (GENERAL, FUND, CAPITAL)
FUND_KEYS = {GENERAL: "general_public", FUND: "government_fund", CAPITAL: "state_capital"}
BASIC = COLUMNS[:2]
MORE, LESS, MOVED = "年中追加项目经费", "部分项目跨年支付，经费结转下年", "项目支出有增减"
VEHICLES = {
    "communications": "应急保障用车", "veterans": "离退休干部用车", "leaders": "主要领导干部用车",
    "administrative": "other",
}  # fmt: skip
"""Uses of vehicles in a budget → those that final accounts print."""


def final_accounts(who: Department, year: int) -> Document:
    """The final accounts, complete and agreeing with themselves, with the budget and with those of the year before."""
    budget, spent, closing = document(who, year), _spent(who, year), _closing(who, year)
    opening = {} if who.new else _closing(who, year - 1)
    chance = who.chance("final accounts", year)
    whole: Document = {"schema": "reportgen/budget/2", "stage": "final", "scope": "department", "year": year}
    whole |= {"money_unit": "元", "published": f"{year + 1}-08-{chance.between(10, 28)}"}
    whole["department"] = budget["department"]
    whole["revenue"] = [*_revenue(spent, opening, closing)]
    whole["expenditure"] = _expenditure(who, year, spent, closing)
    carried = {fund: sum(amount for key, amount in closing.items() if key[2] == fund) for fund in FISCAL}
    whole["carried_forward"] = Yuan(sum(carried.values()))
    whole["fiscal_carried_forward"] = {FUND_KEYS[fund]: Yuan(amount) for fund, amount in carried.items()}
    whole["basic_expenditure"] = budget["basic_expenditure"]
    whole["three_public"] = _three_public(budget)
    whole["totals"] = _totals(who, year, budget, whole)
    whole |= {name: budget[name] for name in ("agency_operating", "reception_use") if name in budget}
    parts = {name: Yuan(amount * 95 // 100) for name, amount in budget.get("procurement", {}).items()}
    bought = sum(parts.values())
    contracts = {"sme": Yuan(bought * 60 // 100), "small": Yuan(bought * 30 // 100)}
    whole["procurement"] = (parts or {"goods": Yuan(0)}) | ({"contracts": contracts} if bought else {})
    whole |= _details(whole, budget, year)
    return whole


def _lines(who: Department, year: int) -> dict[Key, Document]:
    """The items of the budget; sums that it states are left out."""
    lines = (line for line in document(who, year)["expenditure"] if len(line["function"]) == 7)
    return {(line.get("unit", ""), line["function"], line.get("fund", GENERAL)): line for line in lines}


def _spent(who: Department, year: int) -> dict[Key, dict[str, int]]:
    """What was spent of each item, by column: at least what was carried over for it."""
    opening, found = {} if who.new else _closing(who, year - 1), {}
    for key, line in _lines(who, year).items():
        columns = {column: line[column] for column in COLUMNS if column in line}
        if "project" in columns and key[2] in FISCAL:
            chance = who.chance("spent", year, *key)
            rate = 100 if chance.percent(40) else chance.between(88, 106)
            columns["project"] = max(columns["project"] * rate // 100, opening.get(key, 0))
        found[key] = columns
    return found


def _closing(who: Department, year: int) -> dict[Key, int]:
    """What is carried forward of each item: a little of the money for projects that go on in the next year."""
    now, after = _lines(who, year), _lines(who, year + 1)
    found = {}
    for key in now.keys() & after.keys():
        smaller = min(now[key].get("project", 0), after[key].get("project", 0))
        chance = who.chance("closing", year, *key)
        if key[2] in FISCAL and smaller and chance.percent(25):
            found[key] = smaller * chance.between(1, 3) // 100
    return {key: amount for key, amount in sorted(found.items()) if amount}


def _revenue(
    spent: Mapping[Key, Mapping[str, int]], opening: Mapping[Key, int], closing: Mapping[Key, int]
) -> Iterable[Document]:
    """What was received for each item; 单位资金 by its sources."""
    for key, columns in spent.items():
        unit, function, fund = key
        whole, own = sum(columns.values()), columns.get("business", 0)
        sources = {fund: whole + closing.get(key, 0) - opening.get(key, 0)}
        if fund == "单位资金":
            sources = {"事业收入": whole - own, "事业单位经营收入": own}
        for source, amount in sources.items():
            carried = opening.get(key, 0)
            if amount or carried:
                line = ({"unit": unit} if unit else {}) | {"function": function, "source": source}
                yield line | {"amount": Yuan(amount)} | ({"carry_over": Yuan(carried)} if carried else {})


def _expenditure(
    who: Department, year: int, spent: Mapping[Key, Mapping[str, int]], closing: Mapping[Key, int]
) -> list[Document]:
    before = {} if who.new else {key: sum(columns.values()) for key, columns in _spent(who, year - 1).items()}
    budget = _lines(who, year)
    differ, lines = _differences(spent, budget), []
    for key, columns in spent.items():
        unit, function, fund = key
        line: Document = ({"unit": unit} if unit else {}) | {"function": function}
        line |= {} if fund == GENERAL else {"fund": fund}
        basic = sum(columns.get(column, 0) for column in BASIC)
        line |= {"basic": Yuan(basic)} if basic else {}
        line |= {column: Yuan(columns[column]) for column in COLUMNS[2:] if columns.get(column)}
        if fund in FISCAL:
            line["budgeted"] = {"initial": Yuan(sum(budget[key].get(column, 0) for column in COLUMNS))}
            if abs(moved := differ.pop((function, fund), 0)) >= PRINTED:
                line["budgeted"]["reason"] = MORE if moved > 0 else LESS
        if fund == GENERAL:
            line["last"] = {"execution": Yuan(before.get(key, 0))}
        elif key in closing:
            line["carried_forward"] = Yuan(closing[key])
        lines.append(line | {name: budget[key][name] for name in ("use",) if name in budget[key]})
    gone = sorted(key for key in before if key not in spent and key[2] == GENERAL)
    for key in gone:
        line = ({"unit": key[0]} if key[0] else {}) | {"function": key[1]}
        lines.append(line | {"last": {"execution": Yuan(before[key])}})
    return lines


def _differences(spent: Mapping[Key, Mapping[str, int]], budget: Mapping[Key, Document]) -> dict[tuple[str, str], int]:
    """By how much more was spent than was budgeted, by function and fund."""
    differ: dict[tuple[str, str], int] = defaultdict(int)
    for (_, function, fund), columns in spent.items():
        differ[function, fund] += sum(columns.values())
    for (_, function, fund), line in budget.items():
        differ[function, fund] -= sum(line.get(column, 0) for column in COLUMNS)
    return differ


def _three_public(budget: Document) -> list[Document]:
    """The items of each unit, spent as they were budgeted; the sum of all that a budget may state is left out.

    A department without “三公” says so with zeros.
    """
    units = [line for line in budget["three_public"] if line["unit"] != "合计"] or budget["three_public"]
    units = units or [{"unit": "合计", **dict.fromkeys(ITEMS, Yuan(0))}]
    return [
        line | {"budgeted": {"initial": {name: amount for name, amount in line.items() if name in ITEMS}}}
        for line in units
    ]


def _items(lines: list[Document]) -> dict[str, int]:
    return {item: sum(line.get(item, 0) for line in lines) for item in ITEMS}


def _totals(who: Department, year: int, budget: Document, whole: Document) -> Document:
    """What the totals were last year, and why they moved."""
    now, last = _figures(who, year), dict.fromkeys(_figures(who, year), 0) if who.new else _figures(who, year - 1)
    found: Document = {name: {"last": {"execution": Yuan(last[name])}} for name in ("revenue", "appropriation_revenue")}
    found |= {name: {} for name in ("general_public", "three_public")}
    found |= {item: {"last": {"execution": Yuan(last[item])}} for item in ITEMS}
    if "agency_operating" in budget or last["agency_operating"]:
        found["agency_operating"] = {"last": {"execution": Yuan(last["agency_operating"])}}
    for name, total in found.items():
        if name not in ITEMS and abs(now[name] - last[name]) >= PRINTED:
            total["reason"] = MOVED
    general = (line for line in whole["expenditure"] if line.get("fund", GENERAL) == GENERAL and "budgeted" in line)
    initial = sum(line["budgeted"]["initial"] for line in general)
    if abs(moved := now["general_public"] - initial) >= PRINTED:
        found["general_public"]["budgeted"] = {"reason": MORE if moved > 0 else LESS}
    return found


def next_budget(who: Department, year: int) -> Document:
    """The budget of ``year``, whose 上年执行数 are those of the final accounts of the year before."""
    spent = {} if who.new else _spent(who, year - 1)
    sums = {fund: sum(sum(one.values()) for key, one in spent.items() if key[2] == fund) for fund in FUND_KEYS}
    executed = {name: sums[fund] for fund, name in FUND_KEYS.items()}
    executed["expenditure"] = sum(sum(columns.values()) for columns in spent.values())
    executed["revenue"] = 0 if who.new else _figures(who, year - 1)["revenue"]
    return document(who, year, executed)


def _figures(who: Department, year: int) -> dict[str, int]:
    """The figures of a year that the next one is compared with."""
    spent, closing = _spent(who, year), _closing(who, year)
    fiscal = {key: sum(columns.values()) for key, columns in spent.items() if key[2] in FISCAL}
    others = sum(sum(columns.values()) for key, columns in spent.items() if key[2] not in FISCAL)
    money = sum(fiscal.values()) + sum(closing.values())
    items = _items(_three_public(document(who, year)))
    found = {"revenue": money + others, "appropriation_revenue": money, "three_public": sum(items.values()), **items}
    found["general_public"] = sum(amount for key, amount in fiscal.items() if key[2] == GENERAL)
    return found | {"agency_operating": document(who, year).get("agency_operating", 0)}


def _details(whole: Document, budget: Document, year: int) -> Document:
    """What “三公” bought, the evaluation of projects, the assets at the end of the year."""
    money = _items(whole["three_public"])
    assets = budget.get("assets", {})
    owned: dict[str, Any] = defaultdict(int)
    for kind, count in assets.get("vehicles", {}).items():
        owned[VEHICLES.get(kind, kind)] += count
    if money["vehicle_operation"] and not owned:
        owned["other"] = 1
    bought = assets.get("planned", {}).get("vehicles", 0) or bool(money["vehicle_purchase"])
    details = {
        "overseas_groups": int(money["overseas"] > 0),
        "overseas_persons": 3 * int(money["overseas"] > 0),
        "vehicles_bought": int(bought) if money["vehicle_purchase"] else 0,
        "vehicles_kept": sum(owned.values()),
        "receptions": 1 + money["reception"] // 80_000 if money["reception"] else 0,
        "reception_persons": 6 + money["reception"] // 10_000 if money["reception"] else 0,
    }
    count, amount = len(budget["projects"]), sum(_amount(project) for project in budget["projects"])
    projects = {"count": count, "amount": Yuan(amount)}
    evaluation = {"systems": ["《青溪市市级预算绩效管理办法》"], "goals": projects, "tracked": projects}
    evaluation |= {"evaluated": projects, "score": "93.50", "excellent": count, "problems": 0}
    found: Document = {"three_public_details": details, "evaluation": evaluation}
    return found | {
        "assets": {"as_of": f"{year}-12-31", "vehicles": dict(owned), "equipment": 0, "special_equipment": 0}
    }


def _amount(project: Document) -> int:
    return sum(amount for amount in project.values() if isinstance(amount, Yuan))
