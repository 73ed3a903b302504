"""Labels and messages of the summary, in Chinese."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ..outcome import Outcome

_INVISIBLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufffe\uffff]")
LONGEST_TEXT = 1000
"""Characters shown of one message."""


def chinese(template: str, values: Mapping[str, str]) -> str:
    """Return the message in Chinese, as the code holds it: the files of a run are in Chinese."""
    return template.format(**values) if values else template


def worst_finding(outcome: Outcome) -> str:
    """Return the first finding of a department in one line; "" if there is none."""
    if not outcome.findings:
        return ""
    first = outcome.findings[0]
    accepted = f"（已接受：{first.accepted}）" if first.accepted else ""
    return legible(f"{first.code} {chinese(first.message, first.values)}{accepted}")


def legible(text: str) -> str:
    """Return ``text`` with control and invisible characters as codes, cut if it is very long."""
    clean = _INVISIBLE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
    return clean if len(clean) <= LONGEST_TEXT else clean[:LONGEST_TEXT] + "…"
