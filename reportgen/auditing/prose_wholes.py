"""Hold wholes against parts that other sentences state (“三公” and its items), and their changes against each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from ..budget.terms import FISCAL_FUNDS, GENERAL_PUBLIC
from ..core.finding import Finding, Place, Severity
from ..recognise.prose.rate import rate_interval
from ..recognise.prose.statement import Prose, Statement
from ..recognise.prose.words import prose_words
from .slips import is_slip
from .statement_finding import finding, like

APART = ("three_public", "three_public.vehicles", "procurement")
"""Wholes whose parts documents state in sentences of their own."""
SIDES = ("revenue", "expenditure")
ALL_FISCAL = "appropriation"
TELLING = 3
"""Digits of a change that is hardly that of another amount by chance."""
ZERO = Decimal(0)


def check_wholes(prose: Prose) -> Iterator[Finding]:
    """Yield what is wrong in wholes and parts that stand apart, and in the changes of wholes and of equal amounts."""
    stated: dict[tuple[str, str], list[Statement]] = {}
    for statement in prose.all():
        if statement.amount is not None:
            stated.setdefault(_key(statement), []).append(statement)
    for whole_key in APART:
        parts = [_only(stated.get((key, ""), [])) for key in prose_words().wholes[whole_key]]
        whole = _only(stated.get((whole_key, ""), []))
        known = [one for one in parts if one is not None]
        if whole is not None and len(known) == len(parts) and not whole.parts:
            yield from (*_amounts(whole, known), *_changes(whole, known))
    for side in SIDES:
        whole = _only(stated.get((side, ALL_FISCAL), []))
        funds = [_only(stated.get((side, fund.key), [])) for fund in FISCAL_FUNDS]
        if whole is not None:
            yield from _changes(whole, [one for one in funds if one is not None])
    for statement in prose.all():
        yield from _changes(statement, statement.parts)
    yield from _same_changes(prose)


def _key(statement: Statement) -> tuple[str, str]:
    """Return what a statement is of; “三公” and its items are of 财政拨款, whether or not a sentence says so."""
    key, fund = statement.subject.key, statement.subject.fund
    return (key, "" if key.startswith("three_public") and fund in (ALL_FISCAL, GENERAL_PUBLIC.key) else fund)


def _only(statements: Sequence[Statement]) -> Statement | None:
    """Return the first of statements that all state one amount, None where there are several amounts."""
    values = {one.amount.value for one in statements if one.amount}
    return statements[0] if len(values) == 1 else None


def _amounts(whole: Statement, parts: Sequence[Statement]) -> Iterator[Finding]:
    """The amount of a whole is the sum of its parts, wherever they stand."""
    assert whole.amount
    amounts = [part.amount for part in parts if part.amount]
    total = sum((one.value for one in amounts), ZERO)
    if abs(total - whole.amount.value) <= whole.amount.rounding + sum((one.rounding for one in amounts), ZERO):
        return
    values = {
        "amount": whole.amount.text,
        "parts": " + ".join(one.text for one in amounts),
        "sum": like(total, whole.amount),
    }
    message = "{subject} {amount}，各项 {parts} = {sum}"
    found = finding("AU115", Severity.WARNING, message, whole, "核对合计和各项，改正错的一个", values)
    yield replace(found, where=(*found.where, *(Place(cell=part.place) for part in parts)))


def _changes(whole: Statement, parts: Sequence[Statement]) -> Iterator[Finding]:
    """The change of a whole is the sum of the changes of its parts, where these are all that it has."""
    if whole.amount is None or len(parts) < 2 or (own := _signed(whole)) is None:
        return
    amounts = [part.amount for part in parts if part.amount]
    signed = [_signed(part) for part in parts]
    changes = [one for one in signed if one is not None]
    total = sum((one.value for one in amounts), ZERO)
    rounding = whole.amount.rounding + sum((one.rounding for one in amounts), ZERO)
    if len(changes) < len(parts) or len(amounts) < len(parts) or abs(total - whole.amount.value) > rounding:
        return
    gap = sum(changes, ZERO) - own
    envelope = sum((one.change.amount.rounding for one in (whole, *parts) if one.change and one.change.amount), ZERO)
    if abs(gap) <= envelope:
        return
    said = {
        "change": _said(whole),
        "parts": "、".join(f"{part.subject.name}{_said(part)}" for part in parts),
        "sum": f"{sum(changes, ZERO) / 10_000:,f}".rstrip("0").rstrip(".") + "万元",
    }
    turned = [one for one, value in zip((whole, *parts), (own, *(-change for change in changes)), strict=True)
              if abs(gap + 2 * value) <= envelope and value]  # fmt: skip
    code = "AU112" if turned else "AU111"
    message = "{subject}{change}，各项的增减（{parts}）加起来是 {sum}"
    yield finding(code, Severity.WARNING, message, whole, "核对各项增减的方向和金额，改正错的一处", said)


def _signed(statement: Statement) -> Decimal | None:
    """Return the change of a statement in 元, zero where it says that nothing changed, None where it says nothing."""
    change = statement.change
    if change is not None and change.direction == "flat":
        return ZERO
    if change is None or change.amount is None or change.direction not in ("up", "down"):
        return None
    return change.amount.value if change.direction == "up" else -change.amount.value


def _said(statement: Statement) -> str:
    change = statement.change
    return f"{change.word}{change.amount.text if change.amount else ''}" if change else ""


def _same_changes(prose: Prose) -> Iterator[Finding]:
    """Amounts of one fund that are equal changed by one sum in one direction, but for a slip.

    So 收入 and 支出, which are equal in both years.
    """
    known: dict[tuple[str, Decimal], list[Statement]] = {}
    for statement in prose.all():
        signed = _signed(statement)
        if statement.amount is None or not signed or statement.subject.key.partition(".")[0] not in (*SIDES, "both"):
            continue
        before = known.setdefault((statement.subject.fund, statement.amount.value), [])
        yield from [found for one in before if (found := _other_change(statement, one))][:1]
        before.append(statement)


def _has_rate(statement: Statement) -> bool:
    """Whether a statement prints the rate of its change, and it is right."""
    change = statement.change
    if statement.amount is None or change is None or change.amount is None or change.rate is None:
        return False
    interval = rate_interval(statement.amount, change.amount, change.direction)
    return interval is not None and interval.has(change.rate)


def _other_change(statement: Statement, other: Statement) -> Finding | None:
    """Return what is wrong if one of two equal changes is turned round, or is the other one but for a slip."""
    own, known = _signed(statement), _signed(other)
    assert own is not None
    assert known is not None
    values = {"change": _said(statement), "other": other.subject.name, "said": _said(other)}
    if own == -known and len(own.normalize().as_tuple().digits) >= TELLING:
        code, message = "AU112", "{subject}{change}；{other}金额相同、增减额相同，却是{said}"
    elif _has_rate(statement) and _has_rate(other):
        return None  # last year's amounts may differ by little: each rate is that of its change
    elif statement.change and statement.change.amount and is_slip(statement.change.amount, abs(known)):
        code, message = "AU111", "{subject}{change}；{other}金额相同，却是{said}"
    else:
        return None
    found = finding(code, Severity.WARNING, message, statement, "核对两处增减的方向和金额", values)
    return replace(found, where=(*found.where, Place(cell=other.place)))
