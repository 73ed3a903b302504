"""GJ413: goals and indicators are those of this year, not last year's copied."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..budget.model import Budget
from ..core.finding import Finding, Place, Severity
from ..facts import FactGroup
from .rule import rule
from .texts import QUOTED, YEAR, texts

GOAL = re.compile(r"/projects/[0-9]+/goal|/performance/[0-9]+/(?:overall|annual)/.*")
"""The pointers of goals and of the texts of indicators."""
LOOKS_BACK = re.compile("(?:比|较|同|与|自|从|由|截[至止]到?|按照?|根据|高于|低于|超过|相对|对比|结转|以)$")
"""What stands before a year that the text looks back to: 比2022年提高."""
AFTER_A_PAST_YEAR = re.compile(
    r"度?(?:以来|起|开始|结转|结余|基数|基础|水平|同期|相比|实际|决算|执行|已|考核|审计|清算|尾款|余款|续建|延续|遗留|立项|启动|开工"
    r"|下达|[-—–－~～至到、和及])"
)
"""What stands behind such a year (2022年以来), or behind the first year of a period (2022年至2025年)."""


@rule("GJ413", "目标和指标写的是本年", acceptable=True)
def goals_are_of_this_year(budget: Budget, facts: FactGroup) -> Iterator[Finding]:
    """项目目标、绩效目标和指标里写的年份是本年；写上年而不是与上年相比或上年结转的，多半照抄了上年的。

    书名号、引号之内不查；再早和以后的年份见 GJ404。来源：常见差错、勾稽关系第 40 条。
    """
    for pointer, text in texts(budget):
        if GOAL.fullmatch(pointer) and (passage := last_year_in(text, budget.year - 1)):
            values = {"found": passage, "year": str(budget.year)}
            message = "目标或指标里写的是上年：“{found}”"
            hint = "改为 {year} 年；确实说上年情况的，写作“上年”"
            yield Finding("GJ413", Severity.WARNING, message, (Place(pointer),), hint, values)


def last_year_in(text: str, year: int) -> str:
    """Return the passage that names ``year`` as if it were the present one, or ""."""
    words = QUOTED.sub("", text)
    for match in YEAR.finditer(words):
        before, after = words[: match.start()].rstrip(), words[match.end() :].lstrip()
        if int(match[1]) == year and not LOOKS_BACK.search(before) and not AFTER_A_PAST_YEAR.match(after):
            return words[max(0, match.start() - 6) : match.end() + 6]
    return ""
