"""Read one paragraph: follow its tokens, and give each figure to the subject that it is of.

What stands before a figure, back to the figure or mark before it, is its *lead*. A lead that ends with 增加 makes the
figure a change, one with 占 a share, one with 2025年预算数 a base; any other lead names the subject of an amount.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from .comparisons import COMPLETES
from .draft import Draft
from .figures import FIGURES, Token, printed, tokens
from .listed_figures import ListedFigures
from .paragraph_state import DEEPEST, Level
from .rate import rate_interval
from .statement import Base, BaseOf, Change, Printed, Subject
from .subjects import LONGEST, subject_of
from .words import prose_words

_SHORT = 40
"""Characters of a sentence without figures that may name the subject of the next one."""
_GOALS = re.compile("(?:项目|整体支出)(?:[^，。；]{0,4})(?:纳入|实行|实施)[^，。；]{0,4}绩效目标管理$")
_SPENT = ("支出决算", "决算", "实际支出", "预算", "本年")


@dataclass(slots=True)
class ParagraphReading:
    """What was read of a paragraph: its statements, the figures that have no subject, how many figures there are."""

    drafts: list[Draft]
    untied: list[Printed]
    figures: int


class ParagraphReader(ListedFigures):
    """Reads one paragraph of a document of ``year``; ``topic`` is the subject that the heading above it names."""

    def read(self) -> ParagraphReading:
        """Return what the paragraph says."""
        takers = self._takers
        for token in tokens(self.text):
            if take := takers.get(token.kind):
                take(token)
        self._close_sentence(len(self.text))
        for draft in self._all():
            _give_to_whole(draft)
        return ParagraphReading(self.drafts, self.untied, self.figures)

    @property
    def _takers(self) -> Mapping[str, Callable[[Token], None]]:
        """What is done with each kind of token."""
        return {
            **dict.fromkeys(FIGURES, self._figure),
            **dict.fromkeys(("semicolon", "comma"), self._clause_ends),
            **dict.fromkeys(("use", "reason"), self._skip),
            "stop": lambda token: self._close_sentence(token.end),
            "open": self._open,
            "close": self._close,
            "compared": self._compared,
            "flat": self._flat,
            "part": self._part,
        }

    def _open(self, token: Token) -> None:
        outside = self.level
        self.outer.append(outside)
        wholes = [*outside.wholes, outside.current] if outside.current else list(outside.wholes)
        self.level = Level(outside.current, wholes[:DEEPEST], outside.compared)
        self.clause = self.text[self.lead_start : token.start]
        self.lead_start = token.end

    def _close(self, token: Token) -> None:
        if self.outer:
            self.level = self.outer.pop()
            self.lead_start = token.end

    def _close_sentence(self, end: int) -> None:
        if not self.in_sentence and not self.level.skipping:
            said = self.text[self.sentence_start : end].rstrip("。！？\n;；,，:：")
            if (
                2 <= len(said) <= LONGEST
                and (subject := subject_of(said, self.year))
                and subject.key
                and (len(said) <= _SHORT or subject.levels)
            ):
                self.topic, self.names_item = subject, bool(subject.levels)
        self.before = self.sentence_first or self.before
        self.level, self.outer = Level(), []
        self.lead_start = self.sentence_start = end
        self.clause, self.sentence_first, self.in_sentence = "", None, False
        self.after_limit = False
        self.completes = False

    def _clause_ends(self, token: Token) -> None:
        said = self.text[self.lead_start : token.start]
        begins_list = token.text in (":", "：") and not self.in_sentence
        if begins_list and (subject := subject_of(said, self.year)) and subject.key:
            self.topic, self.names_item = subject, False
        if said.strip("、的)"):
            self.clause = said
        if token.kind == "semicolon":
            self.level.skipping = ""
            self.level.compared = None
            self.clause = ""
        elif self.level.skipping == "use":
            following = self.text[token.end : token.end + 4]
            if following[:1] in "比较与和同" or following.startswith("其中"):
                self.level.skipping = ""
        self.lead_start = token.end

    def _compared(self, token: Token) -> None:
        found = re.search("20[0-9]{2}", token.text)
        own = next((word for word in prose_words().compared.own if token.text.endswith(word)), "")
        if own:
            kind: BaseOf = "adjusted" if own[:2] in ("全年", "调整") else "budget"
            self.level.compared = Base(self.year, kind, own=True)
        else:
            self.level.compared = Base(int(found[0]) if found else 0)
        if self.level.skipping == "use" and self.lead_start == token.start:
            self.level.skipping = ""

    def _part(self, token: Token) -> None:
        if self.level.skipping == "reason" and token.text != "其中":
            return
        current = self.level.current or (self.before if self.sentence_first is None else None)
        if self.level.skipping == "use" and token.text != "其中":
            return
        self.level.skipping = ""
        if (side := self._side_of_list(self.text[self.lead_start : token.start])) is not None:
            self.level.wholes, current = [], side
        if current is not None and current not in self.level.wholes and len(self.level.wholes) < DEEPEST:
            self.level.wholes.append(current)
        if current is not None and token.text in prose_words().all_parts:
            current.names_all = True
        self.level.current = current
        self.lead_start = token.end

    def _side_of_list(self, lead: str) -> Draft | None:
        """Return the statement of the side whose list follows a total of both (收支总预算 …。收入包括：…)."""
        subject = subject_of(lead, self.year) if lead else None
        total = next((one for one in reversed(self.drafts) if one.subject.key.startswith("both")), None)
        if subject is None or subject.key not in ("revenue", "expenditure") or total is None:
            return None
        start = self.compact.begin(self.lead_start)
        side = Draft(
            replace(subject, fund=subject.fund or total.subject.fund), start, start, total.amount, confidence="likely"
        )
        self.drafts.append(side)
        return side

    def _skip(self, token: Token) -> None:
        lead = self.text[self.lead_start : token.start]
        if token.kind == "reason" and token.text in ("根据", "按照", "受", "原因") and not self.in_sentence:
            return
        if token.kind == "use" and token.text == "用于" and not self.in_sentence and not lead:
            return
        if not self.level.skipping:
            self.level.skipping = token.kind

    def _figure(self, token: Token) -> None:
        figure = printed(token, self.compact)
        if token.kind == "zero":
            figure = replace(figure, unit="")
        limit = self._is_limit(token)
        unsaid = token.kind == "percent" and (self.after_limit or not self.has_marks)
        if self.level.skipping or limit or unsaid:
            self.after_limit = limit
            self.lead_start = token.end
            return
        self.after_limit = False
        self.in_sentence = True
        self.figures += 1
        lead = self.text[self.lead_start : token.start].lstrip("、")
        if (listed := self.groups.get(token.start)) and (name := listed[0].name(listed[1])):
            owner = self._new(token, figure, name) if token.kind != "percent" else None
        elif listed:
            owner = self._of_group(*listed, token, figure)
        elif token.kind == "percent":
            owner = self._percent(token, figure, lead)
        else:
            owner = self._amount(token, figure, lead)
        if token.kind == "percent":
            self.completes = False
        if owner is None:
            self.untied.append(figure)
        else:
            self._extend(owner, token.end)
            self.level.current = owner
        self.lead_start = token.end

    def _is_limit(self, token: Token) -> bool:
        limits = prose_words().limits
        if token.text.endswith("个百分点"):
            return True
        before = self.text[max(0, token.start - 6) : token.start]
        return any(self.text.startswith(word, token.end) for word in limits.after) or any(
            before.endswith(word) for word in limits.before
        )

    def _amount(self, token: Token, figure: Printed, lead: str) -> Draft | None:
        if direction := self._direction(lead, figure):
            return self._change(token, figure, lead, direction)
        if self.level.compared is not None and self._after_comparison(lead, token):
            return self._base_amount(figure, lead)
        if COMPLETES.search(lead):
            return self._completed_budget(figure, lead)
        if (base := self._named_base(lead, token.end)) is not None:
            return self._named_base_amount(base, figure, lead)
        return self._new(token, figure, lead)

    def _new(self, token: Token, figure: Printed, lead: str) -> Draft | None:
        current = self.level.current
        if current is not None and current.amount is None and current.bases and lead.startswith(_SPENT):
            if current.change is not None and current.change.base is not None and current.change.base.own:
                current.change = None  # it was of the adjusted budget: 全年预算1200万元，比年初预算增加200万元
            current.amount = figure
            return current
        subject = subject_of(lead, self.year)
        sure = subject is not None and bool(subject.key)
        if subject is None:
            subject = (subject_of(self.clause, self.year) if self.clause else None) or self._topic_subject()
            sure = self.names_item and subject is self.topic
        if subject is None:
            return self._unnamed(figure)
        if goals := self._under_goals(subject):
            subject, sure = goals, False
        draft = self._same_without_amount(subject) or self._start(subject, self.lead_start, sure)
        if draft.amount is None:
            draft.amount = figure
        if token.kind == "zero":
            draft.amount = replace(figure, rounding=figure.rounding * 0)
        return draft

    def _unnamed(self, figure: Printed) -> Draft | None:
        """Return a statement of an amount whose subject is not known, where a comparison follows; it is not tied."""
        self.untied.append(figure)
        draft = self._start(None, self.lead_start, sure=False)
        draft.amount = figure
        return draft

    def _under_goals(self, subject: Subject) -> Subject | None:
        """Return what an amount is of that is managed by goals: 6个项目纳入绩效目标管理，涉及财政性资金…万元."""
        said = _GOALS.search(self.clause)
        if said is None or subject.key not in ("", "fund"):
            return None
        return replace(subject, key="project" if "项目" in said[0] else "expenditure")

    def _topic_subject(self) -> Subject | None:
        current = self.level.current
        if current is not None and current.amount is None and current.change is None:
            return current.subject
        return self.topic

    def _same_without_amount(self, subject: Subject) -> Draft | None:
        current = self.level.current
        if current is not None and current.amount is None and current.bases and current.subject.same == subject.same:
            return current
        return None


def _give_to_whole(whole: Draft) -> None:
    """Give a change that stands after a list to its whole, where its rate is one of the whole and not of the last part.

    Where no rate says which of both it is of, the last part keeps it, and is unsure.
    """
    if whole.change is not None or whole.amount is None or len(whole.parts) < 2:
        return
    *others, last = whole.parts
    change = last.change
    if change is None or change.amount is None or last.amount is None or any(one.change for one in others):
        return
    if change.rate is None:
        last.confidence = "likely"
    elif _fits(whole.amount, change) and not _fits(last.amount, change):
        whole.change, last.change = change, None


def _fits(amount: Printed, change: Change) -> bool:
    interval = rate_interval(amount, change.amount, change.direction) if change.amount else None
    return interval is not None and change.rate is not None and interval.has(change.rate)
