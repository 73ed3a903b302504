"""The notice to a department (整改通知) as a document: what was found in its disclosures and its units', what to do.

It is an official document (公文, GB/T 9704-2012): title, addressee, text, signature with the date.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ...bulk.summary.labels import legible
from ...tree.nodes import Block, Cover, Document, Heading, Paragraph, Section, Text
from ..batch_files import with_consequences
from .dimensions import DIMENSIONS
from .ledger import Inspected, Ledger, Problem

MOST = 20
"""Problems of one dimension that are listed; the rest are in the list of problems."""
WORKING_DAYS = 10
NOTICES = "整改通知"
"""The folder of the notices."""
NUMERALS = "一二三四五六七八九十"


def notice(
    ledger: Ledger, department: Inspected | None, group: Sequence[Inspected], issuer: str = ""
) -> Document | None:
    """Return the notice to a department, None if nothing but notes was found in its disclosures.

    Args:
        ledger: the inspection.
        department: the department; None where the list has only its units.
        group: all that belong to it, itself included.
        issuer: who signs the notice; "" leaves the place for the seal.
    """
    problems = [(one, problem) for one in group for problem in one.problems if problem.found.finding.severity]
    if not problems:
        return None
    name = legible((department or group[0]).entry.label)
    title = f"关于整改{ledger.year}年预决算公开问题的通知"
    blocks = _Blocks()
    blocks.add(Cover("标题", ((Text(title),), (Text(f"{name}："),))))
    blocks.paragraph(
        "根据《中华人民共和国预算法》第十四条、《中华人民共和国预算法实施条例》第六条和《地方预决算公开操作规程》（财预〔2016〕143号），"
        "我们检查了你部门及所属单位的公开情况，现将问题通知如下。"
    )
    blocks.heading("检查情况")
    blocks.paragraph(_summary(ledger, group, [problem for _, problem in problems]))
    blocks.heading("存在的问题")
    for dimension in DIMENSIONS:
        of_dimension = [(one, problem) for one, problem in problems if problem.dimension == dimension]
        if of_dimension:
            blocks.heading(dimension, 2)
            for number, (one, problem) in enumerate(of_dimension[:MOST], 1):
                blocks.paragraph(f"{number}. {_said(one, problem, len(group) > 1)}")
            if len(of_dimension) > MOST:
                blocks.paragraph(f"其余 {len(of_dimension) - MOST} 个问题见问题清单。")
    blocks.heading("整改要求")
    blocks.paragraph(
        f"请逐条核对，改正有错误的文件，在原公开的平台上重新公开并保留原文件的更正说明；没有公开的立即公开。"
        f"请于收到本通知之日起{WORKING_DAYS}个工作日内，将整改情况书面报告我们。注明“请核对”的，核对后确实没有问题的，在报告中说明。"
    )
    blocks.signed(legible(issuer), ledger.day)
    sections = (Section("通知", "prose", tuple(blocks.blocks)),)
    return Document(title, legible(issuer) or "财政部门", title, _slug(department or group[0]), ledger.day, sections)


def _slug(one: Inspected) -> str:
    return f"整改通知-{one.entry.code}{one.entry.name}"


class _Blocks:
    """The blocks of a notice as they are added; headings are numbered."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._numbers = [0, 0]

    def add(self, block: Block) -> None:
        self.blocks.append(block)

    def heading(self, text: str, level: int = 1) -> None:
        self._numbers = [self._numbers[0] + 1, 0] if level == 1 else [self._numbers[0], self._numbers[1] + 1]
        numeral = NUMERALS[self._numbers[level - 1] - 1]
        number = f"{numeral}、" if level == 1 else f"（{numeral}）"
        self.add(Heading(f"标题/{len(self.blocks)}", level, (Text(number), Text(text))))

    def paragraph(self, text: str) -> None:
        self.add(Paragraph(f"段/{len(self.blocks)}", (Text(text),)))

    def signed(self, issuer: str, day: date) -> None:
        """Add who signs and the date, set by the style of items."""
        self.add(Paragraph(f"段/{len(self.blocks)}", (Text("\u3000"),)))
        for text in filter(None, (issuer, f"{day.year}年{day.month}月{day.day}日")):
            self.add(Paragraph(f"落款/{len(self.blocks)}", (Text(text),), "item"))


def _summary(ledger: Ledger, group: Sequence[Inspected], problems: Sequence[Problem]) -> str:
    due = [one for one in group if not one.entry.exempt]
    published = sum(bool(one.files) for one in due)
    errors = sum(problem.found.finding.severity > 1 for problem in problems)
    counts = "，".join(
        f"{dimension}{number}个"
        for dimension in DIMENSIONS
        if (number := sum(problem.dimension == dimension for problem in problems))
    )
    return (
        f"截至{ledger.day.year}年{ledger.day.month}月{ledger.day.day}日，你部门及所属单位应公开{len(due)}家，已公开{published}家；"
        f"发现问题{len(problems)}个，其中错误{errors}个。按方面分：{counts}。"
    )


def _said(one: Inspected, problem: Problem, several: bool) -> str:
    """Return a problem in one paragraph: who, what, where, what to do."""
    finding = problem.found.finding
    message, hint = (
        finding.text,
        with_consequences(finding.hint_text, [f"{each.code} {each.text}" for each in problem.found.consequences]),
    )
    places = "；".join(place.cell or place.printed for place in finding.where if place.cell)
    who = f"{one.entry.label}：" if several else ""
    sure = "" if problem.found.confidence == "certain" else "（请核对）"
    return legible(f"{who}{message}{f'（{places}）' if places else ''}{sure}。{f'{hint}。' if hint else ''}")
