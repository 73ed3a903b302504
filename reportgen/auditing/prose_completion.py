"""Check what final accounts say of a budget and what was spent of it: rate, direction, a budget of zero."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from ..core.finding import Finding, Severity
from ..recognise.blocks import ReadParagraph
from ..recognise.prose.figures import compact
from ..recognise.prose.rate import share_interval
from ..recognise.prose.statement import Base, BaseOf, Direction, Printed, Prose, Statement
from .statement_finding import finding

NAMES: Mapping[BaseOf, str] = {"budget": "年初预算", "adjusted": "全年预算", "execution": "决算", "": "预算"}
KINDS: Mapping[str, BaseOf] = {"年初": "budget", "全年": "adjusted", "调整": "adjusted"}
_KIND = "|".join(KINDS)
_SAID = re.compile(
    rf"决算数?(?:(?:(?P<up>大于|高于|多于|超过)|(?P<down>小于|低于|少于)|(?P<flat>等于))(?P<which>{_KIND})?预算"
    rf"|[与和](?P<of>{_KIND})?预算数?(?P<near>基本)?(?:持平|一致|相等|相同))"
)
WORDS: Mapping[Direction, str] = {"up": "大于", "down": "小于", "flat": "等于"}


def check_completion(prose: Prose) -> Iterator[Finding]:
    """Yield what is wrong in rates of completion: 完成年初预算的95.89% is what was spent, divided by that budget."""
    for statement in prose.all():
        share, amount = statement.share, statement.amount
        if share is None or not share.completed or amount is None:
            continue
        named = _named_by_share(statement)
        bases = _bases(statement, named)
        yield from _of_another_budget(statement, named)
        if bases and not any(_fits(amount, base, share.percent) for base in bases):
            yield _wrong_rate(statement, amount, bases[0], share.percent)


def _named_by_share(statement: Statement) -> BaseOf:
    """Return the budget of which a rate says how much was spent: "" where it says 预算 only."""
    of = statement.share.of if statement.share is not None and statement.share.completed else ""
    return next((kind for word, kind in KINDS.items() if word in of), "")


def _bases(statement: Statement, of: BaseOf) -> list[Base]:
    """Return the budgets that a statement names: those of one kind, or any."""
    return [one for one in statement.bases if one.amount is not None and (not of or one.of == of)]


def _of_another_budget(statement: Statement, named: BaseOf) -> Iterator[Finding]:
    """Yield a warning where a sentence names one budget and states the other only; 预算 alone may be either of them."""
    stated = [one for one in _bases(statement, "") if one.of != "budget" or "年初" in statement.text]
    if named and stated and not _bases(statement, named):
        values = {"of": NAMES[stated[0].of], "base": stated[0].amount.text if stated[0].amount else ""}
        message = "{subject}：写的是{of} {base}，后面却和{named}比"
        hint = "写明{named}的数，或改成和{of}比"
        yield finding("AU112", Severity.WARNING, message, statement, hint, {**values, "named": NAMES[named]})


def _fits(amount: Printed, base: Base, percent: Printed) -> bool:
    assert base.amount
    interval = share_interval(amount, base.amount)
    return interval is not None and (interval.has(percent) or interval.nearly(percent))


def _wrong_rate(statement: Statement, amount: Printed, base: Base, percent: Printed) -> Finding:
    assert base.amount
    interval = share_interval(amount, base.amount)
    values = {"amount": amount.text, "of": NAMES[base.of], "base": base.amount.text, "rate": percent.text}
    hint = "完成率 = 决算 ÷ 预算；核对三个数，改正错的一个"
    other = next(
        (one for one in statement.bases if one.amount and one is not base and _fits(amount, one, percent)), None
    )
    if other is not None:
        hint = "印的是决算除以{other}，改正说法或比率"
        values["other"] = NAMES[other.of]
    if interval is None:
        message = "{subject}：{of} {base}，预算为零，不能有完成率 {rate}"
        return finding("AU123", Severity.ERROR, message, statement, hint if other else "预算为零时不写完成率", values)
    message = "{subject}：决算 {amount}，{of} {base}，完成率应为 {right}，印的是 {rate}"
    return finding("AU123", Severity.ERROR, message, statement, hint, {**values, "right": interval.shown(percent)})


def check_budget_directions(paragraphs: Iterable[ReadParagraph], prose: Prose) -> Iterator[Finding]:
    """Yield a finding where 决算数大于预算数 and the like is not what the figures before it say."""
    by_place: dict[str, list[Statement]] = {}
    for statement in prose.all():
        if statement.amount is not None and _bases(statement, ""):
            by_place.setdefault(statement.place, []).append(statement)
    for paragraph in paragraphs:
        if paragraph.place in by_place:
            yield from _directions_of(paragraph, by_place[paragraph.place])


def _directions_of(paragraph: ReadParagraph, statements: Sequence[Statement]) -> Iterator[Finding]:
    text = compact(paragraph.text)
    for said in _SAID.finditer(text.text):
        before = [one for one in statements if one.start <= text.begin(said.start())]
        if not before or said["near"]:
            continue
        statement = max(before, key=lambda one: one.start)
        direction: Direction = "up" if said["up"] else "down" if said["down"] else "flat"
        named = KINDS.get(said["which"] or said["of"] or "", "")
        bases = _bases(statement, named)
        if named != _named_by_share(statement):
            yield from _of_another_budget(statement, named)
        if bases and not any(direction in possible_ways(statement, base) for base in bases):
            assert statement.amount
            assert bases[0].amount
            values = {
                "amount": statement.amount.text,
                "of": NAMES[bases[0].of],
                "base": bases[0].amount.text,
                "word": WORDS[direction],
            }
            message, hint = "{subject}：决算 {amount}，{of} {base}，却说决算数{word}预算数", "改正说法，或核对两个数"
            yield finding("AU112", Severity.ERROR, message, statement, hint, values)


def possible_ways(statement: Statement, base: Base) -> set[Direction]:
    """Return how the amount may compare with a base, within the rounding of both.

    Two amounts that are rounded alike and printed differently are as different as they look.
    """
    assert statement.amount
    assert base.amount
    difference = statement.amount.value - base.amount.value
    if abs(difference) <= statement.amount.rounding + base.amount.rounding:
        if difference and statement.amount.rounding != base.amount.rounding:
            return {"flat", "up", "down"}
        return {"flat", _way(difference)} if difference else {"flat"}
    return {_way(difference)}


def _way(difference: Decimal) -> Direction:
    return "up" if difference > 0 else "down"
