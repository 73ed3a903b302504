"""``index.html``: every department with its status and links to its files. No script, nothing loaded from elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from html import escape
from urllib.parse import quote

from ...core.money import show
from ..department_totals import LABELS
from ..outcome import STATUS_LABELS, Outcome
from .aggregate import add_totals, generated_totals
from .labels import chinese, legible, worst_finding
from .model import JSON, XLSX, Summary

STYLE = """\
body{font:15px/1.6 sans-serif;margin:2em;color:#222}
table{border-collapse:collapse;width:100%;margin:1em 0}
th,td{border:1px solid #ccc;padding:.25em .6em;text-align:left;vertical-align:top}
th{background:#f3f3f3}td.n{text-align:right;white-space:nowrap}
tr.generated td.s{color:#1a7f37}tr.refused td.s,tr.failed td.s,tr.quarantined td.s{color:#b42318}"""

HEAD = ("部门", "状态", "文件", "问题", "收入总计（万元）", "支出合计（万元）")


def page(summary: Summary) -> bytes:
    """Return the page; the same summary gives the same bytes."""
    return ("\n".join(_lines(summary)) + "\n").encode("utf-8", "xmlcharrefreplace")


def _lines(summary: Summary) -> Iterator[str]:
    yield '<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8">'
    yield f"<title>部门预算公开</title><style>\n{STYLE}\n</style></head><body><h1>部门预算公开</h1>"
    if not summary.complete:
        yield "<p><strong>没有完成：正在生成，或被中断。</strong></p>"
    counts = "，".join(f"{STATUS_LABELS[status]} {count}" for status, count in summary.counts().items())
    yield f'<p>{counts}。<a href="{XLSX}">{XLSX}</a> <a href="{JSON}">{JSON}</a></p>'
    if summary.files:
        links = " ".join(_link("", file) for file in summary.files)
        yield f"<p>本级“三公”经费汇总表 {links}</p>"
    yield from _findings(summary)
    yield f"<table>\n<tr>{''.join(f'<th>{name}</th>' for name in HEAD)}</tr>"
    yield from map(_row, summary.outcomes)
    yield "</table>"
    yield from _sums(summary)
    yield "</body></html>"


def _findings(summary: Summary) -> Iterator[str]:
    if summary.findings:
        yield "<h2>全市问题</h2><ul>"
        for finding in summary.findings:
            places = "；".join(str(place) for place in finding.where)
            yield f"<li>{finding.code} {_text(chinese(finding.message, finding.values))}（{_text(places)}）</li>"
        yield "</ul>"


def _row(outcome: Outcome) -> str:
    totals = outcome.totals
    name = f"{totals.code} {totals.name}" if totals else outcome.name
    links = " ".join(_link(outcome.name, file) for file in outcome.files)
    cells = f'<td>{_text(name)}</td><td class="s">{STATUS_LABELS[outcome.status]}</td><td>{links}</td>'
    amounts = [totals.amounts.get(key) if totals else None for key in ("revenue.total", "expenditure.total")]
    cells += f"<td>{_text(worst_finding(outcome))}</td>" + "".join(_amount(amount) for amount in amounts)
    return f'<tr class="{outcome.status}">{cells}</tr>'


def _link(name: str, file: str) -> str:
    """Return a link to a file below this page; its path is data and is quoted."""
    target = quote("/".join((".", *([name] if name else []), file)), errors="surrogateescape")
    return f'<a href="{escape(target)}">{_text(file.rpartition(".")[2].upper())}</a>'


def _sums(summary: Summary) -> Iterator[str]:
    sums = add_totals(generated_totals(summary.outcomes))
    yield "<h2>全市合计（万元）</h2><table>"
    for name, label in LABELS.items():
        if name in sums:
            yield f"<tr><th>{label}</th>{_amount(sums[name])}</tr>"
    yield "</table>"


def _amount(amount: Decimal | None) -> str:
    return f'<td class="n">{"" if amount is None else show(amount, "万元", grouped=True)}</td>'


def _text(text: str) -> str:
    return escape(legible(text))
