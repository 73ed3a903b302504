"""``summary.xlsx``: departments, sums of the city, its findings. Amounts are exact numbers in 万元, shown rounded."""

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
from ..outcome import Outcome
from .aggregate import added, classes, published
from .labels import STATUS, chinese, legible, worst
from .model import Summary
from .xlsx_parts import parts_of

Value = str | int | Decimal
AMOUNT = "#,##0.00"
SEVERITY = {Severity.NOTE: "提示", Severity.WARNING: "警告", Severity.ERROR: "错误"}
HEAD = ("名称", "部门代码", "部门", "状态", "最重的问题", "错误", "警告", "提示", "文件")
MAIN = ("revenue.total", "expenditure.total")
"""The sums that stand beside a department's state; all are on a sheet of their own."""

BOLD = Font(name="宋体", size=11, bold=True, charset=134)
GREY = PatternFill("solid", fgColor="FFEEEEEE")
WRAPPED = Alignment(wrap_text=True, vertical="center")


@delay_interrupt()
def sheet(summary: Summary) -> bytes:
    """The workbook; the same summary gives the same bytes."""
    workbook = Workbook(write_only=True)
    when = date(max((one.totals.year for one in summary.outcomes if one.totals), default=2000), 1, 1)
    workbook.properties.created = workbook.properties.modified = datetime.combine(when, datetime.min.time())
    workbook.properties.creator = "reportgen"
    head = (*HEAD, *(LABELS[name] for name in MAIN))
    _add(workbook, "部门", head, map(_department, summary.outcomes), (24, 10, 28, 16, 60, 6, 6, 6, 6, 16, 16))
    widths = (10, 28, *(14 for _ in LABELS))
    _add(workbook, "部门金额（万元）", (*HEAD[1:3], *LABELS.values()), _amounts(summary), widths)
    _add(workbook, "全市合计", ("项目", "金额（万元）"), _sums(summary), (40, 20))
    _add(workbook, "全市问题", ("代码", "轻重", "问题", "位置", "提示"), _findings(summary), (10, 8, 80, 60, 60))
    return pack(parts_of(workbook), when)


def _department(one: Outcome) -> Sequence[Value]:
    about = one.totals
    errors = sum(finding.severity is Severity.ERROR for finding in one.findings)
    amounts = [_amount(about.amounts.get(name)) if about else "" for name in MAIN]
    names = (about.code, about.name) if about else ("", "")
    counts = (errors, len(one.findings) - errors, one.notes, len(one.files))
    return (one.name, *names, STATUS[one.status], worst(one), *counts, *amounts)


def _amounts(summary: Summary) -> Iterator[Sequence[Value]]:
    for one in summary.outcomes:
        if about := one.totals:
            yield (about.code, about.name, *(_amount(about.amounts.get(name)) for name in LABELS))


def _sums(summary: Summary) -> Iterator[Sequence[Value]]:
    totals = list(published(summary.outcomes))
    sums = added(totals)
    if not summary.complete:
        yield ("没有做完：只是已完成的部门", "")
    yield ("已公开的部门（个）", len(totals))
    for name, label in LABELS.items():
        yield (label, _amount(sums.get(name)))
    for code, name in classes(totals).items():
        yield (f"{code} {name}", _amount(sums.get(f"expenditure.{code}.total")))
        yield (f"{code} {name}（一般公共预算）", _amount(sums.get(f"general_public.{code}.total")))


def _findings(summary: Summary) -> Iterator[Sequence[Value]]:
    for one in summary.findings:
        where = "；".join(str(place) for place in one.where)
        message, hint = chinese(one.message, one.values), chinese(one.hint, one.values)
        yield (one.code, SEVERITY[one.severity], message, where, hint)


def _amount(amount: Decimal | None) -> Value:
    return "" if amount is None else in_unit(amount, "万元")


def _add(
    workbook: Workbook, title: str, head: Sequence[str], rows: Iterable[Sequence[Value]], widths: Sequence[int]
) -> None:
    """A sheet with a head that stays in sight and can filter."""
    page = workbook.create_sheet(title)
    for n, width in enumerate(widths, 1):
        page.column_dimensions[get_column_letter(n)].width = width
    page.freeze_panes = "B2"
    page.print_title_rows = "1:1"
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = "9"  # A4
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    count = 1
    page.append([_head(page, name) for name in head])
    for row in rows:
        page.append([_cell(page, value) for value in row])
        count += 1
    page.auto_filter.ref = f"A1:{get_column_letter(len(head))}{count}"


def _cell(page: object, value: Value) -> Cell | None:
    if isinstance(value, str):
        return _text(page, value) if value else None
    cell = WriteOnlyCell(page, value)
    if isinstance(value, Decimal):
        cell.number_format = AMOUNT
    return cell


def _head(page: object, text: str) -> Cell:
    cell = _text(page, text)
    cell.font, cell.fill, cell.alignment = BOLD, GREY, WRAPPED
    return cell


def _text(page: object, text: str) -> Cell:
    """A cell of text, also when it looks like a formula."""
    cell = WriteOnlyCell(page, legible(text))
    cell.data_type = "s"
    return cell
