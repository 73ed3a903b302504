"""The list of departments that are not in the run: what a clerk may type, each mistake told with its cell."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from reportgen.bulk import run
from reportgen.bulk.options import BulkOptions
from reportgen.bulk.other_departments import read_other_departments
from reportgen.core.errors import InputError
from tests.bad_input.command import run_json
from tests.bulk.departments import department, put

HEAD = ["部门", "因公出国（境）费", "公务用车购置费", "公务用车运行维护费", "公务接待费"]
LAST = [f"上年{name}" for name in HEAD[1:]]
RIGHT: list[list[Any]] = [
    ["单位：万元"],
    HEAD,
    ["市人大办", 1.5, "", "2.50", "1,200.00"],
    ["市工商联", None, 0, 0.1, ""],
]
Put = Callable[[list[list[Any]]], Path]


def workbook(rows: list[list[Any]], path: Path) -> Path:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def comma_separated(rows: list[list[Any]], path: Path, encoding: str = "utf-8") -> Path:
    import csv

    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows(rows)
    return path


@pytest.mark.parametrize("form", ["xlsx", "utf-8", "utf-8-sig", "gbk"])
def test_a_list_is_read_from_a_workbook_and_from_text(form: str, tmp_path: Path) -> None:
    path = tmp_path / ("a.xlsx" if form == "xlsx" else "a.csv")
    made = workbook(RIGHT, path) if form == "xlsx" else comma_separated(RIGHT, path, form)
    first, second = read_other_departments(made).departments
    amounts = {"overseas": 15000, "vehicle_purchase": 0, "vehicle_operation": 25000, "reception": 12_000_000}
    assert (first.name, first.items, first.last, first.typed) == ("市人大办", amounts, None, True)
    assert second.items["vehicle_operation"] == Decimal(1000)  # 0.1 exactly, not as a float


def test_units_heads_last_year_and_reasons_as_clerks_write_them(tmp_path: Path) -> None:
    rows = [
        ["2023年“三公”经费"],
        [],
        ["部门 名称", *(f"{name}(元)" for name in HEAD[1:]), *LAST],
        ["市 人大办", "１０", "1", "2", "3", "4", "5", "6", "7.25"],
        ["增减原因", "", "主要原因是更新车辆。", "", ""],
        ["", "", ""],
    ]
    others = read_other_departments(comma_separated(rows, tmp_path / "a.csv"))
    (only,) = others.departments
    assert only.name == "市人大办"
    assert list(only.items.values()) == [10, 1, 2, 3]
    assert list((only.last or {}).values()) == [4, 5, 6, Decimal("7.25")]
    assert others.reasons == {"vehicle_purchase": "更新车辆"}


def changed(row: int, column: int, value: Any) -> list[list[Any]]:
    rows = [list(one) for one in RIGHT]
    rows[row] += [""] * (column + 1 - len(rows[row]))
    rows[row][column] = value
    return rows


MISTAKES: dict[str, tuple[list[list[Any]], str, str]] = {
    "a word for an amount": (changed(2, 1, "无"), "B3", "“无”不是金额"),
    "a unit in the cell": (changed(2, 4, "3万元"), "E3", "“3万元”不是金额"),
    "an exponent": (changed(2, 4, "1e3"), "E3", "“1e3”不是金额"),
    "a broken separator": (changed(2, 4, "1,20.5"), "E3", "“1,20.5”不是金额"),
    "a negative amount": (changed(2, 1, -1.5), "B3", "金额 -1.5 不合理"),
    "an impossible amount": (changed(2, 1, 10**12), "B3", "金额 1000000000000 不合理"),
    "less than a 分": (changed(2, 1, 0.0000001), "B3", "金额 1e-07 不到一分"),
    "a formula": (changed(2, 1, "=1+1"), "B3", "这一格是公式"),
    "a truth value": (changed(2, 1, True), "B3", "“True”不是金额"),
    "an amount without a department": (changed(3, 0, ""), "A4", "这一行没有部门名称"),
    "a department twice": (changed(3, 0, "市人大办"), "A4", "部门“市人大办”写了两次"),
    "a total": (changed(3, 0, "合 计"), "A4", "“合计”不是部门，会算两次"),
    "a name of 200 characters": (changed(3, 0, "长" * 200), "A4", f"部门名称不能用：{'长' * 40}"),
    "a name with a control": (changed(3, 0, "甲\u202e乙"), "A4", "部门名称不能用：甲�乙"),
    "a misspelt column": (changed(1, 4, "公务招待费"), "E2", "没有“公务招待费”这一栏"),
    "an unknown column": (changed(1, 5, "备注"), "F2", "没有“备注”这一栏"),
    "a column twice": (changed(1, 5, "公务接待费"), "F2", "“公务接待费”这一栏写了两次"),
    "a missing column": ([["单位：元"], HEAD[:4], ["甲", 1, 2, 3]], "A2", "缺“公务接待费”这一栏"),
    "a missing column of last year": (changed(1, 5, LAST[0]), "A2", "缺“上年公务接待费”这一栏"),
    "a cell outside": (changed(2, 6, "甲"), "G3", "这一格不在表头的任何一栏下面"),
    "no unit": (RIGHT[1:], "", "没有写金额单位"),
    "two units": (changed(0, 1, "单位：元"), "", "写了两种金额单位：元和万元"),
    "no head": ([["单位：万元"], ["甲", 1]], "", "没有写着“部门”的表头"),
    "nothing": ([], "", "没有写着“部门”的表头"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_every_mistake_is_told_with_its_cell(mistake: str, tmp_path: Path) -> None:
    rows, cell, message = MISTAKES[mistake]
    with pytest.raises(InputError) as refused:
        read_other_departments(workbook(rows, tmp_path / "别的.xlsx"))
    told = [(finding.code, str(finding.where[0]), finding.text) for finding in refused.value.findings]
    assert ("PL301", f"别的.xlsx {cell}".strip(), message) in told
    assert all(finding.hint for finding in refused.value.findings)
    assert f"有 {len(told)} 处要改" in refused.value.text


def test_a_misspelt_column_gets_the_nearest_name_and_text_files_their_lines(tmp_path: Path) -> None:
    rows = changed(1, 4, "公务接侍费")
    rows[2][1] = "x"
    with pytest.raises(InputError) as refused:
        read_other_departments(comma_separated(rows, tmp_path / "a.csv"))
    first = refused.value.findings[0]
    assert (str(first.where[0]), first.hint_text) == ("a.csv 第 2 行第 5 列", "是否想写 公务接待费？")


def bomb() -> bytes:
    payload = io.BytesIO()
    with zipfile.ZipFile(payload, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * (41 << 20))
    return payload.getvalue()


def entities(tmp_path: Path) -> bytes:
    source = workbook(RIGHT, tmp_path / "plain.xlsx")
    payload = io.BytesIO()
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(payload, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            if name.endswith("sheet1.xml"):
                text = b'<!DOCTYPE x [<!ENTITY a "aaaa">]>' + text
            new.writestr(name, text)
    return payload.getvalue()


@pytest.mark.parametrize(
    ("name", "payload", "message"),
    [
        ("a.docx", b"", "不是 .xlsx 或 .csv 文件"),
        ("a.xlsx", b"no zip", "打不开"),
        ("a.xlsx", bomb(), "打不开：解压后过大"),
        ("a.xlsx", None, "打不开：不是普通的工作簿"),
        ("a.csv", "单位：元\n部门".encode("utf-16"), "不是 UTF-8 或 GBK 的文字"),
        ("a.csv", b"\xff\xff\xff", "不是 UTF-8 或 GBK 的文字"),
        ("a.csv", b'"' + b"x" * 200_000, "不是 CSV"),
        ("a.csv", b"," * 60, "超过 5000 行或 50 列"),
        ("a.csv", b"a\n" * 5001, "超过 5000 行或 50 列"),
        ("a.csv", b"x" * (5 << 20), "超过 4 MB，没有读"),
    ],
)
def test_a_file_that_is_no_table_is_refused_in_one_message(
    name: str, payload: bytes | None, message: str, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_bytes(entities(tmp_path) if payload is None else payload)
    with pytest.raises(InputError) as refused:
        read_other_departments(path)
    assert message in refused.value.text
    assert "\n" not in refused.value.text


def test_two_sheets_are_refused_rather_than_one_of_them_ignored(tmp_path: Path) -> None:
    book = Workbook()
    for row in RIGHT:
        book.active.append(row)
    book.create_sheet("区县").append(["甲"])
    book.save(tmp_path / "a.xlsx")
    with pytest.raises(InputError, match="有几张工作表"):
        read_other_departments(tmp_path / "a.xlsx")


def test_the_command_ends_with_3_before_anything_is_made(tmp_path: Path) -> None:
    put(tmp_path / "in", "500", department(0))
    path = comma_separated(changed(2, 1, "无"), tmp_path / "别的.csv")
    result = run_json("bulk", str(tmp_path / "in"), "-o", str(tmp_path / "out"), "--others", str(path))
    assert result.exit_code == 3
    assert not (tmp_path / "out").exists()
    with pytest.raises(InputError, match="读不了"):
        run([tmp_path / "in"], tmp_path / "out", BulkOptions(others=str(tmp_path / "none.csv")))
