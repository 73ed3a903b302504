"""Read what an amount is compared with: base, change, rate, and the share that it is of a whole."""

from __future__ import annotations

import re
from dataclasses import replace

from .draft import Draft
from .figures import Token
from .paragraph_state import ParagraphState
from .patterns import YEAR, any_of, direction_pattern
from .statement import Base, BaseOf, Change, Direction, Printed, Share, Subject
from .subjects import subject_of
from .words import prose_words

_BASE_YEAR = re.compile(rf"(?:上一?年度?|去年度?|(?P<year>{YEAR}))")
_BASE_WORDS = re.compile("年初预算数?|全年预算数?|调整预算数?")


class Comparisons(ParagraphState):
    """Reads the figures that are said of an amount."""

    def _direction(self, lead: str, figure: Printed) -> tuple[Direction, str] | None:
        if found := direction_pattern().search(lead, max(0, len(lead) - 24)):
            if found["both"]:
                return "", found[0]
            return ("up" if found["up"] else "down"), found["up"] or found["down"]
        if not lead and figure.text[0] in "+-" and self.level.current is not None:
            return ("up" if figure.text[0] == "+" else "down"), ""
        return None

    def _after_comparison(self, lead: str, token: Token) -> bool:
        """Whether the lead of an amount says with what is compared (比2025年年初预算数45557.68万元增加…)."""
        begins = re.match(rf"(?:{any_of(prose_words().compared.begin)})(?:{YEAR}|上|去)", lead)
        after = self.text[token.end : token.end + 8]
        return bool(begins) and bool(re.match(rf"\)?(?:{any_of((*prose_words().up, *prose_words().down))})", after))

    def _base_amount(self, figure: Printed, lead: str) -> Draft | None:
        owner = self._owner(None)
        base = replace(self.level.compared or Base(), of=_base_of(lead), amount=figure)
        self.level.compared = base
        if owner is not None:
            owner.bases.append(base)
        return owner

    def _named_base(self, lead: str) -> Base | None:
        """Return the base that a lead names (2025年预算数为, 上年决算数), or None."""
        if (subject := subject_of(lead, self.year)) and subject.key in ("carry", "surplus_used"):
            return None
        found = _BASE_YEAR.search(lead[-40:])
        if found is None:
            kind = _base_of(lead) if _BASE_WORDS.search(lead) else ""
            return Base(self.year, kind) if kind and (kind != "budget" or self._spent_follows()) else None
        year = int(found["year"][:4]) if found["year"] else 0
        if year == self.year or (year and year > self.year):
            return None
        return Base(year, _base_of(lead))

    def _spent_follows(self) -> bool:
        """Whether the sentence goes on with what was spent: what it says first is the budget."""
        end = self.text.find("。", self.lead_start)
        return "决算" in self.text[self.lead_start : end if end >= 0 else None]

    def _named_base_amount(self, base: Base, figure: Printed, lead: str) -> Draft | None:
        found = _BASE_YEAR.search(lead) or _BASE_WORDS.search(lead)
        before = lead[: found.start()] if found else ""
        subject = subject_of(lead[found.end() :], self.year) if found else None
        if subject is None or not subject.key or subject.key in ("expenditure", "fund", "revenue"):
            subject = subject_of(before, self.year) if before else None
        owner = self._owner(subject)
        if owner is None and self._spent_follows():
            owner = self._start(None, self.lead_start, sure=False)  # the subject may stand in a heading or not at all
        if owner is not None:
            owner.bases.append(replace(base, amount=figure))
        return owner

    def _change(self, token: Token, figure: Printed, lead: str, direction: tuple[Direction, str]) -> Draft | None:
        owner = self._owner(self._comparison_subject(token.start), for_change=True)
        if owner is None:
            return None
        if owner.change is not None and owner.change.amount is not None:
            return owner
        flat = owner.change.flat if owner.change else ""
        owner.change = Change(direction[0], direction[1], amount=figure, base=self._base(token.start), flat=flat)
        return owner

    def _comparison_subject(self, end: int) -> Subject | None:
        """Return the subject that stands in the same clause before a comparison or a direction word."""
        lead = self.text[self.lead_start : end]
        compared = re.search(rf"(?:{any_of(prose_words().compared.begin)})(?:上|去|{YEAR})|同比", lead)
        direction = direction_pattern().search(lead)
        said = lead[: compared.start()] if compared else lead[: direction.start()] if direction else lead
        if compared and not said.strip("、的也") and direction:
            said = lead[compared.end() : direction.start()]
            subject = subject_of(said, self.year)
            return subject if subject and subject.key and subject.key != "fund" and len(said) > 6 else None
        return subject_of(said, self.year) if said else None

    def _base(self, end: int) -> Base | None:
        compared = self.level.compared
        if compared is None:
            return None
        said = self.text[max(self.lead_start, end - 40) : end]
        return replace(compared, of=compared.of or _base_of(said))

    def _flat(self, token: Token) -> None:
        if self.level.skipping or self.level.compared is None:
            return
        words = prose_words()
        nearly = any(token.text.startswith(word) for word in words.nearly)
        owner = self._owner(self._comparison_subject(token.start))
        if owner is None:
            return
        if owner.change is None:
            owner.change = Change("nearly flat" if nearly else "flat", token.text, base=self._base(token.start))
            self._extend(owner, token.end)
        if not nearly:
            owner.change = replace(owner.change, flat=token.text)

    def _percent(self, token: Token, figure: Printed, lead: str) -> Draft | None:
        words = prose_words()
        if found := re.search(any_of(words.completed), lead):
            return self._share(figure, lead[found.end() :], completed=True)
        if found := re.search(any_of(words.share), lead):
            return self._share(figure, lead[found.end() :])
        if direction := self._direction(lead, figure):
            return self._rate(token, figure, direction)
        owner = self.level.current
        if not lead and owner is not None and owner.change is not None and owner.change.rate is None:
            owner.change = replace(owner.change, rate=figure)
            return owner
        return None

    def _rate(self, token: Token, figure: Printed, direction: tuple[Direction, str]) -> Draft | None:
        """Give a rate to the change before it, or to the statement that it is the whole change of."""
        owner, subject = self.level.current, self._comparison_subject(token.start)
        if owner is None or owner.change is None or owner.change.rate is not None or (subject and subject.key):
            owner = self._owner(subject, for_change=True)
        if owner is None:
            return None
        if owner.change is None or owner.change.rate is not None:
            owner.change = Change(direction[0], direction[1], base=self._base(token.start))
        owner.change = replace(owner.change, rate=figure)
        if direction[0] and owner.change.direction and owner.change.direction != direction[0]:
            owner.change = replace(owner.change, against=direction[1])
        return owner

    def _share(self, figure: Printed, of: str, completed: bool = False) -> Draft | None:
        owner = self.level.current or self.before
        if owner is None:
            return None
        if owner.share is None:
            said = of.rstrip("的为比例总额")
            owner.share = Share(figure, said, subject_of(said, self.year) if said else None, completed)
        return owner


def _base_of(text: str) -> BaseOf:
    """Return what the amount of another year is: its budget, or what was spent of it."""
    for of, words in prose_words().bases.items():
        if of != "budget" and any(word in text for word in words):
            return of
    return "budget" if "预算" in text else ""
