"""The ordinary rules on what is printed: what only they say is found, once; what was not read whole is left alone."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest

from reportgen.auditing.audit import audit
from reportgen.auditing.places import row_of
from reportgen.auditing.report import AuditReport
from reportgen.core.finding import Severity
from reportgen.tree.nodes import Document
from reportgen.writers.pdf import write

from .faults import amounts_of, in_table, run_of
from .planted import FINAL_ACCOUNTS, SAMPLES, published
from .test_tables_and_form import Rows, audited

pytest.importorskip("pypdfium2")
DEMO = next(sample for sample in SAMPLES if sample.stem == "demo-2023")


def with_figures(table: str, fact: str, text: str) -> AuditReport:
    """The audit of the demo with another figure for a fact in one table."""
    document, style = published(DEMO)
    (at,) = (one for one in places(document, table) if getattr(run_of(one), "fact", "") == fact)
    return audit(write(in_table(document, at, text).document, style), isolated=False)


def places(document: Document, table: str) -> Iterator[object]:
    return (at for one in document.tables() if one.id == table for at in amounts_of(one))


@pytest.mark.parametrize(
    ("table", "fact", "text", "code", "says"),
    [
        ("表/三公", "three_public.reception", "0.86", "GJ301", "公务接待费 0.86万元 ≠ 各单位之和 3.86万元"),
        ("表/三公", "three_public.vehicles", "99.00", "XL141", "公务用车小计写的是 99.00万元"),
    ],
)  # fmt: skip
def test_what_only_a_rule_says_is_found_at_its_place(table: str, fact: str, text: str, code: str, says: str) -> None:
    report = with_figures(table, fact, text)
    found = next(one.finding for one in report.findings if one.finding.code == code)
    assert says in found.text
    assert found.severity is Severity.ERROR
    assert "再导入" not in found.hint
    assert all(report.boxes[place.cell] for place in found.where if place.cell)
    assert not any(place.pointer for place in found.where), "a published document has no pointers"


def test_the_table_of_a_fund_in_final_accounts_adds_up_and_agrees_with_the_appropriation() -> None:
    document, style = published(next(path for path in FINAL_ACCOUNTS if path.stem == "final-accounts"))
    right = audit(write(document, style), isolated=False)
    for code in ("", ".212", ".21203", ".2120399"):
        fact, table = f"government_fund{code}.closing", "表/政府性基金"
        (at,) = (one for one in places(document, table) if getattr(run_of(one), "fact", "") == fact)
        document = in_table(document, at, "27.00").document
    wrong = audit(write(document, style), isolated=False)
    codes = [{one.code for one in report.every()} & {"GJ127", "GJ128", "GJ129"} for report in (right, wrong)]
    assert codes == [set(), {"GJ128", "GJ129"}]


def test_what_is_said_of_a_row_is_not_said_again_by_the_sums_of_its_table() -> None:
    report = with_figures("表/支出", "expenditure.201.total", "9.99")
    said = {row_of(place.cell) for one in report.findings if one.finding.code == "AU101" for place in one.finding.where}
    again = {
        row_of(place.cell) for one in report.findings if one.finding.code == "XL141" for place in one.finding.where
    }
    assert said
    assert not said & again


def test_what_rules_hold_counts_as_checked() -> None:
    document, style = published(DEMO)
    coverage = audit(write(document, style), isolated=False).coverage
    assert coverage.tied / coverage.cells > 0.95


BALANCE: Rows = [
    ["2026年部门收支总表"],
    ["单位：万元"],
    ["项目", "预算数", "项目", "预算数"],
    ["一、一般公共预算", "100.00", "一、一般公共服务支出", "60.00"],
    ["二、政府性基金预算", "20.00", "二、教育支出", "60.00"],
    ["本年收入合计", "120.00", "本年支出合计", "120.00"],
    ["收入总计", "120.00", "支出总计", "120.00"],
]


def balance(row: int, column: int, value: str) -> Rows:
    return [
        [value if (r, c) == (row, column) else cell for c, cell in enumerate(cells)] for r, cells in enumerate(BALANCE)
    ]


def sums(report: AuditReport) -> list[str]:
    return [one.text for one in report.every() if one.code == "XL141"]


def test_the_rows_of_a_balance_add_up() -> None:
    assert sums(audited(BALANCE)) == []
    (text,) = sums(audited(balance(4, 1, "30.00")))[:1]
    assert text == "收支总表的本年收入写的是 120.00万元，各项加起来是 130.00万元，相差 10.00万元"
    assert sums(audited(balance(4, 3, "50.00")))


def test_a_balance_with_a_row_that_is_not_known_is_left_alone() -> None:
    table = [*balance(4, 1, "30.00")]
    table[5:5] = [["三、待分配的其他来源款", "7.00", "", ""]]
    assert sums(audited(table)) == []


def test_a_document_that_withholds_rows_may_have_sums_with_a_gap() -> None:
    table = balance(4, 3, "50.00")
    note = "按照有关规定，涉及国家秘密的内容予以剔除，不予公开。"
    assert sums(audited(table, texts=("2026年部门预算", note))) == []


def test_one_error_does_not_put_a_table_in_doubt_and_many_do() -> None:
    broken = [list(row) for row in BALANCE]
    for row in (3, 4, 5):
        for column in (1, 3):
            broken[row][column] = str(Decimal(row * 7 + column * 3))
    assert sums(audited(broken)) == []


CHANGES: Rows = [
    ["2026年一般公共预算“三公”经费支出表"],
    ["单位：万元"],
    ["预算单位", "年度", "总计", "因公出国（境）费", "公务接待费", "公务用车购置及运行维护费", "", ""],
    ["", "", "", "", "", "小计", "公务用车购置费", "公务用车运行维护费"],
    ["青溪市财政局", "2025年", "29.70", "0.00", "4.50", "25.20", "18.00", "7.20"],
    ["青溪市财政局", "2026年", "37.00", "26.00", "3.80", "7.20", "0.00", "7.20"],
    ["青溪市财政局", "增减变化金额", "7.30", "26.00", "-0.70", "-18.00", "-18.00", "0.00"],
]


@pytest.mark.parametrize(
    ("row", "column", "value", "says"),
    [
        (4, 2, "29.80", "的合计"),
        (5, 5, "7.30", "的公务用车小计"),
        (6, 3, "25.00", "的增减"),
        (6, 2, "8.30", "的增减"),
    ],
)
def test_years_and_changes_of_three_public_agree(row: int, column: int, value: str, says: str) -> None:
    assert sums(audited(CHANGES)) == []
    table = [list(cells) for cells in CHANGES]
    table[row][column] = value
    found = sums(audited(table))
    assert any(says in text for text in found), found
