"""Check the lists of sentences: parts add up to their whole, shares are those of the amounts and add up to 100 %."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import groupby

from ..core.finding import Finding, Severity
from ..core.money import rounded
from ..recognise.prose.rate import HUNDRED, share_interval
from ..recognise.prose.statement import Printed, Statement
from ..recognise.prose.words import prose_words
from .statement_finding import finding, like

ZERO = Decimal(0)
LONG, FEWEST_OF_A_SLIP = 5, 3
"""Significant digits of a long figure, and how many long ones and parts a list has, where one digit may be a slip.

A list that names all parts needs one long figure only, or none where its parts are too much.
"""

SIDES: Mapping[str, Sequence[frozenset[str]]] = {
    "revenue": (
        frozenset({"revenue.this", "carry"}),
        frozenset({"revenue.this", "carry", "surplus_used"}),
    ),
    "expenditure": (
        frozenset({"expenditure.this", "carried_forward"}),
        frozenset({"expenditure.this", "carried_forward", "surplus_distributed"}),
    ),
}
"""What the total of a side consists of, beside the year's own amount."""


def check_lists(statements: Sequence[Statement]) -> Iterator[Finding]:
    """Yield what is wrong in the lists of statements, in their order."""
    before: list[Statement] = []
    for statement in statements:
        before = [*(one for one in before if one.place == statement.place), statement]
        for one in statement.all():
            yield from _parts(one, [other.amount for other in before[:-1] if other.amount])
            yield from _shares(one.parts, (one,), statements)
    for _, group in groupby(statements, key=lambda one: one.section):
        wholes: list[Statement] = []
        section = list(group)
        yield from _within(section)
        for run in _runs(section):
            if run[0].share is not None:
                yield from _shares(run, tuple(reversed(wholes)), statements)
            wholes += (one for one in run if one.amount is not None)


def _runs(statements: Sequence[Statement]) -> list[list[Statement]]:
    """Divide the statements of a section into lists of shares of one whole, and those between them.

    A statement without a share does not end the list of its paragraph.
    """
    runs: list[list[Statement]] = []
    for one in statements:
        last = runs[-1][0] if runs else None
        same = last is not None and (last.share and last.share.of) == (one.share and one.share.of)
        listed = last is not None and last.share is not None and one.share is None and one.place == last.place
        if same or listed:
            runs[-1].append(one)
        else:
            runs.append([one])
    return runs


def _parts(whole: Statement, before: Sequence[Printed]) -> Iterator[Finding]:
    """The amounts of a complete list add up to the amount of its whole; those of any list are not more.

    A list that may be incomplete can be of an amount ``before``: 本年支出118万元，年末结转17万元，其中：基本支出…
    """
    parts = [part for part in _without_parts_of_parts(whole.parts) if part.amount is not None]
    if whole.amount is None or len(parts) < 2:
        return
    complete = is_complete(whole, parts)
    by_shares = not complete and _shares_are_all(parts)
    amounts = [part.amount for part in parts if part.amount]
    if not (complete or by_shares) and _adds_up_in_turn(whole.amount, parts):
        return
    total = sum((amount.value for amount in amounts), ZERO)
    envelope = whole.amount.rounding + sum((amount.rounding for amount in amounts), ZERO)
    difference = total - whole.amount.value
    is_wrong = complete or by_shares or _is_wrong_list(difference, whole, parts, amounts)
    of_other = not complete and any(abs(total - one.value) <= one.rounding + envelope for one in before)
    if abs(difference) <= envelope or not is_wrong or of_other:
        return
    values = {
        "amount": whole.amount.text,
        "parts": " + ".join(amount.text for amount in amounts),
        "sum": like(total, max(amounts, key=lambda one: len(one.text.partition(".")[2]))),
    }
    message = "{subject} {amount}，各项 {parts} = {sum}"
    severity = Severity.ERROR if complete else Severity.WARNING
    yield finding("AU115", severity, message, whole, "核对合计和各项，改正错的一个", values)


def _shares_are_all(parts: Sequence[Statement]) -> bool:
    """Whether the shares of a list are 100 % together, and each is that of its amount: then the list is complete."""
    shared = [(part.amount, part.share.percent) for part in parts if part.amount and part.share and not part.share.of]
    if len(shared) != len(parts) or sum((percent.value for _, percent in shared), ZERO) != HUNDRED:
        return False
    return all(_is_share(amount, _sum_of(parts), percent) for amount, percent in shared)


def _is_share(amount: Printed, whole: Printed, percent: Printed) -> bool:
    interval = share_interval(amount, whole)
    return interval is not None and interval.has(percent)


