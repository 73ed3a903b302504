"""Check hand edits against the present data and report what a clerk must review.

=====  ========  ==========================================================================
QH201  warning   the block that was changed is no longer in the document
QH202  warning   figures in the sentence have changed since it was brought back
QH203  warning   the generated wording has changed since
QH204  error     the sentence says 增加, 减少 or 持平, and the data contradict it
QH205  error     a figure names a fact that does not exist
QH206  warning   the override cannot be applied: a heading left out, a block changed twice
QH207  warning   a number that is no figure, so that it has no source
=====  ========  ==========================================================================
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from ..core.chinese_numerals import CHINESE, OTHER_DIGITS, PERCENT
from ..core.finding import Finding, Place, Severity
from ..facts import Fact, FactGroup
from ..facts.nearest_name import nearest_dotted
from ..layout.spec import Layout
from ..tree.locations import printed_places
from ..tree.nodes import Document, Heading, Paragraph, Text, plain
from .overrides import LinkedFigure, Override, current_figure, runs_without_number
from .review_direction import DIRECTION_NAMES, DIRECTION_WORDS, FEWER, FLAT, MORE, direction_of, is_change, wrong_claims

_DIGIT = "[0-9０-９]"
_WHOLE = f"(?:{_DIGIT}{{1,3}}(?:[,，]{_DIGIT}{{3}}(?!{_DIGIT}))+|{_DIGIT}+)"
NUMERAL = re.compile(rf"{_WHOLE}(?:[.．]{_DIGIT}+)*")
"""Digits with the marks between them; a mark behind the last digit belongs to the sentence."""
_AMOUNT = re.compile("(?=[万亿]?元|[%％‰]|个?百分点|倍|成(?:左右|以上|多|$|[，。；])|番)").pattern
_ANY_NUMBER = re.compile(rf"{NUMERAL.pattern}|\d+|{OTHER_DIGITS}{_AMOUNT}|{PERCENT}|{CHINESE}{_AMOUNT}")
CLAUSE = re.compile(r"[，。；：、！？]")
_LONGEST = 40


def review(
    document: Document,
    overrides: Sequence[Override],
    facts: FactGroup,
    facts_by_name: Mapping[str, Fact],
    layout: Layout,
) -> Iterator[Finding]:
    """Iterate over the findings of all overrides of the generated ``document``."""
    blocks = {block.id: block for block in document.prose()}
    places = printed_places(document)
    reviewed: set[str] = set()
    for n, override in enumerate(overrides):
        item = _Item(n, override, Place(f"/overrides/{n}", places.get(override.block, "")))
        block = blocks.get(override.block)
        if block is None:
            yield _missing_block(item, blocks)
            continue
        if not override.after:
            yield from _not_applicable(item, block, reviewed)
            wrong = list(_wrong_claims(item, block, facts))
            yield from wrong
            yield from _reworded(item, block, bool(wrong))
            reviewed.add(override.block)
        yield from _changed_figures(item, facts, facts_by_name, layout)
        yield from _contradicted_direction(item, facts)
        yield from _without_source(item, block, layout)


@dataclass(frozen=True, slots=True)
class _Item:
    """The override under review, with its index and its place."""

    n: int
    override: Override
    place: Place

    def finding(self, code: str, severity: Severity, message: str, hint: str, **values: str) -> Finding:
        return Finding(code, severity, message, (self.place,), hint, values)

    def figures(self) -> Iterator[tuple[str, LinkedFigure]]:
        """Iterate over the figures, each with the words of its clause before it."""
        before = ""
        for run in self.override.runs:
            if isinstance(run, str):
                before = CLAUSE.split(run)[-1]
            else:
                yield before, run  # type: ignore[misc]
                before = ""

    @property
    def words(self) -> str:
        return "#".join(run for run in self.override.runs if isinstance(run, str))


def _missing_block(item: _Item, blocks: Mapping[str, Heading | Paragraph]) -> Finding:
    near = "、".join(get_close_matches(item.override.block, blocks, 3, 0.5))
    hint = "这一改动没有用上；是否应改在：{near}" if near else "这一改动没有用上；不再需要就从 overrides 中删去"
    message = "手工改动的段落“{block}”现在没有了"
    return item.finding("QH201", Severity.WARNING, message, hint, block=item.override.block, near=near)


def _not_applicable(item: _Item, block: Heading | Paragraph, reviewed: set[str]) -> Iterator[Finding]:
    if block.id in reviewed:
        message, hint = "同一段有两处手工改动，只用第一处", "从 overrides 中删去一处"
        yield item.finding("QH206", Severity.WARNING, message, hint)
    if isinstance(block, Heading) and not item.override.runs:
        yield item.finding("QH206", Severity.WARNING, "标题不能删去，照旧印出", "从 overrides 中删去这一处")


def _reworded(item: _Item, block: Heading | Paragraph, is_reported: bool) -> Iterator[Finding]:
    was, now = item.override.was, plain(runs_without_number(block))
    if was is None or masked(was) == masked(now):
        return
    if not is_reported and FLAT in item.words and FLAT in was and FLAT not in now:
        message, hint = "手工改过的句子说“持平”，按现在的数据不是持平", "改句子，或删去这一改动，用程序生成的文字"
        yield item.finding("QH204", Severity.ERROR, message, hint)
    message = "手工改动之后，程序生成的说法也变了：原为“{was}”，现为“{now}”"
    yield item.finding(
        "QH203", Severity.WARNING, message, "复核手工改过的句子是否仍然成立", **_from_difference(was, now)
    )


def _from_difference(was: str, now: str) -> dict[str, str]:
    """Both texts from just before they begin to differ."""
    same = next((k for k, (a, b) in enumerate(zip(was, now, strict=False)) if a != b), min(len(was), len(now)))
    start = max(0, same - 6)
    return {name: text[start:][:_LONGEST] for name, text in (("was", was), ("now", now))}


def _changed_figures(
    item: _Item, facts: FactGroup, facts_by_name: Mapping[str, Fact], layout: Layout
) -> Iterator[Finding]:
    """Figures that print differently now, in one finding; facts that do not exist, one by one."""
    changed: list[str] = []
    for _, link in item.figures():
        fact = facts_by_name.get(link.figure)
        if fact is None:
            near = nearest_dotted(facts, link.figure)
            hint = "是否想写 {near}？" if near else "名称见 docs/facts.md；或重新生成、重新取回"
            message = "手工改动引用的数据项“{name}”不存在"
            yield item.finding("QH205", Severity.ERROR, message, hint, name=link.figure, near=near)
        elif (now := current_figure(link, fact, layout.printing).text) != link.printed:
            changed.append(f"{link.printed} → {now}")
    if changed:
        message = "手工改过的句子里，数字在取回之后变了：{figures}"
        hint = "数字已随数据更新；复核句子是否仍然成立，再用 pull --reviewed 确认"
        yield item.finding("QH202", Severity.WARNING, message, hint, figures="，".join(changed))


def _contradicted_direction(item: _Item, facts: FactGroup) -> Iterator[Finding]:
    """A difference or a rate after a word that says another direction than the data."""
    for before, link in item.figures():
        direction = direction_of(link.figure.rpartition(".")[0], facts) if is_change(link.figure) else ""
        wrong = next((word for word in _contradicting_words(direction) if word in before), "")
        if wrong and not any(word in before for word in DIRECTION_WORDS.get(direction, ())):
            message = "手工改过的句子说“{word}”，按数据是“{said}”：{before}{figure}"
            hint = "改句子的方向，或查数据"
            values = {"word": wrong, "said": DIRECTION_NAMES[direction], "before": before, "figure": link.printed}
            yield item.finding("QH204", Severity.ERROR, message, hint, **values)


def _wrong_claims(item: _Item, block: Heading | Paragraph, facts: FactGroup) -> Iterator[Finding]:
    """Clauses that say a direction without a linked difference or rate, and the data say another."""
    for wrong in wrong_claims(item.override.runs, block, facts):
        message = "手工改过的句子说“{word}”，按数据是“{said}”：{before}"
        hint = "改句子的方向，或查数据；不要这一改动，就从 overrides 中删去"
        values = {"word": wrong.word, "said": wrong.said, "before": wrong.clause[:_LONGEST]}
        yield item.finding("QH204", Severity.ERROR, message, hint, **values)


def _contradicting_words(direction: str) -> tuple[str, ...]:
    if direction == "flat":
        return (*MORE, *FEWER)
    return {"down": MORE, "up": FEWER, "new": FEWER}.get(direction, ())


def _without_source(item: _Item, block: Heading | Paragraph, layout: Layout) -> Iterator[Finding]:
    """Numerals of the edit that neither the generated text has nor the layout declares fixed."""
    generated = "" if item.override.after else "".join(run.text for run in block.runs if isinstance(run, Text))
    words = item.words
    for fixed in layout.fixed_numerals:
        words = words.replace(fixed, "")
    known = set(_ANY_NUMBER.findall(generated))
    found = [text for text in _ANY_NUMBER.findall(words) if text not in known]
    if found:
        message = "手工改过的句子里有没有出处的数字：{found}"
        hint = "数据变了它不会跟着变；能用数据里的数字就用"
        yield item.finding("QH207", Severity.WARNING, message, hint, found="、".join(found[:5]))


def masked(text: str) -> str:
    """Return a text with its numbers masked, so that wordings can be compared."""
    return NUMERAL.sub("#", text)
