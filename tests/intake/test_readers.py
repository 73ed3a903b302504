"""Readers: what a workbook's cells become, which kind a file is, what is refused."""

from __future__ import annotations

import io
from datetime import date, datetime
from decimal import Decimal
from zipfile import ZipFile

import pytest
import xlwt
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment

from reportgen.core.errors import InputError
from reportgen.intake.kinds import Kind, kind_of
from reportgen.intake.readers import LIMITS, read_file, read_grids
from reportgen.isolation import run_one
from reportgen.recognise.cell_values import read_amount, read_text
from reportgen.recognise.grid import GridCell

from .hostile import HOSTILE, Hostile, book, cells, changed, sheet


def saved(workbook: Workbook) -> bytes:
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("行政运行", "行政运行"),
        (" 05", " 05"),
        (205, 205),
        (3.0, 3),
        (12.34, Decimal("12.34")),
        (12.339999999998, Decimal("12.339999999998")),
        (True, True),
        (datetime(2026, 1, 5), date(2026, 1, 5)),
        ("=不是公式".lstrip("="), "不是公式"),
    ],
)
def test_a_value_is_what_the_cell_holds(written: object, value: object) -> None:
    workbook = Workbook()
    workbook.active.append([written])
    (grid,) = read_grids(saved(workbook), isolated=False)
    assert grid.cells[1, 1].value == value
    assert type(grid.cells[1, 1].value) is type(value)


def test_places_indents_hidden_and_merged() -> None:
    workbook = Workbook()
    page = workbook.active
    page.title = "支出 "
    page["B2"], page["C2"], page["B3"] = "教育", 1, "普通教育"
    page["B3"].alignment = Alignment(indent=2)
    page.merge_cells("B5:D6")
    page["B5"] = "合计"
    page.row_dimensions[3].hidden = True
    page.column_dimensions["C"].hidden = True
    other = workbook.create_sheet("藏")
    other.sheet_state = "hidden"
    other["A1"] = 1
    first, second = read_grids(saved(workbook), isolated=False)
    assert first.name == "支出 "
    assert first.cells[2, 3].place == "支出 !C2"
    assert {at for at, cell in first.cells.items() if cell.hidden} == {(2, 3), (3, 2)}
    assert first.cells[3, 2].indent == 2
    assert first.merged == ((5, 2, 6, 4),)
    assert (first.hidden, second.hidden) == (False, True)
    assert [row for row, _ in first.rows()] == [2, 3, 5]
    assert first.text(5, 2) == "合计"
    assert first.text(9, 9) == ""


def test_a_formula_without_a_value_is_no_empty_cell() -> None:
    workbook = Workbook()
    workbook.active["A1"] = "=1+1"
    (grid,) = read_grids(saved(workbook), isolated=False)
    assert (grid.cells[1, 1].problem, grid.cells[1, 1].value) == ("not calculated", "=1+1")


def test_a_formula_with_a_value_and_one_in_error() -> None:
    row = '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>'
    (grid,) = read_grids(changed(sheet=sheet(f"<sheetData>{row}</sheetData>")), isolated=False)
    assert (grid.cells[1, 1].value, grid.cells[1, 1].formula, grid.cells[1, 1].problem) == (2, True, "")
    assert (grid.cells[1, 2].value, grid.cells[1, 2].problem) == ("#DIV/0!", "error")


def test_a_formula_that_came_to_an_empty_text_is_an_empty_cell() -> None:
    """Excel and LibreOffice store it as a text (``t="str"``) without a value; one never calculated has no type."""
    row = '<row r="1"><c r="A1" t="str"><f>IF(1,"","x")</f><v></v></c><c r="B1"><f>1+1</f><v></v></c></row>'
    (grid,) = read_grids(changed(sheet=sheet(f"<sheetData>{row}</sheetData>")), isolated=False)
    assert {at: cell.problem for at, cell in grid.cells.items()} == {(1, 2): "not calculated"}


def test_cells_at_both_ends_of_a_sheet_cost_nothing() -> None:
    """A1 and XFD1048576 in 6 KB: a range of 17 billion cells for a reader that asks for its rows."""
    (grid,) = read_grids(changed(sheet=cells("A1", "XFD1048576")))
    assert [cell.place for cell in grid.cells.values()] == ["Sheet!A1", "Sheet!XFD1048576"]


def test_a_number_that_is_shown_as_a_percentage_says_so() -> None:
    workbook = Workbook()
    workbook.active.append([0.95, 0.95, "95%"])
    workbook.active["A1"].number_format = "0.00%"
    (grid,) = read_grids(saved(workbook), isolated=False)
    assert [cell.percent for cell in grid.cells.values()] == [True, False, False]
    assert read_text(grid.cells[1, 1]).value == "95%"
    assert read_text(grid.cells[1, 2]).value == "0.95"
    assert read_amount(grid.cells[1, 1]).problem is not None


