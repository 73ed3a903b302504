"""The reasons of changes that sentences give: which are missing, and which say nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ...core.finding import Finding, Place, Severity
from ...recognise.blocks import ReadParagraph
from ...recognise.prose.statement import Direction, Prose, Statement
from ...recognise.words import plain
from ..report import AuditFinding

EXPLAINED = ("three_public", "agency_operating", "revenue", "expenditure", "both", "fund")
"""The subjects whose changes have to be explained: “三公” and its items, 机关运行经费, totals."""
_GIVEN = re.compile(
    r"(?:(?:变动|变化|增减|增加|减少|上升|下降|增长)?的?(?:主要)?原因(?:是|为|系|在于|:|,)?|主要(?:是|系|由于|因为|因|为)|由于|系因|是因为|因为?(?=本年|今年|我))"
    r"(?P<reason>[^。;]{2,})"
)
_MOVED = re.compile("(?:增加|增长|上升|减少|下降|降低)[^，。；]{0,6}[0-9]")
_GENERIC = re.compile(
    "本年度?|今年|当年|上年|年初|年度|部门|单位|预算|决算|经费|支出|收入|资金|费用|费|项目|工作|业务|正常|需要|实际|情况|相应|有所|进行|安排|财政|拨款|"
    "总体|整体|部分|相关|其他|增加|减少|增长|下降|变化|变动|调整|增减|上升|提高|压缩|压减|开支|所致|导致|引起|造成|原因|因素|由于|因为|等|"
    "根据|按照|[的了为是和与及比较对在数额量较:,、()0-9.%“”]|万元|元"
)
"""Words that any reason could have: a reason of which nothing else is left says nothing."""
VAGUE_UP_TO = 1
"""Characters that may be left of a reason that says nothing."""


@dataclass(frozen=True, slots=True)
class Reason:
    """What a sentence says of why something changed: ``text`` is "" where it gives no reason.

    ``subject`` is the meaning of what changed (``three_public.reception``), ``name`` what the sentence calls it,
    ``word`` how it says that it changed (减少). ``direction`` is "" where the reason may be that of another change: the
    amount has changes from several bases, or a part changed between the amount and the reason.
    """

    subject: str
    name: str
    text: str
    place: str
    required: bool
    direction: Direction = ""
    word: str = ""


def reasons_of(paragraphs: Sequence[ReadParagraph], prose: Prose) -> Iterator[Reason]:
    """Yield the reasons of all changes that sentences state with an amount."""
    texts = {one.place: plain(one.text) for one in paragraphs}
    following = dict(zip(texts, [*list(texts.values())[1:], ""], strict=False))
    for statement in prose.all():
        change = statement.change
        if change is None or change.direction not in ("up", "down") or not (change.amount and change.amount.value):
            continue
        text, own = _given(statement, texts.get(statement.place, ""))
        required = statement.subject.key.partition(".")[0] in EXPLAINED and not statement.subject.whose.endswith("科目")
        if (
            not text
            and required
            and _GIVEN.search(f"{texts.get(statement.place, '')}{following.get(statement.place, '')}")
        ):
            required = False  # the paragraph explains what it says together, or the next one does
        yield Reason(
            statement.subject.key,
            statement.subject.name,
            text,
            statement.place,
            required,
            change.direction if own and not statement.more else "",
            change.word,
        )


def _given(statement: Statement, paragraph: str) -> tuple[str, bool]:
    """Return the reason that follows a statement in its paragraph, up to the end of the sentence, and whether it is
    that of its own change: nothing else moves before it.
    """
    said = plain(statement.text)
    start = paragraph.find(said)
    if start < 0:
        return "", False
    rest = paragraph[start + len(said) :]
    sentence = rest.partition("。")[0]
    found = _GIVEN.search(said) or _GIVEN.search(sentence)
    before = (found.string[: found.start()] if found else "") if found is None or found.string is sentence else ""
    found = found or _GIVEN.match(rest.partition("。")[2][:200])
    return (found["reason"].strip() if found else ""), not _MOVED.search(before)


def says_nothing(text: str, name: str = "") -> bool:
    """Whether a reason only repeats that something changed.

    >>> says_nothing("经费增加"), says_nothing("公务接待费减少", "公务接待费"), says_nothing("新增两项培训")
    (True, True, False)
    """
    rest = plain(text)
    if name:
        rest = rest.replace(plain(name), "")
    return len(_GENERIC.sub("", rest)) <= VAGUE_UP_TO


def reason_findings(reasons: Sequence[Reason]) -> Iterator[AuditFinding]:
    """Yield the changes without a reason, one for each paragraph, and those with one that says nothing."""
    missing: set[str] = set()
    for reason in reasons:
        values = {"name": reason.name or "这一项", "reason": reason.text[:60]}
        where = (Place(cell=reason.place),)
        if not reason.text and reason.required and reason.place not in missing:
            missing.add(reason.place)
            message, hint = "{name}比上年有增减，没有写原因", "写明主要原因"
            yield AuditFinding(Finding("AU157", Severity.WARNING, message, where, hint, values), "likely")
        elif reason.text and says_nothing(reason.text, reason.name):
            message, hint = "{name}的增减原因等于没写：“{reason}”", "写明是什么事、什么政策使它增减"
            yield AuditFinding(Finding("AU158", Severity.WARNING, message, where, hint, values), "likely")
