"""Make the budgets of an invented city's departments: any number, all branches, exact to the 分, the same every time.

    python data/samples/make_city.py --departments 2000 --seed 1 -o city/
    python data/samples/make_city.py --departments 2000 --seed 1 -o city/ --last city-before/ --year 2024
    python data/samples/make_city.py --departments 2000 --seed 1 -o city/ --final city-final/ --next city-next/

Department number ``k`` depends on the seed, its number and the year only: not on how many are made. The departments of
the city itself come first, then those of its districts, each district in a folder of its own (at most 48 files).
``--last`` also writes the year before: its budget is what this year's “三公” and 机关运行经费 are compared with. A
department that is new this year has none. ``--final`` also writes the final accounts of the year, which follow from the
budget, ``--next`` the budgets of the next year, which compare with these.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from invented.department import FAMILIES, MOST, Department, department
from invented.document import document
from invented.final_accounts import final_accounts, next_budget
from invented.money import text


def made(who: Department, year: int) -> str:
    """One department's document of a year, as the text of its file."""
    return text(document(who, year))


def place(who: Department) -> str:
    """The file of a department below the folder: ``101.json`` or, of a district, ``0001/0001101.json``."""
    district = who.index // len(FAMILIES)
    return f"{district:04d}/{who.code}.json" if district else f"{who.code}.json"


def write(who: Department, folder: Path, year: int, final: bool = False) -> Path:
    """Write one department's file of a year: its budget, or its ``final`` accounts."""
    return _save(who, folder, text(final_accounts(who, year)) if final else made(who, year))


def _save(who: Department, folder: Path, written: str) -> Path:
    path = folder / place(who)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(written, encoding="utf-8", newline="\n")
    return path


def city(seed: int, numbers: range) -> Iterator[Department]:
    """The departments of those numbers, one after the other."""
    return (department(seed, number) for number in numbers)


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Make the budgets of an invented city's departments.")
    parser.add_argument("--departments", type=int, default=100, metavar="N", help=f"how many, at most {MOST}")
    parser.add_argument("--first", type=int, default=0, metavar="K", help="number of the first one (0)")
    parser.add_argument("--seed", type=int, default=1, help="another seed, another city (1)")
    parser.add_argument("--year", type=int, default=2023, help="the budget year (2023)")
    parser.add_argument("-o", "--out", type=Path, required=True, help="folder for the files")
    parser.add_argument("--last", type=Path, metavar="FOLDER", help="also make the year before, in that folder")
    parser.add_argument("--final", type=Path, metavar="FOLDER", help="also make the final accounts, in that folder")
    parser.add_argument("--next", type=Path, metavar="FOLDER", help="also make the budgets after these, in that folder")
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the files."""
    parser = _arguments()
    asked = parser.parse_args(arguments)
    numbers = range(asked.first, asked.first + asked.departments)
    if asked.departments < 1 or asked.first < 0 or numbers[-1] >= MOST:
        parser.error(f"there are {MOST} departments, from 0 to {MOST - 1}")
    for who in city(asked.seed, numbers):
        write(who, asked.out, asked.year)
        if asked.last and not who.new:
            write(who, asked.last, asked.year - 1)
        if asked.final:
            write(who, asked.final, asked.year, final=True)
        if asked.next:
            _save(who, asked.next, text(next_budget(who, asked.year + 1)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
