"""A year's figures as lines of the document: revenue, expenditure, basic expenditure, “三公”."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from .chance import Chance, shared
from .department import Department
from .figures import FUNDS, GENERAL, ITEMS, Figures
from .money import Yuan

Line = dict[str, Any]
COLUMNS = ("personnel", "operating", "project", "business", "paid_up", "subsidies")
SOURCES = (*FUNDS[:4], "事业收入", "事业单位经营收入", "上级补助收入", "附属单位上缴收入", "其他收入")
TIED = {
    "2080505": "30108", "2080506": "30109", "2101101": "30110", "2101102": "30110", "2101103": "30111",
    "2210201": "30113", "2210202": "30102", "2210203": "30102", "2080501": "30302", "2080502": "30302",
}  # fmt: skip
"""The economic section that an item's wages stand under, where it is always the same."""
WAGES = {
    "30101": 34, "30102": 24, "30103": 20, "30107": 12, "30112": 2, "30199": 5, "30106": 1, "30305": 1, "30309": 1,
}  # fmt: skip
RUNNING = {
    "30299": 6, "30201": 20, "30202": 3, "30203": 1, "30204": 1, "30205": 2, "30206": 7, "30207": 6, "30209": 9,
    "30211": 12, "30213": 5, "30214": 3, "30215": 3, "30216": 4, "30218": 2, "30224": 1, "30226": 5, "30227": 6,
    "30228": 9, "30229": 8, "30239": 16, "31002": 6, "31003": 2, "31007": 2,
}  # fmt: skip
OF_ITEMS = {"reception": "30217", "overseas": "30212", "vehicle_operation": "30231", "vehicle_purchase": "31013"}


def revenue(who: Department, made: Figures) -> list[Line]:
    """A line to each source; by unit, where the department reports by unit."""
    if who.by_unit:
        return [{"unit": unit, "source": source} | _income(*amounts) for (unit, source), amounts in made.income.items()]
    sums = {source: [0, 0] for source in SOURCES}
    for (_, source), amounts in made.income.items():
        sums[source] = [a + b for a, b in zip(sums[source], amounts, strict=True)]
    return [{"source": source} | _income(*amounts) for source, amounts in sums.items() if any(amounts)]


def _income(now: int, carried: int) -> Line:
    named = {"amount": now, "carry_over": carried}
    return {name: Yuan(amount) for name, amount in named.items() if amount}


def expenditure(who: Department, made: Figures, uses: dict[str, str]) -> list[Line]:
    """A line to each item and fund (and unit); the first of each item says what it is used for."""
    cells: dict[tuple[str, str, str], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for (unit, fund, function, column), amount in made.spent.items():
        cells[function, fund, unit if who.by_unit else ""][column] += amount
    order = sorted(cells, key=lambda key: (key[0], FUNDS.index(key[1]), key[2]))
    lines, told = list(_stated(who, cells)), set[str]()
    for function, fund, unit in order:
        line: Line = {"unit": unit} if unit else {}
        line |= {"function": function} | _columns(cells[function, fund, unit], fund)
        if function not in told:
            line["use"] = uses[function]
            told.add(function)
        lines.append(line)
    return lines


def _columns(amounts: dict[str, int], fund: str) -> Line:
    line: Line = {} if fund == GENERAL else {"fund": fund}
    return line | {column: Yuan(amounts[column]) for column in COLUMNS if amounts.get(column)}


def _stated(who: Department, cells: dict[tuple[str, str, str], dict[str, int]]) -> Iterator[Line]:
    """Subtotals of the general public budget, which some state who do not report by unit."""
    if who.by_unit or not states(who):
        return
    sums: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for (function, fund, _), amounts in cells.items():
        for code in ("合计", function[:3], function[:5]) if fund == GENERAL else ():
            for column, amount in amounts.items():
                sums[code][column] += amount
    for code in sorted(sums, key=lambda code: "" if code == "合计" else code):
        yield {"function": code, "total": Yuan(sum(sums[code].values()))} | _columns(sums[code], GENERAL)


def states(who: Department) -> bool:
    """Whether the department states its subtotals."""
    return who.chance("states").percent(50)


def basic(who: Department, made: Figures, year: int) -> list[Line]:
    """Basic expenditure by economic section: what is tied to an item, then the rest of wages, then daily running."""
    chance = who.chance("economic", year)
    amounts: dict[str, int] = defaultdict(int)
    wages = running = 0
    for (_, fund, function, column), amount in made.spent.items():
        if fund == GENERAL and column == "personnel" and function in TIED:
            amounts[TIED[function]] += amount
        elif fund == GENERAL and column in ("personnel", "operating"):
            wages, running = (wages + amount, running) if column == "personnel" else (wages, running + amount)
    _spread(amounts, wages, WAGES)
    _spread(amounts, _of_three_public(amounts, made, running, chance), _chosen(chance))
    lines = [{"economic": code, "amount": Yuan(amounts[code])} for code in sorted(amounts) if amounts[code]]
    return [*_classes(who, lines), *lines]


def _spread(amounts: dict[str, int], whole: int, weights: dict[str, int]) -> None:
    for code, amount in zip(weights, shared(whole, list(weights.values())), strict=True):
        amounts[code] += amount


def _of_three_public(amounts: dict[str, int], made: Figures, running: int, chance: Chance) -> int:
    """Part of the “三公” is paid from daily running; returns what is left of that."""
    for name, code in OF_ITEMS.items():
        share = chance.one_of((0, 50, 100)) if made.item(name) * 6 < running else 0
        amounts[code] = made.item(name) * share // 100
    return running - sum(amounts[code] for code in OF_ITEMS.values())


def _chosen(chance: Chance) -> dict[str, int]:
    """The sections of daily running that this department uses; what is left over always has its place."""
    used = chance.some_of(sorted(RUNNING)[:-1], chance.between(7, 20))
    return {code: weight for code, weight in RUNNING.items() if code == "30299" or code in used}


def _classes(who: Department, lines: list[Line]) -> Iterator[Line]:
    """The sums of the classes, where the department states its subtotals."""
    sums: dict[str, int] = defaultdict(int)
    for line in lines:
        sums[line["economic"][:3]] += line["amount"]
    for code in sorted(sums) if states(who) and not who.by_unit else ():
        yield {"economic": code, "amount": Yuan(sums[code])}


def three_public(who: Department, made: Figures) -> list[Line]:
    """A line to each unit that has any, and their sum where the department states sums."""
    rows = [{"unit": unit} | {name: Yuan(row[name]) for name in ITEMS if row[name]}
            for unit, row in made.three_public.items()]  # fmt: skip
    if rows and states(who):
        rows.append({"unit": "合计"} | {name: Yuan(made.item(name)) for name in ITEMS})
    return rows
