"""``--last``: the bases of tables and sentences are those that were published last year, in whatever file that was."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import cache

import pytest

import reportgen
from reportgen.auditing.report import AuditReport
from reportgen.core.errors import InputError
from tests.cities import department, make_city


@cache
def data(year: int) -> bytes:
    """The document of a department of the invented city, which compares its “三公” with the year before."""
    return make_city.made(department(3, 1), year).encode()


def pdf_of(document: bytes) -> bytes:
    (payload,) = reportgen.render(document, formats=("pdf",)).files.values()
    return payload


@cache
def pdf(year: int) -> bytes:
    return pdf_of(data(year))


def bases(report: AuditReport) -> list[tuple[str, str]]:
    found = (one.finding for one in report.findings)
    return [(one.code, one.text) for one in found if one.code.startswith("AU14")]


@pytest.mark.parametrize("last", [pdf, data], ids=["published", "canonical"])
def test_the_bases_of_a_city_agree_with_what_was_published(last: Callable[[int], bytes]) -> None:
    report = reportgen.audit(pdf(2024), isolated=False, last=last(2023))
    assert bases(report) == []
    assert report.coverage.bases >= 5


@pytest.mark.parametrize("last", [pdf, data], ids=["published", "canonical"])
def test_a_base_that_was_published_otherwise_is_told(last: Callable[[int], bytes]) -> None:
    document = json.loads(data(2024))
    document["totals"]["reception"]["last"]["budget"] = "123400.00"
    document["totals"]["reception"].setdefault("reason", "压减接待支出")
    payload = pdf_of(json.dumps(document, ensure_ascii=False).encode())
    found = bases(reportgen.audit(payload, isolated=False, last=last(2023)))
    assert ("AU143", True) in [(code, "公务接待费：按文字算，上年数是 12.34万元" in text) for code, text in found]


def page(year: int, head: Sequence[str], rows: Sequence[Sequence[str]], title: str = "预算支出表") -> bytes:
    """A published web page: one table."""
    lines = [[f"{year}年一般公共{title}"], ["单位：万元"], head, *rows]
    cells = ("".join(f"<td>{cell}</td>" for cell in line) for line in lines)
    return f"<html><body><table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table></body></html>".encode()


PUBLISHED = page(
    2025,
    ["科目编码", "科目名称", "合计", "基本支出", "项目支出"],
    [
        ["", "合计", "100.00", "60.00", "40.00"],
        ["201", "一般公共服务支出", "100.00", "60.00", "40.00"],
        ["2010601", "行政运行", "60.00", "60.00", ""],
        ["2010605", "财政国库业务", "40.00", "", "40.00"],
    ],
)


def this_year(label: str, *bases_of_rows: str) -> bytes:
    names = (("", "合计"), ("201", "一般公共服务支出"), ("2010601", "行政运行"), ("2010605", "财政国库业务"))
    rows = [[*name, base, "120.00", "20.00"] for name, base in zip(names, bases_of_rows, strict=True)]
    return page(2026, ["科目编码", "科目名称", label, "2026年预算数", "比上年增减"], rows)


@pytest.mark.parametrize("label", ["2025年预算数", "上年预算数", "上年数"])
def test_a_column_of_last_year_is_held_row_by_row(label: str) -> None:
    sound = reportgen.audit(this_year(label, "100.00", "100.00", "60.00", "40.00"), isolated=False, last=PUBLISHED)
    assert bases(sound) == []
    assert sound.coverage.bases == 4
    wrong = reportgen.audit(this_year(label, "100.00", "100.00", "61.00", "40.00"), isolated=False, last=PUBLISHED)
    ((code, message),) = bases(wrong)
    assert code == "AU140"
    assert "「2010601 行政运行」的上年数印的是 61.00万元，上年公开的是 60.00万元" in message


def test_what_was_spent_is_not_held_against_a_budget_and_is_against_final_accounts() -> None:
    payload = this_year("上年执行数", "100.00", "100.00", "61.00", "40.00")
    assert bases(reportgen.audit(payload, isolated=False, last=PUBLISHED)) == []
    final = PUBLISHED.replace("预算支出表".encode(), "预算支出决算表".encode())
    assert [code for code, _ in bases(reportgen.audit(payload, isolated=False, last=final))] == ["AU140"]


def test_a_row_that_was_not_published_and_a_table_of_other_money_are_told() -> None:
    without = PUBLISHED.replace(b"2010605", b"2010699")
    found = bases(
        reportgen.audit(this_year("上年数", "100.00", "100.00", "60.00", "40.00"), isolated=False, last=without)
    )
    assert [code for code, _ in found] == ["AU141"]
    found = bases(reportgen.audit(this_year("上年数", "1.00", "2.00", "3.00", "4.00"), isolated=False, last=PUBLISHED))
    assert [code for code, _ in found] == ["AU142"]


def test_a_document_of_another_year_and_one_without_tables_are_told() -> None:
    report = reportgen.audit(pdf(2024), isolated=False, last=data(2021))
    assert [code for code, _ in bases(report)] == ["AU144"]
    page_without = "<html><body><table><tr><td>名单</td></tr></table></body></html>".encode()
    with pytest.raises(InputError, match="没有认出一张公开的表"):
        reportgen.audit(pdf(2024), isolated=False, last=page_without)
