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
_BUDGET_BEFORE = re.compile("预算数?(?:为|是)?$")
_SPENT_NEXT = re.compile("[，,、；;](?![比较与同])(?:20[0-9]{2}年度?)?[^，,。；;0-9]{0,20}决算")
"""The budget that a sentence begins with and what was spent of it (预算为8.00万元，支出决算为7.50万元)."""
_SIGNS = re.compile(r"\((?:减少|下降|负数)[^()]{0,4}以[^()]{1,12}\)$")
"""How a negative figure is printed, in brackets before it: 增加(减少以“-”号填列)."""
_SHARE_ENDS = re.compile("(?:的|为|比例|比重|总额)+$")
COMPLETES = re.compile("完成(?:年初|全年|调整)?预算数?(?:为|的)?$")


class Comparisons(ParagraphState):
    """Reads the figures that are said of an amount."""

    def _direction(self, lead: str, figure: Printed) -> tuple[Direction, str] | None:
        lead = _SIGNS.sub("", lead)
        if found := direction_pattern().search(lead, max(0, len(lead) - 24)):
            if found["both"]:
                return "", found[0]
            return ("up" if found["up"] else "down"), found["up"] or found["down"]
        if not lead and figure.text[0] in "+-" and self.level.current is not None:
            return ("up" if figure.text[0] == "+" else "down"), ""
        return None

    def _after_comparison(self, lead: str, token: Token) -> bool:
        """Whether the lead of an amount says with what is compared (比2025年年初预算数45557.68万元增加…)."""
        own = any_of(prose_words().compared.own)
        begins = re.match(rf"(?:{any_of(prose_words().compared.begin)})(?:{YEAR}|上|去|{own})", lead)
        after = self.text[token.end : token.end + 8]
        moved = any_of((*prose_words().up, *prose_words().down))
        return bool(begins) and bool(re.match(rf"\)?(?:相比|对比|[,，]?净?(?:{moved}))", after))

    def _base_amount(self, figure: Printed, lead: str) -> Draft | None:
        owner = self._owner(None)
        base = replace(self.level.compared or Base(), of=_base_of(lead), amount=figure)
        self.level.compared = base
        if owner is not None:
            owner.bases.append(base)
        return owner

    def _named_base(self, lead: str, end: int) -> Base | None:
        """Return the base that the lead of a figure names (2025年预算数为, 上年决算数), or None.

        The figure ends at ``end``.
        """
        if _BUDGET_BEFORE.search(lead) and _SPENT_NEXT.match(self.text, end) and not _BASE_WORDS.search(lead):
            return Base(self.year, "budget", own=True)
        if (subject := subject_of(lead, self.year)) and subject.key in ("carry", "surplus_used"):
            return None
        found = _BASE_YEAR.search(lead[-40:])
        if found is None:
            kind = _base_of(lead) if _BASE_WORDS.search(lead) else ""
            said = kind and (kind != "budget" or self._spent_follows())
            return Base(self.year, kind, own=True) if said else None
        year = int(found["year"][:4]) if found["year"] else 0
        if year == self.year and _BASE_WORDS.search(lead) and _SPENT_NEXT.match(self.text, end):
            return Base(self.year, _base_of(lead), own=True)
        if year == self.year or (year and year > self.year):
            return None
        return Base(year, _base_of(lead))

    def _spent_follows(self) -> bool:
        """Whether the sentence goes on with what was spent: what it says first is the budget."""
        end = self.text.find("。", self.lead_start)
        rest = self.text[self.lead_start : end if end >= 0 else None]
        return "决算" in rest or any(word in rest for word in prose_words().completed)

    def _completed_budget(self, figure: Printed, lead: str) -> Draft | None:
        """Take the budget that a rate is of: 完成年初预算500.00万元的90.00%."""
        owner = self._owner(None)
        if owner is not None:
            kind: BaseOf = "adjusted" if "全年" in lead or "调整" in lead else "budget"
            owner.bases.append(Base(self.year, kind, figure, own=True))
            self.completes = True
        return owner

    def _named_base_amount(self, base: Base, figure: Printed, lead: str) -> Draft | None:
        named = None if base.own else _BASE_YEAR.search(lead)
        found = named or _BASE_WORDS.search(lead) or _BUDGET_BEFORE.search(lead)
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
        base, held = self._base(token.start), owner.change
        if held is not None and held.amount is not None:
            if not _is_other_base(held.base, base):
                return owner
            owner.compare_anew()
        if held is not None and held.amount is None and held.rate is not None and held.direction == direction[0]:
            owner.change = replace(held, amount=figure)
            return owner
        flat = owner.change.flat if owner.change else ""
        owner.change = Change(direction[0], direction[1], amount=figure, base=base, flat=flat)
        return owner

    def _comparison_subject(self, end: int) -> Subject | None:
        """Return the subject that stands in the same clause before a comparison or a direction word."""
        lead = self.text[self.lead_start : end]
        words = prose_words().compared
        compared = re.search(rf"(?:{any_of(words.begin)})(?:上|去|{YEAR}|{any_of(words.own)})|同比", lead)
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
        owner = self.level.current
        direction = self._direction(lead, figure)
        if found := re.search(any_of(words.completed), lead):
            return self._share(figure, lead[found.end() :], completed=True)
        found = re.search(any_of(words.share), lead)
        if found and not (direction and lead.find(direction[1]) < found.start()):
            return self._share(figure, lead[found.end() :])
        if direction:
            return self._rate(token, figure, direction)
        if lead in ("的", "") and owner is not None and owner.share is None and self.completes:
            owner.share = Share(figure, "", None, completed=True)
            return owner
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
            said = _SHARE_ENDS.sub("", of)
            owner.share = Share(figure, said, subject_of(said, self.year) if said else None, completed)
        return owner


def _is_other_base(one: Base | None, other: Base | None) -> bool:
    """Whether two changes are from different bases: two years, last year and this year's budget, planned and spent."""
    if one is None or other is None:
        return False
    if one.year and other.year and one.year != other.year:
        return True
    return one.own != other.own or (bool(one.of and other.of) and one.of != other.of)


def _base_of(text: str) -> BaseOf:
    """Return what the amount of another year is: its budget, or what was spent of it."""
    for of, words in prose_words().bases.items():
        if of != "budget" and any(word in text for word in words):
            return of
    return "budget" if "预算" in text else ""
