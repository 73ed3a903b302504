"""``问题清单.xlsx``: the ledger, every problem with columns for its correction, and what the list does not say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...bulk.summary.labels import legible
from ...bulk.summary.sheets import Value, add_sheet, new_book, packed
from ...core.finding import Severity
from ...core.interrupts import delay_interrupt
from ..batch_files import with_consequences
from ..html import SEVERITIES
from .dimensions import DIMENSIONS
from .ledger import Inspected, Ledger
from .roster import Entry

LIST = "问题清单.xlsx"
KINDS = {"department": "部门", "unit": "单位"}
WHO = ("代码", "名称", "类别", "主管部门")
LEDGER = (*WHO, "批复日期", "公开日期", *DIMENSIONS, "错误", "警告", "提示", "核对的数", "文件")
LEDGER_WIDTHS = (9, 20, 6, 16, 11, 11, 14, 9, 9, 9, 9, 6, 6, 6, 10, 24)
PROBLEMS = ("序号", *WHO, "方面", "轻重", "代码", "问题", "位置", "怎么改", "把握", "文件", "整改情况", "整改日期")
PROBLEM_WIDTHS = (5, 9, 16, 6, 14, 9, 6, 7, 44, 22, 24, 7, 18, 12, 10)


@delay_interrupt()
def workbook(ledger: Ledger, checked: dict[str, str]) -> bytes:
    """Return the workbook; ``checked`` says of each file how many of its figures were checked."""
    book = new_book(ledger.day)
    names = {one.entry.key: one.entry.label for one in ledger.inspected if one.entry.kind == "department"}
    add_sheet(book, "台账", LEDGER, (_row(one, names, checked) for one in ledger.inspected), LEDGER_WIDTHS, True)
    add_sheet(book, "问题清单", PROBLEMS, _problems(ledger, names), PROBLEM_WIDTHS, True)
    gone = (one for one in ledger.inspected if not one.files and not one.entry.exempt)
    head = (*WHO, "批复日期", "情况")
    rows = ((*_who(one.entry, names), str(one.entry.approved or ""), one.timely) for one in gone)
    add_sheet(book, "未公开", head, rows, (12, 30, 8, 24, 12, 30), True)
    rows_of_files = ((file, one.code, one.text, one.hint_text) for file, one in ledger.unlisted)
    add_sheet(book, "名单外的文件", ("文件", "代码", "问题", "怎么办"), rows_of_files, (40, 8, 40, 50), True)
    add_sheet(book, "相同的原因", ("原因", "部门数", "在哪里", "通用措施"), _same(ledger), (50, 8, 70, 10), True)
    return packed(book, ledger.day)


def _who(entry: Entry, names: dict[str, str]) -> tuple[str, str, str, str]:
    parent = names.get(entry.parent, entry.parent) if entry.kind == "unit" else ""
    return entry.code, entry.label, KINDS[entry.kind], parent


def _row(one: Inspected, names: dict[str, str], checked: dict[str, str]) -> Sequence[Value]:
    severities = [problem.found.finding.severity for problem in one.problems]
    return (
        *_who(one.entry, names), str(one.entry.approved or ""), str(one.published or ""),
        *(one.says(dimension) for dimension in DIMENSIONS),
        *(severities.count(severity) for severity in SEVERITIES),
        "；".join(checked.get(file, "") for file in one.files), "；".join(one.files),
    )  # fmt: skip


def _problems(ledger: Ledger, names: dict[str, str]) -> Iterator[Sequence[Value]]:
    number = 0
    for one in ledger.inspected:
        for problem in one.problems:
            finding = problem.found.finding
            number += 1
            sure = "确定" if problem.found.confidence == "certain" else "请核对"
            places = "；".join(str(place) for place in finding.where)
            hint = with_consequences(
                finding.hint_text, [f"{each.code} {each.text}" for each in problem.found.consequences]
            )
            yield (
                number, *_who(one.entry, names), problem.dimension, SEVERITIES[Severity(finding.severity)],
                finding.code, finding.text, places, hint, sure, problem.file, "", "",
            )  # fmt: skip


def _same(ledger: Ledger) -> Iterator[Sequence[Value]]:
    for one in ledger.same:
        places = "；".join(f"{file} {reason.name}（{reason.place}）" for file, reason in one.given)
        yield legible(one.text), len(one.given), places, "是" if one.policy else ""
