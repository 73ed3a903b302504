"""Hold the reason of a change against its direction: what grew because something was cut is one of two slips."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from ..core.finding import Finding, Place, Severity
from ..recognise.blocks import ReadParagraph
from ..recognise.prose.statement import Prose
from ..rules.reasons import FEWER, MORE
from .inspection.reasons import reasons_of

_BEGINS = {
    "up": re.compile(f"(?:本年|今年|当年|上级)?(?:{'|'.join(FEWER)})"),
    "down": re.compile(f"(?:本年|今年|当年|上级)?(?:{'|'.join(MORE)})"),
}
"""A reason that begins with such a word says of its whole what moved."""
_ENDS = {
    direction: re.compile(f"(?:费|费用|经费|开支|支出)(?:有所|略有|相应)?(?:{'|'.join(words)})$")
    for direction, words in (("up", FEWER), ("down", MORE))
}
"""So does one that ends with costs that moved (物业管理费增加): more people or more carried over may lower a budget."""


_NOTHING_BEFORE = re.compile(
    "(?P<word>减少|下降)[0-9][0-9,.]*万?元[（(，,](?:上年度?|去年|20[0-9]{2}年度?)(?:没有|无此|未安排|未发生)[^。；）)]{0,12}"
)
"""A decrease of what, as the sentence says, was not there."""


def check_new(paragraphs: Iterable[ReadParagraph]) -> Iterator[Finding]:
    """Yield an error for each decrease of something that the year before did not have."""
    for paragraph in paragraphs:
        for found in _NOTHING_BEFORE.finditer(re.sub(r"\s", "", paragraph.text)):
            values = {"said": found[0], "word": found["word"]}
            place = Place(printed=f"“{found[0]}”", cell=paragraph.place)
            message, hint = "“{said}”：上年没有的，不会{word}", "改正增减的说法，或核对上年数"
            yield Finding("AU112", Severity.ERROR, message, (place,), hint, values)


def check_reasons(paragraphs: Sequence[ReadParagraph], prose: Prose) -> Iterator[Finding]:
    """Yield a finding for each change whose reason says only that costs moved in the other direction (GJ403)."""
    for reason in reasons_of(paragraphs, prose):
        if reason.direction not in _BEGINS:
            continue
        same = FEWER if reason.direction == "down" else MORE
        turned = _BEGINS[reason.direction].match(reason.text) or _ENDS[reason.direction].search(reason.text)
        if turned and not any(word in reason.text for word in same):
            message = "{name}说“{word}”，原因却是“{reason}”"
            values = {"name": reason.name or "这一项", "word": reason.word, "reason": reason.text[:40]}
            hint = "核对增减的方向、金额和原因"
            yield Finding("AU125", Severity.WARNING, message, (Place(cell=reason.place),), hint, values)
