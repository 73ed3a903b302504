"""The public API: what it returns, that it touches no files and keeps threads apart, that its documentation runs."""

from __future__ import annotations

import doctest
import gc
import inspect
import json
import os
import re
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import reportgen
from reportgen import api
from reportgen.core import cache
from reportgen.core.paths import shipped
from reportgen.pipeline import LocalFolder

ROOT = Path(reportgen.__file__).parent.parent
PAGE = ROOT / "docs" / "api.md"
DEMO = shipped("data") / "samples" / "demo-2023.json"
SEED = shipped("data") / "samples" / "shaoxing-hrss-2023.json"


def data_of(path: Path) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    return data


def program() -> str:
    found = re.search(r"<!-- program -->\n```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert found
    return found[1]


def test_what_can_be_imported_is_the_api() -> None:
    assert sorted(reportgen.__all__) == sorted(["__version__", *api.__all__])
    for name in api.__all__:
        assert getattr(api, name).__doc__
    with pytest.raises(AttributeError, match="no attribute 'frobnicate'"):
        _ = reportgen.frobnicate


def test_the_page_names_all_that_is_public_and_calls_every_function() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert [name for name in reportgen.__all__ if not re.search(rf"`(?:reportgen\.)?{name}\b", page)] == []
    examples = "\n".join(re.findall(r"^(?:>>>|\.\.\.) .*", page, re.MULTILINE))
    functions = [name for name in api.__all__ if inspect.isfunction(getattr(api, name))]
    assert len(functions) > 7
    assert [name for name in functions if f"reportgen.{name}(" not in examples] == []


def test_a_public_function_says_what_it_returns_and_refers_to_public_names_only() -> None:
    for name in api.__all__:
        if inspect.isfunction(function := getattr(api, name)):
            text = str(inspect.getdoc(function))
            assert text.startswith("Return ") or "\nReturns:\n" in text, name
            assert set(re.findall(r":func:`(\w+)`", text)) <= set(api.__all__), name


def test_no_module_takes_the_place_of_a_function() -> None:
    here = Path(reportgen.__file__).parent
    packages = {path.stem for path in here.glob("*.py")} | {path.parent.name for path in here.glob("*/__init__.py")}
    assert packages.isdisjoint(api.__all__)


def type_checked(file: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "mypy", "--strict", "--follow-imports=silent", "--config-file", os.devnull]
    environment = {**os.environ, "MYPYPATH": str(ROOT)}
    return subprocess.run([*command, str(file)], cwd=ROOT, env=environment, capture_output=True, text=True)


def test_the_program_of_the_documentation_passes_strict_type_checks(tmp_path: Path) -> None:
    file = tmp_path / "program.py"
    file.write_text(program(), encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "mypy",
        "--strict",
        "--follow-imports=silent",
        "--config-file",
        os.devnull,
        str(file),
    ]
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, "MYPYPATH": str(ROOT)}, capture_output=True, text=True)
    assert done.stdout.startswith("Success"), done.stdout + done.stderr


def test_a_name_that_is_not_public_fails_type_checks(tmp_path: Path) -> None:
    file = tmp_path / "program.py"
    file.write_text("import reportgen\nreportgen.biuld(3)\nreportgen.build('a')\n", encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "mypy",
        "--strict",
        "--follow-imports=silent",
        "--config-file",
        os.devnull,
        str(file),
    ]
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, "MYPYPATH": str(ROOT)}, capture_output=True, text=True)
    assert 'has no attribute "biuld"' in done.stdout
    assert "Found 1 error" in done.stdout


