"""Facts as figures: how a fact prints in a table's cell or in a sentence."""

from __future__ import annotations

from dataclasses import dataclass

from ..core.money import MoneyUnit, in_unit, numeral
from ..facts import Fact
from ..tree.nodes import Figure, Run, Text


@dataclass(frozen=True, slots=True)
class Format:
    """How amounts print in one place: unit, decimals, thousands separators; decimals of percentages."""

    unit: MoneyUnit = "万元"
    decimals: int = 2
    grouped: bool = False
    percent_decimals: int = 1


def figure(fact: Fact, how: Format) -> Figure:
    """The bare figure of a fact, without its unit's name."""
    if fact.measure == "money":
        value = in_unit(fact.value, how.unit)
        text = numeral(value, how.decimals, how.grouped)
        return Figure(text, value, how.unit, fact.name, how.decimals, how.grouped)
    decimals = how.percent_decimals if fact.measure == "percent" else 0
    return Figure(numeral(fact.value, decimals), fact.value, fact.unit, fact.name, decimals)


def quoted(fact: Fact, how: Format) -> tuple[Run, ...]:
    """The figure as a sentence says it: money with 元 or 万元, a percentage with %, a count bare."""
    run = figure(fact, how)
    if fact.measure == "count":
        return (run,)
    return (run, Text(run.unit))
