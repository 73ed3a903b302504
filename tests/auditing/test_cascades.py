"""What one slip breaks is one finding: at the place of the slip, with the others as its consequences."""

from __future__ import annotations

import pytest

from reportgen.auditing.audit import audit
from reportgen.auditing.cascades import gathered
from reportgen.auditing.report import AuditFinding
from reportgen.core.finding import Finding, Place, Severity
from reportgen.recognise.recognise import recognise
from reportgen.recognise.table import RecognisedTable

from ..recognise.grids import grid
from .test_own_documents import figure, with_runs

YEAR = 2026


def tables(**printed: float) -> tuple[RecognisedTable, ...]:
    """Three tables with the same items; 支出总表 has other amounts where ``printed`` says so."""
    items = {"i2010601": 270.00, "i2010602": 120.00}
    made = []
    for title in ("支出总表", "一般公共预算支出表", "财政拨款支出表"):
        amounts = {**items, **(printed if title == "支出总表" else {})}
        rows = [[code[1:], f"项目{code[-2:]}", amount, amount, None] for code, amount in amounts.items()]
        head = [[title, None, None, None, "单位：万元"], ["科目编码", "科目名称", "合计", "基本支出", "项目支出"]]
        total = [[None, "合计", 390.00, 390.00, None], ["201", "一般公共服务支出", 390.00, 390.00, None]]
        made.append(grid([*head, *total, ["20106", "财政事务", 390.00, 390.00, None], *rows]))
    return tuple(recognise(made, YEAR).tables)


def finding(code: str, cell: str, gap: str, severity: Severity = Severity.ERROR, **values: str) -> AuditFinding:
    name = "difference" if code == "XL141" else "gap"
    return AuditFinding(Finding(code, severity, "合计不对", (Place(cell=cell),), "", {name: gap, **values}))


def cell(of: tuple[RecognisedTable, ...], table: int, key: str) -> str:
    return next(row for row in of[table].rows if row.key == key).amounts["total"].place


def codes(found: list[AuditFinding]) -> list[tuple[str, list[str]]]:
    return [(one.finding.code, [each.code for each in one.consequences]) for one in found]


def test_a_row_that_other_tables_print_otherwise_is_the_slip() -> None:
    of = tables(i2010601=250.00)
    within = finding("AU101", cell(of, 0, "20106"), "20.00万元", table="支出总表")
    between = [finding("GJ102", cell(of, 1, key), "20.00万元") for key in ("2010601", "20106", "201")]
    (one,) = gathered([within, *between], of)
    assert (one.finding.code, one.finding.where[0].cell) == ("AU104", cell(of, 0, "2010601"))
    assert "250.00万元，另外 2 张表都是 270.00万元" in one.finding.text
    assert [each.code for each in one.consequences] == ["AU101", "GJ102", "GJ102", "GJ102"]


def test_the_row_itself_comes_before_the_sums_above_it() -> None:
    of = tables()
    above = finding("AU101", cell(of, 0, "20106"), "18.00万元", table="支出总表")
    row = finding("AU102", cell(of, 0, "2010601"), "18.00万元", table="支出总表")
    assert codes(gathered([above, row], of)) == [("AU102", ["AU101"])]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("AU101", 0, "20106", "18.00万元"), ("AU101", 0, "2010601", "12.00万元")),
        (("AU101", 0, "2010601", "10.00万元"), ("AU101", 0, "2010602", "10.00万元")),
        (("AU101", 0, "20106", "235.00万元"), ("AU101", 1, "20106", "235.00万元")),
    ],
)
def test_other_differences_other_rows_and_other_tables_are_other_slips(
    first: tuple[str, int, str, str], second: tuple[str, int, str, str]
) -> None:
    of = tables()
    names = ("支出总表", "一般公共预算支出表")
    found = [finding(code, cell(of, table, key), gap, table=names[table]) for code, table, key, gap in (first, second)]
    assert codes(gathered(found, of)) == [("AU101", []), ("AU101", [])]


def test_what_rows_are_wrong_by_is_what_their_sum_is_wrong_by() -> None:
    of = tables()
    above = finding("AU101", cell(of, 0, "20106"), "474.56万元", table="支出总表")
    rows = [
        finding("AU102", cell(of, 0, key), gap, table="支出总表")
        for key, gap in (("2010601", "458.00万元"), ("2010602", "16.56万元"))
    ]
    assert codes(gathered([above, *rows], of)) == [("AU102", ["AU101"]), ("AU102", [])]


def of_sentence(code: str, severity: Severity, said: str, **values: str) -> AuditFinding:
    return AuditFinding(Finding(code, severity, "不对", (Place(printed=said, cell="第 1 段"),), "", values))


def test_what_is_wrong_in_one_statement_and_in_its_sum_is_one_finding() -> None:
    rate = of_sentence("AU110", Severity.ERROR, "接待费", amount="5.70万元")
    amount = of_sentence("AU121", Severity.ERROR, "接待费", amount="5.70万元", right="5.10万元")
    whole = of_sentence("AU115", Severity.WARNING, "三公", amount="50.10万元", parts="45.00万元 + 5.70万元")
    other = of_sentence("AU110", Severity.ERROR, "出国费", amount="6.00万元")
    assert codes(gathered([rate, amount, whole, other], ())) == [("AU121", ["AU110", "AU115"]), ("AU110", [])]


def test_a_share_that_is_rounded_to_make_a_hundred_follows_from_the_wrong_one() -> None:
    wrong = of_sentence("AU116", Severity.ERROR, "基金", amount="450.00万元")
    rounded = of_sentence("AU116", Severity.WARNING, "一般", amount="4200.47万元")
    second = of_sentence("AU116", Severity.ERROR, "国资", amount="32.00万元")
    assert codes(gathered([wrong, rounded], ())) == [("AU116", ["AU116"])]
    assert codes(gathered([wrong, second], ())) == [("AU116", []), ("AU116", [])]


def test_a_figure_that_is_changed_in_a_document_is_one_finding() -> None:
    payload = with_runs(lambda block, run: figure(run, "general_public.2010601.total", "1.11"))
    report = audit(payload, isolated=False)
    errors = report.of(Severity.ERROR)
    assert len(errors) == 1, [str(one.finding) for one in errors]
    assert any("1.11万元" in one.finding.text for one in errors)


def test_thousands_of_findings_are_left_as_they_are() -> None:
    of = tables()
    found = [finding("AU101", cell(of, 0, "20106"), f"{n}.00万元", table="支出总表") for n in range(5000)]
    assert gathered(found, of) == found
