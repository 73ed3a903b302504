"""Ledgers: the documents say to the 分 what the rows say; every format gives the same; a wrong row is named."""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import fields
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from reportgen.budget.json_input import parse_json
from reportgen.budget.load import read_budget
from reportgen.cli import main
from reportgen.core.errors import InputError, OutputError, UsageError
from reportgen.core.finding import Severity
from reportgen.intake.ledger import LedgerImport, import_ledger, write_documents
from reportgen.intake.ledger.mapping import Columns, LedgerMapping, Values
from reportgen.intake.ledger.write import document_payload
from reportgen.pipeline import check

from .ledgers import MAPPING, city, imported, only_document, query, row, text_of

DEPARTMENTS, ROWS = 5, 2500


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return city(tmp_path_factory.mktemp("city"), DEPARTMENTS, ROWS)


@pytest.fixture(scope="module")
def found(folder: Path) -> LedgerImport:
    return import_ledger(folder / "ledger.csv", folder / "mapping.yaml", [folder / "basics"])


def documents(found: LedgerImport) -> list[Mapping[str, Any]]:
    return [one.imported.data for one in found.documents]


def summed(lines: Iterable[Mapping[str, Any]], keys: tuple[str, ...], columns: tuple[str, ...]) -> dict[Any, Decimal]:
    sums: dict[Any, Decimal] = defaultdict(Decimal)
    for line in lines:
        key = tuple(line.get(name, "一般公共预算") for name in keys)
        sums[key if len(keys) > 1 else key[0]] += sum(Decimal(line.get(name, 0)) for name in columns)
    return {key: amount for key, amount in sums.items() if amount}


EXPENDITURE = ("personnel", "operating", "project", "business", "paid_up", "subsidies")
GENERAL = "资金性质 = '一般公共预算'"
BASIC = "支出类别 != '特定目标类'"
SOURCE = "CASE 资金性质 WHEN '单位资金' THEN 单位资金来源 ELSE 资金性质 END"


PROJECT_FUNDS = ("general_public", "government_fund", "state_capital", "fiscal_account", "own_funds")
EVERY_TABLE = [
    ("expenditure", ("unit", "function", "fund"), EXPENDITURE, "单位编码, 功能科目编码, 资金性质", ""),
    ("expenditure", ("function",), ("personnel",), "功能科目编码", "支出类别 = '人员类'"),
    ("expenditure", ("unit",), ("operating",), "单位编码", "支出类别 = '公用经费'"),
    ("expenditure", ("unit",), ("project",), "单位编码", "支出类别 = '特定目标类'"),
    ("revenue", ("unit", "source"), ("amount",), f"单位编码, {SOURCE}", "是否上年结转 = '否'"),
    ("revenue", ("source",), ("carry_over",), SOURCE, "是否上年结转 = '是'"),
    ("basic_expenditure", ("unit", "economic"), ("amount",), "单位编码, 部门经济科目编码", f"{BASIC} AND {GENERAL}"),
    ("economic_expenditure", ("economic", "fund"), ("project",), f"部门经济科目编码, {SOURCE}", f"NOT {BASIC}"),
    ("projects", ("unit", "name"), PROJECT_FUNDS, "单位编码, 项目名称", f"NOT {BASIC}"),
    ("three_public", ("unit",), ("reception",), "单位编码", "部门经济科目编码 = '30217'"),
    ("three_public", ("unit",), ("vehicle_operation",), "单位编码", "部门经济科目编码 = '30231'"),
]
"""A table, what its lines are told apart by, its columns; the columns of the ledger for that, and which rows."""


@pytest.mark.parametrize(("table", "keys", "columns", "by", "where"), EVERY_TABLE)
def test_every_table_is_the_sum_of_the_same_rows(
    folder: Path,
    found: LedgerImport,
    table: str,
    keys: tuple[str, ...],
    columns: tuple[str, ...],
    by: str,
    where: str,
) -> None:
    lines = [line for data in documents(found) for line in data[table]]
    sums = summed(lines, keys, columns)
    assert len(sums) > 4
    group = ", ".join(str(n + 1) for n in range(len(keys)))
    sql = f"SELECT {by}, SUM(分) FROM rows WHERE {where or 1} GROUP BY {group}"
    assert sums == query(folder / "ledger.csv", sql)