def test_the_program_of_the_documentation_runs(tmp_path: Path) -> None:
    base = tmp_path / "budgets.sqlite"
    database = sqlite3.connect(base)
    database.execute("create table budgets (code text, document text)")
    bad = {**data_of(DEMO), "year": "soon"}
    for code, data in (("1", data_of(DEMO)), ("2", bad), ("3", {**data_of(DEMO), "carried_forward": "1"})):
        database.execute("insert into budgets values (?, ?)", (code, json.dumps(data, default=str)))
    database.commit()
    names: dict[str, Any] = {}
    exec(program(), names)
    results = list(names["disclose_all"](database))
    assert [name for name, _ in results[:3]] == [
        "青溪市财政局2023年部门预算.docx", "青溪市财政局2023年部门预算.pdf", "不合格式",
    ]  # fmt: skip
    assert isinstance(results[1][1], bytes)
    assert results[1][1].startswith(b"%PDF-")
    assert results[2][1].startswith("IN100")
    assert results[3][0] == "问题"
    assert results[3][1].startswith("GJ101")
    statuses: list[str] = []
    for number in ("/0", "/2"):
        page = names["web_page"]({"BUDGETS": str(base), "PATH_INFO": number}, lambda status, _: statuses.append(status))
        assert page[0].startswith(b"%PDF-" if number == "/0" else b"GJ101")
    assert statuses == ["200 OK", "422 Unprocessable Content"]
    database.close()


