"""Find what an amount is of in the words before it: a total, an item, a function by its code or names, a fund."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

from ...budget.codes import code_book
from .patterns import YEAR, Endings, any_of
from .statement import Subject
from .words import by_word, prose_words

LONGEST = 120
"""Characters before an amount that are looked at."""
_LEADING = re.compile(
    r"^(?:[、，,.．:：;；。)]|其中|以及|及|和|与|另外|另|同时|一是|二是|三是|四是|五是"
    r"|\([0-9一二三四五六七八九十]{1,3}\)|[0-9]{1,2}[.、．](?![0-9])|[一二三四五六七八九十]{1,3}、|[①-⑳])"
)
_CODE = re.compile(
    r"[(\[【]([0-9]{3}(?:[0-9]{2}){0,2})[)\]】][-—_]?|(?<![0-9.])([0-9]{3}(?:[0-9]{2}){0,2})[-—_]"
    r"|^([0-9]{3}(?:[0-9]{2}){0,2})(?=[^0-9年月日.,万元个家])"
)
_LEVEL = re.compile(r"([^()、，。;；]{2,40}?)\((类|款|项)\)")
_PAGE_NUMBER = re.compile(r"[-—]{1,2}[0-9]{1,3}[-—]{1,2}")
"""A page number that a paragraph runs around (支出—6—59.56万元)."""
_SUFFIX = ("支出", "收入")
_REMARK_AT_END = re.compile(r"\((?:以|按|不含|含|均为|均以)[^()]{2,20}\)$")
"""How an amount is counted (政府采购金额（以合同签订为准）)."""
_YEAR_AT_END = re.compile(f"{YEAR}$")


@cache
def _endings() -> Endings:
    words = prose_words()
    return Endings(by_word(words.subjects))


@cache
def _fund_endings() -> Endings:
    return Endings(by_word(prose_words().funds))


@cache
def _filler_endings() -> Endings:
    return Endings(dict.fromkeys(prose_words().fillers, ""))


@cache
def _side_endings() -> Endings:
    return Endings(by_word(prose_words().sides))


@cache
def _who() -> re.Pattern[str]:
    """Return the expression for what stands before a subject: who and when."""
    ends = any_of(prose_words().publishers)
    return re.compile(rf"^.{{0,{LONGEST}}}(?:{YEAR}|{ends})")


@cache
def _function_names(year: int) -> Mapping[str, tuple[str, ...]]:
    """Return the codes of each name of a function or of an economic item (with or without 支出)."""
    found: dict[str, tuple[str, ...]] = {}
    book = code_book(year)
    for entries in (book.functions, book.economic):
        for entry in entries.values():
            name = entry.name.replace("（", "(").replace("）", ")")
            for form in {name, name.removesuffix("支出"), f"{name}支出"}:
                if len(form) >= 3:
                    found[form] = (*found.get(form, ()), entry.code)
    return found


def subject_of(lead: str, year: int) -> Subject | None:
    """Return what the words before an amount name, or None if they name nothing.

    >>> subject_of("2026年本部门“三公”经费预算数为".replace("“", "").replace("”", ""), 2026).key
    'three_public'
    """
    text = _clean(lead)
    if not text:
        return None
    return _function_by_level(text, year) or _function_by_code(text, year) or _carried(text) or _by_words(text, year)


def _clean(lead: str) -> str:
    text = _PAGE_NUMBER.sub("", lead[-LONGEST:])
    while found := _LEADING.match(text):
        text = text[found.end() :]
    return text.rstrip("、，,:：")


def _function_by_level(text: str, year: int) -> Subject | None:
    """Read 一般公共服务支出(类)财政事务(款)行政运行(项)."""
    levels = _LEVEL.findall(text)
    if not levels:
        return None
    first = _LEVEL.search(text)
    whose = text[: first.start()] if first else ""
    names = [name for name, _ in levels]
    if (named := _named(names[0], year)) or (named := _after_year(names[0])):
        whose, names[0] = whose + named.whose, named.name
    code = ""
    if numbered := _CODE.search(text, first.end() if first else 0):
        code = next(part for part in numbered.groups() if part)
    by_level = {level: name for (_, level), name in zip(levels, names, strict=True)}
    last = max("类款项".index(level) for _, level in levels)
    path = tuple(by_level.get(level, "") for level in "类款项"[: last + 1])
    return Subject(names[-1], "function", "", code, path, whose)


def _function_by_code(text: str, year: int) -> Subject | None:
    """Read 行政单位离退休(2080501), 2080501-行政单位离退休, [2010301]行政运行."""
    found = _CODE.search(text)
    if found is None:
        return None
    code = next(part for part in found.groups() if part)
    name = _without_fillers(text[: found.start()] or text[found.end() :]).strip("()[]【】-—_")
    book = code_book(year)
    if not name or (code not in book.functions and code not in book.economic and not found[1]):
        return None
    return Subject(name, "function" if code[0] == "2" else "economic", "", code)


@cache
def _carry() -> re.Pattern[str]:
    return re.compile(f"(?:{any_of(prose_words().subjects['carry'])})(?:中?的|中)?(?=.)")


def _carried(text: str) -> Subject | None:
    """Read 上年结转结余的一般公共预算收入: the part of what was carried over that is of one fund."""
    found = _carry().search(text)
    if found is None:
        return None
    for rest in _without_endings(text[found.end() :]):
        if fund := _fund_endings().find(rest):
            whole = len(fund[0]) == len(rest) and _is_context(text[: found.start()])
            return Subject(text, "carry" if whole else "", fund[1], whose=text[: found.start()])
    return None


def _without_fillers(text: str) -> str:
    """Return a text without the longest filler at its end, and again."""
    rest = text
    while filler := _filler_endings().find(rest):
        if len(filler[0]) == len(rest):
            break
        rest = rest[: -len(filler[0])]
    return rest


def _by_words(text: str, year: int) -> Subject | None:
    """Take fillers off the end until what is left ends with a known word; then look at what stands before that."""
    unsure: Subject | None = None
    left = _without_endings(text)
    for rest in left:
        for found in (_item(rest), _named(rest, year)):
            if found is not None and found.key:
                return found
            unsure = unsure or found
    for rest in left:
        for found in (_total(rest, text[len(rest) :]), _fund(rest, text[len(rest) :])):
            if found is not None and found.key:
                return found
            unsure = unsure or found
    return unsure or _only_named(text)


def _item(text: str) -> Subject | None:
    """Return the item that a text ends with."""
    found = _endings().find(text)
    return _with_fund(text, text[: -len(found[0])], found[1]) if found else None


def _total(text: str, taken: str) -> Subject | None:
    """Return the total of a side (收入, 支出, 收支) that a text ends with, of all money or of a fund."""
    side = _side_endings().find(text)
    if side is None:
        return None
    before = text[: -len(side[0])]
    for rest in _without_endings(before):
        if _fund_endings().find(rest):
            return _fund(rest, side[0] + before[len(rest) :] + taken, name=text)
    if not _is_context(before):
        return None
    this = ".this" if before.endswith(("本年", "当年")) else ".total" if "总计" in taken else ""
    counted = next((word for word in ("预算", "总计", "合计", "决算") if taken.startswith(word)), "")
    return Subject(side[0] + counted, side[1] + this, whose=before)


def _with_fund(name: str, before: str, key: str) -> Subject | None:
    """Return the subject with the fund that stands before it, if what is before that says only who and when."""
    for rest in _without_endings(before):
        if fund := _fund_endings().find(rest):
            whose = rest[: -len(fund[0])]
            return Subject(name, key if _is_context(whose) else "", fund[1], whose=whose)
    return Subject(
        name[len(before) :] if _is_context(before) else name, key if _is_context(before) else "", whose=before
    )


@lru_cache(maxsize=4096)
def _without_endings(text: str) -> tuple[str, ...]:
    """Return the text, and what is left of it without fillers, years, 收入 and 支出 at its end, the longest first."""
    found: list[str] = []
    lengths = {len(text)}
    while lengths:
        length = max(lengths)
        lengths.remove(length)
        rest = text[:length]
        found.append(rest)
        lengths |= {length - len(ending) for ending in _endings_of(rest)}
    return tuple(found)


def _endings_of(text: str) -> Iterator[str]:
    if text.endswith(_SUFFIX):
        yield text[-2:]
    if remark := _REMARK_AT_END.search(text, max(0, len(text) - 24)):
        yield remark[0]
    if year := _YEAR_AT_END.search(text, max(0, len(text) - 8)):
        yield year[0]
    yield from _filler_endings().all(text)


def _fund(text: str, taken: str, name: str = "") -> Subject | None:
    """Return the fund that a text ends with, or what stands before it (委托业务费财政拨款)."""
    fund = _fund_endings().find(text)
    if fund is None:
        return None
    whose = text[: -len(fund[0])]
    if (item := _endings().find(whose)) and _is_context(whose[: -len(item[0])]):
        return Subject(text, item[1], fund[1], whose=whose[: -len(item[0])])
    revenue, expenditure = "收" in taken, "支出" in taken or "支" in taken.replace("支付", "")
    key = "both" if revenue and expenditure else "revenue" if revenue else "expenditure" if expenditure else "fund"
    return Subject(name or text + taken, key if _is_context(whose) else "", fund[1], whose=whose)


def _named(text: str, year: int) -> Subject | None:
    """Return the function or economic item of the code book with this name, after who and when."""
    names = _function_names(year)
    starts = [0, *(found.end() for found in (_who().match(text),) if found)]
    for start in starts:
        if (codes := names.get(text[start:])) and _is_no_fund(text[start:]):
            key = "function" if any(code[0] == "2" for code in codes) else "economic"
            return Subject(text[start:], key, "", codes[0] if len(codes) == 1 else "", whose=text[:start])
    return None


def _is_no_fund(name: str) -> bool:
    """Whether a name is not that of a fund: 国有资本经营预算支出 is the class 223, and the expenditure of the fund."""
    return not any(name.removesuffix("支出") in words for words in prose_words().funds.values())


@lru_cache(maxsize=4096)
def _is_context(text: str) -> bool:
    """Whether a text says only who and when, or nothing."""
    for rest in _without_endings(text):
        found = _who().match(rest)
        if len(rest) <= 1 or (found and len(rest) - found.end() <= 1) or rest in ("本年", "当年"):
            return True
    return False


def _only_named(text: str) -> Subject | None:
    """Return a subject without a meaning: the words as they are, without who and when."""
    rest = _without_fillers(text)
    if len(rest) < 2 or rest in prose_words().fillers or re.fullmatch(rf"(?:{YEAR}|本|[0-9]{{1,2}}月)+", rest):
        return None
    found = re.match(rf"^.{{0,60}}?{YEAR}", rest)
    name = rest[found.end() :] if found and found.end() < len(rest) else rest
    if len(name) < 2:
        return None
    return Subject(name, whose=rest[: len(rest) - len(name)])


def _after_year(text: str) -> Subject | None:
    """Return what follows the last year in a text."""
    found = re.match(rf"^.{{0,{LONGEST}}}{YEAR}", text)
    return Subject(text[found.end() :], whose=found[0]) if found and found.end() < len(text) else None


@cache
def _fund_words() -> re.Pattern[str]:
    return re.compile(any_of(word for words in prose_words().funds.values() for word in words))


def fund_in(text: str) -> str:
    """Return the fund that a text names, "" if it names none or several.

    >>> fund_in("六、一般公共预算基本支出情况说明")
    'general_public'
    """
    meanings = by_word(prose_words().funds)
    found = {meanings[word] for word in _fund_words().findall(text)}
    return found.pop() if len(found) == 1 else ""
