"""The workbook and the page of a run of audits: documents, findings by kind and severity, coverage. In Chinese."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from html import escape
from urllib.parse import quote

from ..bulk.summary.labels import legible
from ..bulk.summary.sheets import Value, add_sheet, new_book, packed
from ..core.finding import Severity
from ..core.finding_codes import declared_codes
from ..core.interrupts import delay_interrupt
from .batch_results import Batch, BatchFile
from .html import SEVERITIES, STYLE

WORKBOOK, INDEX = "审核结果.xlsx", "index.html"
RESULTS = "逐份结果"
"""The folder of the records and pages of single files."""
DOCUMENTS = (
    "文件",
    "年度",
    "页数",
    "表",
    "错误",
    "警告",
    "提示",
    "表里的数",
    "核对的",
    "文字里的数",
    "读懂的",
    "没有审核的原因",
)
SHOWN = 3
"""Consequences that are named beside a finding."""
FINDINGS = ("文件", "轻重", "代码", "问题", "位置", "怎么改", "把握")
KINDS = ("代码", "含义", "错误", "警告", "提示", "文件数")


@delay_interrupt()
def workbook(batch: Batch) -> bytes:
    """Return the workbook; the same results give the same bytes."""
    years = [one.record.year for one in batch.files if one.record is not None and one.record.year]
    when = date(max(years, default=2000), 1, 1)
    book = new_book(when)
    widths = (44, 7, 7, 6, 6, 6, 6, 10, 10, 10, 10, 40)
    add_sheet(book, "文件", DOCUMENTS, map(_document, batch.files), widths, wrapped=True)
    add_sheet(book, "问题", FINDINGS, _findings(batch), (30, 6, 7, 60, 30, 34, 8), wrapped=True)
    add_sheet(book, "按代码", KINDS, _kinds(batch), (8, 50, 8, 8, 8, 8))
    return packed(book, when)


def _document(file: BatchFile) -> Sequence[Value]:
    record = file.record
    if record is None or record.error:
        return (legible(file.name), *("" for _ in DOCUMENTS[1:-1]), legible(file.why))
    coverage = record.coverage
    counts = (file.count(severity) for severity in SEVERITIES)
    shares = (coverage.cells, coverage.tied, coverage.figures, coverage.understood)
    return (legible(file.name), record.year or "", record.pages, record.tables, *counts, *shares, "")


def with_consequences(hint: str, consequences: Sequence[str]) -> str:
    """Return the hint of a finding with what else is wrong because of the same slip."""
    if not consequences:
        return hint
    more = " …" if len(consequences) > SHOWN else ""
    also = f"由此还有 {len(consequences)} 处：{'；'.join(consequences[:SHOWN])}{more}"
    return f"{hint}；{also}" if hint else also


def _findings(batch: Batch) -> Iterator[Sequence[Value]]:
    for file in batch.files:
        for one in file.record.findings if file.record is not None else ():
            finding = one.finding
            places = "；".join(str(place) for place in finding.where)
            hint = with_consequences(finding.hint_text, [f"{each.code} {each.text}" for each in one.consequences])
            yield (
                legible(file.name), SEVERITIES[finding.severity], finding.code, finding.text, places,
                hint, "确定" if one.certain else "请核对",
            )  # fmt: skip


def _kinds(batch: Batch) -> Iterator[Sequence[Value]]:
    meanings = {one.code: one.meaning for one in declared_codes()}
    for code, counts, files in batch.by_code():
        yield (code, meanings.get(code, ""), *(counts[severity] for severity in SEVERITIES), files)


def index_page(batch: Batch) -> bytes:
    """Return the page of all files, with links to their own pages; the same results give the same bytes."""
    return ("\n".join(_lines(batch)) + "\n").encode("utf-8", "xmlcharrefreplace")


def _lines(batch: Batch) -> Iterator[str]:
    yield '<!doctype html>\n<html lang="zh-CN"><head><meta charset="utf-8">'
    yield f"<title>审核结果</title><style>{STYLE}</style></head><body><h1>审核结果</h1>"
    if not batch.complete:
        yield "<p><strong>没有完成：正在审核，或被中断；再运行一次即可接着做。</strong></p>"
    unread = sum(bool(one.why) for one in batch.files)
    with_errors = sum(bool(one.count(Severity.ERROR)) for one in batch.files)
    link = f' <a href="{quote(WORKBOOK)}">{WORKBOOK}</a>' if batch.complete else ""
    yield f"<p>{len(batch.files)} 份文件，有错误的 {with_errors} 份，没有审核的 {unread} 份。{link}</p>"
    yield f"<table><thead><tr>{_heads(DOCUMENTS)}</tr></thead><tbody>"
    yield from map(_row, batch.files)
    yield "</tbody></table><h2>按代码</h2>"
    yield f"<table><thead><tr>{_heads(KINDS)}</tr></thead><tbody>"
    for row in _kinds(batch):
        yield f"<tr>{''.join(_cell(value) for value in row)}</tr>"
    yield "</tbody></table></body></html>"


def _heads(names: Sequence[str]) -> str:
    return "".join(f"<th scope=col>{name}</th>" for name in names)


def _row(file: BatchFile) -> str:
    name, *values = _document(file)
    target = quote(f"./{file.page}", errors="surrogateescape")
    shown = _text(str(name))
    linked = f'<a href="{escape(target)}">{shown}</a>' if file.record is not None and not file.record.error else shown
    return f"<tr><td>{linked}</td>{''.join(_cell(value) for value in values)}</tr>"


def _cell(value: Value) -> str:
    return f"<td>{_text(value)}</td>" if isinstance(value, str) else f"<td class=n>{value}</td>"


def _text(text: str) -> str:
    return escape(legible(text))
