"""What is known while a paragraph is read: its statements so far, open lists and brackets, what words are of."""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass, field

from .draft import Draft
from .figures import Compact, compact
from .respectively import groups
from .statement import Base, Printed, Subject
from .words import prose_words

MARKS = re.compile("[，。；：,;:、]")
"""What sentences have and the labels of charts have not."""
DEEPEST = 4
"""Lists within lists that are kept apart."""
REMEMBERED = 60
"""Statements of a paragraph that a later change is looked for in."""


@dataclass(slots=True)
class Level:
    """Where the reading is within brackets: the statement that words are of, and the wholes of open lists.

    ``compared`` is the base of the comparison that was begun, ``skipping`` "reason" or "use" within such a clause.
    """

    current: Draft | None = None
    wholes: list[Draft] = field(default_factory=list)
    compared: Base | None = None
    skipping: str = ""


class ParagraphState:
    """What is known while a paragraph of a document of ``year`` is read."""

    def __init__(self, text: str, year: int, topic: Subject | None = None) -> None:
        """Take the text."""
        self.compact: Compact = compact(text)
        self.text = self.compact.text
        self.has_marks = bool(MARKS.search(self.text))
        self.year = year
        self.topic = topic
        self.names_item = False  # the topic is an item that a sentence of the paragraph names with 类, 款 and 项
        self.drafts: list[Draft] = []
        self.recent: deque[Draft] = deque(maxlen=REMEMBERED)
        self.untied: list[Printed] = []
        self.figures = 0
        self.level = Level()
        self.outer: list[Level] = []
        self.lead_start = 0
        self.sentence_start = 0
        self.clause = ""
        self.sentence_first: Draft | None = None
        self.before: Draft | None = None
        self.in_sentence = False
        self.after_limit = (
            False  # the figure before was a limit; a percentage after it (不低于3万元，占50%) is one, too
        )
        self.completes = False
        self.groups = groups(self.text)
        self.listed: list[Draft] = []

    def _start(self, subject: Subject | None, start: int, sure: bool = True) -> Draft:
        place = self.compact.begin(start)
        draft = Draft(
            subject or Subject(""), place, place, confidence="certain" if sure and self.has_marks else "likely"
        )
        whole = self._whole_for(draft)
        draft.whole = whole
        self.recent.append(draft)
        (self.drafts if whole is None else whole.parts).append(draft)
        if self.sentence_first is None and whole is None:
            self.sentence_first = draft
        return draft

    def _whole_for(self, draft: Draft) -> Draft | None:
        """Return the statement whose list a new statement is in: the innermost that may have it as its part."""
        wholes = self.level.wholes
        known = prose_words().wholes
        while len(wholes) > 1:
            inner, outer = wholes[-1].subject.key, wholes[-2].subject.key
            of_inner = draft.subject.key in known.get(inner, ())
            if of_inner or (inner not in known and draft.subject.key not in known.get(outer, ())):
                break
            wholes.pop()
        return wholes[-1] if wholes else None

    def _owner(self, subject: Subject | None, for_change: bool = False) -> Draft | None:
        """Return the statement that a comparison is of: the one of its own subject, or the last one."""
        if subject is None:
            current = self.level.current or (self._said_before(for_change) if self.sentence_first is None else None)
            if current is not None and for_change:
                return self._of_list(current)
            if current is None and self.topic is not None:
                return self._start(self.topic, self.lead_start, sure=self.names_item)
            return current
        for draft in reversed(self.recent):
            if draft.subject.same == subject.same and (draft.change is None or not for_change):
                return draft
        return self._start(subject, self.lead_start, bool(subject.key))

    def _said_before(self, for_change: bool) -> Draft | None:
        """Return the statement that a sentence without a subject goes on with.

        That is the first one of the sentence before; for a change, if that has one, the last one.
        """
        last = self.recent[-1] if self.recent else None
        if for_change and last is not None and last.change is None and self.before and self.before.change:
            return last
        return self.before

    def _of_list(self, current: Draft) -> Draft:
        """Return the statement that a change after a list is of, if it cannot be of the list's last part."""
        if current.change is not None and current.whole is not None and current.whole.change is None:
            return current.whole
        return current

    def _all(self) -> list[Draft]:
        found: list[Draft] = []
        waiting = list(reversed(self.drafts))
        while waiting:
            draft = waiting.pop()
            found.append(draft)
            waiting.extend(reversed(draft.parts))
        return found

    def _extend(self, draft: Draft, end: int) -> None:
        place = self.compact.original(max(0, end - 1), end)[1]
        one: Draft | None = draft
        while one is not None:
            one.end = max(one.end, place)
            one = one.whole
