"""Print facts as figures, in a table's cell or in a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from ..core.money import MoneyUnit, in_unit, numeral
from ..core.settings import Printing, Zero
from ..facts import Fact
from ..tree.nodes import Figure, Run, Text


@dataclass(frozen=True, slots=True)
class Format:
    """The format of figures in one place: unit, decimals and thousands separators of amounts, decimals of percentages.

    ``trim_zeros`` cuts zeros off the end of the decimals (16.2 for 16.20). ``zero`` is what an exact zero prints; a
    cell that is blank for zero has no figure.
    """

    unit: MoneyUnit = "万元"
    decimals: int = 2
    grouped: bool = False
    percent_decimals: int = 1
    trim_zeros: bool = False
    zero: Zero = "0.00"


@dataclass(frozen=True, slots=True)
class PrintedFact:
    """A fact with what one place of a sentence prints otherwise (``{{ x | decimals(1) }}``).

    ``changes`` are values for :class:`Format`; ``bare`` leaves out the unit.
    """

    fact: Fact
    changes: Mapping[str, Any]
    bare: bool = False

    def __bool__(self) -> bool:
        """Whether the fact is not zero."""
        return bool(self.fact)


class NothingToPrint(TypeError):
    """A template prints a value that the document does not have."""


def format_of(printing: Printing) -> Format:
    """Return the format of the sentences of a layout."""
    return Format(
        printing.unit,
        printing.decimals,
        printing.grouped,
        printing.percent_decimals,
        printing.trim_zeros,
        printing.zero,
    )


def changed(format: Format, stated: object) -> Format:
    """Return a format with those of its fields that ``stated`` has; None is not stated."""
    values = {field.name: getattr(stated, field.name, None) for field in fields(Format)}
    return replace(format, **{name: value for name, value in values.items() if value is not None})


def figure(fact: Fact, format: Format) -> Figure:
    """Return the figure of a fact, without its unit."""
    value, unit, decimals, grouped = fact.value, fact.unit, 0, False
    if fact.measure == "money":
        value, unit = in_unit(fact.value, format.unit), str(format.unit)
        decimals, grouped = format.decimals, format.grouped
    elif fact.measure == "percent":
        decimals = format.percent_decimals
    if not value and format.zero not in ("blank", "0.00") and (fact.measure != "count" or format.zero != "0"):
        return Figure(format.zero, value, unit, fact.name, 0 if format.zero == "0" else decimals, grouped)
    text = numeral(value, decimals, grouped)
    if format.trim_zeros and decimals:
        text = text.rstrip("0").removesuffix(".")
        decimals = len(text.partition(".")[2])
    return Figure(text, value, unit, fact.name, decimals, grouped)


def quoted(fact: Fact | PrintedFact, format: Format) -> tuple[Run, ...]:
    """Return the figure as a sentence prints it: money with 元 or 万元, a percentage with %, a count alone."""
    printed = fact if isinstance(fact, PrintedFact) else PrintedFact(fact, {})
    run = figure(printed.fact, replace(format, **printed.changes) if printed.changes else format)
    if printed.bare or printed.fact.measure == "count":
        return (run,)
    return (run, Text(run.unit))
