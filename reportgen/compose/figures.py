"""Print facts as figures, in a table's cell or in a sentence."""

from __future__ import annotations

from dataclasses import dataclass

from ..core.money import MoneyUnit, in_unit, numeral
from ..facts import Fact
from ..tree.nodes import Figure, Run, Text


@dataclass(frozen=True, slots=True)
class Format:
    """The format of amounts in one place: unit, decimals, thousands separators; decimals of percentages."""

    unit: MoneyUnit = "万元"
    decimals: int = 2
    grouped: bool = False
    percent_decimals: int = 1


def figure(fact: Fact, format: Format) -> Figure:
    """Return the figure of a fact, without its unit."""
    if fact.measure == "money":
        value = in_unit(fact.value, format.unit)
        text = numeral(value, format.decimals, format.grouped)
        return Figure(text, value, format.unit, fact.name, format.decimals, format.grouped)
    decimals = format.percent_decimals if fact.measure == "percent" else 0
    return Figure(numeral(fact.value, decimals), fact.value, fact.unit, fact.name, decimals)


def quoted(fact: Fact, format: Format) -> tuple[Run, ...]:
    """Return the figure as a sentence prints it: money with 元 or 万元, a percentage with %, a count alone."""
    run = figure(fact, format)
    if fact.measure == "count":
        return (run,)
    return (run, Text(run.unit))
