"""``summary.xlsx``: departments, sums and findings of the city. Amounts are exact numbers in 万元, shown rounded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal

from ...core.finding import Severity
from ...core.interrupts import delay_interrupt
from ...core.money import in_unit
from ..department_totals import LABELS, shown_labels
from ..outcome import STATUS_LABELS, Outcome
from .aggregate import add_totals, class_names, generated_totals
from .labels import chinese, worst_finding
from .model import Summary
from .sheets import Value, add_sheet, new_book, packed

SEVERITY = {Severity.NOTE: "提示", Severity.WARNING: "警告", Severity.ERROR: "错误"}
HEAD = ("名称", "部门代码", "部门", "状态", "最重的问题", "错误", "警告", "已接受", "提示", "文件")
MAIN = ("revenue.total", "expenditure.total")
"""The sums beside a department's status; all sums are on a sheet of their own."""


@delay_interrupt()
def workbook(summary: Summary) -> bytes:
    """Return the workbook; the same summary gives the same bytes."""
    years = (outcome.totals.year for outcome in summary.outcomes if outcome.totals)
    when = date(max(years, default=2000), 1, 1)
    book = new_book(when)
    head = (*HEAD, *(LABELS[name] for name in MAIN))
    add_sheet(book, "部门", head, map(_department, summary.outcomes), (24, 10, 28, 16, 60, 6, 6, 8, 6, 6, 16, 16))
    labels = shown_labels(outcome.totals for outcome in summary.outcomes if outcome.totals)
    widths = (10, 28, *(14 for _ in labels))
    add_sheet(book, "部门金额（万元）", (*HEAD[1:3], *labels.values()), _amounts(summary, labels), widths)
    add_sheet(book, "全市合计", ("项目", "金额（万元）"), _sums(summary), (40, 20))
    add_sheet(book, "全市问题", ("代码", "轻重", "问题", "位置", "提示"), _findings(summary), (10, 8, 80, 60, 60))
    head = (*HEAD[:3], "代码", "问题", "位置", "理由")
    add_sheet(book, "接受的问题", head, _accepted(summary), (24, 10, 28, 8, 80, 60, 60))
    return packed(book, when)


def _department(outcome: Outcome) -> Sequence[Value]:
    totals = outcome.totals
    errors = sum(finding.severity is Severity.ERROR for finding in outcome.findings)
    amounts = [_amount(totals.amounts.get(name)) if totals else "" for name in MAIN]
    names = (totals.code, totals.name) if totals else ("", "")
    accepted = sum(bool(finding.accepted) for finding in outcome.findings)
    counts = (errors, len(outcome.findings) - errors - accepted, accepted, outcome.notes, len(outcome.files))
    return (outcome.name, *names, STATUS_LABELS[outcome.status], worst_finding(outcome), *counts, *amounts)


def _amounts(summary: Summary, names: Iterable[str]) -> Iterator[Sequence[Value]]:
    for outcome in summary.outcomes:
        if totals := outcome.totals:
            yield (totals.code, totals.name, *(_amount(totals.amounts.get(name)) for name in names))


def _sums(summary: Summary) -> Iterator[Sequence[Value]]:
    totals = list(generated_totals(summary.outcomes))
    sums = add_totals(totals)
    if not summary.complete:
        yield ("没有完成：只是已生成的部门", "")
    yield ("已生成的部门（个）", len(totals))
    for name, label in shown_labels(totals).items():
        yield (label, _amount(sums.get(name)))
    for code, name in class_names(totals).items():
        yield (f"{code} {name}", _amount(sums.get(f"expenditure.{code}.total")))
        yield (f"{code} {name}（一般公共预算）", _amount(sums.get(f"general_public.{code}.total")))


def _findings(summary: Summary) -> Iterator[Sequence[Value]]:
    for finding in summary.findings:
        places = "；".join(str(place) for place in finding.where)
        message, hint = chinese(finding.message, finding.values), chinese(finding.hint, finding.values)
        yield (finding.code, SEVERITY[finding.severity], message, places, hint)


def _accepted(summary: Summary) -> Iterator[Sequence[Value]]:
    for outcome in summary.outcomes:
        names = (outcome.totals.code, outcome.totals.name) if outcome.totals else ("", "")
        for finding in outcome.findings:
            if finding.accepted:
                message, places = chinese(finding.message, finding.values), "；".join(map(str, finding.where))
                yield (outcome.name, *names, finding.code, message, places, finding.accepted)


def _amount(amount: Decimal | None) -> Value:
    return "" if amount is None else in_unit(amount, "万元")
