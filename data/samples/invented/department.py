"""What a department is, whatever the year: its name and code, its units, what it does, how it reports.

The sizes are skewed as they are in real cities: two departments in five are a single unit, one in forty has more than
twenty; two units in three have at most thirty people, one in fifty has hundreds.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .chance import Chance, Ranges

WORDS: dict[str, Any] = json.loads(Path(__file__).with_name("words.json").read_text("utf-8"))
FAMILIES: list[list[str]] = WORDS["families"]
PLACES: str = WORDS["places"]
MOST = len(FAMILIES) * (1 + len(PLACES) ** 2)
"""So many departments have names of their own: those of the city, then those of its districts."""

UNITS: Ranges = (
    (38, 1, 1), (17, 2, 2), (12, 3, 3), (16, 4, 6), (10, 7, 12), (5, 13, 20), (2, 21, 40),
)  # fmt: skip
STAFF: Ranges = ((25, 5, 12), (40, 13, 30), (25, 31, 80), (8, 81, 200), (2, 201, 400))
NATURES: Ranges = ((8, 0, 0), (20, 1, 1), (50, 2, 2), (15, 3, 3), (13, 4, 4), (2, 5, 5))
NATURE = ("行政", "参公", "公益一类", "公益二类", "事业", "其他")
AGENCY = NATURE[:2]
"""The natures whose operating expenses are 机关运行经费."""


@dataclass(frozen=True)
class Unit:
    """A unit: its code and names, its nature, how many people and vehicles it has."""

    code: str
    name: str
    called: str
    nature: str
    staff: int
    retired: int
    vehicles: int

    @property
    def agency(self) -> bool:
        """Whether its operating expenses are 机关运行经费."""
        return self.nature in AGENCY


@dataclass(frozen=True)
class Department:
    """A department: ``field`` says what it spends on; ``by_unit`` whether it reports by unit."""

    seed: int
    index: int
    code: str
    name: str
    short: str
    field: dict[str, Any]
    units: tuple[Unit, ...]
    by_unit: bool
    new: bool

    def chance(self, *about: object) -> Chance:
        """This department's dice for one matter."""
        return Chance(self.seed, self.index, *about)


def department(seed: int, index: int) -> Department:
    """The department of that number, from 0; it depends on nothing but ``seed`` and ``index``."""
    district, family = divmod(index, len(FAMILIES))
    short, house, nature, kind, noun = FAMILIES[family]
    place = WORDS["city"] + _district(district)
    code = f"{101 + family}" if not district else f"{district:04d}{101 + family}"
    chance = Chance(seed, index, "department")
    field = WORDS["fields"][kind]
    units = _units(chance, code, place, (place + short, house, nature), noun)
    return Department(
        seed, index, code, place + short, short, field, units,
        by_unit=chance.percent(75), new=chance.percent(4),
    )  # fmt: skip


def _district(number: int) -> str:
    if not number:
        return ""
    first, second = divmod(number - 1, len(PLACES))
    return f"{PLACES[first]}{PLACES[second]}区"


def _units(chance: Chance, code: str, place: str, seat: tuple[str, str, str], noun: str) -> tuple[Unit, ...]:
    """The seat (本级), then the units below it, whose names are a matter and a kind."""
    name, house, nature = seat
    names = [f"{noun}{topic}{kind}" for topic in WORDS["topics"] for kind in WORDS["kinds"]]
    below = chance.some_of(names, chance.of(UNITS) - 1)
    said = chance.percent(80)
    units = [_unit(chance, f"{code}001", f"{name}本级", f"{house}本级" if said else "", nature)]
    for n, one in enumerate(below, 2):
        called = f"{house}属{one}" if said else ""
        units.append(_unit(chance, f"{code}{n:03d}", place + one, called, NATURE[chance.of(NATURES)]))
    return tuple(units)


def _unit(chance: Chance, code: str, name: str, called: str, nature: str) -> Unit:
    staff = chance.of(STAFF)
    retired = chance.between(0, staff // 4) if chance.percent(60) else 0
    vehicles = chance.between(0, 1 + staff // 40) if chance.percent(45) else 0
    return Unit(code, name, called, nature, staff, retired, vehicles)
