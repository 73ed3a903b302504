"""Check the words of a document: leftovers of its form, marks, full-width digits, the years of its headings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from ..core.finding import Finding, Place, Severity
from ..recognise.blocks import ReadParagraph
from ..recognise.prose.read import heading_level, in_sections
from ..rules.texts import NO_REASON, PLACEHOLDER, WRONG_YEAR, leftover_in, other_years, repetitions
from .statement_finding import AROUND, passage_finding
from .years import is_of_final_accounts

QUOTED_TITLE = re.compile("《[^》]*》")
FULL_WIDTH = re.compile("[０-９]+")
BUDGET_YEAR = re.compile(
    "(20[0-9]{2})年(?:度|初|的)?(?P<whose>[^0-9，。；、：,;:（）()]{0,24}?)"
    "(?:(?:收入、?支出|收入|支出|收、?支)(?:总体|总)?(?:预算|情况)|预算数|年初预算|预算(?:收入|支出|合计|安排)|财政拨款(?:收|支|预算)|一般公共预算|政府性基金预算|国有资本经营预算|“三公”经费|机关运行经费|政府采购预算|(?:当年|本年)预算|执行数|部门预算(?!编制|执行|公开|管理|审计|评价|草案)|预算(?=[0-9])"
    "|收入支出(?:决算)?总计|收、?支总计|政府采购(?:金额|支出|项目)|面向中小企业预留|部门(?:汇总)?[预决]算编制范围)"
)
"""A year that a budget, or one of its figures, is of. Whose it is may stand between."""
FIRST_YEAR = re.compile(
    "(?:^|(?<=。))(20[0-9]{2})年度?[，,]?(?P<whose>[^。；;]{0,120}?)(?:预算|经费|收入|支出|拨款)[^。；;，,0-9]{0,12}[0-9][0-9,.]*(?:万元|元)"
)
"""The year that a sentence begins with, and an amount that it is of."""
TASKS_OF = re.compile(
    "(20[0-9]{2})年(?:(?:度|的)?(?:主要|重点)?(?:工作)?(?:目标任务|工作目标|工作任务|工作重点|重点工作)|度?(?:计划|拟|预计)(?:购置|购买|新增)"
    "|度?[，,]?[^。；，,0-9]{0,12}(?:编报|申报|设定|填报)[^。；，,0-9]{0,4}绩效目标)"
)
"""A year of which a document says what is to be done or bought."""
TITLE_OF_TABLE = re.compile(r"附?表[0-9一二三四五六七八九十-]{1,4}[:：.、]?\s*20[0-9]{2}年[^。；，]*表$")
ASSETS_AT = re.compile(
    "截[至止](?:到)?(20[0-9]{2})年(?:(?:度|年)?[底末]|[0-9]{1,2}月(?:[0-9]{1,2}日|[底末])?)[^。]{0,60}?(?:车辆|国有资产|固定资产|设备)"
)
"""A date of which a sentence states the assets."""
OTHER_BUDGETS = re.compile("中央|全国|全省|全市|结转|结余|项目|计划|规划|方案|文件|工程|以来|起")
_REPEATED_UNIT = re.compile("万元万元|元元|亿元亿元|%%|％％")
MAY_BE_MEANT = re.compile("…+|[（(]略[）)]")
"""What is left out on purpose in some texts."""
MOST_BLANKS = 3
"""So many blanks are said one by one; a form with more was not filled in."""


def check_texts(paragraphs: Iterable[ReadParagraph], year: int) -> list[Finding]:
    """Return what is wrong in the words of a document of ``year``; of the lines of its contents only years are held."""
    found: list[Finding] = []
    paragraphs = list(paragraphs)
    final = is_of_final_accounts(paragraphs)
    for paragraph, _ in in_sections(paragraphs):
        found += _leftovers(paragraph)
        found += _marks(paragraph)
        is_title = heading_level(paragraph) or TITLE_OF_TABLE.match(paragraph.text.strip())
        found += _years(paragraph, year) if is_title else _budget_years(paragraph, year, final)
    for line in paragraphs:
        found += (*_cut_year(line), *_years(line, year)) if line.in_contents else ()
    return _together(found)


def _leftovers(paragraph: ReadParagraph) -> Iterator[Finding]:
    if left := leftover_in(paragraph.text):
        message, hint = "印出了没有填的空或写给填表人的话：“{found}”", "填上内容，或删去"
        if NO_REASON.match(f"{left}。"):
            message, hint = "写了“{found}”，后面没有写原因", "写上原因，或删去这几个字"
        elif _REPEATED_UNIT.fullmatch(left):
            message, hint = "单位印了两遍：“{found}”", "删去多的一个"
        severity = Severity.WARNING if MAY_BE_MEANT.fullmatch(left) else Severity.ERROR
        yield passage_finding("AU119", severity, message, paragraph, left, hint)


def _together(found: Sequence[Finding]) -> list[Finding]:
    """Return the findings, with the blanks of a form that was hardly filled in as one."""
    blanks = [one for one in found if one.code == "AU119" and PLACEHOLDER.fullmatch(one.values["found"])]
    if len(blanks) <= MOST_BLANKS:
        return list(found)
    message = "有 {count} 段印出了没有填的空，第一处是“{found}”"
    where = tuple(place for one in blanks[:MOST_BLANKS] for place in one.where)
    values = {"count": str(len(blanks)), "found": blanks[0].values["found"]}
    said = Finding("AU119", Severity.ERROR, message, where, "填上内容，或删去；逐段检查全文", values)
    return [said, *(one for one in found if one not in blanks)]


def _marks(paragraph: ReadParagraph) -> Iterator[Finding]:
    for message, hint, wrong in repetitions(paragraph.text):
        yield passage_finding("AU120", Severity.WARNING, message, paragraph, wrong, hint)
    if match := FULL_WIDTH.search(paragraph.text):
        yield passage_finding("AU120", Severity.NOTE, "用了全角数字：“{found}”", paragraph, match[0], "改为半角数字")


def _cut_year(paragraph: ReadParagraph) -> Iterator[Finding]:
    if match := WRONG_YEAR.search(re.sub(r"(?<=[0-9])\s+(?=年)", "", paragraph.text)):
        yield passage_finding("AU120", Severity.WARNING, "年份不是四位：“{found}”", paragraph, match[0], "改正年份")


def _years(paragraph: ReadParagraph, year: int) -> Iterator[Finding]:
    for found in other_years(paragraph.text, year) if year else ():
        message = "标题里有 {found} 年，本文件是 {this} 年"
        yield passage_finding(
            "AU118", Severity.WARNING, message, paragraph, found, "是否照抄了往年的标题", this=str(year)
        )


def _budget_years(paragraph: ReadParagraph, year: int, final: bool) -> Iterator[Finding]:
    """Yield a finding for each budget in a sentence that is neither of this year nor of the last one.

    The assets of final accounts are those at the end of their year.
    """
    text = re.sub(r"\s|[（(]境[）)]", "", QUOTED_TITLE.sub("", paragraph.text))
    years = {match[1]: match for match in BUDGET_YEAR.finditer(text) if not OTHER_BUDGETS.search(match["whose"])}
    for match in FIRST_YEAR.finditer(text):
        if not OTHER_BUDGETS.search(match["whose"]):
            years.setdefault(match[1], match)
    dated = ASSETS_AT.search(text)
    for one in (dated, TASKS_OF.search(text)):
        if one is not None:
            years.setdefault(one[1], one)
    for found, match in years.items():
        if year and int(found) not in ((year,) if final and match is dated else (year, year - 1)):
            message, hint = "文字里是 {found} 年的数，本文件是 {this} 年", "改正年份；照抄往年文字的，金额也要核对"
            said = f"“{text[max(0, match.start() - AROUND) : match.end() + AROUND]}”"
            values = {"found": found, "this": str(year)}
            yield Finding(
                "AU118", Severity.WARNING, message, (Place(printed=said, cell=paragraph.place),), hint, values
            )
