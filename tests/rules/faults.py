"""Faults planted in the data of both samples, and how many the rules catch: ``python -m tests.rules.faults``.

A fault is caught when the findings differ from those of the untouched sample by at least one that is no note. What no
rule can know without another file (a base of last year, how many cars there are) is planted too, and shown as missed.
"""

from __future__ import annotations

import copy
import random
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from functools import cache
from typing import Any

from reportgen.core.errors import InputError
from reportgen.core.finding import Finding, Severity
from tests.rules.test_rules import base, found

AMOUNTS = {
    "revenue": ("amount", "carry_over"),
    "expenditure": ("personnel", "operating", "project"),
    "basic_expenditure": ("amount",),
    "projects": ("general_public", "government_fund", "state_capital"),
}
Fault = Callable[[Any, random.Random], bool]


def changed(text: str, dice: random.Random) -> str:
    """An amount with one of its digits before the point changed."""
    spots = [n for n, char in enumerate(text.partition(".")[0]) if char.isdigit()]
    spot = dice.choice(spots)
    other = dice.choice([d for d in "123456789" if d != text[spot]])
    return text[:spot] + other + text[spot + 1 :]


def digit_in(part: str) -> Fault:
    def plant(data: Any, dice: random.Random) -> bool:
        cells = [(row, key) for row in data[part] for key in AMOUNTS[part] if Decimal(str(row.get(key, 0))) >= 1]
        row, key = dice.choice(cells)
        row[key] = changed(str(row[key]), dice)
        return True

    return plant


def stated(row: Any, rows: Any) -> bool:
    """Whether a row is a stated subtotal: without it the same sum is computed, so losing it is no fault."""
    code = row.get("function") or row.get("economic") or ""
    return code == "合计" or any(code != c and c.startswith(code) for c in map(_code, rows) if code)


def _code(row: Any) -> str:
    return row.get("function") or row.get("economic") or ""


def lost_row(part: str) -> Fault:
    def plant(data: Any, dice: random.Random) -> bool:
        rows = [row for row in data[part] if any(Decimal(str(row.get(key, 0))) >= 1 for key in AMOUNTS[part])]
        data[part].remove(dice.choice([row for row in rows if not stated(row, data[part])]))
        return True

    return plant


def doubled_row(data: Any, dice: random.Random) -> bool:
    part = dice.choice(list(AMOUNTS))
    data[part].append(copy.deepcopy(dice.choice(data[part])))
    return True


def ten_thousand_times(data: Any, dice: random.Random) -> bool:
    row = dice.choice([row for row in data["projects"] if "general_public" in row])
    row["general_public"] = str(Decimal(str(row["general_public"])) * 10000)
    return True


def other_fund(data: Any, dice: random.Random) -> bool:
    row = dice.choice([r for r in data["expenditure"] if "fund" not in r and r["function"] != "合计"])
    row["fund"] = "政府性基金预算"
    return True


def unknown_unit(data: Any, dice: random.Random) -> bool:
    dice.choice([*data["three_public"], *data["projects"]])["unit"] = "999999"
    return True


def wrong_code(data: Any, dice: random.Random) -> bool:
    row = dice.choice([r for r in data["expenditure"] if len(r["function"]) == 7])
    row["function"] = row["function"][:5] + "88"
    return True


def reception_below_basic(data: Any, dice: random.Random) -> bool:
    for row in data["three_public"]:
        row["reception"] = "0.01"
    return True


def _reasons(data: Any) -> list[str]:
    return sorted(key for key, total in data["totals"].items() if "reason" in total)


def lost_reason(data: Any, dice: random.Random) -> bool:
    del data["totals"][dice.choice(sorted(set(_reasons(data)) - {"agency_operating"}))]["reason"]
    return True


def old_year(data: Any, dice: random.Random) -> bool:
    key = dice.choice(_reasons(data))
    data["totals"][key]["reason"] += f"（20{dice.randint(10, 21)}年安排）"
    return True


def placeholder(data: Any, dice: random.Random) -> bool:
    data["totals"][dice.choice(_reasons(data))]["reason"] = "XX项目安排"
    return True


def lost_base(data: Any, dice: random.Random) -> bool:
    part = dice.choice(["execution", "budget"])
    names = {"execution": ["revenue", "expenditure", "general_public"], "budget": ["reception", "vehicle_operation"]}
    del data["totals"][dice.choice(names[part])]["last"]
    return True


def agency_digit(data: Any, dice: random.Random) -> bool:
    data["agency_operating"] = str(Decimal(str(data["agency_operating"])) * 10)
    return True


def weight(data: Any, dice: random.Random) -> bool:
    lines = dice.choice(data["performance"])["annual"]["indicators"]
    dice.choice(lines)["weight"] += 7
    return True


def base_digit(data: Any, dice: random.Random) -> bool:
    last = data["totals"]["revenue"]["last"]
    last["execution"] = changed(str(last["execution"]), dice)
    return True


def car_more(data: Any, dice: random.Random) -> bool:
    data["assets"]["vehicles"]["other"] += 1
    return True


CATCHABLE: dict[str, Fault] = {
    "收入金额错一个数字": digit_in("revenue"),
    "支出金额错一个数字": digit_in("expenditure"),
    "基本支出金额错一个数字": digit_in("basic_expenditure"),
    "项目金额错一个数字": digit_in("projects"),
    "漏一行收入": lost_row("revenue"),
    "漏一行支出": lost_row("expenditure"),
    "漏一行基本支出": lost_row("basic_expenditure"),
    "漏一个项目": lost_row("projects"),
    "一行写了两次": doubled_row,
    "元写成万元": ten_thousand_times,
    "资金性质填错": other_fund,
    "单位代码填错": unknown_unit,
    "科目编码填错": wrong_code,
    "接待费少于基本支出": reception_below_basic,
    "漏写原因": lost_reason,
    "抄了往年的年份": old_year,
    "留着占位": placeholder,
    "漏填上年数": lost_base,
    "机关运行经费多一位": agency_digit,
    "指标权重错": weight,
}
BEYOND: dict[str, Fault] = {"上年执行数错一个数字": base_digit, "车辆多写一辆": car_more}
"""No rule can know these: nothing in the file says them a second time."""


def loud(findings: tuple[Finding, ...]) -> Counter[str]:
    return Counter(f"{f.code} {f.message.format(**f.values)}" for f in findings if f.severity is not Severity.NOTE)


def caught(data: Any, before: Counter[str]) -> bool:
    try:
        return bool(loud(found(data)) - before)
    except InputError:
        return True


@cache
def without_fault(name: str) -> tuple[Any, Counter[str]]:
    """Return a sample and what is found in it."""
    data = base(name)
    return data, loud(found(data))


def planted(kind: str, each: int = 10, seed: int = 2023) -> int:
    """Return how many of ``each`` faults of a kind are caught, planted by turns in both samples."""
    dice = random.Random(f"{seed} {kind}")
    hits = 0
    for n in range(each):
        data, before = without_fault(("demo", "seed")[n % 2])
        data = copy.deepcopy(data)
        {**CATCHABLE, **BEYOND}[kind](data, dice)
        hits += caught(data, before)
    return hits


if __name__ == "__main__":
    print("| 差错 | 种下 | 查出 | 漏掉 |\n|---|---|---|---|")  # noqa: T201
    for kind in {**CATCHABLE, **BEYOND}:
        hits = planted(kind)
        print(f"| {kind} | 10 | {hits} | {10 - hits} |")  # noqa: T201
