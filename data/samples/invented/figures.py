"""What a department has and spends in one year, to the 分. All amounts are whole 分.

A year's figures follow from the department and the year alone, so last year's file and this year's comparison with it
are made separately and agree.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import product

from .chance import Chance, Ranges, shared
from .department import Department, Unit

GENERAL, FUND, CAPITAL, ACCOUNT, OWN = FUNDS = (
    "一般公共预算", "政府性基金预算", "国有资本经营预算", "财政专户管理资金", "单位资金",
)  # fmt: skip
ITEMS = ("overseas", "vehicle_purchase", "vehicle_operation", "reception")
YUAN = 100
PROJECTS: Ranges = ((5, 0, 0), (30, 1, 3), (34, 4, 8), (19, 9, 15), (9, 16, 30), (3, 31, 60))
MOVES = (1000, 1000, 1000, 1000, 1000, 1000, 1000, 1005, 997, 900, 950, 1060, 1120, 800)
"""Thousandths: how a figure stands in one year beside its usual size; two years of 1000 are 持平."""


@dataclass
class Project:
    """A project: whose, on which item, how much of which fund."""

    unit: Unit
    function: str
    amounts: dict[str, int]


@dataclass
class Figures:
    """One year. ``spent`` by unit, fund, item and column; ``income`` by unit and source: this year's, carried over."""

    spent: dict[tuple[str, str, str, str], int] = field(default_factory=lambda: defaultdict(int))
    sums: dict[tuple[str, str, str], int] = field(default_factory=lambda: defaultdict(int))
    income: dict[tuple[str, str], tuple[int, int]] = field(default_factory=dict)
    three_public: dict[str, dict[str, int]] = field(default_factory=dict)
    bought: int = 0
    carried_forward: int = 0
    projects: list[Project] = field(default_factory=list)

    def spend(self, unit: Unit, function: str, column: str, amount: int, fund: str = GENERAL) -> None:
        """Add to one cell of the expenditure, and to every sum it is part of."""
        if amount:
            self.spent[unit.code, fund, function, column] += amount
            for sum_of in product((unit.code, ""), (fund, ""), (column, "")):
                self.sums[sum_of] += amount

    def total(self, unit: str = "", fund: str = "", column: str = "") -> int:
        """What is spent: all, or what one unit, fund or column has of it."""
        return self.sums[unit, fund, column]

    def received(self) -> int:
        """All income, with what was carried over."""
        return sum(now + carried for now, carried in self.income.values())

    def item(self, name: str) -> int:
        """One of the “三公” over all units."""
        return sum(row[name] for row in self.three_public.values())


def figures(who: Department, year: int) -> Figures:
    """The figures of a department in a year."""
    made = Figures()
    for unit in who.units:
        _people(made, who, unit, year)
    _three_public(made, who, year)
    _projects(made, who, year)
    for unit in who.units:
        _own_funds(made, who, unit, year)
        _income(made, who, unit, year)
    return made


def agency_operating(who: Department, year: int) -> int:
    """机关运行经费: the operating expenses of the units that are 行政 or 参公."""
    return sum(_operating(who, unit, year) for unit in who.units if unit.agency)


def run_item(who: Department, unit: Unit) -> str:
    """The item that a unit's people and daily running stand under."""
    return str(who.field["run" if unit.agency else "service"])


def _operating(who: Department, unit: Unit, year: int) -> int:
    a_head = Chance(who.seed, unit.code, "operating").between(15_000, 34_000)
    return unit.staff * a_head * YUAN * who.chance("operating", year).one_of(MOVES) // 1000


