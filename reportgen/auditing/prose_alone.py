"""Check what a sentence says against itself: change, rate, direction, parts and shares, from its own figures alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from ..core.finding import Finding, Severity
from ..core.money import YUAN
from ..recognise.prose.rate import HUNDRED, Cause, cause, rate_between, rate_interval
from ..recognise.prose.statement import Change, Printed, Prose, Statement
from .doubtful import misread_sentences
from .prose_lists import check_lists
from .statement_finding import finding, like

RATE_HINTS: Mapping[Cause, str] = {
    "divided by this year": "印的是增减额除以本年数，应除以上年数",
    "ratio of the years": "印的是本年数除以上年数，应是增减额除以上年数",
    "other direction": "上年数算反了：增加的，上年数是本年数减去增加额；减少的，是本年数加上减少额",
    "decimal point": "像是小数点错了位",
    "": "增减率 = 增减额 ÷ 上年数（上年数 = 本年数减去增加额，或加上减少额）；核对三个数，改正错的一个",
}
FEWEST_COMPARISONS = 3
"""So many comparisons, all with one year, say more of the document's year than of a slip."""
CHANGE_NAMES = {"up": "增加", "down": "减少"}


def check_statements(prose: Prose, year: int) -> list[Finding]:
    """Return what is wrong in the statements of a document of ``year``, by their own figures."""
    found: list[Finding] = []
    for statement in prose.all():
        found += _base_year(statement, year)
        if (unit := unit_slip(statement)) is not None:
            found.append(unit)
        else:
            for change in statement.changes:
                for check in CHANGE_CHECKS:
                    found += check(statement, change)
    found += check_lists([one for one in prose.statements if unit_slip(one) is None])
    found = _years_together(found, prose)
    held = sum(bool(one.changes or one.share or one.parts) for one in prose.all())
    return misread_sentences(found, held, "文字里有 {count} 处增减、占比或合计不符，多半是没有读对，没有逐处列出")


def _years_together(found: list[Finding], prose: Prose) -> list[Finding]:
    """Return the findings; where every comparison names the same other year, that is said once.

    Then the year of the document was taken from the wrong line, or all of it is last year's.
    """
    changes = (change for one in prose.all() for change in one.changes)
    named = {change.base.year for change in changes if change.base and change.base.year and not change.base.own}
    of_years = [one for one in found if one.code == "AU118"]
    if len(of_years) < FEWEST_COMPARISONS or len(named) != 1:
        return found
    first = of_years[0]
    message, hint = "全文 {count} 处都与 {found} 年比较，应与 {right} 年比较", "核对这份文件是哪一年的"
    values = {"count": str(len(of_years)), "found": first.values["found"], "right": first.values["right"]}
    where = tuple(one.where[0] for one in of_years[:FEWEST_COMPARISONS])
    once = Finding("AU118", Severity.WARNING, message, where, hint, values)
    return [once, *(one for one in found if one.code != "AU118")]


def unit_slip(statement: Statement) -> Finding | None:
    """Return a finding if an amount is in 元 and what is said of it in 万元, while they fit as if both were in 万元."""
    amount = statement.amount
    if amount is None or amount.unit != "元" or amount.value >= YUAN["万元"] * HUNDRED:
        return None
    others = [statement.change and statement.change.amount, *(part.amount for part in statement.parts)]
    larger = [one for one in others if one and one.unit == "万元" and one.value > amount.high]
    if not larger or any(one.value > amount.value * YUAN["万元"] for one in larger):
        return None
    message = "{subject} {amount}，同一句里的 {other} 比它大：单位应为“万元”"
    values = {"amount": amount.text, "other": larger[0].text}
    return finding("AU122", Severity.ERROR, message, statement, "核对金额的单位", values)


def _rate(statement: Statement, change: Change) -> Iterator[Finding]:
    """The printed rate is one that the printed amount and change allow."""
    if statement.amount is None or change.amount is None or change.rate is None or change.direction in ("", "flat"):
        return
    interval = rate_interval(statement.amount, change.amount, change.direction)
    if interval is None:
        yield from _rate_without_base(statement, change)
        return
    may_be = interval.has(change.rate)
    if may_be and (exact := _without_zeros(statement.amount, change.amount)):
        interval = rate_interval(statement.amount, exact, change.direction) or interval
    if interval.has(change.rate):
        return
    values = {
        "rate": change.rate.text,
        "right": interval.shown(change.rate),
        "amount": statement.amount.text,
        "change": f"{change.word}{change.amount.text}",
    }
    message = "{subject}：金额 {amount}，{change}，增减率应为 {right}，印的是 {rate}"
    hint = RATE_HINTS[cause(statement.amount, change)]
    severity = Severity.ERROR if not (may_be or interval.nearly(change.rate)) else Severity.WARNING
    yield finding("AU110", severity, message, statement, hint, values)


def _without_zeros(amount: Printed, change: Printed) -> Printed | None:
    """Return a change with fewer decimals than the amount beside it as exact: its zeros were left out (8.60, 1万元)."""
    if change.unit != amount.unit or change.rounding <= amount.rounding:
        return None
    return replace(change, rounding=amount.rounding)


def _rate_without_base(statement: Statement, change: Change) -> Iterator[Finding]:
    assert statement.amount
    assert change.amount
    assert change.rate
    if not change.rate.value:
        return
    # 增长100% is how some places write the change of what is new; others print “—”
    severity = Severity.NOTE if change.rate.value == HUNDRED else Severity.WARNING
    message = "{subject}：本年 {amount}，{change}，上年为零，不能有增减率 {rate}"
    values = {
        "amount": statement.amount.text,
        "change": f"{change.word}{change.amount.text}",
        "rate": change.rate.text,
    }
    yield finding("AU113", severity, message, statement, "上年为零时不写增减率", values)