def _is_wrong_list(
    difference: Decimal, whole: Statement, parts: Sequence[Statement], amounts: Sequence[Printed]
) -> bool:
    """Whether a list that may be incomplete is wrong: parts of one kind are too much, or one digit is off."""
    assert whole.amount
    long = sum(len(_digits(one.value)) >= LONG for one in (whole.amount, *amounts))
    is_long = long >= FEWEST_OF_A_SLIP or (whole.names_all and (long > 0 or difference > 0))
    one_digit = is_long and len(amounts) >= FEWEST_OF_A_SLIP and len(_digits(difference)) == 1
    return one_digit or (difference > 0 and _of_one_kind(parts))


def _digits(value: Decimal) -> tuple[int, ...]:
    return value.normalize().as_tuple().digits


def _within(section: Sequence[Statement]) -> Iterator[Finding]:
    """What is a part of a subject that the section states before it is not more than that."""
    said: dict[str, Statement] = {}
    for statement in (one for top in section for one in top.all()):
        key = statement.subject.key
        whole = next((said[one] for one in _wholes_of(key) if one in said), None)
        if whole and whole.amount:
            yield from (*larger_than(statement, whole.subject.name, whole.amount), *_only_part(statement, whole))
        if statement.amount:
            said[key] = statement


def _wholes_of(key: str) -> Iterator[str]:
    """Yield what a subject is within, and what that is within."""
    while key in prose_words().within:
        key = prose_words().within[key]
        yield key


def _only_part(part: Statement, whole: Statement) -> Iterator[Finding]:
    """Yield a warning for the only part of a whole in a list that is less: 公务接待费5万元，其中：国内公务接待4万元."""
    amount, most, known = part.amount, whole.amount, prose_words().wholes.get(whole.subject.key, ())
    if part.subject.key != next(iter(known), "") or not any(one is part for one in whole.parts) or len(whole.parts) > 1:
        return
    if amount and most and amount.high < most.low:
        message = "{subject} {amount}，比{whole} {most} 小，没有写其余的是什么"
        values = {"amount": amount.text, "whole": whole.subject.name, "most": most.text}
        yield finding("AU115", Severity.WARNING, message, part, "核对两个数，或写出其余的部分", values)


def larger_than(statement: Statement, whole: str, most: Printed) -> Iterator[Finding]:
    """Yield a finding if a part is more than the ``most`` that its whole is."""
    if statement.amount and statement.amount.low > most.high:
        message = "{subject} {amount}，比它所属的{whole} {most} 大"
        values = {"amount": statement.amount.text, "whole": whole, "most": most.text}
        yield finding("AU115", Severity.ERROR, message, statement, "核对两个数，改正错的一个", values)


def is_complete(whole: Statement, parts: Sequence[Statement]) -> bool:
    """Whether the parts are known to be all parts of their whole."""
    keys = {part.subject.key for part in parts if not part.subject.fund or part.subject.fund == whole.subject.fund}
    known = prose_words().wholes.get(whole.subject.key, ())
    if known and keys == set(known):
        return True
    if keys in SIDES.get(whole.subject.key.removesuffix(".total"), ()):
        return True
    is_expenditure = whole.subject.key.partition(".")[0] in ("expenditure", "both", "fund")
    return is_expenditure and keys in ({"basic", "project"}, {"personnel", "operating", "project"})


def _without_parts_of_parts(parts: Sequence[Statement]) -> Sequence[Statement]:
    """Return the parts but those that are parts of another one of the same list."""
    keys = {part.subject.key for part in parts}
    inner = {one for key in keys for one in prose_words().wholes.get(key, ())}
    return [part for part in parts if part.subject.key not in inner]


def _of_one_kind(parts: Sequence[Statement]) -> bool:
    """Whether parts are of one list: items of one whole, or funds, or functions of one level."""
    kinds = {_kind(part) for part in parts}
    return len(kinds) == 1 and "" not in kinds


def _kind(part: Statement) -> str:
    subject = part.subject
    for whole, items in prose_words().wholes.items():
        if subject.key in items:
            return whole
    if subject.key in ("fund", "revenue", "expenditure") and subject.fund and subject.fund != "appropriation":
        return "fund"
    if subject.key == "function":
        return f"function {len(subject.levels) or len(subject.code)}"
    return "project" if subject.key in ("basic", "project") else ""


def _adds_up_in_turn(whole: Printed, parts: Sequence[Statement]) -> bool:
    """Whether a list states its whole twice or more, each time divided otherwise."""
    total, envelope, turns = ZERO, whole.rounding, 0
    for part in parts:
        if part.amount is not None:
            total, envelope = total + part.amount.value, envelope + part.amount.rounding
            if abs(total - whole.value) <= envelope:
                total, envelope, turns = ZERO, whole.rounding, turns + 1
    return turns >= 1 and abs(total) <= envelope


