"""GJ404–GJ405, GJ407–GJ408, GJ410–GJ412 文字: years, placeholders, marks, uses and explanations of function items."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from functools import cache
from typing import Any

from ..budget.map_type import holds_text
from ..budget.mended_text import MendedText
from ..budget.model import Acceptance, Budget, LinkedFigure, Override
from ..budget.schema import models
from ..budget.terms import BUDGET
from ..budget.version_1 import written_pointer
from ..core.finding import Finding, Place, Severity
from ..facts import FactGroup
from ..facts.glossary import term_key
from .rule import rule

PLACEHOLDER = re.compile(
    r"(?<![A-Za-z0-9./:@])[XxＸ×]{2,}(?![A-Za-z0-9.])|(?<![A-Za-z])[XxＸ×][年月日]|某某"
    r"|增加（减少）|增加\(减少\)|（增加/减少）"
    r"|(?:(?:增加|增长|上升|提高)[（(/／](?:减少|下降|降低)|(?:减少|下降|降低)[（(/／](?:增加|增长|上升|提高))[）)]?(?=\s*[-0-9XxＸ×＊*])"
    r"|(?:大于|高于|多于)[（(/／](?:小于|低于|少于)[）)]?|(?:小于|低于|少于)[（(/／](?:大于|高于|多于)[）)]?"
    r"|(?<![有期亟尚])待(?:填|补)(?:写|充|录|报)?(?=[）)】，。；]|$)|请填写|请输入|此处填|[（(]略[）)]"
    r"|[_＿]{2,}|(?<!二)○{2,}|\{\{|\}\}|[{｛][^{}｛｝]{1,20}[}｝]"
)
NO_REASON = re.compile(r"原因(?:主要)?(?:是|为|[：:])+(?=[。；;]|$)(?<![：:]$)")
"""A reason that is announced and not given. At the end of a text a colon may announce a list."""
REMARK = re.compile(
    r"(?:公开|定稿|修改|填报|打印|上报)(?:时|前|后)?(?:请|须|应|需|要)?(?:删除|删去|去掉)"
    r"|(?<![申邀报提聘恳呈吁])请(?:自行)?(?:删除|删去|修改|补充|核实|核对后|更新|替换|写明|注明|据实填|如实填|按实际填)"
    r"|删除(?:此|该|本)?(?:注释|批注|备注|说明)|万元万元|(?<=[0-9])元元|亿元亿元|%%|％％"
    r"|#(?:REF!|DIV/0!|VALUE!|N/A|NAME\?|NULL!|NUM!)|#{4,}"
    r"|错误[!！]?\s*未(?:找到引用源|定义书签)|Error! (?:Reference|Bookmark)"
)
"""A remark to the writer of the form, what a program printed in place of a figure, a unit that is printed twice."""
NOTHING = re.compile(r"略|同上|同前|同上年|无|暂无|没有|[Nn]/?[Aa]|[-—–_/\\*#.·xX×?？！!]+")
"""What is typed into a field that must not be empty."""
SENTENCES = ("reason", "use", "goal", "text", "reception_use")
"""The fields whose text is a sentence or a part of one."""
ITEM_LENGTH = 7
"""A row whose items are withheld (保密) is of a shorter code, which no term explains."""
ELLIPSIS = re.compile("…{2,}")
YEAR = re.compile(r"(?<![0-9])(20[0-9]{2})[ \u3000]?年")
QUOTED = re.compile(r"《[^》]*》|“[^”]*”|‘[^’]*’|「[^」]*」")
REPEATED = re.compile(r"[，、；：。][，、；：。]+|(?<![A-Za-z])[,.;][，；。]|[，；。][,.;]")
REPEATED_WORD = re.compile(
    "(增加|减少|增长|下降|预算数|决算数|主要|其中|合计|总计|安排|原因|比上年|较上年|用于|年度)\\1"
)
"""Words of official sentences that never follow themselves."""
WRONG_YEAR = re.compile(r"(?<![0-9])(?:[0-9]{3}年度|20[0-9]年(?!一遇|期|以上|以内|来|前|后)|20[0-9]{3,}年)")
LIST_NUMBER = re.compile(r"(?:^|[\s。，；：、])[0-9一二三四五六七八九十]{1,3}[）)]")
"""The number of an item, 1）, whose bracket has no partner."""
UNPAIRED = "括号或引号不成对：“{found}”"
BRACKETS = {"）": "（", "》": "《", "”": "“", "’": "‘", "」": "「", "】": "【", "〕": "〔", "］": "［", "〉": "〈"}
OPENING = frozenset(BRACKETS.values())
SAME_BRACKET = str.maketrans("()[]", "（）［］")


@rule("GJ404", "文字里的年份是本年或上年", acceptable=True)
def years_are_this_or_last(budget: Budget, facts: FactGroup) -> Iterator[Finding]:
    """文字中的“20××年”只应是本年或上年；书名号、引号之内不查。来源：常见差错、勾稽关系第 40 条。"""
    for pointer, text in texts(budget):
        if pointer.startswith("/department/duties"):
            continue
        for year in other_years(text, budget.year):
            values = {"year": year, "this": str(budget.year)}
            message = "文字里有 {year}年，本文件是 {this}年"
            yield Finding("GJ404", Severity.WARNING, message, (Place(pointer),), "是否照抄了往年的文字", values)


def other_years(text: str, year: int) -> list[str]:
    """Return the years that a text names, outside of quotations, and that are neither ``year`` nor the one before."""
    return [found for found in YEAR.findall(QUOTED.sub("", text)) if int(found) not in (year, year - 1)]


@rule("GJ405", "没有留下模板的空", acceptable=True)
def no_placeholders(budget: Budget, facts: FactGroup) -> Iterator[Finding]:
    """文字里没有 XX、请填写、（略）、____、{单位}、增加（减少） 之类的占位，部门代码不是 000；引号内的省略号不算。

    也没有写给填表人的话（公开时请删除）和重复的单位（万元万元）。来源：常见差错。
    """
    if not budget.department.code.strip("0"):
        values = {"found": budget.department.code}
        yield Finding(
            "GJ405", Severity.ERROR, "部门代码还是占位“{found}”", (Place("/department/code"),), "填上代码", values
        )
    for pointer, text in texts(budget):
        nothing = NOTHING.fullmatch(text) if pointer.rpartition("/")[2] in SENTENCES else None
        if found := nothing[0] if nothing else leftover_in(text):
            message = "文字里还有占位“{found}”"
            yield Finding("GJ405", Severity.ERROR, message, (Place(pointer),), "填上内容", {"found": found})


def leftover_in(text: str) -> str:
    """Return what a text has of a form that is not filled in: a placeholder, a remark to the writer; "" if nothing.

    >>> leftover_in("比上年增加（减少）5万元"), leftover_in("5万元（公开时请删除注释）")
    ('增加（减少）', '公开时请删除')
    """
    found = (
        PLACEHOLDER.search(text)
        or REMARK.search(text)
        or NO_REASON.search(text)
        or ELLIPSIS.search(QUOTED.sub("", text))
    )
    return found[0] if found else ""


@rule("GJ407", "每个项都有“主要用于”和名词解释", acceptable=True)
def items_are_described(budget: Budget, facts: FactGroup) -> Iterator[Finding]:
    """一般公共预算用到的每个项，要有主要用途（写在项、款或类上）和名词解释；决算的名词解释是固定的，只查主要用途。

    来源：财预〔2016〕143号；名词解释与项逐一对应。
    """
    explained = {term.function for term in budget.glossary}
    for row in facts.general_public.items:
        if not any(facts.general_public[row.key[:length]].use for length in (3, 5, 7)):
            values = {"code": row.key, "name": row.name.text}
            uses = (f"/expenditure/{n}/use" for n, line in enumerate(budget.expenditure) if line.function == row.key)
            where = (Place("/expenditure", parts=tuple(uses)),)
            yield Finding("GJ407", Severity.WARNING, "{code} {name} 没有写“主要用于”", where, "在该行写 use", values)
    for row in facts.general_public.items if budget.stage == BUDGET else ():
        if len(row.key) == ITEM_LENGTH and row.key not in explained:
            values = {"code": row.key, "name": row.name.text}
            where = (Place("/glossary", parts=("/glossary/-",)),)
            yield Finding(
                "GJ407", Severity.WARNING, "{code} {name} 没有名词解释", where, "在 glossary 里补一条", values
            )


@rule("GJ408", "名词解释的科目都用到", acceptable=True)
def glossary_is_used(budget: Budget, facts: FactGroup) -> Iterator[Finding]:
    """名词解释里的科目都在支出中出现；没有出现的不会印出。来源：名词解释与项逐一对应。"""
    used = {row.key for row in facts.expenditure.items}
    for n, term in enumerate(budget.glossary):
        if term.function and term.function not in used:
            place = Place(f"/glossary/{n}", "名词解释")
            yield Finding(
                "GJ408", Severity.NOTE, "{code} 没有支出，它的解释不印", (place,), "", {"code": term.function}
            )


@rule("GJ410", "名词解释各有一个名称")
def terms_have_one_name(budget: Budget, facts: FactGroup) -> Iterator[Finding]:
    """每条名词解释写 function（科目）或 term（名词）中的一个；同一科目或名词只解释一次。

    两个都没有的不知解释什么，两个都有的会印两遍，重复的只印一条。来源：名词解释与项逐一对应。
    """
    first: dict[tuple[str | None, str], int] = {}
    for n, term in enumerate(budget.glossary):
        place = Place(f"/glossary/{n}", "名词解释")
        values = {"name": term.function or term.term or term.text[:20]}
        if bool(term.function) == bool(term.term):
            message = "名词解释“{name}”要写 function 或 term，只写其中一个"
            hint = "科目写编码 function，其他名词写 term"
            yield Finding("GJ410", Severity.ERROR, message, (place,), hint, values)
        elif (same := first.setdefault((term.function, term_key(term.term or "")), n)) != n:
            where = (Place(f"/glossary/{same}"), place)
            yield Finding("GJ410", Severity.ERROR, "“{name}”解释了两次", where, "只留一条", values)


@rule("GJ411", "自动改正的文字")
def mends_are_reported(budget: Budget, facts: FactGroup) -> Iterator[Finding]:
    """读入时改正的文字都说出来：前后的空格、全角数字、部首字符、版式自己会印的“主要用于”“主要是”、序号和句号。

    来源：文字只写内容，见输入文件的写法。
    """
    for pointer, text in texts(budget):
        for mend in text.mends if isinstance(text, MendedText) else ():
            hint = "印出的是改正后的文字；请在来源里也改正"
            yield Finding("GJ411", Severity.NOTE, mend.message, (Place(pointer),), hint, mend.values)


@rule("GJ412", "标点成对，不重复，年份四位", acceptable=True)
def marks_are_in_order(budget: Budget, facts: FactGroup) -> Iterator[Finding]:
    """文字里没有重复的标点（。。，，）、不成对的括号和引号，年份是四位数字。来源：常见差错。"""
    for pointer, text in texts(budget):
        for message, hint, wrong in wrong_marks(text) if "/overrides/" not in pointer else ():
            yield Finding("GJ412", Severity.WARNING, message, (Place(pointer),), hint, {"found": wrong})


def wrong_marks(text: str) -> Iterator[tuple[str, str, str]]:
    """Yield a message, a hint and the passage for each kind of fault in the marks of a text."""
    yield from repetitions(text)
    if (mark := unpaired(text)) is not None:
        yield UNPAIRED, "补上另一半，或删去", text[max(0, mark - 5) : mark + 6]


def repetitions(text: str) -> Iterator[tuple[str, str, str]]:
    """Yield a message, a hint and the passage for marks and words that stand twice, and years of a wrong length."""
    if match := REPEATED.search(text):
        yield "标点重复：“{found}”", "只留一个", match[0]
    if match := WRONG_YEAR.search(text):
        yield "年份不是四位：“{found}”", "改正年份", match[0]
    if match := REPEATED_WORD.search(text):
        yield "词语重复：“{found}”", "只留一个", match[0]


def unpaired(text: str) -> int | None:
    """Return the position of the first bracket or quotation mark without its partner, or None."""
    opened: list[tuple[str, int]] = []
    numbers = {match.end() - 1 for match in LIST_NUMBER.finditer(text)}
    for place, char in enumerate(text.translate(SAME_BRACKET)):
        if char in OPENING:
            opened.append((char, place))
        elif char in BRACKETS and opened and opened[-1][0] == BRACKETS[char]:
            opened.pop()
        elif char in BRACKETS and (char != "）" or place not in numbers):
            return place
    return opened[0][1] if opened else None


def texts(budget: Budget) -> list[tuple[str, str]]:
    """Return every text of the document with its pointer; codes and values of an enumeration are not texts."""
    collected: list[tuple[str, str]] = []
    _collect(budget, "", collected)
    return [(written_pointer(budget, pointer), text) for pointer, text in collected]


def _collect(value: Any, pointer: str, collected: list[tuple[str, str]]) -> None:
    if isinstance(value, str):
        collected.append((pointer, value))
    elif isinstance(value, tuple | Mapping):
        for key, item in value.items() if isinstance(value, Mapping) else enumerate(value):
            _collect(item, f"{pointer}/{key}", collected)
    else:
        for name in _text_fields()[type(value)]:
            if inner := getattr(value, name):
                _collect(inner, f"{pointer}/{name}", collected)


PRINTED = {Override: ("runs",), LinkedFigure: (), Acceptance: ()}
"""Exceptions: of an override only its runs are printed, of a figure in it nothing that the document states.

An acceptance quotes what is wrong elsewhere.
"""


@cache
def _text_fields() -> Mapping[type[Any], Sequence[str]]:
    """Return for each class of the model the names of the fields that can hold texts."""
    names = {
        model: [field.name for field in fields(model) if holds_text(field.metadata["type"])] for model in models(Budget)
    }
    return {**names, **PRINTED}
