"""GJ414–GJ417, GJ510–GJ511: final figures against the budget that they are compared with: base, reason, size."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from ..budget.model import Budget
from ..budget.terms import BUDGETED_KINDS, FINAL, FISCAL_FUNDS, GENERAL_PUBLIC, KIND_NAMES, THREE_PUBLIC, BaseKind
from ..core.finding import Finding, Place, Severity
from ..core.money import exact
from ..facts import Fact, FactGroup, SourceText
from ..facts.bases import base_of
from .equality import not_more, place_of
from .reasons import FEWER, MORE, MOVED
from .rule import rule

STAGES = (FINAL,)
LEFT = ("结余", "结转", "节约", "未执行", "未支付", "缴回", "调减", "追减")
"""Words of a reason that go with a final figure below the budget."""
ADDED = ("追加", "调增", "增拨", "补增", "新录用", "新招录", "增人")
"""Words of a reason that go with a final figure above the budget."""
USED_UP = re.compile(
    r"(?<!未)(?:使用|动用|消化|盘活)了?(?:存量|历年)?(?:的)?(?:结转|结余)(?:[和及]?结余)?"
    r"|(?:(?<!未)(?:使用|动用|消化|盘活)了?)?(?:上年|以前年度|往年|历年)[^，。；、]{0,4}?(?:结转|结余)(?:[和及]?结余)?"
)
"""What was carried over into this year and spent: the final figure is above the budget."""
TEN = 10
"""Times that a final figure and its budget differ where a decimal point may be shifted."""
THOUSAND = 1000
"""Times that small figures differ where one of them was written in 万元."""
EXPENDITURE = "/expenditure"
LEAST = Decimal(1_000_000)
"""元 of the larger figure: small items may well be ten times their budget."""


@dataclass(frozen=True, slots=True)
class Completed:
    """A final figure that forms compare with this year's budget: its name, changes, reason, and where to state both."""

    name: str
    kind: BaseKind
    changes: FactGroup
    reason: SourceText | None
    pointer: str

    @property
    def change(self) -> FactGroup:
        """The change from the budget that the layout compares with."""
        found: FactGroup = self.changes[self.kind]
        return found

    def place(self, part: str = "") -> Place:
        """Return where a part (``/reason``) of it is written: the list for an item without a line."""
        has_line = self.pointer != EXPENDITURE
        return Place(f"{self.pointer}{part}" if has_line else self.pointer, self.name)

    def fits_other_budget(self) -> bool:
        """Whether the final figure moved the other way from the budget that the layout does not compare with."""
        (other,) = (kind for kind in BUDGETED_KINDS if kind != self.kind)
        moved = {self.changes[kind].direction for kind in (self.kind, other)}
        return len(moved) > 1 and "down" in moved and moved <= set(MOVED)


def completed_figures(facts: FactGroup) -> Iterator[Completed]:
    """Yield each figure that a form compares with the budget, against the figure of it that the layout prints."""
    kind: BaseKind = facts.past.printing.completed_against
    general = facts.general_public
    yield Completed(
        "一般公共预算财政拨款支出",
        kind,
        general.change,
        general.budgeted.reason,
        "/totals/general_public/budgeted",
    )
    for fund in FISCAL_FUNDS:
        for row in facts[fund.key].compared_items:
            change = row.change[kind]
            if row.total or change.base:
                line, name = _first_line(row.total, change.base), f"{fund.table}「{row.key} {row.name.text}」"
                pointer = line if line == EXPENDITURE else f"{line}/budgeted"
                yield Completed(name, kind, row.change, row.budgeted.reason, pointer)
    kind = facts.past.printing.three_public_against
    three = facts.three_public
    yield Completed("“三公”经费", kind, three.change, three.budgeted.reason, "/totals/three_public/budgeted")


def _first_line(*figures: Fact | None) -> str:
    """Return the pointer of the first line of expenditure that figures are read from, the list itself for none."""
    cells = (cell.split("/") for figure in figures if figure is not None for cell in figure.cells())
    lines = [int(cell[2]) for cell in cells if cell[1] == "expenditure"]
    return f"{EXPENDITURE}/{min(lines)}" if lines else EXPENDITURE


@rule("GJ414", "决算数与预算数不同就要说明原因", acceptable=True, stages=STAGES)
def differences_are_explained(budget: Budget, facts: FactGroup) -> Iterator[Finding]:
    """决算数大于或小于预算数的每个项、一般公共预算支出合计和“三公”合计，要有原因；持平的不要。来源：决算公开的格式。"""
    for figure in completed_figures(facts):
        if figure.change.direction in MOVED and not figure.reason:
            word = "小于" if figure.change.direction == "down" else "大于"
            delta = exact(figure.change.delta.value, "万元")
            values = {"name": figure.name, "word": word, "budget": KIND_NAMES[figure.kind], "delta": delta}
            message, hint = "{name}的决算数{word}{budget} {delta}，没有写原因", "在 budgeted.reason 里写明主要原因"
            if figure.pointer == EXPENDITURE:
                hint = "补上这一行：没有支出的决算数填 0，写上{budget}和原因"
            yield Finding("GJ414", Severity.ERROR, message, (figure.place("/reason"),), hint, values)


@rule("GJ415", "预算数齐全", acceptable=True, stages=STAGES)
def budgets_are_given(budget: Budget, facts: FactGroup) -> Iterator[Finding]:
    """要与决算数比较的预算数要填；年初没有安排的填 0。来源：决算公开的格式（年初预算为…，支出决算为…）。"""
    for figure in completed_figures(facts):
        if figure.change.direction == "unknown" and figure.change.this:
            values = {"name": figure.name, "budget": KIND_NAMES[figure.kind]}
            where = (figure.place(f"/{figure.kind}"),)
            hint = "填上预算数（没有安排填 0），或用 --budget 给出同一年的预算文件"
            yield Finding("GJ415", Severity.ERROR, "{name}没有{budget}，无法比较", where, hint, values)