def _shares(
    listed: Sequence[Statement], wholes: Sequence[Statement], statements: Sequence[Statement]
) -> Iterator[Finding]:
    """Each share of a list is that of its amount; the shares of a list that adds up are 100 % together.

    ``wholes`` are the statements that the list may be of, the nearest first.
    """
    shared = [one for one in listed if one.share and one.amount and not one.share.completed]
    percents = [one.share.percent for one in shared if one.share]
    adjusted = sum((one.value for one in percents), ZERO) == HUNDRED
    total = _sum_of(shared)
    candidates = [one.amount for one in wholes if one.amount]
    if not wholes and not any(one.share.of for one in shared if one.share):
        yield from _odd_share(shared, total)
    for statement in shared:
        yield from _more_than_all(statement)
        named = list(_named(statement, statements))
        own = candidates if statement.share and not statement.share.of else []
        yield from _share(statement, named or own, total if len(shared) > 1 else None, adjusted)
    if len(shared) > 1 and len({one.share.of for one in shared if one.share}) == 1:
        whole = next(iter(candidates), None)
        if whole is not None and abs(whole.value - total.value) <= whole.rounding + total.rounding:
            yield from _sum_of_shares(shared, percents)


def _odd_share(shared: Sequence[Statement], total: Printed) -> Iterator[Finding]:
    """Of a list without its whole, the one share that is wrong: each other one is its amount's part of the sum."""
    wrong = [one for one in shared if one.amount and one.share and not _is_share(one.amount, total, one.share.percent)]
    if len(wrong) == 1 and len([one for one in shared if one.amount and one.amount.value]) >= FEWEST_OF_A_SLIP:
        yield from _share(wrong[0], (total,), None, False)


def _sum_of(statements: Sequence[Statement]) -> Printed:
    amounts = [one.amount for one in statements if one.amount]
    total, rounding = sum((one.value for one in amounts), ZERO), sum((one.rounding for one in amounts), ZERO)
    like_largest = max(amounts, key=lambda one: one.value, default=None)
    return Printed(total, rounding, like(total, like_largest) if like_largest else "", "")


def _named(statement: Statement, statements: Sequence[Statement]) -> Iterator[Printed]:
    """Yield the amounts of the whole that a share names."""
    of = statement.share.of_subject if statement.share else None
    if of is None or not of.key:
        return
    for one in statements:
        for found in one.all():
            if found.amount is not None and found.subject.key == of.key and found.subject.fund == of.fund:
                yield found.amount


def _share(statement: Statement, wholes: Sequence[Printed], total: Printed | None, adjusted: bool) -> Iterator[Finding]:
    assert statement.share
    assert statement.amount
    percent = statement.share.percent
    allowed = [*wholes, *(() if total is None else (total,))]
    intervals = [found for whole in allowed if (found := share_interval(statement.amount, whole))]
    margin = 2 * percent.rounding if adjusted else ZERO
    allows = any(interval.has(percent, margin) for interval in intervals)
    if allows or not wholes or not intervals or percent.low > HUNDRED:
        return
    values = {
        "amount": statement.amount.text,
        "share": percent.text,
        "whole": wholes[0].text,
        "right": intervals[0].shown(percent),
    }
    message = "{subject} {amount}，占 {whole} 的 {right}，印的是 {share}"
    nearly = any(interval.nearly(percent) for interval in intervals)
    yield finding(
        "AU116",
        Severity.WARNING if nearly else Severity.ERROR,
        message,
        statement,
        "占比 = 金额 ÷ 合计；核对后改正",
        values,
    )


def _more_than_all(statement: Statement) -> Iterator[Finding]:
    """A part is not more than its whole."""
    percent = statement.share.percent if statement.share else None
    if percent is not None and percent.low > HUNDRED:
        message, values = "{subject}：占比 {share}，超过 100%", {"share": percent.text}
        yield finding("AU116", Severity.ERROR, message, statement, "占比 = 金额 ÷ 合计；核对后改正", values)


def _sum_of_shares(shared: Sequence[Statement], percents: Sequence[Printed]) -> Iterator[Finding]:
    total = sum((one.value for one in percents), ZERO)
    envelope = sum((one.rounding for one in percents), ZERO)
    if abs(total - HUNDRED) <= envelope:
        return
    values = {"shares": " + ".join(one.text for one in percents), "sum": f"{rounded(total, 2):f}%"}
    message = "各项占比 {shares} = {sum}，不是 100%"
    yield finding("AU117", Severity.WARNING, message, shared[0], "核对各项占比，改正错的一个", values)
