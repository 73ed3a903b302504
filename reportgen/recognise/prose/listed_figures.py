"""Read the figures that 分别 gives to the amounts of the list before it: 比上年分别减少1.00万元、2.00万元."""

from __future__ import annotations

from dataclasses import replace

from .comparisons import Comparisons
from .draft import Draft
from .figures import Token
from .respectively import Group
from .statement import Change, Printed, Share


class ListedFigures(Comparisons):
    """Reads changes and shares that a sentence lists for several amounts together."""

    def _of_group(self, group: Group, number: int, token: Token, figure: Printed) -> Draft | None:
        """Give a figure after 分别 to the amount of the list before it that has its number."""
        if number == 0:
            last = list(self.recent)[-len(group.starts) :]
            whole = len(last) == len(group.starts) and all(one.whole is last[0].whole for one in last)
            self.listed = last if whole else []
        owner = self.listed[number] if self.listed else None
        if owner is None or owner.amount is None:
            return None
        direction = self._direction(group.how, figure)
        if direction is None:
            if token.kind != "percent" or owner.share is not None or not group.how.startswith("占"):
                return None
            owner.share = Share(figure)
        elif token.kind == "percent":
            owner.change = replace(owner.change or Change(*direction), rate=figure)
        else:
            rate = owner.change.rate if owner.change and owner.change.direction == direction[0] else None
            owner.change = Change(*direction, amount=figure, rate=rate, base=self._base(token.start))
        return owner
