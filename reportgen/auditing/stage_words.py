"""Find headings that say 预算 in final accounts, or 决算 in a budget, where all others of their kind do not (AU129)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ..core.finding import Finding, Place, Severity
from ..recognise.blocks import ReadParagraph
from ..recognise.prose.read import heading_level
from ..recognise.words import plain
from ..rules.texts import QUOTED
from .years import is_of_final_accounts, is_sentence

FEWEST = 3
"""So many headings have to say what a document is of."""
BUDGET, FINAL = "预算", "决算"
_ENDS = re.compile("(?:情况说明|情况|说明|[收支总]表|总表|明细表)$")
"""How headings end that say of which of both their amounts are."""
NAMES = re.compile(
    "(?:一般公共|政府性基金|国有资本经营|社会保险基金)预算|预算(?:绩效|单位|管理|执行|调整|编制|公开|法|财政拨款|拨款|收入支出决算)"
    "|(?:年初|全年|全面|零基|财政)预算|(?:预算|决算)(?:和|与|及|、)(?:预算|决算)|预决算"
)
"""Names that have one of both words in either document."""
_OTHER_YEARS = re.compile("上年|上一年|去年|比|较|对照|对比|差异|完成|落实|绩效|评价")


def check_stage_words(paragraphs: Iterable[ReadParagraph]) -> Iterator[Finding]:
    """Yield a warning for each heading with the word of the other kind of document, beside three with its own.

    Where more than one heading has it, the document may be of both.
    """
    headings = [one for one in paragraphs if heading_level(one) and not one.in_contents and not is_sentence(one.text)]
    own, other = (FINAL, BUDGET) if is_of_final_accounts(headings) else (BUDGET, FINAL)
    texts = [(one, NAMES.sub("", QUOTED.sub("", plain(one.text)))) for one in headings]
    right = sum(own in text and other not in text for _, text in texts)
    wrong = [one for one, text in texts if other in text and own not in text and _is_of_amounts(text)]
    if right >= FEWEST and len(wrong) == 1:
        message = "标题“{title}”说的是{other}，别的标题都是{own}"
        values = {"title": wrong[0].text.strip(), "other": other, "own": own}
        where = (Place(printed=f"“{wrong[0].text.strip()}”", cell=wrong[0].place),)
        yield Finding("AU129", Severity.WARNING, message, where, "多半是照抄了另一份文件的标题，改正", values)


def _is_of_amounts(text: str) -> bool:
    return bool(_ENDS.search(text)) and not _OTHER_YEARS.search(text)