def _base_amount(statement: Statement, change: Change) -> Printed | None:
    """Return the amount from which a statement says that it changed: its own, or one of the same kind and year."""
    if change.base is not None and change.base.amount is not None:
        return change.base.amount
    own, of = (change.base.own, change.base.of) if change.base else (False, "")
    fitting = (one for one in statement.bases if one.own == own and (not of or not one.of or one.of == of))
    return next((one.amount for one in fitting if one.amount is not None), None)


def _rate_from_base(statement: Statement, change: Change) -> Iterator[Finding]:
    """The printed rate, beside no change in money, is that of the printed amount and base."""
    base = _base_amount(statement, change)
    if change.amount is not None or change.rate is None or statement.amount is None or base is None:
        return
    interval = rate_between(statement.amount, base)
    if change.direction not in CHANGE_NAMES or interval is None or interval.has(change.rate):
        return
    values = {
        "rate": change.rate.text,
        "right": interval.shown(change.rate),
        "amount": statement.amount.text,
        "base": base.text,
    }
    message = "{subject}：本年 {amount}，上年 {base}，增减率应为 {right}，印的是 {rate}"
    hint = "增减率 = 增减额 ÷ 上年数；核对三个数，改正错的一个"
    severity = Severity.WARNING if interval.nearly(change.rate) else Severity.ERROR
    yield finding("AU110", severity, message, statement, hint, values)


def _from_base(statement: Statement, change: Change) -> Iterator[Finding]:
    """The change is the difference of this year's amount and the base that the sentence states."""
    base = _base_amount(statement, change)
    if statement.amount is None or base is None or change.direction in ("", "nearly flat"):
        return
    difference = statement.amount.value - base.value
    rounding = statement.amount.rounding + base.rounding
    values = {"amount": statement.amount.text, "base": base.text}
    if change.direction == "flat" or change.flat:
        if change.base is not None and change.base.own:  # 决算数与预算数持平: of final accounts, see prose_completion
            return
        if abs(difference) > rounding:
            values |= {"word": change.flat or change.word}
            message = "{subject}：本年 {amount}，上年 {base}，却说{word}"
            yield finding("AU114", Severity.ERROR, message, statement, "核对两年的金额，改正说法", values)
        return
    said = change.amount
    if said is not None and abs(abs(difference) - abs(said.value)) > rounding + said.rounding:
        values |= {"change": f"{change.word}{said.text}", "right": like(abs(difference), said)}
        message = "{subject}：本年 {amount}，上年 {base}，相差 {right}，印的是{change}"
        yield finding("AU111", Severity.ERROR, message, statement, "核对三个数，改正错的一个", values)
    elif abs(difference) > rounding and (difference > 0) != (change.direction == "up"):
        values |= {"word": change.word}
        message = "{subject}：本年 {amount}，上年 {base}，却说{word}"
        yield finding("AU112", Severity.ERROR, message, statement, "改正增减的说法，或核对两年的金额", values)


def _direction(statement: Statement, change: Change) -> Iterator[Finding]:
    """Words and signs say one direction."""
    hint = "改正增减的说法，金额写成正数"
    if change.against:
        values = {"word": change.word, "against": change.against}
        message = "{subject}：金额说“{word}”，比率说“{against}”"
        yield finding("AU112", Severity.ERROR, message, statement, "两处说法改成一致", values)
    for figure in (change.amount, change.rate):
        if figure is not None and change.word and figure.value < 0 and change.direction in CHANGE_NAMES:
            values = {"word": change.word, "figure": figure.text}
            message = "{subject}：“{word}”后面是负数 {figure}"
            yield finding("AU112", Severity.ERROR, message, statement, hint, values)
    amount, said = statement.amount, change.amount
    if change.direction == "up" and amount and said and said.low > amount.high and amount.value >= 0:
        values = {"amount": amount.text, "change": f"{change.word}{said.text}"}
        message = "{subject}：本年只有 {amount}，不可能{change}"
        yield finding("AU112", Severity.ERROR, message, statement, "核对两个数；减少的写成减少", values)


def _flat(statement: Statement, change: Change) -> Iterator[Finding]:
    """A sentence that says 持平 states no change."""
    if change.flat and change.direction in CHANGE_NAMES and change.amount is not None and change.amount.value:
        values = {"word": change.flat, "change": f"{change.word}{change.amount.text}"}
        message = "{subject}：{change}，又说{word}"
        yield finding("AU114", Severity.ERROR, message, statement, "两处说法只留对的一处", values)


def _base_year(statement: Statement, year: int) -> Iterator[Finding]:
    """What is compared with is last year."""
    base = statement.change.base if statement.change else None
    if base is None or base.own or base.year in (0, year - 1) or not year:
        return
    values = {"found": str(base.year), "right": str(year - 1)}
    message = "{subject}：与 {found} 年比较，应与 {right} 年比较"
    hint = "改正年份；照抄往年文字的，金额也要核对"
    yield finding("AU118", Severity.ERROR, message, statement, hint, values)


CHANGE_CHECKS: tuple[Callable[[Statement, Change], Iterable[Finding]], ...] = (
    _rate,
    _rate_from_base,
    _from_base,
    _direction,
    _flat,
)
