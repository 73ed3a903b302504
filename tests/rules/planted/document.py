"""A document into which an error is planted: reading and changing its lines as plain values."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from typing import Any

SPENDING = ("personnel", "operating", "project", "business", "paid_up", "subsidies")
INCOME = ("amount", "carry_over")


class Document:
    """The plain values of a budget document, and the dice that choose a place in it."""

    def __init__(self, data: Any, dice: random.Random) -> None:
        self.data = data
        self.dice = dice

    @property
    def year(self) -> int:
        return int(self.data["year"])

    @property
    def by_unit(self) -> bool:
        """Whether revenue and expenditure name the unit of every line."""
        return all("unit" in line for part in ("revenue", "expenditure") for line in self.data[part])

    @property
    def units(self) -> list[str]:
        return [unit["code"] for unit in self.data["department"]["units"] if "code" in unit]

    def lines(self, part: str, fits: Callable[[Any], object] = bool) -> list[tuple[str, Any]]:
        """The lines of a list that fit, each with its pointer."""
        return [(f"/{part}/{n}", line) for n, line in enumerate(self.data.get(part, ())) if fits(line)]

    def one(self, found: Iterable[Any]) -> Any:
        """One of what was found, or None."""
        choice = list(found)
        return self.dice.choice(choice) if choice else None

    def leaves(self) -> Iterator[Any]:
        """The lines of expenditure that are no subtotals."""
        lines = self.data["expenditure"]
        parents = {line["function"][:cut] for line in lines for cut in (3, 5) if cut < len(line["function"])} | {"合计"}
        yield from (line for line in lines if line["function"] not in parents)

    def spent(self, columns: Iterable[str] = SPENDING, **fits: str) -> Decimal:
        """The expenditure of the lines whose fields have these values; 一般公共预算 need not be written."""
        own = [x for x in self.leaves() if all(x.get(k, "一般公共预算") == value for k, value in fits.items())]
        return sum((number(line.get(column, 0)) for line in own for column in columns), Decimal(0))

    def bases(self, kind: str) -> dict[str, Decimal]:
        """Last year's figures of this kind that the totals state, by the key of the total."""
        totals = self.data["totals"].items()
        return {key: number(total["last"][kind]) for key, total in totals if kind in total.get("last", {})}

    def put_base(self, key: str, kind: str, value: Any) -> str:
        """State last year's figure of a total; the result is its pointer."""
        self.data["totals"].setdefault(key, {}).setdefault("last", {})[kind] = value
        return f"/totals/{key}/last/{kind}"


def number(value: Any) -> Decimal:
    return Decimal(str(value))


def times(value: Any, factor: int) -> str:
    return str(number(value) * factor)


def scaled(value: Any, factor: Decimal) -> Any:
    """A value of the document with every amount in it multiplied; counts, weights and texts stay."""
    if isinstance(value, Decimal):
        return f"{value * factor:f}"
    if isinstance(value, dict):
        return {key: scaled(one, factor) for key, one in value.items()}
    return [scaled(one, factor) for one in value] if isinstance(value, list) else value


def whole(line: Any, columns: tuple[str, ...]) -> Decimal:
    return sum((number(line.get(column, 0)) for column in columns), Decimal(0))


def write_three_public(document: Document, line: Any, key: str, amount: Decimal) -> str:
    """An amount of one unit, and with it the total that the document states: the pointer of that, or ""."""
    total = ""
    for pointer, stated in document.lines("three_public", lambda x: x["unit"] == "合计"):
        stated[key] = str(number(stated.get(key, 0)) + amount - number(line.get(key, 0)))
        total = f"{pointer}/{key}"
    line[key] = str(amount)
    return total