def test_last_year_s_figures_are_the_sums_of_their_column(folder: Path, found: LedgerImport) -> None:
    lines = [line | {"before": line["last"]["budget"]} for data in documents(found) for line in data["expenditure"]]
    sql = "SELECT 单位编码, 功能科目编码, SUM(上年分) FROM rows GROUP BY 1, 2"
    assert summed(lines, ("unit", "function"), ("before",)) == query(folder / "ledger.csv", sql)


@pytest.mark.parametrize(
    ("part", "column"), [("by_fund", "资金性质"), ("by_function", "功能科目编码"), ("by_unit", "单位编码")]
)
def test_the_totals_of_the_report_are_those_of_the_rows(
    folder: Path, found: LedgerImport, part: str, column: str
) -> None:
    assert found.totals is not None
    sums = query(folder / "ledger.csv", f"SELECT {column}, SUM(分) FROM rows GROUP BY 1")
    assert getattr(found.totals, part) == sums
    assert found.totals.amount == sum(sums.values())
    assert found.totals.rows == ROWS


def test_the_documents_are_complete_and_no_rule_finds_an_error(found: LedgerImport, tmp_path: Path) -> None:
    assert found.findings == ()
    for one in found.documents[:3]:
        assert one.imported.unread == frozenset()
        path = tmp_path / f"{one.code}.json"
        path.write_bytes(document_payload(one.imported.data))
        report = check(path, "zhejiang")
        assert [str(finding) for finding in report.findings if finding.severity is Severity.ERROR] == []


def test_operating_expenses_of_agencies_and_purchases_are_those_of_the_rows(folder: Path, found: LedgerImport) -> None:
    with (folder / "units.csv").open(encoding="utf-8", newline="") as file:
        agencies = {cells["单位代码"] for cells in csv.DictReader(file) if cells["单位性质"] in ("行政", "参公")}
    by_unit = query(folder / "ledger.csv", "SELECT 单位编码, SUM(分) FROM rows WHERE 支出类别 = '公用经费' GROUP BY 1")
    stated = sum(Decimal(data.get("agency_operating", 0)) for data in documents(found))
    assert stated == sum(amount for unit, amount in by_unit.items() if unit in agencies)
    for kind, key in (("货物", "goods"), ("工程", "works"), ("服务", "services")):
        bought = query(
            folder / "ledger.csv", f"SELECT 采购类别, SUM(分) FROM rows WHERE 采购类别 = '{kind}' GROUP BY 1"
        )
        assert sum(Decimal(data["procurement"].get(key, 0)) for data in documents(found)) == bought[kind]


def payloads(found: LedgerImport) -> list[bytes]:
    return [document_payload(data) for data in documents(found)]


