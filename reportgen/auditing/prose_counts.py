"""Check the counts of sentences: vehicles, groups, visits and graded projects, each list against its whole."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ..core.finding import Finding, Place, Severity
from ..recognise.blocks import ReadParagraph
from ..recognise.prose.figures import compact

_COUNT = re.compile(r"(?<![0-9.,])(?P<number>[0-9]{1,6})(?P<unit>辆|批次|批|人次|个)(?!百分点|月|工作日)")
_LIST = re.compile(r"(?P<bracket>\()?其中[:：,，]?")
_END = re.compile("[。；;]|主要(?:是|为|用于|包括)")
_BRACKET = re.compile(r"\([^()]*\)")
_COMPLETE = re.compile("其[他它](?:用车|车辆)|不合格|差的")
"""What the last item of a list that has all parts is called."""
_PROJECTS = re.compile("个")
_GRADED = re.compile("项目$")
_WORDS = re.compile("[，,。；;：:、()]|共有|共计|共|其中|评级为|[0-9]+年度?")
"""What stands between the names of counts."""
LONGEST_NAME = 16
_GRADES = re.compile("优.*良")


@dataclass(frozen=True, slots=True)
class _Count:
    """A count with its unit, and its place in the compact text."""

    number: int
    unit: str
    start: int
    end: int


def check_counts(paragraphs: Iterable[ReadParagraph]) -> Iterator[Finding]:
    """Yield a finding for each list of counts (车辆3辆，其中：…) that is more than its whole, or complete but less."""
    for paragraph in paragraphs:
        text = compact(paragraph.text).text
        for match in _LIST.finditer(text) if not paragraph.in_contents else ():
            yield from _list(paragraph, text, match)


def _list(paragraph: ReadParagraph, text: str, match: re.Match[str]) -> Iterator[Finding]:
    sentence = max(text.rfind(mark, 0, match.start()) for mark in "。；;") + 1
    wholes = {count.unit: count for count in _counts(text, sentence, match.start())}
    listed = _listed(text, match)
    for unit, whole in wholes.items():
        parts = [count for count in _counts(listed, 0, len(listed)) if count.unit == unit]
        if _PROJECTS.match(unit):
            parts = _graded(text[sentence : whole.start], listed, parts)
        if not parts:
            continue
        total = sum(part.number for part in parts)
        complete = _COMPLETE.search(listed) and len(parts) > 1
        if total > whole.number or (complete and total != whole.number):
            yield _finding(paragraph, text[sentence : match.end()], _names(text, [whole]), _names(listed, parts), total)


def _listed(text: str, match: re.Match[str]) -> str:
    """Return the list that begins after 其中, without what stands in brackets within it."""
    rest = text[match.end() : match.end() + 1000]
    while (shorter := _BRACKET.sub("", rest)) != rest:
        rest = shorter
    if match["bracket"]:
        return rest.partition(")")[0]
    end = _END.search(rest)
    return rest[: end.start()] if end else rest


def _graded(before: str, listed: str, parts: Sequence[_Count]) -> list[_Count]:
    """Return the counts of projects, where projects are counted before the list and it has their grades (优、良 …)."""
    if not _GRADED.search(before) or not _GRADES.search(listed):
        return []
    return [part for part in parts if _GRADED.search(listed[: part.start])]


def _counts(text: str, start: int, end: int) -> list[_Count]:
    return [_Count(int(found["number"]), found["unit"], *found.span()) for found in _COUNT.finditer(text, start, end)]


def _names(text: str, counts: Sequence[_Count]) -> list[tuple[str, _Count]]:
    """Return what each count is of: the words before it, or before the count before that (38批次、312人次)."""
    named: list[tuple[str, _Count]] = []
    for count in counts:
        words = [word for word in _WORDS.split(_COUNT.sub("、", text[: count.start])) if len(word) > 1]
        named.append((words[-1][-LONGEST_NAME:] if words else "共", count))
    return named


def _finding(
    paragraph: ReadParagraph,
    said: str,
    wholes: Sequence[tuple[str, _Count]],
    parts: Sequence[tuple[str, _Count]],
    total: int,
) -> Finding:
    ((name, whole),) = wholes
    some = [one for one in parts if one[1].number] or parts
    values = {
        "name": name,
        "whole": f"{whole.number}{whole.unit}",
        "parts": "、".join(f"{named}{part.number}{part.unit}" for named, part in some),
        "sum": f"{total}{whole.unit}",
    }
    message = "{name} {whole}，各项（{parts}）加起来是 {sum}"
    hint = "核对合计和各项，改正错的一个，或补上漏写的一项"
    return Finding("AU115", Severity.ERROR, message, (Place(printed=f"“{said}”", cell=paragraph.place),), hint, values)
