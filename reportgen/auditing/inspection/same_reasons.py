"""Reasons that are the same, word for word, in the documents of different departments."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ...recognise.words import plain
from .reasons import Reason, says_nothing

SHORTEST = 8
"""Characters of a reason that can hardly be the same by chance."""
_POLICY = re.compile("厉行节约|过紧日子|八项规定|一般性支出|勤俭|从严控制|严格控制|三公|工资(?:标准)?调整|社保缴费基数")
"""Words of measures that hold for all departments, which may rightly be their reason."""


@dataclass(frozen=True, slots=True)
class SameReason:
    """A reason that several departments give: its text, where each gives it, and whether it names a common measure."""

    text: str
    given: tuple[tuple[str, Reason], ...]
    policy: bool


def same_reasons(by_file: Mapping[str, tuple[str, Iterable[Reason]]]) -> list[SameReason]:
    """Return the reasons that at least two departments give.

    Args:
        by_file: of each file its department's key, and its reasons. A department and its units may say the same.
    """
    groups: dict[str, dict[str, tuple[str, Reason]]] = {}
    for file, (department, reasons) in by_file.items():
        for reason in reasons:
            text = re.sub(r"[\W0-9]+", "", plain(reason.text))
            if len(text) >= SHORTEST and not says_nothing(reason.text, reason.name):
                groups.setdefault(text, {}).setdefault(department, (file, reason))
    return [
        SameReason(next(iter(group.values()))[1].text, tuple(group.values()), bool(_POLICY.search(text)))
        for text, group in sorted(groups.items(), key=lambda one: (-len(one[1]), one[0]))
        if len(group) > 1
    ]
