"""Hold the reason of a change against its direction: what grew because something was cut is one of two slips."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..core.finding import Finding, Place, Severity
from ..recognise.blocks import ReadParagraph
from ..recognise.prose.statement import Prose
from ..rules.reasons import FEWER, MORE
from .inspection.reasons import reasons_of

_BEGINS = {
    "up": re.compile(f"(?:本年|今年|当年|上级)?(?:{'|'.join(FEWER)})"),
    "down": re.compile(f"(?:本年|今年|当年|上级)?(?:{'|'.join(MORE)})"),
}
"""Only a reason that begins with such a word says of its whole what moved."""


def check_reasons(paragraphs: Sequence[ReadParagraph], prose: Prose) -> Iterator[Finding]:
    """Yield a finding for each change whose reason begins with a word of the other direction (GJ403 on sentences)."""
    for reason in reasons_of(paragraphs, prose):
        if reason.direction not in _BEGINS:
            continue
        same = FEWER if reason.direction == "down" else MORE
        if _BEGINS[reason.direction].match(reason.text) and not any(word in reason.text for word in same):
            message = "{name}说“{word}”，原因却是“{reason}”"
            values = {"name": reason.name or "这一项", "word": reason.word, "reason": reason.text[:40]}
            hint = "核对增减的方向、金额和原因"
            yield Finding("AU125", Severity.WARNING, message, (Place(cell=reason.place),), hint, values)
