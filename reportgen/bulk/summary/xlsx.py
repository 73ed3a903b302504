"""``summary.xlsx``: departments, sums and findings of the city. Amounts are exact numbers in 万元, shown rounded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from ...core.finding import Severity
from ...core.interrupts import delay_interrupt
from ...core.money import in_unit
from ...writers.zips import pack
from ..department_totals import LABELS
from ..outcome import STATUS_LABELS, Outcome
from .aggregate import add_totals, class_names, generated_totals
from .labels import chinese, legible, worst_finding
from .model import Summary
from .xlsx_parts import parts_of

Value = str | int | Decimal
AMOUNT = "#,##0.00"
SEVERITY = {Severity.NOTE: "提示", Severity.WARNING: "警告", Severity.ERROR: "错误"}
HEAD = ("名称", "部门代码", "部门", "状态", "最重的问题", "错误", "警告", "已接受", "提示", "文件")
MAIN = ("revenue.total", "expenditure.total")
"""The sums beside a department's status; all sums are on a sheet of their own."""

BOLD = Font(name="宋体", size=11, bold=True, charset=134)
GREY = PatternFill("solid", fgColor="FFEEEEEE")
WRAPPED = Alignment(wrap_text=True, vertical="center")


@delay_interrupt()
def workbook(summary: Summary) -> bytes:
    """Return the workbook; the same summary gives the same bytes."""
    book = Workbook(write_only=True)
    years = (outcome.totals.year for outcome in summary.outcomes if outcome.totals)
    when = date(max(years, default=2000), 1, 1)
    book.properties.created = book.properties.modified = datetime.combine(when, datetime.min.time())
    book.properties.creator = "reportgen"
    head = (*HEAD, *(LABELS[name] for name in MAIN))
    _add(book, "部门", head, map(_department, summary.outcomes), (24, 10, 28, 16, 60, 6, 6, 8, 6, 6, 16, 16))
    widths = (10, 28, *(14 for _ in LABELS))
    _add(book, "部门金额（万元）", (*HEAD[1:3], *LABELS.values()), _amounts(summary), widths)
    _add(book, "全市合计", ("项目", "金额（万元）"), _sums(summary), (40, 20))
    _add(book, "全市问题", ("代码", "轻重", "问题", "位置", "提示"), _findings(summary), (10, 8, 80, 60, 60))
    head = (*HEAD[:3], "代码", "问题", "位置", "理由")
    _add(book, "接受的问题", head, _accepted(summary), (24, 10, 28, 8, 80, 60, 60))
    return pack(parts_of(book), when)


def _department(outcome: Outcome) -> Sequence[Value]:
    totals = outcome.totals
    errors = sum(finding.severity is Severity.ERROR for finding in outcome.findings)
    amounts = [_amount(totals.amounts.get(name)) if totals else "" for name in MAIN]
    names = (totals.code, totals.name) if totals else ("", "")
    accepted = sum(bool(finding.accepted) for finding in outcome.findings)
    counts = (errors, len(outcome.findings) - errors - accepted, accepted, outcome.notes, len(outcome.files))
    return (outcome.name, *names, STATUS_LABELS[outcome.status], worst_finding(outcome), *counts, *amounts)


def _amounts(summary: Summary) -> Iterator[Sequence[Value]]:
    for outcome in summary.outcomes:
        if totals := outcome.totals:
            yield (totals.code, totals.name, *(_amount(totals.amounts.get(name)) for name in LABELS))


def _sums(summary: Summary) -> Iterator[Sequence[Value]]:
    totals = list(generated_totals(summary.outcomes))
    sums = add_totals(totals)
    if not summary.complete:
        yield ("没有完成：只是已生成的部门", "")
    yield ("已生成的部门（个）", len(totals))
    for name, label in LABELS.items():
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


def _add(
    book: Workbook, title: str, head: Sequence[str], rows: Iterable[Sequence[Value]], widths: Sequence[int]
) -> None:
    """Add a sheet with a frozen head row and filters."""
    sheet = book.create_sheet(title)
    for n, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(n)].width = width
    sheet.freeze_panes = "B2"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = "9"  # A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    count = 1
    sheet.append([_head(sheet, name) for name in head])
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])
        count += 1
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(head))}{count}"


def _cell(sheet: object, value: Value) -> Cell | None:
    if isinstance(value, str):
        return _text(sheet, value) if value else None
    cell = WriteOnlyCell(sheet, value)
    if isinstance(value, Decimal):
        cell.number_format = AMOUNT
    return cell


def _head(sheet: object, text: str) -> Cell:
    cell = _text(sheet, text)
    cell.font, cell.fill, cell.alignment = BOLD, GREY, WRAPPED
    return cell


def _text(sheet: object, text: str) -> Cell:
    """Return a cell of text, also where the text looks like a formula."""
    cell = WriteOnlyCell(sheet, legible(text))
    cell.data_type = "s"
    return cell
