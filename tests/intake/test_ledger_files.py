"""Ledgers that cannot be used as they are: wrong rows, heads, mappings, files; and workbooks as ledgers."""

from __future__ import annotations

import io
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook

from reportgen.cli import main
from reportgen.core.errors import InputError, OutputError
from reportgen.core.finding import Severity
from reportgen.intake.ledger import LedgerImport, frame, import_ledger, write_documents

from .hostile import HOSTILE, Hostile
from .ledgers import HEAD, MAPPING, ROW, imported, only_document, row, text_of

WRONG = [
    (row(金额="12,3a"), "XL303", "不是金额", "金额"),
    (row(金额="-5"), "XL303", "负数", "金额"),
    (row(金额="1.234"), "XL303", "不到一分", "金额"),
    (row(金额="9999999999999999"), "XL303", "大得不合常理", "金额"),
    (row(金额="=SUM(A1)"), "XL306", "公式", "金额"),
    (row(金额="100元"), "XL303", "不是金额", "金额"),
    (row(上年="百"), "XL303", "不是金额", "上年"),
    (row(单位=""), "XL303", "没有“单位”", "单位"),
    (row(单位="45"), "XL304", "不是 3 至 12 位", "单位"),
    (row(单位="合计"), "XL304", "合计", "单位"),
    (row(功能="201"), "XL304", "7 位", "功能"),
    (row(功能="行政运行"), "XL304", "不是编码", "功能"),
    (row(经济="302"), "XL304", "5 位", "经济"),
    (row(经济="50201"), "XL304", "3 开头", "经济"),
    (row(经济="=A1"), "XL306", "公式", "经济"),
    (row(资金="一般公共预算拔款"), "XL305", "不知是什么意思", "资金"),
    (row(资金=""), "XL303", "没有“资金”", "资金"),
    (row(结转="也许"), "XL305", "不知是什么意思", "结转"),
    (row(采购="采买"), "XL305", "不知是什么意思", "采购"),
    (row(项目="甲\x00乙"), "XL306", "不能印刷", "项目"),
    (row(项目="甲\u202e乙"), "XL306", "不能印刷", "项目"),
    (row(项目="=HYPERLINK(1)"), "XL306", "公式", "项目"),
    (row(项目="长" * 201), "XL306", "太长", "项目"),
    (row(资金="单位资金", 来源=""), "XL307", "看不出来源", "资金"),
    (row(经济="30905"), "XL307", "没有项目名称", "经济"),
    ((*ROW, "多"), "XL302", "多于表头", ""),
    (ROW[:-1], "XL302", "少于表头", ""),
]


@pytest.mark.parametrize(("wrong", "code", "says", "column"), WRONG, ids=lambda value: str(value)[:20])
def test_a_wrong_row_is_named_and_nothing_is_written(
    tmp_path: Path, wrong: tuple[str, ...], code: str, says: str, column: str
) -> None:
    found = imported(tmp_path, [row(), wrong, row(金额="7"), wrong])
    errors = [finding for finding in found.findings if finding.severity is Severity.ERROR]
    named = [finding.code for finding in found.findings if finding.code != "XL310"]
    assert named == [code], [str(one) for one in found.findings]
    assert says in errors[0].text
    assert errors[0].values["count"] == "2"
    assert [str(place) for place in errors[0].where] == [
        f"明细账.csv 第 {line} 行" + (f"「{column}」" if column else "") for line in (3, 5)
    ]
    assert errors[0].hint
    assert found.documents == ()
    with pytest.raises(OutputError):
        write_documents(found, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_only_the_first_rows_of_a_problem_are_listed(tmp_path: Path) -> None:
    found = imported(tmp_path, [row(金额=f"错{n}") for n in range(60)])
    (finding,) = (one for one in found.findings if one.severity is Severity.ERROR)
    assert finding.values["count"] == "60"
    assert len(finding.where) == 5
    assert "“错0”、“错1”、“错2”、“错3”、“错4”" in finding.text


def test_with_too_many_errors_no_more_rows_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frame, "BATCH", 20)
    monkeypatch.setattr(frame, "MOST_ERRORS", 50)
    found = imported(tmp_path, [row(金额="错") for _ in range(100)])
    said = {finding.code: finding for finding in found.findings}
    assert said["XL303"].values["count"] == "60"
    assert str(said["XL301"].where[0]) == "明细账.csv 第 61 行"
    assert found.documents == ()


