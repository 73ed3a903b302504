"""``reportgen import``: workbooks become a document, or everything that is wrong in them is said."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from reportgen.budget.json_input import LARGEST
from reportgen.cli import main
from reportgen.core.finding import Severity
from reportgen.core.paths import shipped
from reportgen.intake.form.write import workbook as form_workbook
from reportgen.pipeline import load, render
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
    if "XL141" not in err:  # found by the rules, so that there is a document
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
    code, _, err = run(put(tmp_path, b"\0\1\2"))
    assert code == 3
    assert "这是“不认识的文件”，不能导入" in err


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


DEMO = shipped("data") / "samples" / "demo-2023.json"


@pytest.mark.parametrize(
    "basics",
    [
        {"department": [1], "year": "zwei", "expenditure": {"a": 1}},
        {"department": {"units": "x"}, "performance": 5},
        [1],
        "文字",
    ],
)
def test_basics_that_break_the_contract_are_refused(
    basics: Any, published: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "补充.json"
    path.write_text(json.dumps(basics, ensure_ascii=False), encoding="utf-8")
    assert main(["import", str(put(tmp_path, published)), "--basics", str(path)]) == 3
    assert "内部错误" not in capsys.readouterr().err


def test_the_amounts_of_basics_in_the_other_unit_are_converted(published: bytes, tmp_path: Path) -> None:
    """The tables of the sample are in 元."""
    basics = json.loads(SAMPLE.read_bytes())
    project = {"unit": basics["department"]["units"][0]["code"], "name": "运维", "amount": "12.5"}
    basics = {**{key: basics[key] for key in ("year", "department")}, "money_unit": "万元", "performance": [project]}
    report = import_files([put(tmp_path, published)], "shanghai", basics=json.dumps(basics).encode())
    assert report.budget is not None
    assert report.budget.data.money_unit == "元"
    assert report.budget.data.performance[0].amount == 125_000


def test_an_import_replaces_no_file_of_another_kind_and_no_hand_edits(
    published: bytes, run: Run, tmp_path: Path
) -> None:
    path = put(tmp_path, published)
    for force in ((), ("--force",)):
        code, _, err = run(path, "-o", path, *force)
        assert (code, path.read_bytes() == published) == (6, True)
        assert "不是“预算 JSON”，没有覆盖" in err
    for other in ("我的笔记", '{"name": "a", "version": "1"}', "amount: 金额\n"):
        notes = tmp_path / "笔记.txt"
        notes.write_text(other, encoding="utf-8")
        assert run(path, "-o", notes, "--force")[0] == 6
        assert notes.read_text(encoding="utf-8") == other
    large = tmp_path / "很大.json"
    with large.open("wb") as file:
        file.truncate(LARGEST + 1)
    assert run(path, "-o", large, "--force")[0] == 6
    assert large.stat().st_size == LARGEST + 1
    damaged = tmp_path / "改坏了.json"
    damaged.write_bytes(SAMPLE.read_bytes().replace(b"{", b"{,", 1))
    before = damaged.read_bytes()
    code, _, err = run(path, "-o", damaged)
    assert (code, "看不出有没有手工改动" in err, damaged.read_bytes()) == (6, True, before)
    assert run(path, "-o", damaged, "--force")[0] == 0
    edited = {**json.loads(SAMPLE.read_bytes()), "overrides": [{"block": "甲", "runs": ["乙"]}]}
    target = tmp_path / "预算.json"
    target.write_text(json.dumps(edited, ensure_ascii=False), encoding="utf-8")
    code, _, err = run(path, "-o", target)
    assert (code, "手工改动" in err, json.loads(target.read_bytes())) == (6, True, edited)
    assert run(path, "-o", target, "--force")[0] == 0
    assert "overrides" not in json.loads(target.read_bytes())
    assert run(path, "-o", target)[0] == 0


def test_a_workbook_replaces_workbooks_only_and_never_what_it_is_made_of(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, ledger, target = tmp_path / "预算.json", tmp_path / "明细.csv", tmp_path / "填报.xlsx"
    source.write_bytes(SAMPLE.read_bytes())
    ledger.write_text("单位,金额\n", encoding="utf-8")
    for option, output in (("--from", source), ("--last", source), ("--from", ledger)):
        before = output.read_bytes()
        assert main(["workbook", option, str(source), "-o", str(output), "--force"]) == 6
        assert output.read_bytes() == before
        assert "没有覆盖" in capsys.readouterr().err
    for _ in range(2):
        assert main(["workbook", "--from", str(source), "-o", str(target), "--force"]) == 0
    before = target.read_bytes()
    assert main(["workbook", "--from", str(target), "-o", str(target), "--force"]) == 6
    assert target.read_bytes() == before


def moved_carry_over(data: dict[str, Any]) -> None:
    first, other = (next(line for line in data["revenue"] if line["source"] == name) for name in SOURCES)
    other["carry_over"] = first.pop("carry_over")


def moved_project_carry_over(data: dict[str, Any]) -> None:
    project = next(project for project in data["projects"] if project.get("carry_over"))
    ((fund, amount),) = project["carry_over"].items()
    project["carry_over"] = {"own_funds" if fund != "own_funds" else "general_public": amount}


def moved_other_funds(data: dict[str, Any]) -> None:
    line = next(
        line for line in data["expenditure"] if line.get("fund") == "财政专户管理资金" and len(line["function"]) == 7
    )
    line["fund"] = "单位资金"


SOURCES = ("一般公共预算", "上级补助收入")
MOVES: dict[str, Callable[[dict[str, Any]], None]] = {
    "上年结转的收入来源": moved_carry_over, "项目的上年结转": moved_project_carry_over,
    "财政专户管理资金和单位资金的分法": moved_other_funds,
}  # fmt: skip


@pytest.mark.parametrize("what", MOVES)
def test_an_import_does_not_silently_undo_how_a_person_divided_a_sum(
    what: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Tables state some sums undivided; who put their division right in the document is not overruled."""
    name = "shenzhen" if "项目" in what else "jiangsu"
    sample = json.loads((shipped("data") / "samples" / f"{name}.json").read_bytes(), parse_float=str)
    edited = json.loads(json.dumps(sample))
    MOVES[what](edited)
    target, form = tmp_path / "预算.json", put(tmp_path, form_workbook(sample), "填报.xlsx")
    target.write_text(json.dumps(edited, ensure_ascii=False), encoding="utf-8")
    arguments = ["import", str(form), "-o", str(target), "--draft"]
    assert main(arguments) == 6
    assert what in capsys.readouterr().err
    assert json.loads(target.read_bytes()) == edited
    assert main([*arguments, "--force"]) < 2
    assert json.loads(target.read_bytes()) != edited
    assert main(arguments) < 2


