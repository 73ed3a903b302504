"""Find sentences that say 预算 where their amount is what was spent, or 决算 where it is a budget (AU129)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from ..core.finding import Finding, Severity
from ..recognise.blocks import ReadParagraph
from ..recognise.head import BUDGETED
from ..recognise.prose.figures import compact
from ..recognise.prose.statement import Prose, Statement
from ..recognise.prose.tied import NamedCell
from .prose_tables import Held
from .stage_words import BUDGET, FINAL, NAMES
from .statement_finding import finding, passage_finding
from .years import is_of_final_accounts

MOST = 3
"""A document in which more amounts are called so is of both stages."""
_OWN = {True: re.compile("决算|执行|实际"), False: re.compile("预算|计划")}
_LAST = re.compile("上年|上一年|去年|上期|20[0-9]{2}年")
_MARKS = re.compile("[，,。；;：:（(]")
_IMPOSSIBLE = re.compile(
    "(?:年初|全年|调整)决算数?|完成(?:年初|全年|调整)?决算"
    "|(?<!全年)(?<!调整)(?<!调整后)(?P<what>[预决]算)数?(?:大于|小于|高于|低于|多于|少于|超过|等于|[与和](?=.{0,7}(?:持平|一致|相等)))"
    "(?:年初|全年|调整)?(?P=what)(?!单位|编制)"
)
"""Words of final accounts that name one stage where there are two: 年初决算, 决算数大于决算数."""


def check_stage_of_amounts(paragraphs: Sequence[ReadParagraph], prose: Prose, held: Held, year: int) -> list[Finding]:
    """Return a warning for each amount that is called after the other stage than it is of.

    It is known of an amount which is that of a cell (``held``), and in final accounts of what is a part of a budget:
    年初预算为5万元，支出预算为4万元，完成年初预算的80%.
    """
    final = is_of_final_accounts(paragraphs)
    texts = {one.place: one.text for one in paragraphs}
    cells = (one for one, cell in held.agreeing if cell.sure and not _is_budgeted(cell))
    completed = (one for one in prose.all() if final and one.share is not None and one.share.completed)
    named = {(one.place, one.start): one for one in (*cells, *completed)}
    found = [_finding(one, final) for one in named.values() if _is_of_the_other(_before(one, texts), final, year)]
    return [*(found if len(found) <= MOST else ()), *(_impossible(paragraphs) if final else ())]


def _is_budgeted(cell: NamedCell) -> bool:
    return any(amount is cell.amount for name, amount in cell.row.amounts.items() if name.startswith(BUDGETED))


def _before(statement: Statement, texts: dict[str, str]) -> str:
    """Return the words of a sentence right before its amount."""
    if statement.amount is None:
        return ""
    text = compact(texts.get(statement.place, "")[statement.start : statement.amount.start]).text
    return _MARKS.split(text)[-1]


def _is_of_the_other(words: str, final: bool, year: int) -> bool:
    other = BUDGET if final else FINAL
    said = _LAST.search(words.replace(f"{year}年", ""))
    rest = NAMES.sub("", words)
    return other in rest and not said and not _OWN[final].search(rest.replace(other, ""))


def _finding(statement: Statement, final: bool) -> Finding:
    own, other = (FINAL, BUDGET) if final else (BUDGET, FINAL)
    assert statement.amount
    message = "{subject}：文字说是{other}数，{amount} 是{own}数"
    values = {"other": other, "own": own, "amount": statement.amount.text}
    return finding("AU129", Severity.WARNING, message, statement, "核对是预算还是决算，改正说法", values)


def _impossible(paragraphs: Iterable[ReadParagraph]) -> Iterator[Finding]:
    for paragraph in paragraphs:
        for found in _IMPOSSIBLE.finditer(compact(paragraph.text).text):
            message, hint = "“{found}”：预算和决算写混了", "改正成“年初预算”“决算数大于预算数”这样的说法"
            yield passage_finding("AU129", Severity.WARNING, message, paragraph, found[0], hint)