WARNED = [
    ([row(功能="2019998")], "XL308"),
    ([row(), row()], "XL310"),
    ([row(), row(单位名称="档案局本级", 金额="3")], "XL309"),
    ([row(项目="+甲")], "XL306"),
    ([row(), row(单位="451001", 金额="", 上年="4")], "XL314"),
]


@pytest.mark.parametrize(("rows", "code"), WARNED, ids=lambda value: str(value)[:20])
def test_what_is_odd_is_said_and_does_not_stop_the_import(
    tmp_path: Path, rows: list[tuple[str, ...]], code: str
) -> None:
    found = imported(tmp_path, rows)
    assert code in [finding.code for finding in found.findings if finding.severity is Severity.WARNING]
    assert len(found.documents) == 1


@pytest.mark.parametrize(
    ("head", "says"),
    [
        (tuple("金额" if name == "上年" else name for name in HEAD), "“金额”这一列有 2 个"),
        (tuple("资金性质" if name == "资金" else name for name in HEAD), "没有“资金”这一列"),
    ],
)
def test_a_head_with_a_column_twice_or_missing_is_refused(tmp_path: Path, head: tuple[str, ...], says: str) -> None:
    imported(tmp_path, [])
    (tmp_path / "明细账.csv").write_text(text_of([head, ROW]), encoding="utf-8")
    found = import_ledger(tmp_path / "明细账.csv", tmp_path / "mapping.yaml")
    assert any(says in finding.text and finding.code == "XL301" for finding in found.findings)
    assert found.documents == ()


def test_the_column_that_begins_like_the_missing_one_is_suggested(tmp_path: Path) -> None:
    """Not 上年金额, which is more alike: its figures are those of another year."""
    imported(tmp_path, [])
    head = tuple({"金额": "金额（万元）", "上年": "上年金额"}.get(name, name) for name in HEAD)
    (tmp_path / "明细账.csv").write_text(text_of([head, ROW]), encoding="utf-8")
    findings = import_ledger(tmp_path / "明细账.csv", tmp_path / "mapping.yaml").findings
    (missing,) = (one for one in findings if one.text == "没有“金额”这一列")
    assert missing.hint_text == "是否是“金额(万元)”？改 mapping.yaml 里的 columns"


def test_a_unit_of_amounts_over_the_head_must_be_the_mapping_s(tmp_path: Path) -> None:
    imported(tmp_path, [])
    (tmp_path / "明细账.csv").write_text("单位：万元\n" + text_of([HEAD, ROW]), encoding="utf-8")
    (finding,) = import_ledger(tmp_path / "明细账.csv", tmp_path / "mapping.yaml").findings
    assert finding.text == "表里写的金额单位是万元，mapping.yaml 里是元"


UNREADABLE = [
    (b"", "是空的"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, "不是文本"),
    (b"PK\x03\x04" + b"x" * 600, "损坏"),
    ((",".join(HEAD) + '\n"450001,').encode(), "第 2 行的引号不成对"),
    ((",".join(HEAD) + "\n").encode() + b"\xff\xff,\n", "第 2 行附近不是"),
    (b"%PDF-1.7 ...", "不是文本"),
]


@pytest.mark.parametrize(("payload", "says"), UNREADABLE, ids=lambda value: str(value)[:20])
def test_a_file_that_is_no_ledger_is_refused_with_its_line(tmp_path: Path, payload: bytes, says: str) -> None:
    imported(tmp_path, [])
    (tmp_path / "明细账.csv").write_bytes(payload)
    with pytest.raises(InputError) as raised:
        import_ledger(tmp_path / "明细账.csv", tmp_path / "mapping.yaml")
    assert says in raised.value.text
    assert raised.value.hint


