"""``reportgen import``: workbooks become a document, or everything that is wrong in them is said."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from reportgen.cli import main
from reportgen.core.paths import shipped
from reportgen.pipeline import render
from reportgen.pipeline.fill_in import workbook
from reportgen.pipeline.importing import import_files, save_import

Run = Callable[..., tuple[int, str, str]]
SAMPLE = shipped("data") / "samples" / "shanghai.json"


@pytest.fixture(scope="module")
def published() -> bytes:
    (payload,) = render(SAMPLE, ["xlsx"], "shanghai").files.values()
    return payload


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def call(*arguments: object) -> tuple[int, str, str]:
        code = main(["import", *map(str, arguments), "--layout", "shanghai", "--basics", str(SAMPLE)])
        said = capsys.readouterr()
        return code, said.out, said.err

    return call


def changed(payload: bytes, change: Callable[[Any], None]) -> bytes:
    book = load_workbook(io.BytesIO(payload))
    change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def put(folder: Path, payload: bytes, name: str = "公开.xlsx") -> Path:
    path = folder / name
    path.write_bytes(payload)
    return path


def test_a_published_workbook_becomes_a_document(published: bytes, run: Run, tmp_path: Path) -> None:
    target = tmp_path / "预算.json"
    code, out, err = run(put(tmp_path, published), "-o", target)
    assert code == 0, err
    assert "支出总表，元，" in err
    assert "“目录”：没有认出，没有读" in err
    assert str(target) in out
    assert json.loads(target.read_bytes())["department"]["name"]
    assert target.read_bytes().endswith(b"}\n")


def test_an_error_is_named_with_its_cell_and_nothing_is_written(published: bytes, run: Run, tmp_path: Path) -> None:
    def spoil(book: Any) -> None:
        sheet = book.worksheets[3]
        sheet["E8"] = "12,3a"

    target = tmp_path / "预算.json"
    code, _, err = run(put(tmp_path, changed(published, spoil)), "-o", target)
    assert code == 1
    assert "12,3a" in err
    assert "!E8" in err
    assert not target.exists()


def test_a_relation_that_does_not_hold_is_named_with_its_cell(published: bytes, run: Run, tmp_path: Path) -> None:
    def spoil(book: Any) -> None:
        sheet = book.worksheets[1]
        row = next(row for row in sheet.iter_rows() if str(row[0].value).strip().endswith("收入总计"))
        row[1].value += 1_000_000

    path = put(tmp_path, changed(published, spoil))
    target = tmp_path / "预算.json"
    code, _, err = run(path, "-o", target)
    assert code == 1
    assert "1,000,000.00元" in err
    assert not target.exists()
    if "GJ" in err:  # found by the rules, so that there is a document
        assert run(path, "-o", target, "--draft")[0] == 1
        assert target.exists()


def test_as_json(published: bytes, run: Run, tmp_path: Path) -> None:
    code, out, _ = run(put(tmp_path, published), "--json")
    data = json.loads(out)
    assert code == 0
    assert data["usable"] is True
    assert data["file"] is None
    assert {one["kind"] for one in data["recognised"]} >= {"收支总表", "支出总表", ""}


def test_a_file_that_is_no_workbook_is_unreadable(run: Run, tmp_path: Path) -> None:
    code, _, err = run(put(tmp_path, b"%PDF-1.7"))
    assert code == 3
    assert "这是 PDF 文件，不能导入" in err


def test_the_document_of_an_import_names_cells_and_is_its_own_json(published: bytes, tmp_path: Path) -> None:
    report = import_files([put(tmp_path, published)], "shanghai", basics=SAMPLE)
    assert report.budget is not None
    assert save_import(report, tmp_path / "预算.json").read_bytes() == report.budget.payload
    assert all("!" in cell for cell in report.budget.cells.values())


@pytest.mark.parametrize(
    "command",
    [
        ("upgrade", "{workbook}"),
        ("accept", "{workbook}", "GJ109", "--reason", "核实过"),
        ("pull", "{edited}", "--into", "{workbook}"),
    ],
    ids=lambda words: words[0],
)
def test_a_command_that_writes_a_document_back_leaves_a_workbook_alone(
    command: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sample = shipped("data") / "samples" / "shaoxing-hrss-2023.json"
    made = workbook(sample)
    names = {"workbook": put(tmp_path, made, "填报.xlsx"), "edited": tmp_path / "改过.docx"}
    names["edited"].write_bytes(next(iter(render(sample, ["docx"]).files.values())))
    assert main([word.format(**names) for word in command]) == 3
    assert "不能写回" in capsys.readouterr().err
    assert names["workbook"].read_bytes() == made