def _people(made: Figures, who: Department, unit: Unit, year: int) -> None:
    """Wages and what goes with them, the retired, and daily running."""
    chance = Chance(who.seed, unit.code, "people")
    grown = who.chance("wages", year).one_of(MOVES)
    pay = unit.staff * chance.between(11_000_000, 21_000_000) * grown // 1000
    pension, medical = pay * chance.between(90, 105) // 1000, pay * chance.between(40, 55) // 1000
    run = run_item(who, unit)
    parts = {"2080505": pension, "2080506": pension // 2, "2210201": pay // 10}
    parts["2101101" if unit.agency else "2101102"] = medical
    if unit.agency:
        parts["2101103"] = pay * 3 // 100
    if who.chance("housing").percent(40):
        parts |= {"2210202": pay // 500, "2210203": pay // 40}
    parts[run] = pay - sum(parts.values())
    if unit.retired:
        parts["2080501" if unit.agency else "2080502"] = unit.retired * chance.between(9_000, 16_000) * YUAN
    for function, amount in parts.items():
        made.spend(unit, function, "personnel", amount)
    made.spend(unit, run, "operating", _operating(who, unit, year))


def _three_public(made: Figures, who: Department, year: int) -> None:
    chance = who.chance("three public")
    usual = {
        name: chance.between(low, high) for name, (low, high) in {"reception": (400, 900), "travel": (3, 40)}.items()
    }
    travels, buys = chance.percent(35), chance.percent(30)
    if chance.percent(6):
        return
    this = who.chance("three public", year)
    moves = {name: this.one_of((*MOVES, 0, 0) if name == "overseas" else (*MOVES, 0)) for name in ITEMS}
    made.bought = this.between(1, 2) if buys and this.percent(60) else 0
    for unit in who.units:
        row = dict.fromkeys(ITEMS, 0)
        row["reception"] = _rounded(unit.staff * usual["reception"] * moves["reception"] // 1000)
        row["vehicle_operation"] = _rounded(unit.vehicles * 22_000 * moves["vehicle_operation"] // 1000)
        if unit is who.units[0]:
            row["overseas"] = _rounded(usual["travel"] * 10_000 * moves["overseas"] // 1000) if travels else 0
            row["vehicle_purchase"] = made.bought * this.between(160_000, 250_000) // 100 * 100 * YUAN
        if any(row.values()):
            made.three_public[unit.code] = row


def _rounded(yuan: int) -> int:
    """To whole hundreds of 元, in 分."""
    return yuan // 100 * 100 * YUAN


def _projects(made: Figures, who: Department, year: int) -> None:
    """Projects of like size, so that none is a thousand times its neighbours; the seat has most of them."""
    chance = who.chance("projects", year)
    count = chance.of(PROJECTS)
    if len(who.units) > 6:
        count = max(count, chance.of(PROJECTS))
    scale = max(made.total() // 30, 20_000_000)
    for _ in range(count):
        unit = who.units[0] if chance.percent(40) else chance.one_of(who.units)
        made.projects.append(_project(chance, who, unit, scale))
    for one in made.projects:
        for fund, amount in one.amounts.items():
            made.spend(one.unit, one.function, "project", amount, fund)


def _project(chance: Chance, who: Department, unit: Unit, scale: int) -> Project:
    kind, amount = chance.between(1, 100), scale * chance.of(((60, 10, 60), (30, 60, 200), (10, 200, 600))) // 100
    amount = amount if chance.percent(15) else amount // 10_000 * 10_000
    gives = who.chance("funds").between(1, 100)
    if kind <= 10 and gives <= 30:
        return Project(unit, chance.one_of(who.field["fund"]), {FUND: amount})
    if kind <= 16 and gives % 4 == 0:
        return Project(unit, "2230105", {CAPITAL: amount})
    function = "2050803" if kind >= 95 else chance.one_of(who.field["projects"])
    amounts = {GENERAL: amount}
    if not unit.agency and chance.percent(12):
        amounts[ACCOUNT] = amount // 4
    if not unit.agency and chance.percent(10):
        amounts[OWN] = amount // 5
    return Project(unit, function, amounts)


def _own_funds(made: Figures, who: Department, unit: Unit, year: int) -> None:
    """Some units that are no agency earn money of their own."""
    chance = Chance(who.seed, unit.code, "own", year)
    if unit.agency or not Chance(who.seed, unit.code, "earns").percent(30):
        return
    columns = {"personnel": 70, "operating": 60, "business": 35, "paid_up": 12, "subsidies": 12}
    for column, likely in columns.items():
        if chance.percent(likely):
            amount = unit.staff * chance.between(1_000, 9_000) * YUAN
            made.spend(unit, run_item(who, unit), column, amount, OWN)


def _income(made: Figures, who: Department, unit: Unit, year: int) -> None:
    """What pays for a unit's spending, fund by fund; part of the project money was carried over."""
    chance = Chance(who.seed, unit.code, "income", year)
    carries = who.chance("carries", year).percent(45)
    for fund in FUNDS[:4]:
        spent = made.total(unit=unit.code, fund=fund)
        carried = made.total(unit=unit.code, fund=fund, column="project") * chance.between(0, 40) // 100
        if fund == FUND and chance.percent(40):
            carried = spent
        carried = carried if carries else 0
        if spent:
            made.income[unit.code, fund] = (spent - carried, carried)
    _own_income(made, chance, unit, carries)


def _own_income(made: Figures, chance: Chance, unit: Unit, carries: bool) -> None:
    business = made.total(unit=unit.code, fund=OWN, column="business")
    rest = made.total(unit=unit.code, fund=OWN) - business
    if business:
        made.income[unit.code, "事业单位经营收入"] = (business, 0)
    if not rest:
        return
    names = ["事业收入", *chance.some_of(["上级补助收入", "附属单位上缴收入", "其他收入"], chance.between(0, 2))]
    for name, amount in zip(names, shared(rest, (5, 3, 2)[: len(names)]), strict=True):
        carried = amount // 5 if carries and name == "事业收入" else 0
        made.income[unit.code, name] = (amount - carried, carried)
    if chance.percent(15):
        kept = rest // 20
        now, carried = made.income[unit.code, "事业收入"]
        made.income[unit.code, "事业收入"] = (now + kept, carried)
        made.carried_forward += kept