@rule("GJ416", "与预算数持平就不写差异原因", acceptable=True, stages=STAGES)
def flat_figures_have_no_reason(budget: Budget, facts: FactGroup) -> Iterator[Finding]:
    """决算数与预算数持平的不需要原因；写了也不会印出，多半是数字或原因填错了地方。来源：常见差错。"""
    for figure in completed_figures(facts):
        if figure.change.direction == "flat" and figure.reason:
            values = {"name": figure.name, "budget": KIND_NAMES[figure.kind]}
            where, hint = (Place(figure.reason.pointer, figure.name),), "核对金额；原因不会印出"
            message = "{name}的决算数与{budget}持平，却写了差异原因"
            yield Finding("GJ416", Severity.WARNING, message, where, hint, values)


@rule("GJ417", "差异原因与方向一致", acceptable=True, stages=STAGES)
def reasons_point_the_same_way(budget: Budget, facts: FactGroup) -> Iterator[Finding]:
    """决算数大于预算数，原因却只说压减、结余、节约；或小于预算数，原因却只说增加、追加、调增、使用上年结转：要核对。

    只说“结转”是结转下年。来源：常见差错。
    """
    for figure in completed_figures(facts):
        if figure.reason is None or figure.change.direction not in MOVED:
            continue
        down = figure.change.direction == "down"
        more, fewer = _words(figure.reason.text)
        word = "" if more and fewer else next(iter(more if down else fewer), "")
        if word:
            values = {
                "name": figure.name, "word": word, "moved": "小于" if down else "大于",
                "budget": KIND_NAMES[figure.kind],
            }  # fmt: skip
            message = "{name}的决算数{moved}{budget}，原因却说“{word}”"
            where, hint = (Place(figure.reason.pointer, figure.name),), "核对原因与金额"
            if figure.fits_other_budget():
                hint = "这个版式与{budget}比：原因要写决算数为什么{moved}{budget}"
            yield Finding("GJ417", Severity.WARNING, message, where, hint, values)


def _words(reason: str) -> tuple[list[str], list[str]]:
    """Return the words of a reason that go with a final figure above its budget, and those that go with one below."""
    used, rest = [match[0] for match in USED_UP.finditer(reason)], USED_UP.sub("", reason)
    more = [*used, *(word for word in (*MORE, *ADDED) if word in rest)]
    return more, [word for word in (*FEWER, *LEFT) if word in rest]


@rule("GJ510", "决算数不是预算数的十倍", acceptable=True, stages=STAGES)
def final_figures_are_like_their_budgets(budget: Budget, facts: FactGroup) -> Iterator[Finding]:
    """决算数与预算数相差十倍以上，多半是小数点错了一位；较大的数不足一百万元的，相差一千倍以上才查（元和万元弄混）。

    “三公”的合计没有相差这样多的，再查各项。来源：常见差错。
    """
    for name, kind, change in _sizes(facts):
        if _differs_in_size(change):
            this, base = change.this, change.base
            where = tuple(Place(place_of(fact), name) for fact in (this, base))
            values = {
                "name": name, "budget": KIND_NAMES[kind],
                "this": exact(this.value, "万元"), "base": exact(base.value, "万元"),
                "times": str(_times(this.value, base.value)),
            }  # fmt: skip
            message = "{name}的决算数 {this} 与{budget} {base} 相差 {times} 倍以上"
            yield Finding("GJ510", Severity.WARNING, message, where, "检查小数点和金额单位", values)


def _sizes(facts: FactGroup) -> Iterator[tuple[str, BaseKind, FactGroup]]:
    """Yield name, kind of budget and change of each figure to compare; items of “三公” where their total is alright."""
    for figure in completed_figures(facts):
        yield figure.name, figure.kind, figure.change
    kind: BaseKind = facts.past.printing.three_public_against
    changes = facts.three_public.change[kind]
    if not _differs_in_size(changes):
        for item in THREE_PUBLIC:
            yield item.name, kind, changes[item.key]


def _differs_in_size(change: FactGroup) -> bool:
    """Whether a final figure and its budget, neither of which is zero, are too many times each other."""
    if not change.this or not change.base:
        return False
    small, large = sorted((change.this.value, change.base.value))
    return bool(large >= _times(small, large) * small)


def _times(*amounts: Decimal) -> int:
    """Return how many times two amounts in 元 may not differ."""
    return TEN if max(amounts) >= LEAST else THOUSAND


@rule("GJ511", "决算数不大于全年预算数", acceptable=True, stages=STAGES)
def final_figures_are_within_the_adjusted_budget(budget: Budget, facts: FactGroup) -> Iterator[Finding]:
    """写了全年预算数（按规定程序调整后）的科目，支出决算数不大于它：没有预算不得支出。来源：预算法第十三条。"""
    for row in facts[GENERAL_PUBLIC.key].compared_items:
        base = base_of(row, "adjusted")
        if base is not None and (base.pointers or base.inputs):
            name = f"{GENERAL_PUBLIC.table}「{row.key} {row.name.text}」"
            part, whole = (f"{name}支出决算数", row.total), (f"{name}全年预算数", base)
            hint = "核对决算数，或补上年中追加的预算"
            yield from not_more("GJ511", budget, part, whole, Severity.WARNING, hint)