MISTAKES = [
    ("colums: {}\n", "mapping.yaml:1：没有“colums”这一项"),
    (MAPPING.replace("  fund: 资金\n", ""), "缺“fund”"),
    (MAPPING.replace("fund:", "fond:"), "没有“fond”这一项"),
    (MAPPING.replace("year: 2023", "year: 23"), "“year”应在 2000 与 2100 之间"),
    (MAPPING + "funds: {甲: 一般公共预算支出}\n", "“funds”只能是"),
    (MAPPING + "three_public: {recepton: ['30217']}\n", "“three_public”只能是"),
    (MAPPING + "money_unit: 亿元\n", "“money_unit”只能是"),
    (MAPPING + 'delimiter: "::"\n', "“delimiter”只能是"),
    (MAPPING.replace("  project: 项目\n", ""), "分不出基本支出和项目支出"),
    (MAPPING.replace("department_digits: 3\n", ""), "看不出一个单位属于哪个部门"),
    (MAPPING.replace("economic: 经济", "economic: 功能"), "“功能”这一列写给了 function、economic"),
    (MAPPING + "year: 2024\n", "写了两次"),
    ("- a\n", "应为“名称: 值”的映射"),
    ("year: [\n", "不是 YAML"),
]


@pytest.mark.parametrize(("mapping", "says"), MISTAKES, ids=lambda value: str(value)[-30:])
def test_a_mistake_in_the_mapping_is_named_with_file_and_line(tmp_path: Path, mapping: str, says: str) -> None:
    with pytest.raises(InputError) as raised:
        imported(tmp_path, [row()], mapping)
    assert says in raised.value.text
    assert raised.value.text.startswith("mapping.yaml")
    assert raised.value.hint


@pytest.mark.parametrize("hostile", HOSTILE, ids=lambda one: one.name)
def test_a_hostile_workbook_is_refused(tmp_path: Path, hostile: Hostile) -> None:
    imported(tmp_path, [])
    (tmp_path / "明细账.csv").write_bytes(hostile.make())
    said = outcome(tmp_path)
    assert said
    assert set(said) <= {"XL301"} or len(said) == 2


def outcome(folder: Path) -> list[str]:
    """What is said of a file that is no ledger: text and hint of the error, or the codes of the findings."""
    try:
        found = import_ledger(folder / "明细账.csv", folder / "mapping.yaml")
    except InputError as error:
        return [one for one in (error.text, error.hint) if one]
    return [finding.code for finding in found.findings] if not found.documents else []


def book(*rows: tuple[object, ...], sheets: tuple[str, ...] = ("明细",)) -> bytes:
    workbook = Workbook()
    workbook.remove(workbook.active)
    for name in sheets:
        page = workbook.create_sheet(name)
        for cells in (HEAD, *rows):
            page.append(cells)
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def of_book(folder: Path, payload: bytes, mapping: str = MAPPING) -> LedgerImport:
    imported(folder, [], mapping)
    (folder / "明细账.xlsx").write_bytes(payload)
    return import_ledger(folder / "明细账.xlsx", folder / "mapping.yaml")


def test_cells_of_a_workbook_are_read_as_what_they_hold(tmp_path: Path) -> None:
    numbers = (450001, "本级", None, 2010601, 30201.0, "一般公共预算", None, False, None, 12.339999999998, 5)
    found = of_book(tmp_path, book(numbers, (None,) * 11, (*numbers[:9], 1.1)))
    data = only_document(found)
    assert data["expenditure"] == [
        {"unit": "450001", "function": "2010601", "operating": "13.44", "last": {"budget": "5.00"}}
    ]
    assert [(finding.code, str(finding.where[0])) for finding in found.findings] == [
        ("XL312", "/department/name"), ("XL311", "明细!J2"),
    ]  # fmt: skip


def test_a_formula_without_a_value_is_named_with_its_cell(tmp_path: Path) -> None:
    found = of_book(tmp_path, book(row(金额="=1+1"), row(项目="=A1", 金额="3")))
    errors = [(finding.code, str(finding.where[0])) for finding in found.findings if finding.severity is Severity.ERROR]
    assert errors == [("XL306", "明细!J2"), ("XL306", "明细!C3")]


