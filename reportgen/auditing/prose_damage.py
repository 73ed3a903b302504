"""Find damaged figures and dates of sentences, remarks of an editor, and counts that cannot be (AU115–AU120)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from ..core.finding import Finding, Severity
from ..recognise.blocks import ReadParagraph
from .statement_finding import passage_finding

BEST_SCORE = 100
DAMAGED = re.compile(
    r"(?<![0-9.,，。])[0-9]{2,}[,，。][0-9]{2}(?=万?元)"
    r"|(?<![0-9.])[0-9]{3,}\.(?:\.+[0-9]+|[0-9]+\.[0-9]+)(?=万?元)"
    r"|(?<![A-Za-z0-9])(?=[0-9.,]*[OoIl])(?=[OoIl.,]*[0-9])[0-9OoIl.,]{2,}(?=万?元)"
)
"""Amounts with a comma or a full stop for the decimal point, with two points, with letters for digits."""
LISTED = re.compile("分别[^。；;]*$")
"""Before a figure: amounts of a list, which commas part."""
HIDDEN = re.compile("[*＊]{2,}(?=万?元|[%％])")
PER_MILLE = re.compile("(?:增长|下降|提高|降低|上升)(?:了|约)?[0-9.]+‰")
AMOUNT = re.compile("[0-9]万?元")
SHARES = re.compile("占(?:比)?[0-9.]+[%％]")
SHARE_OF_LIST = re.compile(r"占(?:比)?[0-9]{1,3}\.[0-9]{1,2}(?=[，。；,;])")
"""Shares as a list prints them (占76.23%), and one that lacks its sign."""
SHARE_OF = re.compile(r"占[^0-9，。；;、]{1,20}的[0-9]{1,3}\.[0-9]{1,2}(?=[，。；,;]|$)")
AMOUNT_WITHOUT_UNIT = re.compile(
    r"(?:总计|合计|预算|决算|支出|收入|经费|拨款|增加|减少)(?:数|为|了|数为)?[0-9][0-9,]*\.[0-9]{2}(?=[，。；]|其中)"
)
REMARK = re.compile(
    "【[^】]{0,30}(?:请|待(?:核|定|补|查|改|填|确认)|再(?:核|查|改|看)|核实|核对|复核|补(?:充|上|填|数)|改(?:为|成|一下|正)|会计)[^】]{0,30}】"
    "|[（(][^（）()。]{0,8}(?:待核实?|待核对|待补充?|待查|待确认|待修改|请核实|再核实?|[?？]{2,})[）)]"
)
"""What an editor writes for a colleague: 【此处请会计科再核】, （数据待核实）."""
DATE = re.compile("(?:(?<![0-9])(?P<year>20[0-9]{2})年)?(?<![0-9])(?P<month>[0-9]{1,2})月(?P<day>[0-9]{1,2})日")
LEAP_YEAR = 2024
"""The year of a date that names none: February has 29 days."""
SCORE = re.compile("(?:平均|自评|评价|综合|最终|总体)(?:得分|评分)(?:为|是|达)?(?P<score>[0-9]{1,4}(?:[.][0-9]+)?)分")
OTHER_SCALE = re.compile("满分|总分|加分|附加分")
VISITS = re.compile(
    "(?P<groups>(?<![0-9.,])[0-9]{1,6})批次?[、，,和及]?(?:共计?|累计|合计|约)?(?P<people>[0-9]{1,6})人次"
    "|团组(?:数)?(?:共计?|为)?(?P<teams>[0-9]{1,4})个[、，,和及]?(?:全年)?(?:共计?|累计|合计)?(?P<members>[0-9]{1,6})人次?"
)


def check_damage(paragraphs: Iterable[ReadParagraph]) -> Iterator[Finding]:
    """Yield a warning for each figure, date or count of a sentence that cannot be right by itself, and each remark."""
    for paragraph in paragraphs:
        if not paragraph.in_contents:
            yield from _figures(paragraph)
            yield from _dates(paragraph)
            yield from _counts(paragraph)


def _figures(paragraph: ReadParagraph) -> Iterator[Finding]:
    text = paragraph.text
    for match in DAMAGED.finditer(text):
        if not LISTED.search(text[: match.start()]):
            yield _finding("AU120", "金额印坏了：“{found}”", paragraph, match, "改正小数点和数字")
    for match in HIDDEN.finditer(text):
        yield _finding("AU119", "印出的是星号，没有数：“{found}”", paragraph, match, "填上数；依规定不公开的，写明原因")
    for match in REMARK.finditer(text):
        yield _finding("AU119", "印出了改稿时的批注：“{found}”", paragraph, match, "核实后删去批注")
    if AMOUNT.search(text):
        for match in PER_MILLE.finditer(text):
            yield _finding("AU120", "增减率印的是千分号：“{found}”", paragraph, match, "多半应为“%”")
        yield from _without_signs(paragraph, "".join(text.split()))


def _without_signs(paragraph: ReadParagraph, text: str) -> Iterator[Finding]:
    """Yield a finding for each share without % and amount without its unit; ``text`` is that without blanks."""
    patterns = (SHARE_OF, SHARE_OF_LIST) if SHARES.search(text) else (SHARE_OF,)
    for match in (match for pattern in patterns for match in pattern.finditer(text)):
        yield _finding("AU120", "占比没有百分号：“{found}”", paragraph, match, "补上“%”")
    for match in AMOUNT_WITHOUT_UNIT.finditer(text):
        yield _finding("AU120", "金额没有单位：“{found}”", paragraph, match, "补上单位")


def _dates(paragraph: ReadParagraph) -> Iterator[Finding]:
    for match in DATE.finditer(paragraph.text):
        try:
            date(int(match["year"] or LEAP_YEAR), int(match["month"]), int(match["day"]))
        except ValueError:
            yield _finding("AU120", "没有这一天：“{found}”", paragraph, match, "改正日期")


def _counts(paragraph: ReadParagraph) -> Iterator[Finding]:
    if not OTHER_SCALE.search(paragraph.text):
        for match in SCORE.finditer(paragraph.text):
            if float(match["score"]) > BEST_SCORE:
                message, hint = "得分超过 100 分：“{found}”", "改正得分；满分不是 100 分的，写明满分"
                yield _finding("AU115", message, paragraph, match, hint)
    for match in VISITS.finditer(paragraph.text):
        visits, people = match["groups"] or match["teams"], match["people"] or match["members"]
        if int(people) < int(visits):
            message, hint = "人次比批次（团组数）少：“{found}”", "核对批次（团组数）和人次，多半写反了或漏了一位"
            yield _finding("AU115", message, paragraph, match, hint)


def _finding(code: str, message: str, paragraph: ReadParagraph, match: re.Match[str], hint: str) -> Finding:
    return passage_finding(code, Severity.WARNING, message, paragraph, match[0], hint)
