"""Comparisons of amounts that tables state: a sum and its parts, or one amount in two places."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ..core.finding import Finding, Severity
from ..core.money import MoneyUnit, exact
from .stated_sums import WholeAndParts
from .table import StatedAmount, table_finding

MESSAGES = {
    "sum": "{what}写的是 {first}，各项加起来是 {other}，相差 {difference}",
    "same": "{what}两处不一致：{first} 和 {other}，相差 {difference}",
}


@dataclass(frozen=True, slots=True)
class Comparison(WholeAndParts):
    """``whole`` is to be the sum of ``parts`` (``sum``), or the one other amount (``same``); ``what`` names it."""

    kind: Literal["sum", "same"]
    what: str
    whole: StatedAmount
    parts: tuple[StatedAmount, ...]

    def finding(self, unit: MoneyUnit, withheld: bool = False) -> Finding:
        """Return the finding that says the difference, in ``unit``.

        Where rows are ``withheld`` (保密), parts that are less than the whole are a warning.
        """
        hint, severity = "对照原表，改正其中写错的一处，再导入一次", Severity.ERROR
        if self.gap < 0 and withheld:
            severity = Severity.WARNING
        elif self.gap < 0:
            hint = "对照原表，改正其中写错的一处，再导入一次；因保密没有列出的行，在 --basics 的“剔除的行”里写明"
        other = self.other
        places = tuple(dict.fromkeys((self.whole.place, other.place)))
        figures = {
            "first": exact(self.whole.value, unit),
            "other": exact(other.value, unit),
            "difference": exact(abs(self.gap), unit),
        }
        return table_finding("XL141", severity, MESSAGES[self.kind], places, hint, what=self.what, **figures)