def test_of_several_sheets_the_mapping_names_the_ledger(tmp_path: Path) -> None:
    payload = book(row(), sheets=("说明", "明细"))
    with pytest.raises(InputError) as raised:
        of_book(tmp_path, payload)
    assert raised.value.text == "工作簿有几张表：说明、明细"
    assert len(of_book(tmp_path, payload, MAPPING + "sheet: 明细\n").documents) == 1
    with pytest.raises(InputError) as raised:
        of_book(tmp_path, payload, MAPPING + "sheet: 明细账\n")
    assert "没有“明细账”这张表" in raised.value.text


def faults() -> Iterator[tuple[str, tuple[str, ...] | None]]:
    """Mistakes of typing in one row: what is wrong, and the row (None: it was lost)."""
    good = row(项目="数字化", 金额="1234.56", 上年="1000")
    yield "lost", None
    yield "shifted digit", row(项目="数字化", 金额="12345.6", 上年="1000")
    yield "another unit", row(项目="数字化", 金额="0.123456", 上年="0.1")
    yield "swapped columns", row(项目="2010601", 功能="数字化", 金额="1234.56", 上年="1000")
    yield "swapped amounts", row(项目="数字化", 金额="1000", 上年="1234.56")
    yield "text", row(项目="数字化", 金额="1234.56元", 上年="1000")
    yield "twice", good
    yield "another fund", row(项目="数字化", 资金="其他收入", 金额="1234.56", 上年="1000")


@pytest.mark.parametrize(("name", "wrong"), list(faults()), ids=lambda value: value if isinstance(value, str) else "")
def test_no_mistake_in_a_row_is_silent(tmp_path: Path, name: str, wrong: tuple[str, ...] | None) -> None:
    """It is refused, or it is in the totals of the report, which stand beside those of the budget system."""
    good = row(项目="数字化", 金额="1234.56", 上年="1000")
    right = imported(tmp_path, [row(), good])
    found = imported(tmp_path, [row(), *([good] if name == "twice" else []), *([wrong] if wrong else [])])
    assert right.totals is not None
    assert right.totals.amount == Decimal("1334.56")
    if found.totals is not None:
        assert found.totals != right.totals
    else:
        assert any(finding.severity is Severity.ERROR for finding in found.findings)


def test_the_command_writes_the_folder_and_prints_the_totals(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    imported(tmp_path, [row(), row(资金="其他收入", 金额="5")])
    command = ["import", str(tmp_path / "明细账.csv"), "--mapping", str(tmp_path / "mapping.yaml")]
    assert main([*command, "-o", str(tmp_path / "各部门")]) == 0
    said = capsys.readouterr()
    assert "“明细账.csv”：CSV，UTF-8，元，2 行" in said.err
    assert "一般公共预算 100.00元" in said.err
    assert "合计 105.00元：1 个功能科目、1 个单位" in said.err
    assert said.out == f"1 个部门的 JSON 写进了 {tmp_path / '各部门'}。\n"
    assert [path.name for path in (tmp_path / "各部门").iterdir() if path.suffix == ".json"] == ["450.json"]


@pytest.mark.parametrize(
    ("rows", "options", "code", "says"),
    [
        ([row(金额="百")], (), 1, "有错误，没有写出文件"),
        ([row()], ("--texts", "a.docx"), 2, "不能用 --texts"),
        ([row()], ("--draft",), 2, "不能用 --draft"),
        ([row()], ("--basics", "nowhere.json"), 3, "nowhere.json"),
    ],
)
def test_the_command_that_cannot_write_says_why(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    rows: list[tuple[str, ...]],
    options: tuple[str, ...],
    code: int,
    says: str,
) -> None:
    imported(tmp_path, rows)
    command = ["import", str(tmp_path / "明细账.csv"), "--mapping", str(tmp_path / "mapping.yaml"), *options]
    assert main([*command, "-o", str(tmp_path / "out")]) == code
    assert says in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