@pytest.mark.parametrize(
    ("name", "encoding", "delimiter"),
    [
        ("a.tsv", "utf-8", "\t"),
        ("b.csv", "utf-8-sig", ","),
        ("c.csv", "gb18030", ","),
        ("d.txt", "utf-16", "\t"),
        ("e.csv", "utf-8", ";"),
    ],
)
def test_another_encoding_or_delimiter_gives_the_same_documents(
    folder: Path, found: LedgerImport, tmp_path: Path, name: str, encoding: str, delimiter: str
) -> None:
    with (folder / "ledger.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    (folder / name).write_text(text_of(rows, delimiter), encoding=encoding)
    again = import_ledger(folder / name, folder / "mapping.yaml", [folder / "basics"])
    assert payloads(again) == payloads(found)


def test_a_workbook_gives_the_same_documents(folder: Path, found: LedgerImport) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("明细")
    sheet.append(["2023年预算明细"])
    with (folder / "ledger.csv").open(encoding="utf-8", newline="") as file:
        for n, cells in enumerate(csv.reader(file)):
            sheet.append(cells if not n else [*cells[:-3], *(float(cell) if cell else None for cell in cells[-3:])])
    book.save(folder / "ledger.xlsx")
    again = import_ledger(folder / "ledger.xlsx", folder / "mapping.yaml", [folder / "basics"])
    assert again.recognised.kind == "XLSX，工作表“明细”"
    assert payloads(again) == payloads(found)


def test_the_folder_has_a_file_of_each_department_that_loads(found: LedgerImport, tmp_path: Path) -> None:
    paths = write_documents(found, tmp_path / "out")
    assert [path.name for path in paths] == [f"{one.code}.json" for one in found.documents]
    assert [read_budget(parse_json(path.read_bytes())).department.code for path in paths] == [
        one.code for one in found.documents
    ]


def test_documents_are_not_written_over_a_file(found: LedgerImport, tmp_path: Path) -> None:
    (tmp_path / "明细.csv").write_text("单位", encoding="utf-8")
    with pytest.raises(OutputError, match="是一份文件"):
        write_documents(found, tmp_path / "明细.csv")


def test_a_line_of_last_year_only_is_kept_and_zeros_are_said(tmp_path: Path) -> None:
    data = only_document(
        imported(tmp_path, [row(), row(功能="2010602", 项目="旧项目", 金额="", 上年="70"), row(经济="30217", 上年="")])
    )
    assert {"unit": "450001", "function": "2010602", "last": {"budget": "70.00"}} in data["expenditure"]
    assert data["projects"] == [{"unit": "450001", "name": "旧项目", "last": {"budget": "70.00"}}]
    assert data["basic_expenditure"][1] == {
        "unit": "450001", "economic": "30217", "amount": "100.00", "last": {"budget": "0.00"},
    }  # fmt: skip
    (line,) = data["three_public"]
    assert (line["reception"], line["overseas"], line["last"]["budget"]["reception"]) == ("100.00", "0.00", "0.00")


def test_carry_over_and_sources_are_told_apart(tmp_path: Path) -> None:
    rows = [
        row(项目="甲", 资金="单位资金", 来源="事业收入", 金额="10.01"),
        row(项目="甲", 资金="其他收入", 金额="20"),
        row(项目="甲", 资金="其他收入", 结转="是", 金额="5"),
        row(项目="甲", 资金="使用非财政拨款结余", 金额="7"),
        row(项目="甲", 结转="是", 金额="3"),
        row(资金="财政专户", 结转="是", 金额="2"),
    ]
    data = only_document(imported(tmp_path, rows, MAPPING.replace("  last_budget: 上年\n", "")))
    assert data["revenue"] == [
        {"unit": "450001", "source": "一般公共预算", "carry_over": "3.00"},
        {"unit": "450001", "source": "财政专户管理资金", "carry_over": "2.00"},
        {"unit": "450001", "source": "事业收入", "amount": "10.01"},
        {"unit": "450001", "source": "其他收入", "amount": "20.00", "carry_over": "5.00"},
        {"unit": "450001", "source": "使用非财政拨款结余", "amount": "7.00"},
    ]
    assert data["projects"] == [
        {
            "unit": "450001", "name": "甲", "general_public": "3.00", "own_funds": "35.01", "surplus_used": "7.00",
            "sources": {"business_income": "10.01", "other_income": "20.00"},
            "carry_over": {"general_public": "3.00", "own_funds": "5.00"},
        }
    ]  # fmt: skip
    basic = {"unit": "450001", "economic": "30201", "fund": "财政专户管理资金", "basic": "2.00", "carry_over": "2.00"}
    assert basic in data["economic_expenditure"]


def test_what_counts_in_the_other_class_has_a_line_of_its_own(tmp_path: Path) -> None:
    mapping = MAPPING.replace("  project: 项目\n", "  project: 项目\n  kind: 来源\n").replace("  source: 来源\n", "")
    rows = [row(来源="人员类", 经济="30399"), row(来源="公用经费", 经济="30399", 金额="40")]
    data = only_document(imported(tmp_path, rows, mapping))
    assert [(line["amount"], line.get("counted_as")) for line in data["basic_expenditure"]] == [
        ("100.00", None), ("40.00", "公用经费"),
    ]  # fmt: skip
    assert data["expenditure"][0]["personnel"] == "100.00"
    assert data["expenditure"][0]["operating"] == "40.00"


def test_three_public_counts_fiscal_money_and_the_codes_of_projects(tmp_path: Path) -> None:
    rows = [
        row(经济="30217"),
        row(经济="30913", 项目="购车", 金额="5"),
        row(经济="30217", 资金="其他收入", 金额="7"),
        row(经济="30212", 项目="出访", 资金="政府性基金", 金额="9"),
    ]
    lines = only_document(imported(tmp_path, rows))["three_public"]
    shown = [(line.get("fund"), line["reception"], line["vehicle_purchase"], line["overseas"]) for line in lines]
    assert shown == [(None, "100.00", "5.00", "0.00"), ("政府性基金预算", "0.00", "0.00", "9.00")]


@pytest.mark.parametrize(
    ("written", "unit", "amount"),
    [
        ("1,234.5", "元", "1234.50"),
        ("１２.３４", "元", "12.34"),
        ("12.339999999998", "元", "12.34"),
        ("-", "元", None),
        ("0.000001", "万元", "0.01"),
        ("17633.63", "万元", "176336300.00"),
        ("999999999999999", "元", "999999999999999.00"),
    ],
)
def test_an_amount_is_exact(tmp_path: Path, written: str, unit: str, amount: str | None) -> None:
    mapping = MAPPING + f"money_unit: {unit}\n"
    data = only_document(imported(tmp_path, [row(金额=written, 上年="1"), row(功能="2080101", 金额="1")], mapping))
    assert data["expenditure"][0].get("operating") == amount


def test_what_is_missing_is_said_and_not_invented(tmp_path: Path) -> None:
    found = imported(tmp_path, [row(), row(单位="450002", 单位名称="", 金额="3")])
    (one,) = found.documents
    assert one.imported.unread == {
        "/department/name", "/department/duties", "/department/units/0/nature", "/department/units/1/name",
        "/department/units/1/nature",
    }  # fmt: skip
    assert one.imported.data["department"]["units"] == [{"code": "450001", "name": "档案馆本级"}, {"code": "450002"}]
    assert "agency_operating" not in one.imported.data
    assert [finding.code for finding in found.findings] == ["XL312"]


LIST = "部门代码,部门名称,主要职能,单位代码,单位名称,单位性质\n"


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ("450,档案馆,保管。,450001,本级,行政\n450,,,450001,本级,行政\n", "单位 450001 写了两次"),
        ("450,档案馆,保管。,450001,本级,行攻\n", "“行攻”不是单位性质"),
        ("450,档案馆,保管。,450001,本级,行政\n450,档案局,,450002,馆,事业\n", "部门 450 的“部门名称”写了两种"),
        ("450,档案馆,保管。,四五,本级,行政\n", "没有能用的单位代码"),
        ("../450,档案馆,保管。,450001,本级,行政\n", "没有能用的单位代码"),
    ],
)
def test_a_wrong_list_of_units_is_named(tmp_path: Path, rows: str, says: str) -> None:
    (tmp_path / "units.csv").write_text(LIST + rows, encoding="utf-8")
    found = imported(tmp_path, [row()], MAPPING + "units: units.csv\n")
    assert [finding.code for finding in found.findings if says in finding.text] == ["XL313"]
    assert found.documents == ()