def test_the_examples_of_the_documentation_are_right(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    names = {"json": json, "Path": Path, "Decimal": Decimal}
    results = doctest.testfile(str(PAGE), module_relative=False, globs=names, encoding="utf-8")
    assert results.attempted > 10
    assert results.failed == 0


@pytest.mark.parametrize("sample", [DEMO, SEED], ids=lambda path: path.stem)
def test_a_document_is_the_same_as_path_bytes_and_dict(sample: Path) -> None:
    by_path, by_text = reportgen.load(sample), reportgen.load(str(sample))
    by_bytes, by_dict = reportgen.load(sample.read_bytes()), reportgen.load(data_of(sample))
    assert by_path.path == by_text.path == sample
    assert by_bytes.path is by_dict.path is None
    files = [dict(reportgen.render(one, formats=["xlsx"]).files) for one in (by_path, by_text, by_bytes, by_dict)]
    assert files[0]
    assert files.count(files[0]) == 4


def test_rendered_files_are_those_that_build_writes(tmp_path: Path) -> None:
    rendered = reportgen.render(DEMO, sources=True)
    report = reportgen.build(DEMO, tmp_path, sources=True)
    assert {path.name: path.read_bytes() for path in report.files} == dict(rendered.files)
    assert len(rendered.files) == 4
    assert (rendered.publishable, rendered.findings) == (True, ())


def test_a_blocked_document_has_no_files() -> None:
    rendered = reportgen.render({**data_of(DEMO), "carried_forward": "1"})
    assert dict(rendered.files) == {}
    assert not rendered.publishable
    assert str(rendered.findings[0]).startswith("GJ101 收支预算总表「收入总计」")
    assert str(rendered.findings[0]).endswith("）")


def test_a_file_that_reads_back_otherwise_is_not_rendered(monkeypatch: pytest.MonkeyPatch) -> None:
    from reportgen.writers import xlsx

    monkeypatch.setattr(xlsx, "read_back", lambda payload: 1 // 0)
    rendered = reportgen.render(DEMO, formats=["xlsx"])
    assert dict(rendered.files) == {}
    assert not rendered.publishable


def test_last_years_document_is_compared() -> None:
    budget = reportgen.load(DEMO, last=SEED)
    assert budget.last is not None
    assert any(finding.code == "GJ601" for finding in reportgen.check(budget).findings)
    assert any(finding.code == "GJ601" for finding in reportgen.render(DEMO, last=SEED).findings)
    assert reportgen.check(DEMO).findings == ()


def test_build_takes_a_dict_and_another_storage(tmp_path: Path) -> None:
    data = data_of(DEMO)
    first = reportgen.build(data, LocalFolder(tmp_path), formats=["xlsx"])
    assert [path.name for path in first.files] == ["青溪市财政局2023年部门预算.xlsx"]
    assert reportgen.build(data, tmp_path, formats=["xlsx"]).current
    assert not reportgen.build({**data, "published": date(2023, 2, 10)}, tmp_path, formats=["xlsx"]).current


WRONG: list[tuple[object, str]] = [
    ({"year": 2023.0}, "IN100 浮点数不精确：2023.0（/year）"),
    ({"revenue": [{"amount": float("nan")}]}, "IN100 浮点数不精确：nan（/revenue/0/amount）"),
    ({"a/b": object()}, "IN100 JSON 里没有 object 这种值（/a~1b）"),
    ({"a": Decimal("NaN")}, "IN100 不是数字：NaN（/a）"),
    ({1: 2}, "IN100 字段名应为文字，读到 int（/）"),
    ({"a": b"x"}, "IN100 JSON 里没有 bytes 这种值（/a）"),
]


@pytest.mark.parametrize(("data", "complaint"), WRONG, ids=[complaint for _, complaint in WRONG])
def test_values_that_are_not_exact_json_are_refused(data: Any, complaint: str) -> None:
    with pytest.raises(reportgen.InputError) as raised:
        reportgen.load(data)
    assert [str(finding) for finding in raised.value.findings] == [complaint]


def test_an_error_tells_its_hint_and_its_first_findings() -> None:
    with pytest.raises(reportgen.UsageError) as raised:
        reportgen.render(DEMO, ["word"])
    assert str(raised.value) == "没有“word”这个格式（可用的格式：docx、html、pdf、xlsx）"
    assert raised.value.hint_text == "可用的格式：docx、html、pdf、xlsx"
    with pytest.raises(reportgen.InputError) as raised_input:
        reportgen.load({"year": "x"})
    lines = str(raised_input.value).splitlines()
    assert lines[0].startswith("不合格式，共")
    assert lines[1].startswith("IN100")
    assert lines[-1] == f"… {len(raised_input.value.findings) - 5} more"


def test_a_format_may_be_named_alone_and_json_text_is_no_path() -> None:
    assert list(reportgen.render(DEMO, "xlsx").files) == ["青溪市财政局2023年部门预算.xlsx"]
    with pytest.raises(reportgen.InputError, match="不是文件的路径"):
        reportgen.load(DEMO.read_text(encoding="utf-8"))
    with pytest.raises(TypeError, match="not NoneType"):
        reportgen.build(DEMO, None)  # type: ignore[arg-type]


def test_a_rendered_document_has_a_short_repr_and_dir_lists_the_api() -> None:
    assert len(repr(reportgen.render(DEMO, ["xlsx"]))) < 200
    assert set(reportgen.__all__) <= set(dir(reportgen))


def test_a_dict_that_contains_itself_is_refused() -> None:
    data: dict[str, object] = {}
    data["department"] = data
    with pytest.raises(reportgen.InputError):
        reportgen.load(data)


@pytest.mark.parametrize(
    ("payload", "kind"),
    [(b"PK\x03\x04rest", "压缩包"), (b"%PDF-1.7", "PDF"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "旧版 Office")],
)
def test_a_file_of_another_kind_is_told_by_its_first_bytes(payload: bytes, kind: str) -> None:
    with pytest.raises(reportgen.InputError, match=kind):
        reportgen.load(payload)


def test_no_file_is_touched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("REPORTGEN_CACHE")
    monkeypatch.setattr(cache, "_enabled", False)
    monkeypatch.setenv("HOME", str(tmp_path))
    opened: list[str] = []
    WRITES.append(opened)
    payload = DEMO.read_bytes()
    budget = reportgen.load(payload)
    reportgen.check(budget)
    reportgen.render(budget)
    WRITES.remove(opened)
    assert opened == []
    assert list(tmp_path.iterdir()) == []


WRITES: list[list[str]] = []
"""The lists that take down which files are opened for writing; an audit hook cannot be removed."""


def _note(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "open" and WRITES and isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR):
        WRITES[-1].append(str(arguments[0]))


sys.addaudithook(_note)


def test_the_audit_sees_a_file_that_is_written(tmp_path: Path) -> None:
    opened: list[str] = []
    WRITES.append(opened)
    (tmp_path / "x").write_text("x")
    WRITES.remove(opened)
    assert opened == [str(tmp_path / "x")]


def test_calls_from_several_threads_do_not_disturb_each_other() -> None:
    samples = [DEMO, SEED] * 4
    alone = {path: dict(reportgen.render(path).files) for path in (DEMO, SEED)}
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda path: dict(reportgen.render(path).files), samples))
    assert together == [alone[path] for path in samples]


def test_the_settings_of_the_process_stay(tmp_path: Path) -> None:
    before = gc.get_threshold(), gc.isenabled(), gc.get_freeze_count(), os.environ.copy()
    reportgen.build(DEMO, tmp_path)
    assert (gc.get_threshold(), gc.isenabled(), gc.get_freeze_count(), os.environ.copy()) == before
