"""The reasons of changes that sentences give: which are missing, and which say nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ...core.finding import Finding, Place, Severity
from ...recognise.blocks import ReadParagraph
from ...recognise.prose.statement import Direction, Prose, Statement
from ...recognise.words import plain
from ..prose_completion import possible_ways
from ..report import AuditFinding

EXPLAINED = ("three_public", "agency_operating", "revenue", "expenditure", "both", "fund")
"""The subjects whose changes have to be explained: “三公” and its items, 机关运行经费, totals."""
OF_BUDGETS = (*EXPLAINED, "function")
"""Those of which final accounts have to say why they differ from the budget."""
WORDS: Mapping[Direction, str] = {"up": "大于预算", "down": "小于预算"}
_GIVEN = re.compile(
    r"(?:决算数?[大小高低]于(?:年初|全年|调整)?预算数?)?"
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
    """Yield the reasons of all changes that sentences state with an amount, and of what differs from its budget."""
    texts = {one.place: plain(one.text) for one in paragraphs}
    following = dict(zip(texts, [*list(texts.values())[1:], ""], strict=False))
    for statement in prose.all():
        own, after = texts.get(statement.place, ""), following.get(statement.place, "")
        change = statement.change
        if change and change.direction in ("up", "down") and change.amount and change.amount.value:
            together = bool(_GIVEN.search(f"{own}{after}"))  # the paragraph explains all, or the next one does
            yield _reason(statement, own, EXPLAINED, together, change.direction, change.word)
        elif direction := _from_budget(statement):
            together = bool(_GIVEN.search(own) or _GIVEN.match(after))
            yield _reason(statement, own, OF_BUDGETS, together, direction, WORDS[direction])


def _reason(
    statement: Statement, paragraph: str, explained: Sequence[str], together: bool, direction: Direction, word: str
) -> Reason:
    text, own = _given(statement, paragraph)
    required = statement.subject.key.partition(".")[0] in explained and not statement.subject.whose.endswith("科目")
    return Reason(
        statement.subject.key,
        statement.subject.name,
        text,
        statement.place,
        required and bool(text or not together),
        direction if own and not statement.more else "",
        word,
    )


def _from_budget(statement: Statement) -> Direction:
    """Return how what was spent differs from every budget that the sentence states, "" where it may not."""
    budgets = [base for base in statement.bases if base.own and base.amount is not None]
    if statement.amount is None or not budgets or (statement.change and statement.change.direction):
        return ""
    ways = set.union(*(possible_ways(statement, base) for base in budgets))
    return ways.pop() if len(ways) == 1 and ways <= {"up", "down"} else ""


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
            of_budget = reason.word in WORDS.values()
            message = "{name}的决算数和预算数不同，没有写原因" if of_budget else "{name}比上年有增减，没有写原因"
            hint = "写明主要原因"
            yield AuditFinding(Finding("AU157", Severity.WARNING, message, where, hint, values), "likely")
        elif reason.text and says_nothing(reason.text, reason.name):
            message, hint = "{name}的增减原因等于没写：“{reason}”", "写明是什么事、什么政策使它增减"
            yield AuditFinding(Finding("AU158", Severity.WARNING, message, where, hint, values), "likely")
