"""The whole document of a department in a year, as the canonical JSON has it."""

from __future__ import annotations

from typing import Any

from . import lines, texts
from .chance import Chance
from .department import WORDS, Department
from .figures import CAPITAL, FUND, GENERAL, ITEMS, Figures, agency_operating, figures
from .money import Yuan

Document = dict[str, Any]
TOTALS = ("revenue", "expenditure", "general_public", "government_fund", "state_capital")
PRINTED = 5_000
"""分: a difference below 50 元 prints as 0.00 万元, and the figure is 持平."""


def document(who: Department, year: int, executed: dict[str, int] | None = None) -> Document:
    """The document, complete and agreeing with itself, and with the one of the year before.

    ``executed`` is what last year's final accounts say of the totals, where they are known already.
    """
    made = figures(who, year)
    chance = who.chance("document", year)
    before = _bases(who, made, year, executed)
    named = texts.projects(who, made, year)
    whole: Document = {"schema": "reportgen/budget/2", "stage": "budget", "scope": "department", "year": year}
    whole |= {"money_unit": "元"}
    if chance.percent(70):
        whole["published"] = f"{year}-02-{chance.between(10, 28)}"
    whole["department"] = _department(who)
    whole |= {"revenue": lines.revenue(who, made)}
    whole |= {"expenditure": lines.expenditure(who, made, texts.uses(who, made, year))}
    whole |= {"carried_forward": Yuan(made.carried_forward)} if made.carried_forward or chance.percent(50) else {}
    whole |= {"basic_expenditure": lines.basic(who, made, year), "three_public": lines.three_public(who, made)}
    whole |= {"projects": named, "performance": texts.performance(who, made, named, year)}
    whole |= {"totals": _totals(before, _reasons(who, made, before, year))}
    whole |= _matters(who, made, chance, year)
    whole["glossary"] = texts.glossary(who, made, year)
    return whole


def _totals(before: dict[str, dict[str, int]], reasons: dict[str, str]) -> Document:
    """The totals that are compared with last year: what they were, and why they changed."""
    found: Document = {}
    for kind, amounts in before.items():
        found |= {name: {"last": {kind: Yuan(amount)}} for name, amount in amounts.items()}
    for name, reason in reasons.items():
        found[name]["reason"] = reason
    return found


def _department(who: Department) -> Document:
    chance = who.chance("names")
    found: Document = {"code": who.code, "name": who.name}
    if chance.percent(40):
        found["short_name"] = f"{WORDS['city']}{who.short}"
    if chance.percent(40):
        found["line_name"] = f"市{who.short}"
    units = []
    for unit in who.units:
        called = {"called": unit.called} if unit.called else {}
        units.append({"code": unit.code, "name": unit.name, "nature": unit.nature} | called)
    return found | {"duties": texts.duties(who), "units": units}


def _now(who: Department, made: Figures, year: int) -> dict[str, int]:
    """The figures that are compared with last year's."""
    found = {"revenue": made.received(), "expenditure": made.total()}
    for name, fund in (("general_public", GENERAL), ("government_fund", FUND), ("state_capital", CAPITAL)):
        found[name] = made.total(fund=fund)
    found |= {name: made.item(name) for name in ITEMS}
    return found | {"agency_operating": agency_operating(who, year)}


def _bases(who: Department, made: Figures, year: int, known: dict[str, int] | None) -> dict[str, dict[str, int]]:
    """Last year's execution and budget: of the totals what was carried out, of the rest what was published.

    Revenue and expenditure are never less than the sum of the three funds.
    """
    now, last = _now(who, made, year), _now(who, figures(who, year - 1), year - 1)
    if who.new:
        last = dict.fromkeys(last, 0)
    chance = who.chance("executed", year)
    how, rate = chance.between(1, 100), chance.between(93, 107)
    executed = {name: _executed(how, rate, now[name], last[name]) for name in TOTALS}
    parts = sum(executed[name] for name in TOTALS[2:])
    executed |= {name: max(executed[name], parts) for name in TOTALS[:2]}
    executed = executed if known is None else {name: known[name] for name in TOTALS}
    return {"execution": executed, "budget": {name: last[name] for name in (*ITEMS, "agency_operating")}}


def _executed(how: int, rate: int, now: int, last: int) -> int:
    """What was carried out of last year's budget: all, or a little more or less; sometimes what this year has."""
    if not last or how <= 30:
        return last
    if how <= 45 and now:
        return now if how <= 38 else now * 1005 // 1000
    return last * rate // 100


def _matters(who: Department, made: Figures, chance: Chance, year: int) -> Document:
    """机关运行经费, 政府采购, 国有资产, 接待费."""
    found: Document = {}
    if agency := agency_operating(who, year):
        found["agency_operating"] = Yuan(agency)
    if chance.percent(90):
        whole = made.total(column="project") * chance.between(5, 60) // 100
        parts = zip(("goods", "works", "services"), (whole // 5, whole // 3, whole // 4), strict=True)
        found["procurement"] = {name: Yuan(amount) for name, amount in parts if amount and chance.percent(75)}
    if chance.percent(92):
        found["assets"] = _assets(who, made, chance, year)
    if made.item("reception") and chance.percent(85):
        found["reception_use"] = chance.one_of(WORDS["reception"])
    return found


def _assets(who: Department, made: Figures, chance: Chance, year: int) -> Document:
    kinds = ("communications", "law_enforcement", "technical", "veterans", "administrative", "other", "leaders")
    owned: dict[str, int] = {}
    for unit in who.units:
        kind = chance.one_of(kinds)
        owned[kind] = owned.get(kind, 0) + unit.vehicles
    found: Document = {
        "as_of": f"{year - 1}-12-31",
        "vehicles": {kind: owned[kind] for kind in kinds if owned.get(kind)},
    }
    found |= {"equipment": chance.between(0, 30), "special_equipment": chance.between(0, 6)}
    planned = {"vehicles": made.bought, "equipment": chance.between(0, 3) if chance.percent(30) else 0}
    return found | {"planned": {kind: count for kind, count in planned.items() if count}}


def _reasons(who: Department, made: Figures, before: dict[str, dict[str, int]], year: int) -> dict[str, str]:
    """A reason for every figure that moved; where it hardly moved, perhaps."""
    chance = who.chance("reasons", year)
    bases = before["execution"] | before["budget"]
    found = {}
    for name, now in _now(who, made, year).items():
        moved = abs(now - bases[name])
        slight = moved * 10_000 < bases[name] * 94
        if moved >= PRINTED and not (slight and chance.percent(60)):
            kind = ("three_" if name in ITEMS else "") + ("up" if now > bases[name] else "down")
            said = chance.some_of(WORDS[kind], chance.between(1, 1 if name in ITEMS else 3))
            found[name] = "；".join(said)
    return found
