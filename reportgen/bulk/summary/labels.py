"""What the summary's pages say."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ..outcome import Outcome

STATUS = {
    "published": "已公开",
    "refused": "有错误，没有公开",
    "failed": "做不了",
    "quarantined": "已隔离",
    "waiting": "还没有做",
}
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufffe\uffff]")
LONGEST = 1000
"""Characters of one message on a page."""


def chinese(template: str, values: Mapping[str, str]) -> str:
    """The message as the code holds it: the files of a run are written in Chinese."""
    return template.format(**values) if values else template


def worst(outcome: Outcome) -> str:
    """The first finding of a department, in one line; "" if there is none."""
    if not outcome.findings:
        return ""
    first = outcome.findings[0]
    return legible(f"{first.code} {chinese(first.message, first.values)}")


def legible(text: str) -> str:
    """``text`` with what no page can hold or nobody can see shown as codes, and cut if absurdly long."""
    clean = _UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
    return clean if len(clean) <= LONGEST else clean[:LONGEST] + "…"