def test_a_column_of_the_list_that_is_not_read_is_named(tmp_path: Path) -> None:
    rows = "450,档案馆,保管。,450001,本级,行政,1\n"
    head = LIST.strip().replace("主要职能", "主要职责") + ",序\n"
    (tmp_path / "units.csv").write_text(head + rows, encoding="utf-8")
    found = imported(tmp_path, [row()], MAPPING + "units: units.csv\n")
    said = [finding for finding in found.findings if finding.code == "XL313"]
    assert [(one.values["found"], one.values["near"]) for one in said] == [("主要职责", "主要职能"), ("序", "")]
    assert len(found.documents) == 1


def test_the_list_of_units_gives_names_natures_and_the_department(tmp_path: Path) -> None:
    rows = '800,青溪市档案馆,"保管。\n利用。",450002,城建馆,事业\n800,,,450001,本级,行政\n800,,,450009,无行,事业\n'
    (tmp_path / "units.csv").write_text(LIST + rows, encoding="utf-8")
    mapping = MAPPING.replace("department_digits: 3", "units: units.csv")
    found = imported(tmp_path, [row(), row(单位="450002", 金额="5"), row(单位="450001", 经济="30202")], mapping)
    data = only_document(found)
    assert data["department"]["code"] == "800"
    assert data["department"]["duties"] == ["保管。", "利用。"]
    assert [unit["code"] for unit in data["department"]["units"]] == ["450002", "450001", "450009"]
    assert [line["unit"] for line in data["revenue"]] == ["450002", "450001"]
    assert data["agency_operating"] == "200.00"
    assert data["totals"]["agency_operating"]["last"] == {"budget": "180.00"}
    assert [finding.values["unit"] for finding in found.findings if finding.code == "XL313"] == ["450009"]


