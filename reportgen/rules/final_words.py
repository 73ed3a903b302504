"""What findings about final accounts (决算) call the tables and figures that rules name as in a budget."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from ..core.finding import Finding

TABLES = {
    "财政拨款收支总表": "财政拨款收入支出决算总表",
    "收支总表": "收入支出决算总表",
    "收入总表": "收入决算表",
    "支出总表": "支出决算表",
    "一般公共预算支出表": "一般公共预算财政拨款支出决算表",
    "一般公共预算基本支出表": "一般公共预算财政拨款基本支出决算表",
    "政府性基金预算支出表": "政府性基金预算财政拨款收入支出决算表",
    "国有资本经营预算支出表": "国有资本经营预算财政拨款收入支出决算表",
    "“三公”经费支出表": "财政拨款“三公”经费支出决算表",
}
"""The tables as the recogniser calls those of a budget → as final accounts call them."""
WORDS = {
    "收支预算总表": "收入支出决算总表",
    "收入预算总表": "收入决算表",
    "支出预算总表": "支出决算表",
    **TABLES,
    "基本支出表": "基本支出决算表",
    "“三公”表": "“三公”经费支出决算表",
    "政府采购预算总额": "政府采购金额",
    "收入预算": "收入决算",
    "支出预算": "支出决算",
    "上年执行数": "上年决算数",
    "上年结转结余": "年初结转和结余",
    "上年结转": "年初结转和结余",
    "年终结转结余": "年末结转和结余",
}
"""The word of a budget → that of final accounts; of two that begin alike the longer one first."""

QUOTED = ("word",)
"""The values of findings that quote the document, which stay as it has them."""


def in_words_of_final_accounts(findings: Iterable[Finding], words: Mapping[str, str] = WORDS) -> Iterator[Finding]:
    """Yield the findings with the tables and figures in their texts and places named as in final accounts.

    Those of the recogniser quote a document: ``words`` are the names of :data:`TABLES` alone.
    """
    for finding in findings:
        message, hint = in_words_of_final(finding.message, words), in_words_of_final(finding.hint, words)
        values = {
            name: value if name in QUOTED else in_words_of_final(value, words) for name, value in finding.values.items()
        }
        where = tuple(replace(place, printed=in_words_of_final(place.printed, words)) for place in finding.where)
        yield replace(finding, message=message, hint=hint, values=values, where=where)


def in_words_of_final(text: str, words: Mapping[str, str] = WORDS) -> str:
    """Return a label of a rule, or the name of a table, as final accounts have it."""
    for word, other in words.items():
        text = text.replace(word, other)
    return text