def test_what_is_never_read_is_named() -> None:
    workbook = Workbook()
    workbook.active["A1"] = 1
    workbook.active["A1"].comment = Comment("看", "某人")
    read = read_file(changed_with(saved(workbook), "xl/vbaProject.bin", "xl/media/image1.png"))
    assert read.ignored == ("宏", "图片", "批注")


def changed_with(payload: bytes, *names: str) -> bytes:
    out = io.BytesIO(payload)
    with ZipFile(out, "a") as archive:
        for name in names:
            archive.writestr(name, b"\0")
    return out.getvalue()


def test_a_table_of_a_web_page_is_a_grid() -> None:
    page = "<html><table><tr><th rowspan=2>科目</th><th colspan=2>基本支出</th></tr><tr><td>人员<td>公用</tr></table>"
    for coding in ("utf-8", "gb18030"):
        (grid,) = read_grids(page.encode(coding))
        assert {at: cell.value for at, cell in grid.cells.items()} == {
            (1, 1): "科目",
            (1, 2): "基本支出",
            (2, 2): "人员",
            (2, 3): "公用",
        }
        assert grid.merged == ((1, 1, 2, 1), (1, 2, 1, 3))


def test_a_cell_of_a_web_page_is_what_it_shows() -> None:
    cells = ("机关<br/>运行", "<script>alert(1)</script>12.5<style>td{}</style>", "<p>甲</p><p>乙</p><!-- 丙 -->")
    page = f"<table><tr>{''.join(f'<td>{cell}' for cell in cells)}</table>"
    (grid,) = read_grids(page.encode())
    assert [cell.value for cell in grid.cells.values()] == ["机关\n运行", "12.5", "甲\n乙"]


@pytest.mark.parametrize(
    ("payload", "kind"),
    [
        (book(), Kind.XLSX),
        (b'\xef\xbb\xbf {"schema"', Kind.JSON),
        (b"%PDF-1.7", Kind.PDF),
        ("单位,金额\n".encode(), Kind.TEXT),
        ("单位\t金额\n".encode("gb18030"), Kind.TEXT),
        (b"<!doctype html><p>", Kind.HTML),
        (b"\x89PNG\r\n\x1a\n", Kind.IMAGE),
        (b"\xff\xd8\xff\xe0", Kind.IMAGE),
        (b"Rar!\x1a\x07\x01", Kind.PACKED),
        (b"7z\xbc\xaf\x27\x1c", Kind.PACKED),
        (b"MZ\x90\0", Kind.PROGRAM),
    ],
)
def test_the_first_bytes_say_what_it_is(payload: bytes, kind: Kind) -> None:
    assert kind_of(payload) is kind


def refused(payload: bytes) -> str:
    """The message, in a worker, so that the memory is the reader's."""
    try:
        read_file(payload, isolated=False)
    except InputError as error:
        return error.text
    return ""


@pytest.mark.parametrize("hostile", HOSTILE, ids=str)
def test_a_hostile_file_gets_one_message_and_little_memory(hostile: Hostile) -> None:
    payload = hostile.make()
    result = run_one(refused, payload, LIMITS)
    assert result.loss is None
    assert hostile.says in result.value
    if result.memory:
        assert result.memory < 256 * 1024


def test_a_legacy_workbook() -> None:
    workbook = xlwt.Workbook()
    page = workbook.add_sheet("支出")
    page.write(0, 0, "教育", xlwt.easyxf("alignment: indent 2"))
    page.write(0, 1, 12.34)
    page.write(1, 1, date(2026, 1, 5), xlwt.easyxf(num_format_str="YYYY-MM-DD"))
    page.write_merge(2, 3, 0, 1, "合计")
    page.row(0).hidden = True
    out = io.BytesIO()
    workbook.save(out)
    read = read_file(out.getvalue())
    (grid,) = read.grids
    assert read.kind is Kind.XLS
    assert read.ignored == ()
    assert grid.cells[1, 1] == GridCell("教育", "支出!A1", indent=2, hidden=True)
    assert grid.cells[1, 2].value == Decimal("12.34")
    assert grid.cells[2, 2].value == date(2026, 1, 5)
    assert grid.merged == ((3, 1, 4, 2),)


def test_formulas_of_a_legacy_workbook_are_counted() -> None:
    workbook = xlwt.Workbook()
    page = workbook.add_sheet("支出")
    for row in range(3):
        page.write(row, 0, row)
        page.write(row, 1, xlwt.Formula(f"A{row + 1}*2"))
    out = io.BytesIO()
    workbook.save(out)
    assert read_file(out.getvalue()).ignored == ("公式（3 格，读的是上次保存时算出的结果）",)


def test_a_reader_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    from reportgen.intake.readers import worker
    from reportgen.isolation import Limits

    monkeypatch.setattr(worker, "LIMITS", Limits(seconds=0.001, memory=400))
    with pytest.raises(InputError, match="秒，没有读完"):
        read_file(book(20_000))