def test_an_earlier_document_gives_texts_and_no_figures(tmp_path: Path) -> None:
    old = {
        "schema": "reportgen/budget/2", "year": 2022, "money_unit": "万元", "contact": "0575-1",
        "department": {"code": "450", "name": "档案馆", "duties": ["保管。"],
                       "units": [{"code": "450001", "name": "本级", "nature": "行政"}]},
        "revenue": [{"source": "一般公共预算", "amount": 1, "reason": "人员增加"}],
        "expenditure": [{"function": "2010601", "personnel": 9, "use": "日常运转"},
                        {"unit": "450001", "function": "2010602", "project": 9, "use": "专项"}],
        "carried_forward": 5, "agency_operating": 77,
        "totals": {"revenue": {"amount": 9, "last": {"budget": 3, "execution": 4}, "reason": "项目增加"}},
        "glossary": [{"term": "甲", "text": "乙。"}],
    }  # fmt: skip
    (tmp_path / "450.json").write_text(json.dumps(old), encoding="utf-8")
    rows = [row(), row(功能="2010602", 项目="甲", 金额="3")]
    data = only_document(imported(tmp_path, rows, basics=[tmp_path / "450.json"]))
    assert (data["year"], data["money_unit"], data["contact"]) == (2023, "元", "0575-1")
    assert [line.get("use") for line in data["expenditure"]] == ["日常运转", "专项"]
    assert data["revenue"][0]["reason"] == "人员增加"
    assert data["agency_operating"] == "100.00"
    assert data["totals"]["revenue"] == {"reason": "项目增加", "last": {"execution": 4}}
    assert "carried_forward" not in data
    assert data["glossary"] == old["glossary"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[]", "没有部门代码"),
        ('{"department": {"code": "../x"}}', "没有部门代码"),
        ("{", "不是 JSON"),
        ('{"schema": "reportgen/budget/1", "department": {"code": "450"}}', "旧格式"),
        ('{"department": {"code": "450", "code": "451"}}', "“code”写了两次"),
    ],
)
def test_a_document_that_cannot_give_texts_is_refused(tmp_path: Path, text: str, says: str) -> None:
    (tmp_path / "old.json").write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as raised:
        imported(tmp_path, [row()], basics=[tmp_path / "old.json"])
    assert says in raised.value.text
    assert "old.json" in raised.value.text


def test_without_the_extra_the_message_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "polars", None)
    with pytest.raises(UsageError) as raised:
        imported(tmp_path, [row()])
    assert "reportgen[ledger]" in raised.value.hint_text


def block(name: str) -> str:
    """A block of the guide, by the comment before it."""
    text = (Path(__file__).parents[2] / "docs" / "ledger.md").read_text(encoding="utf-8")
    (found,) = re.findall(rf"<!-- {name} -->\n```[a-z]+\n(.*?)```", text, re.S)
    return str(found)


def test_the_example_of_the_guide_gives_what_the_guide_says(tmp_path: Path) -> None:
    for name, file in (("ledger", "明细账.csv"), ("mapping", "mapping.yaml"), ("units", "单位清单.csv")):
        (tmp_path / file).write_text(block(name), encoding="utf-8")
    found = import_ledger(tmp_path / "明细账.csv", tmp_path / "mapping.yaml")
    assert found.findings == ()
    (path,) = write_documents(found, tmp_path / "各部门")
    assert path.name == "450.json"
    budget = read_budget(parse_json(path.read_bytes()))
    tables = (
        budget.revenue, budget.expenditure, budget.basic_expenditure, budget.economic_expenditure,
        budget.three_public, budget.projects,
    )  # fmt: skip
    assert [len(table) for table in tables] == [3, 4, 2, 3, 1, 3]
    assert (budget.agency_operating, budget.projects[0].carry_over.general_public) == (
        Decimal(8000),
        Decimal("120000.5"),
    )
    (old,) = (project for project in budget.projects if project.name == "旧系统迁移")
    assert (old.general_public, old.last.budget) == (None, Decimal(60000))


def test_the_commands_of_the_guide_make_the_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    files = {"ledger": "明细账.csv", "mapping": "mapping.yaml", "units": "单位清单.csv", "basics": "补充/450.json"}
    (tmp_path / "补充").mkdir()
    for name, file in files.items():
        (tmp_path / file).write_text(block(name), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    for line in block("commands").splitlines():
        assert main(line.split()[1:]) == 0, capsys.readouterr()
    assert {path.suffix for path in (tmp_path / "公开").rglob("*青溪市财政局*.*")} >= {".docx", ".pdf", ".xlsx"}


def test_the_guide_names_every_column_and_every_setting() -> None:
    text = (Path(__file__).parents[2] / "docs" / "ledger.md").read_text(encoding="utf-8")
    names = {one.name for kind in (Columns, LedgerMapping, Values) for one in fields(kind)} - {"place", "values"}
    assert {name for name in names if f"`{name}`" not in text} == set()


def test_polars_is_imported_only_when_a_ledger_is(tmp_path: Path) -> None:
    code = "import sys, reportgen.intake.ledger, reportgen.cli; sys.exit('polars' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