def test_a_workbook_replaces_no_file(tmp_path: Path) -> None:
    target = tmp_path / "填报.xlsx"
    assert main(["workbook", "--year", "2026", "-o", str(target)]) == 0
    made = target.read_bytes()
    filled = workbook(SAMPLE)
    target.write_bytes(filled)
    assert main(["workbook", "--year", "2026", "-o", str(target)]) == 6
    assert target.read_bytes() == filled
    assert main(["workbook", "--year", "2026", "-o", str(target), "--force"]) == 0
    assert target.read_bytes() == made


def split_by_unit(data: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The demonstration as its department and its units return it: lines by unit, all else with the department."""
    parts = ("revenue", "expenditure", "three_public", "projects", "performance")
    first, *_ = (unit["code"] for unit in data["department"]["units"])
    found: dict[str, dict[str, Any]] = {
        "部门": {**{key: value for key, value in data.items() if key not in (*parts, "basic_expenditure")}}
    }
    for unit in data["department"]["units"]:
        code = unit["code"]
        own = {part: [line for line in data[part] if line["unit"] == code] for part in parts}
        basic = {"basic_expenditure": data["basic_expenditure"] if code == first else []}
        mine = {"code": code, "name": unit["name"], "duties": ["见部门。"], "units": [unit]}
        head = {key: data[key] for key in ("schema", "year", "money_unit")}
        found[code] = {**head, "scope": "unit", "department": mine, **own, **basic}
    return found


def test_workbooks_of_units_and_the_department_become_its_document(tmp_path: Path) -> None:
    data = json.loads(DEMO.read_bytes(), parse_float=str)
    files = []
    for name, part in split_by_unit(data).items():
        path = tmp_path / f"{name}.xlsx"
        path.write_bytes(form_workbook(part))
        files.append(path)
    report = import_files(files)
    assert report.usable, [str(finding) for finding in report.findings if finding.severity is Severity.ERROR]
    assert report.budget is not None
    assert sum(line.project or 0 for line in report.budget.data.expenditure) == sum(
        line.project or 0 for line in load(DEMO).data.expenditure
    )
    files.remove(tmp_path / "450002.xlsx")
    without = import_files(files)
    assert not without.readable
    assert [finding.code for finding in without.findings if finding.severity is Severity.ERROR] == ["XL162"]


def test_the_exit_code_says_what_became_of_the_import(
    published: bytes, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The table in ``docs/excel-in.md`` and ``--help``."""

    def broken(book: Any) -> None:
        row = next(row for row in book.worksheets[1].iter_rows() if str(row[0].value).strip().endswith("收入总计"))
        row[1].value = "12,3a"

    sound, bad = put(tmp_path, published), put(tmp_path, changed(published, broken), "坏.xlsx")
    target = tmp_path / "预算.json"
    assert (run(bad, "-o", target)[0], target.exists()) == (1, False)
    assert (run(bad, "-o", target, "--draft")[0], target.exists()) == (1, False)  # what cannot be read stays out
    assert run(put(tmp_path, b"PK\x03\x04 damaged", "损坏.xlsx"), "-o", target)[0] == 3
    assert run(tmp_path / "没有.xlsx", "-o", target)[0] == 3
    assert run(sound, bad, put(tmp_path, b"{}", "一.json"), "-o", target)[0] == 3
    assert run(sound, "-o", tmp_path / "没有这个文件夹的文件.json" / "预算.json")[0] in (0, 6)
    assert (run(sound, "-o", target)[0], target.exists()) == (0, True)
    with pytest.raises(SystemExit) as ended:
        main(["import", "--help"])
    assert ended.value.code == 0


def test_an_extra_that_is_missing_is_exit_code_2(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "polars", None)
    ledger, mapping = put(tmp_path, b"a,b\n1,2\n", "账.csv"), put(tmp_path, b"year: 2026\n", "mapping.yaml")
    assert main(["import", str(ledger), "--mapping", str(mapping), "-o", str(tmp_path / "out")]) == 2
    assert "reportgen[ledger]" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("name", ["beijing", "jiangsu", "hangzhou", "shenzhen", "zhejiang-2026"])
def test_the_published_workbook_of_a_sample_is_imported_without_an_error(name: str, tmp_path: Path) -> None:
    """No rule finds an error in what its own sample has printed, whatever its tables do not hold."""
    sample = shipped("data") / "samples" / f"{name}.json"
    (payload,) = render(sample, ["xlsx"], name).files.values()
    report = import_files([put(tmp_path, payload)], name, basics=sample, isolated=False)
    assert [str(finding) for finding in report.findings if finding.severity is Severity.ERROR] == []
    assert report.usable


def test_of_several_files_every_one_that_cannot_be_read_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = [put(tmp_path, form_workbook(json.loads(DEMO.read_bytes(), parse_float=str)), "好.xlsx")]
    files += [put(tmp_path, payload, name) for name, payload in (("坏.xlsx", b"PK\x03\x04"), ("空.xlsx", b""))]
    assert main(["import", *map(str, files), str(tmp_path / "没有.xlsx")]) == 3
    said = capsys.readouterr().err
    assert said.count("XL169") == 3
    assert all(name in said for name in ("坏.xlsx", "空.xlsx", "没有.xlsx", "3 份文件读不了"))
