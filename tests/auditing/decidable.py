"""Whether a fault contradicts anything that the document prints: a fault that nothing contradicts cannot be found.

A figure is contradicted where the document states the same figure again (the same fact, or the same amount in a fact of
the same group), or where a relation of its paragraph held before the fault and does not after it: a list adds up to its
whole, a rate is that of its change, a share that of its amount.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from reportgen.tree.nodes import Document, Figure, Paragraph, Run, Table, plain

Texts = Mapping[int, str]
"""The texts that a fault prints instead, by the numbers of the runs."""
TELLING = 3
"""Digits from which on an amount that stands twice is no chance."""
WAN = Decimal(10_000)
_COMPARED = re.compile("[比较与和同]")
_DIRECTION = re.compile("增长|下降|减少|增加|上升|降低")
_COSTS = re.compile(
    "(?:费|费用|经费|开支|支出)(?:有所)?(?:增加|增长|新增|提高|减少|下降|压减|压缩)$|(?:原因是|主要是|由于)(?:本年)?(?:增加|新增|减少|压减|压缩)"
)
HALF = Decimal("0.5")


def contradicted(document: Document, paragraph: Paragraph, changed: Texts) -> bool:
    """Whether something in the document contradicts other figures in the place of those of a paragraph."""
    swapped = {n: paragraph.runs[n] for n in changed}
    if any(_is_said_again(document, paragraph, one) for one in swapped.values()):
        return True
    before, after = (list(_relations(paragraph.runs, texts)) for texts in ({}, changed))
    return any(was and not now for was, now in zip(before, after, strict=True))


def direction_is_held(document: Document, paragraph: Paragraph, n: int) -> bool:
    """Whether something contradicts another direction of the change of run ``n``.

    That is the base or the rate of its sentence, the same change elsewhere, or a reason that says what costs moved.
    """
    run = _figure(paragraph.runs[n])
    before = plain(paragraph.runs[:n]).rpartition("。")[2]
    sentence = [one for one in _from(paragraph.runs, n, -1) if isinstance(one, Figure)]
    if any(".last." in one.fact for one in sentence) and _COMPARED.search(before):
        return True
    after = list(_from(paragraph.runs, n, 1))
    if after[1:] and isinstance(after[1], Figure) and after[1].unit == "%":
        return bool(_DIRECTION.search(after[0].text)) or _rates_differ(paragraph.runs, n, after[1])
    rest = "".join(one.text for one in after).partition("。")[0]
    return bool(_COSTS.search(rest)) or _is_said_again(document, paragraph, run)


def rate_is_excluded(paragraph: Paragraph, n: int, text: str) -> bool:
    """Whether no amounts that are printed like those before a rate or share give another one in its place."""
    run = _figure(paragraph.runs[n])
    money = [one for one in paragraph.runs[:n] if isinstance(one, Figure) and _kind(one.unit) == "元" and one.value]
    near = [(abs(one.value), _unit_of(one.text) * HALF) for one in money[-2:]]
    if money and ".delta" in money[-1].fact and run.value:
        change, rounding = near[-1]
        near = [(change, rounding), (change / abs(run.value) * 100, 2 * rounding)]
    uncertain = sum((rounding / value for value, rounding in near), Decimal(0)) * abs(run.value)
    return abs(abs(_value(text)) - abs(run.value)) > uncertain + _unit_of(text)


def _from(runs: Sequence[Run], n: int, step: int) -> Iterator[Run]:
    """Yield the runs after (or before) a run, up to the end of its sentence."""
    for run in runs[n + 1 :] if step > 0 else reversed(runs[:n]):
        yield run
        if "。" in run.text:
            return


def _rates_differ(runs: Sequence[Run], n: int, rate: Figure) -> bool:
    """Whether the rates of a change up and down are printed differently."""
    change = abs(_figure(runs[n]).value)
    base = change / abs(rate.value) * 100 if rate.value else Decimal(0)
    this = [one for one in runs[:n] if isinstance(one, Figure) and ".delta" not in one.fact and _kind(one.unit) == "元"]
    if not this or not base:
        return False
    other = this[-1].value + (change if this[-1].value >= base else -change)
    return other <= 0 or abs(change / other * 100 - abs(rate.value)) > 2 * _unit_of(rate.text)


def is_said_again(document: Document, table: Table, run: Figure) -> bool:
    """Whether a figure of a table is printed in another table or in a sentence."""
    others = (one for other in document.tables() if other is not table for one in _of_table(other))
    sentences = (one for block in document.blocks() if isinstance(block, Paragraph) for one in block.runs)
    return any(_is_same(run, one) for runs in (others, sentences) for one in runs)


def _is_said_again(document: Document, paragraph: Paragraph, run: Run) -> bool:
    in_tables = (one for table in document.tables() for one in _of_table(table))
    in_sentences = (
        one
        for block in document.blocks()
        if isinstance(block, Paragraph) and block is not paragraph
        for one in block.runs
    )
    return any(_is_same(run, one) for runs in (in_tables, in_sentences) for one in runs)


def _of_table(table: Table) -> Iterator[Run]:
    return (run for row in table.body for cell in row.cells for run in cell.runs)


def _is_same(run: Run, other: Run) -> bool:
    """Whether two runs print the same figure: one fact, or facts of one group with an amount that is no chance."""
    if not (isinstance(run, Figure) and isinstance(other, Figure)) or _kind(run.unit) != _kind(other.unit):
        return False
    if run.unit == "%" or run.fact.partition(".")[0] != other.fact.partition(".")[0]:
        return run.fact == other.fact
    amount = _yuan(run)
    return run.fact == other.fact or (amount == _yuan(other) and len(amount.normalize().as_tuple().digits) >= TELLING)


def _kind(unit: str) -> str:
    return "元" if unit in ("元", "万元") else unit


def _yuan(run: Figure) -> Decimal:
    return run.value * (WAN if run.unit == "万元" else 1)


def _relations(runs: Sequence[Run], changed: Texts) -> Iterator[bool]:
    """Yield for each relation of a paragraph whether it holds with the texts that are changed."""
    numbers = [n for n, run in enumerate(runs) if isinstance(run, Figure)]
    values = {n: _value(changed.get(n, runs[n].text)) for n in numbers}
    money = [n for n in numbers if _kind(_figure(runs[n]).unit) == "元"]
    yield from _sums(runs, money, values)
    for at, n in enumerate(numbers):
        run = _figure(runs[n])
        near = [one for one in numbers[max(0, at - 3) : at] if one in money]
        if run.unit == "%" and near:
            before = plain(tuple(runs[near[-1] + 1 : n]))
            is_share = bool(re.search("占", before))
            yield _share(run, values, near[-1], runs) if is_share else _rate(run, values, near, runs)
    for first, base, change in zip(money, money[1:], money[2:], strict=False):
        if ".last." in _figure(runs[base]).fact and ".delta" in _figure(runs[change]).fact:
            yield abs(abs(values[first] - values[base]) - values[change]) <= Decimal("0.02")


def _sums(runs: Sequence[Run], money: Sequence[int], values: Mapping[int, Decimal]) -> Iterator[bool]:
    """Yield for each figure whether those right after it add up to it, for each number of them."""
    for at, n in enumerate(money):
        total = Decimal(0)
        parts = [one for one in money[at + 1 :] if ".delta" not in _figure(runs[one]).fact]
        for count, part in enumerate(parts, 1):
            total += values[part]
            if count > 1:
                yield abs(total - values[n]) <= Decimal("0.005") * (count + 1)


def _share(run: Figure, values: Mapping[int, Decimal], n: int, runs: Sequence[Run]) -> bool:
    """Whether a share is still that of its amount: the whole is what the exact values say."""
    exact = _figure(runs[n]).value
    return not exact or abs(values[n] / exact * run.value - _value(run.text)) <= _unit_of(run.text) * HALF


def _rate(run: Figure, values: Mapping[int, Decimal], near: Sequence[int], runs: Sequence[Run]) -> bool:
    """Whether a rate is that of the change before it, and of the amount before that."""
    changes = [n for n in near if ".delta" in _figure(runs[n]).fact]
    amounts = [n for n in near if n < changes[-1] and ".last." not in _figure(runs[n]).fact] if changes else []
    if not amounts or not run.value:
        return True
    amount, change = amounts[-1], changes[-1]
    was = abs(_figure(runs[change]).value) / abs(run.value) * 100
    grew = _figure(runs[amount]).value >= was
    base = values[amount] - values[change] if grew else values[amount] + values[change]
    rounding = (Decimal("0.005") + _unit_of(runs[change].text) * HALF) / base * 100 if base > 0 else Decimal(0)
    printed = abs(_value(run.text))
    return base > 0 and abs(values[change] / base * 100 - printed) <= _unit_of(run.text) * HALF + rounding


def _figure(run: Run) -> Figure:
    assert isinstance(run, Figure)
    return run


def _value(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))


def _unit_of(text: str) -> Decimal:
    return Decimal(1).scaleb(-len(text.partition(".")[2]))
