"""What a department says: duties, names and goals of projects, indicators, reasons, explanations."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import Any

from .chance import Chance
from .department import WORDS, Department
from .figures import Figures, Project
from .money import Yuan

CODES = Path(__file__).parents[2] / "codes"
Line = dict[str, Any]


@cache
def names(year: int) -> dict[str, str]:
    """The names of the functions in the code book of that year, or of the nearest before it (else the first)."""
    years = sorted(int(folder.name) for folder in CODES.iterdir() if folder.name.isdigit())
    book = max((one for one in years if one <= year), default=years[0])
    with (CODES / str(book) / "functions.csv").open(encoding="utf-8", newline="") as lines:
        return {row["code"]: row["name"] for row in csv.DictReader(lines)}


def duties(who: Department) -> list[str]:
    """Three to twelve paragraphs, from one sentence to five."""
    chance = who.chance("duties")
    said = [_duty(chance) for _ in range(chance.between(2, 11))]
    return [*said, "完成市委、市政府交办的其他任务。"]


def _duty(chance: Chance) -> str:
    objects = chance.some_of(WORDS["objects"], chance.between(1, 5))
    return "".join(f"{chance.one_of(WORDS['verbs'])}{one}。" for one in objects)


def uses(who: Department, made: Figures, year: int) -> dict[str, str]:
    """What each item is used for."""
    return _each(who.chance("uses"), made, year, WORDS["uses"])


def glossary(who: Department, made: Figures, year: int) -> list[Line]:
    """Every item used, then some words of the department's own."""
    chance = who.chance("glossary")
    functions = [
        {"function": code, "text": said} for code, said in _each(chance, made, year, WORDS["explained"]).items()
    ]
    own = [term for term in WORDS["terms"] if chance.percent(25)]
    return [*functions, *({"term": term, "text": said} for term, said in own)]


def _each(chance: Chance, made: Figures, year: int, patterns: list[str]) -> dict[str, str]:
    codes = sorted({function for _, _, function, _ in made.spent})
    who = WORDS["who"]
    return {code: chance.one_of(patterns).format(name=names(year)[code], who=chance.one_of(who)) for code in codes}


def projects(who: Department, made: Figures, year: int) -> list[Line]:
    """The projects with names that differ; the larger part of those that the fisc pays for may be 重点项目."""
    chance = who.chance("project names", year)
    titles = chance.some_of([topic + matter for topic in WORDS["topics"] for matter in WORDS["matters"]], 80)
    funds = dict(zip(("一般公共预算", "政府性基金预算", "国有资本经营预算", "财政专户管理资金", "单位资金"),
                     ("general_public", "government_fund", "state_capital", "fiscal_account", "own_funds"),
                     strict=True))  # fmt: skip
    likely = chance.one_of((0, 30, 60, 100))
    lines = []
    for title, one in zip(titles, made.projects, strict=False):
        line: Line = {"unit": one.unit.code, "name": title}
        line |= {funds[fund]: Yuan(amount) for fund, amount in one.amounts.items()}
        if chance.percent(likely):
            line |= {"key": True, "goal": _goal(chance, 6)}
        lines.append(line)
    return lines


def performance(who: Department, made: Figures, named: list[Line], year: int) -> list[Line]:
    """Goals and indicators of some of the projects."""
    chance = who.chance("performance", year)
    likely = chance.one_of((0, 20, 50, 80, 100))
    pairs = [pair for pair in zip(made.projects, named, strict=False) if chance.percent(likely)]
    return [_measured(chance, one, line["name"]) for one, line in pairs]


def _measured(chance: Chance, one: Project, name: str) -> Line:
    amount = sum(one.amounts.values()) * chance.one_of((40, 75, 100, 100)) // 100
    overall = {"goal": _goal(chance, 8), "indicators": _indicators(chance)}
    annual: Line = {"goal": _goal(chance, 4)} if chance.percent(80) else {}
    annual["indicators"] = overall["indicators"] if chance.percent(60) else _indicators(chance)
    return {"unit": one.unit.code, "name": name, "amount": Yuan(amount), "overall": overall, "annual": annual}


def _goal(chance: Chance, most: int) -> str:
    """A goal of one sentence or several; now and then each stands in its own line."""
    parts = [_filled(chance, one) for one in chance.some_of(WORDS["goals"], chance.between(1, most))]
    return "；\n".join(parts) + "。" if chance.percent(15) else "；".join(parts) + "。"


def _filled(chance: Chance, pattern: str) -> str:
    return pattern.format(topic=chance.one_of(WORDS["topics"]), n=chance.between(85, 99), m=chance.between(2, 300))


def _indicators(chance: Chance) -> list[Line]:
    """Of every first level one at least; the weights make a hundred."""
    kinds = [chance.between(0, 3), chance.between(4, 6), 7]
    kinds += [chance.between(0, 7) for _ in range(chance.between(0, 11))]
    weights = chance.split(20, len(kinds))
    return [_indicator(chance, kind, 5 * weight) for kind, weight in zip(sorted(kinds), weights, strict=True)]


def _indicator(chance: Chance, kind: int, weight: int) -> Line:
    level1, level2, patterns, measures = WORDS["indicators"][kind]
    n = chance.between(0, len(patterns) - 1)
    line: Line = {"level1": level1, "level2": level2, "level3": _filled(chance, patterns[n])}
    if unit := measures[n % len(measures)]:
        value = chance.between(85, 100) if unit == "%" else chance.between(1, 500)
        sign = "≤" if level2 == "成本指标" else chance.one_of(("≥", "≥", "="))
        line |= {"sign": sign, "value": str(value), "unit": unit}
    else:
        line |= {"sign": "定性", "value": chance.one_of(WORDS["qualities"])}
    line["weight"] = weight
    return line | ({"remark": chance.one_of(WORDS["remarks"])} if chance.percent(5) else {})
