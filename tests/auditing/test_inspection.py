"""The bureau's inspection: list, matching, dimensions, reasons, dates, and what is written (docs/inspection.md)."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from docx import Document as open_docx
from openpyxl import Workbook, load_workbook

from reportgen.auditing.inspection.detail import detail_findings
from reportgen.auditing.inspection.dimensions import DIMENSIONS, dimension_of
from reportgen.auditing.inspection.disclosed import Disclosed
from reportgen.auditing.inspection.inspect import inspect, write_inspection
from reportgen.auditing.inspection.ledger import Inspected, Ledger
from reportgen.auditing.inspection.matching import match_files
from reportgen.auditing.inspection.parts import missing_parts
from reportgen.auditing.inspection.reasons import Reason, reason_findings, reasons_of, says_nothing
from reportgen.auditing.inspection.roster import Entry, read_roster
from reportgen.auditing.inspection.same_reasons import same_reasons
from reportgen.auditing.many import AuditedFile
from reportgen.auditing.report import AuditFinding, AuditReport, Coverage
from reportgen.core.errors import InputError, UsageError
from reportgen.core.finding import Finding, Severity
from reportgen.core.finding_codes import declared_codes
from reportgen.recognise.blocks import ReadParagraph
from reportgen.recognise.prose.read import read_prose
from reportgen.recognise.recognise import recognise
from tests.recognise.grids import grid

DAY = date(2026, 3, 31)
LIST = """应公开名单,,,,,
部门代码,单位名称,类别,主管部门,批复时间,公开日期,备注
450,青溪市财政局,部门,,2026-01-20,2026年2月5日,甲
450001,青溪市财政局本级,单位,450,2026/1/28,,
470,青溪市水利局,,,,,
470002,青溪市水文站,,青溪市水利局,,,
合计,,,,,,
,,合计,,,,3
,合计：4家,,,,,
共4家,,,,,,
"""


def listed(tmp_path: Path, text: str = LIST) -> tuple[Entry, ...]:
    path = tmp_path / "名单.csv"
    path.write_text(text, encoding="utf-8")
    return read_roster(path)


def test_the_columns_of_a_list_are_known_by_their_heads(tmp_path: Path) -> None:
    finance, own, water, station = listed(tmp_path)
    assert (finance.approved, finance.published) == (date(2026, 1, 20), date(2026, 2, 5))
    assert (own.kind, own.parent, own.approved) == ("unit", "450", date(2026, 1, 28))
    assert (water.kind, water.parent, water.approved) == ("department", "470", None)
    assert (station.kind, station.parent) == ("unit", "470"), "a unit by its 主管部门, given by name"


def test_a_workbook_with_real_dates_and_numbers_is_the_same_list(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    sheet.append(["单位编码", "预算单位", "批复日期", "公开日期"])
    sheet.append([450, "青溪市财政局", date(2026, 1, 20), 46058])
    book.save(tmp_path / "名单.xlsx")
    (entry,) = read_roster(tmp_path / "名单.xlsx")
    assert (entry.code, entry.approved, entry.published) == ("450", date(2026, 1, 20), date(2026, 2, 5))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("甲,乙\n1,2\n", "没有写着“名称”或“代码”的表头"),
        ("代码,名称\n", "名单里一家也没有"),
        ("代码,名称,批复日期\n1,甲,一月\n", "“一月”不是日期"),
        ("代码,名称,批复日期\n1,甲,2026-02-30\n", "“2026-02-30”不是日期"),
        ("代码,名称,批复日期\n,,2026-01-20\n", "没有代码，也没有名称"),
        ("代码,名称\n1,甲\n1,乙\n", "“乙”在名单里有两行"),
        ("代码,名称,主管部门\n1,甲,\n2,乙,丙\n", "“乙”的主管部门“丙”不在名单里"),
    ],
)
def test_what_is_wrong_in_a_list_is_told_with_its_cell(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(InputError) as raised:
        listed(tmp_path, text)
    (finding,) = raised.value.findings
    assert (finding.code, says in finding.text) == ("AU163", True)
    assert finding.where or "表头" in says or "一家也没有" in says


ENTRIES = (
    Entry("2", "450", "青溪市财政局", parent="450"),
    Entry("3", "450", "青溪市财政局", "unit", "450"),
    Entry("4", "470", "青溪市水利局", parent="470"),
    Entry("5", "470002", "青溪市水利局水文站", "unit", "470"),
    Entry("6", "480", "青溪市民政局", parent="480", file="minzheng.pdf"),
)


def content(**more: Any) -> Disclosed:
    values = {"codes": (), "names": (), "titles": (), "unit_budget": False, "published": None}
    return Disclosed(**{**values, "findings": (), "reasons": (), **more})


@pytest.mark.parametrize(
    ("path", "read", "place"),
    [
        ("a.pdf", content(codes=("450",)), "2"),
        ("a.pdf", content(codes=("450",), unit_budget=True), "3"),
        ("a.pdf", content(codes=("0450",)), "2"),
        ("a.pdf", content(names=("青溪市 水利局",)), "4"),
        ("a.pdf", content(titles=("青溪市水利局水文站2026年单位预算",), unit_budget=True), "5"),
        ("470002 预算公开.pdf", None, "5"),
        ("青溪市水利局2026年部门预算.pdf", None, "4"),
        ("minzheng.pdf", content(codes=("450",)), "6"),
        ("x.pdf", content(names=("青溪市审计局",)), ""),
    ],
)
def test_a_file_is_of_the_entry_that_it_names(path: str, read: Disclosed | None, place: str) -> None:
    matched = match_files(ENTRIES, [(Path(path), read)])
    assert [entry.place for entry in ENTRIES if matched.of(entry)] == ([place] if place else [])
    assert matched.unlisted == ([] if place else [0])


@pytest.mark.parametrize(
    ("text", "name", "nothing"),
    [
        ("经费增加", "", True),
        ("本年项目经费较上年有所减少", "", True),
        ("公务接待费减少", "公务接待费", True),
        ("工作需要", "", True),
        ("新增两项培训", "", False),
        ("上年购置的执法车辆本年不再安排", "", False),
        ("在职人员工资标准调整", "", False),
    ],
)
def test_a_reason_says_nothing_if_any_change_could_have_it(text: str, name: str, nothing: bool) -> None:
    assert says_nothing(text, name) is nothing


def reasons(*texts: str) -> tuple[Reason, ...]:
    paragraphs = [ReadParagraph(text, f"第 {n} 段") for n, text in enumerate(texts, 1)]
    return tuple(reasons_of(paragraphs, read_prose(paragraphs, 2026)))


@pytest.mark.parametrize(
    ("texts", "codes"),
    [
        (("公务接待费预算数2万元，比上年预算数减少1万元。",), ["AU157"]),
        (("公务接待费预算数2万元，比上年预算数减少1万元，主要原因是公务接待费减少。",), ["AU158"]),
        (("公务接待费预算数2万元，比上年预算数减少1万元。主要原因是接待批次由30批压减到20批。",), []),
        (("公务接待费预算数2万元，比上年预算数减少1万元。", "主要原因是接待批次压减到20批。"), []),
        (("公务接待费预算数2万元，与上年预算数持平。",), []),
        (("公务接待费年初预算为2.00万元，支出决算为1.00万元，完成年初预算的50%。",), ["AU157"]),
        (("公务接待费年初预算为2.00万元，支出决算为1.00万元。决算数小于预算数的主要原因：接待批次减少5批。",), []),
        (("公务接待费年初预算为2.00万元，支出决算为1.00万元。", "决算数小于预算数的主要原因：接待批次减少5批。"), []),
        (("公务接待费年初预算为2.00万元，支出决算为1.00万元。决算数小于预算数的主要原因：经费减少。",), ["AU158"]),
        (("公务接待费年初预算为2.00万元，支出决算为2.00万元，完成年初预算的100%。",), []),
        (("公务接待费年初预算为1.00万元，全年预算为2.00万元，支出决算为2.00万元。",), []),
        (
            (
                "1.行政运行（2010601）年初预算为2.00万元，支出决算为1.00万元。",
                "2.信息化建设（2010607）年初预算为4.00万元，支出决算为3.00万元。决算数小于预算数的主要原因：系统推迟验收。",
            ),
            ["AU157"],
        ),
    ],
)
def test_changes_of_the_three_public_items_have_a_reason(texts: tuple[str, ...], codes: list[str]) -> None:
    assert [one.finding.code for one in reason_findings(reasons(*texts))] == codes


def test_a_reason_that_two_departments_give_is_the_same_but_not_that_of_a_department_and_its_unit() -> None:
    one = Reason("three_public.reception", "公务接待费", "接待外省来访批次减少了3批", "第 1 段", True)
    measure = Reason("three_public", "三公经费", "落实过紧日子要求，压减接待", "第 2 段", True)
    given = {"a.pdf": ("450", (one, measure)), "b.pdf": ("450", (one,)), "c.pdf": ("470", (measure,))}
    assert [(same.policy, len(same.given)) for same in same_reasons(given)] == [(True, 2)]
    both = same_reasons({**given, "d.pdf": ("480", (one,))})
    assert [([file for file, _ in same.given], same.policy) for same in both if not same.policy] == [
        (["a.pdf", "d.pdf"], False)
    ]


FUNCTIONS = [["2026年一般公共预算支出表"], ["单位：万元"], ["科目编码", "科目名称", "合计", "基本支出", "项目支出"]]
BASIC = [["2026年一般公共预算基本支出表"], ["单位：万元"], ["科目编码", "科目名称", "合计", "人员经费", "公用经费"]]
CARS = [["2026年“三公”经费支出表"], ["单位：万元"]]


@pytest.mark.parametrize(
    ("rows", "codes"),
    [
        ([*FUNCTIONS, ["201", "一般公共服务支出", "9", "9", ""], ["20106", "财政事务", "9", "9", ""]], ["AU154"]),
        ([*FUNCTIONS, ["201", "一般公共服务支出", "9", "9", ""], ["2010601", "行政运行", "9", "9", ""]], []),
        ([*FUNCTIONS, ["219", "援助其他地区支出", "9", "", "9"], ["21901", "一般公共服务", "9", "", "9"]], []),
        ([*BASIC, ["301", "工资福利支出", "9", "9", ""]], ["AU155"]),
        ([*BASIC, ["301", "工资福利支出", "9", "9", ""], ["30101", "基本工资", "9", "9", ""]], []),
        ([*CARS, ["合计", "因公出国（境）费", "公务用车购置及运行费", "公务接待费"], ["9", "1", "6", "2"]], ["AU156"]),
        (
            [
                *CARS,
                ["合计", "因公出国（境）费", "公务用车购置费", "公务用车运行费", "公务接待费"],
                ["9", "1", "2", "4", "2"],
            ],
            [],
        ),
    ],
)
def test_tables_go_down_to_the_last_level(rows: list[list[str]], codes: list[str]) -> None:
    tables = recognise([grid(rows, "表")], 2026).tables
    assert len(tables) == 1
    assert [one.finding.code for one in detail_findings(tables)] == codes


def test_rows_that_may_be_withheld_or_have_no_codes_make_no_error() -> None:
    rows = [*FUNCTIONS, ["201", "一般公共服务支出", "9", "9", ""], ["20106", "财政事务", "9", "9", ""]]
    coded = recognise([grid(rows, "表")], 2026).tables
    without = [["2026年一般公共预算支出表"], ["单位：万元"], ["科目名称", "合计", "基本支出", "项目支出"]]
    named = recognise([grid([*without, *(row[1:] for row in rows[3:])], "表")], 2026).tables
    for found in (detail_findings(coded, "any"), detail_findings(named)):
        assert [(one.finding.code, one.finding.severity) for one in found] == [("AU154", Severity.NOTE)]


def test_the_texts_of_a_disclosure_are_looked_for() -> None:
    words = ("主要职责", "机构设置", "比上年增加", "机关运行经费", "政府采购", "名词解释", *("。" for _ in range(6)))
    paragraphs = [ReadParagraph(word, f"第 {n} 段") for n, word in enumerate(words)]
    assert list(missing_parts(paragraphs)) == []
    (found,) = missing_parts([*paragraphs[:4], *paragraphs[5:]])
    assert found.finding.values["parts"] == "政府采购"
    (alone,) = missing_parts([])
    assert "只有表" in alone.finding.text


def audited(path: str, *findings: Finding, **more: Any) -> AuditedFile:
    given = tuple(AuditFinding(finding) for finding in findings)
    return AuditedFile(Path("公开") / path, AuditReport(given, Coverage(), (), year=2026), disclosed=content(**more))


def inspected(entry: Entry, *files: AuditedFile, day: date = DAY) -> Inspected:
    (one,) = inspect([entry], files, Path("公开"), day).inspected
    return one


def dated(approved: date | None, published: date | None) -> Entry:
    return Entry("2", "450", "青溪市财政局", parent="450", approved=approved, published=published)


@pytest.mark.parametrize(
    ("entry", "has_file", "timely", "codes"),
    [
        (dated(date(2026, 1, 20), date(2026, 2, 9)), True, "按时", []),
        (dated(date(2026, 1, 20), date(2026, 2, 10)), True, "逾期 1 天", ["AU151"]),
        (dated(date(2026, 1, 20), date(2026, 1, 19)), True, "日期有误", ["AU151"]),
        (dated(None, date(2026, 2, 10)), True, "不详（没有批复日期）", ["AU152"]),
        (dated(date(2026, 1, 20), None), True, "不详（没有公开日期）", ["AU152"]),
        (dated(date(2026, 1, 20), None), False, "未公开", ["AU150"]),
        (dated(date(2026, 3, 20), None), False, "还在期限内（2026-04-09）", []),
        (dated(None, None), False, "未公开", ["AU150"]),
    ],
)
def test_a_disclosure_is_published_within_twenty_days(
    entry: Entry, has_file: bool, timely: str, codes: list[str]
) -> None:
    one = inspected(entry, *((audited("a.pdf", codes=("450",)),) if has_file else ()))
    assert one.timely == timely
    assert [problem.found.finding.code for problem in one.problems] == codes


def test_the_date_in_the_document_is_taken_where_the_list_has_none() -> None:
    one = inspected(dated(date(2026, 1, 20), None), audited("a.pdf", codes=("450",), published=date(2026, 2, 5)))
    assert (one.timely, one.published) == ("按时", date(2026, 2, 5))


def test_who_is_exempt_need_not_publish() -> None:
    one = inspected(Entry("2", "450", "青溪市国家安全局", parent="450", exempt="涉密"))
    assert (one.timely, one.problems) == ("免于公开（涉密）", ())


def test_every_code_of_the_audit_has_one_of_the_five_dimensions() -> None:
    codes = [one.code for one in declared_codes() if one.code.startswith("AU")]
    assert {dimension_of(code) for code in codes} == set(DIMENSIONS)


def bad(code: str, severity: Severity = Severity.ERROR, message: str = "“收支总表”的合计不对") -> Finding:
    return Finding(code, severity, message)


def ledger(*files: AuditedFile) -> Ledger:
    return inspect(ENTRIES, files, Path("公开"), DAY)


def test_the_ledger_says_each_dimension_and_what_could_not_be_read() -> None:
    files = (
        audited("a.pdf", bad("AU104"), bad("AU119", Severity.WARNING), bad("AU191", Severity.NOTE), codes=("450",)),
        AuditedFile(Path("公开/470.pdf"), None, "这是 {kind}", "", {"kind": "扫描件"}, 3),
        audited("z.pdf", names=("青溪市审计局",)),
        AuditedFile(Path("公开/坏.pdf"), None, "文件坏了", exit_code=3),
    )
    made = ledger(*files)
    finance, _, water, *_ = made.inspected
    assert [finance.says(one) for one in DIMENSIONS[1:]] == ["合格", "合格", "1 个问题", "1 个问题"]
    assert [water.says(one) for one in DIMENSIONS[1:]] == ["—", "—", "—", "1 个问题"]
    assert "公开的文件读不了：这是 扫描件" in [one.found.finding.text for one in water.problems]
    assert [(file, one.text) for file, one in made.unlisted] == [
        ("z.pdf", "名单里没有这份文件的部门或单位"),
        ("坏.pdf", "这份文件读不了，也看不出是谁的"),
    ]
    assert made.blocking


def test_two_files_of_one_department_are_told() -> None:
    one = inspected(ENTRIES[0], audited("a.pdf", codes=("450",)), audited("b.pdf", codes=("450",)))
    assert "AU162" in {problem.found.finding.code for problem in one.problems}


def test_the_list_of_problems_and_the_notices_are_written(tmp_path: Path) -> None:
    files = (
        audited("a.pdf", bad("AU104", message="=1+1：合计不对"), codes=("450",)),
        audited("b.pdf", bad("AU191", Severity.NOTE), codes=("480",)),
    )
    made = ledger(*files)
    written = write_inspection(made, files, Path("公开"), tmp_path / "检查", "青溪市财政局")
    names = [path.name for path in written.notices]
    assert (
        names
        == [f"整改通知-{name}.docx" for name in ("450青溪市财政局", "470青溪市水利局", "480青溪市民政局")][:2]
        + names[2:]
    )
    book = load_workbook(written.problems)
    assert book.sheetnames == ["台账", "问题清单", "未公开", "名单外的文件", "相同的原因"]
    cells = [cell for row in book["问题清单"].iter_rows() for cell in row if cell.value == "=1+1：合计不对"]
    assert [cell.data_type for cell in cells] == ["s"], "a text is no formula"
    assert [row[1].value for row in book["未公开"].iter_rows(min_row=2)] == [
        "青溪市财政局",
        "青溪市水利局",
        "青溪市水利局水文站",
    ]
    paragraphs = [one.text for one in open_docx(str(written.notices[0])).paragraphs]
    assert paragraphs[:2] == ["关于整改2026年预决算公开问题的通知", "青溪市财政局："]
    assert any("=1+1：合计不对" in text for text in paragraphs)
    assert paragraphs[-2:] == ["青溪市财政局", "2026年3月31日"]


def test_a_department_with_nothing_but_notes_gets_no_notice(tmp_path: Path) -> None:
    entry = dated(date(2026, 1, 20), date(2026, 2, 5))
    files = [audited("a.pdf", bad("AU191", Severity.NOTE), codes=("450",))]
    written = write_inspection(inspect([entry], files, Path("公开"), DAY), files, Path("公开"), tmp_path)
    assert written.notices == ()
    assert not (tmp_path / "整改通知").exists()


def test_names_become_names_of_files_and_stay_apart(tmp_path: Path) -> None:
    entries = [Entry("2", "", "../../甲:乙", parent="a"), Entry("3", "", "../../甲/乙", parent="b")]
    written = write_inspection(inspect(entries, [], Path("公开"), DAY), [], Path("公开"), tmp_path / "检查")
    assert [path.name for path in written.notices] == ["整改通知-.._.._甲_乙.docx", "整改通知-.._.._甲_乙-2.docx"]
    assert {path.parent for path in written.notices} == {tmp_path / "检查" / "整改通知"}


def test_the_results_never_replace_what_was_inspected(tmp_path: Path) -> None:
    path = tmp_path / "问题清单.xlsx"
    path.write_bytes(b"published")
    files = [AuditedFile(path, AuditReport((), Coverage(), ()), disclosed=content())]
    with pytest.raises(UsageError, match="盖掉被审核的"):
        write_inspection(inspect([ENTRIES[0]], files, tmp_path, DAY), files, tmp_path, tmp_path)
    assert path.read_bytes() == b"published"


def test_the_same_inspection_gives_the_same_bytes(tmp_path: Path) -> None:
    files = (audited("a.pdf", bad("AU104"), codes=("450",)),)
    both = [write_inspection(ledger(*files), files, Path("公开"), tmp_path / name) for name in ("a", "b")]
    assert both[0].problems.read_bytes() == both[1].problems.read_bytes()
    first, second = ([io.BytesIO(path.read_bytes()).getvalue() for path in one.notices] for one in both)
    assert first == second
