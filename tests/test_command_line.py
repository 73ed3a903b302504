"""The command line: what each command prints, its exit code, what it leaves on disk, and never a traceback."""

from __future__ import annotations

import errno
import io
import json
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest

import reportgen
from reportgen.budget.schema import json_schema
from reportgen.bulk.outcome import STATUS_LABELS, Outcome
from reportgen.bulk.summary.model import Summary
from reportgen.cli import main
from reportgen.cli.bulk_output import _print_lines
from reportgen.cli.commands import names as command_names
from reportgen.cli.commands.completion import SHELLS
from reportgen.cli.console import Console
from reportgen.core.paths import shipped
from reportgen.manifest import NAME as MANIFEST
from tests.variants import seed_data

ROOT = Path(reportgen.__file__).parent.parent
SLUG = "绍兴市人力资源和社会保障局2023年部门预算"
OK, BLOCKED, USAGE, INPUT, LAYOUT, TYPE, WRITE = range(7)


@dataclass(frozen=True)
class Run:
    """How a run ended."""

    code: int
    out: str
    err: str


Call = Callable[..., Run]


def in_a_process(*arguments: str | Path, cwd: Path, **surroundings: str) -> Run:
    env = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", **surroundings}
    command = [sys.executable, "-m", "reportgen", *map(str, arguments)]
    done = subprocess.run(command, cwd=cwd, env=env, capture_output=True, check=False, timeout=120)
    return Run(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Call:
    """``reportgen.cli.main`` in a folder of its own; argparse's own exits count as exit codes."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str | Path) -> Run:
        try:
            code = main([str(argument) for argument in arguments])
        except SystemExit as stop:
            code = int(stop.code or 0)
        said = capsys.readouterr()
        assert "Traceback" not in said.out + said.err
        return Run(code, said.out, said.err)

    return run


def dumped(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, default=lambda value: float(value) if value % 1 else int(value))


@pytest.fixture
def blocked_file(tmp_path: Path) -> Path:
    """The seed with too little revenue: income and spending no longer agree."""
    data = seed_data()
    data["revenue"][0]["amount"] = Decimal("17000")
    path = tmp_path / "blocked.json"
    path.write_text(dumped(data), encoding="utf-8")
    return path


def names_in(folder: Path) -> list[str]:
    """The names of a folder's files but the manifest's, which is there whenever files were written."""
    return sorted(path.name for path in folder.iterdir() if path.name != MANIFEST)


# In a process of its own, as a clerk starts it.


def test_build_writes_the_three_files_and_names_them(seed_file: Path, tmp_path: Path) -> None:
    run = in_a_process("build", seed_file, "-o", "公开", cwd=tmp_path)
    assert run.code == OK
    files = [f"{SLUG}.{suffix}" for suffix in ("docx", "pdf", "xlsx")]
    assert names_in(tmp_path / "公开") == files
    assert (tmp_path / "公开" / MANIFEST).is_file()
    assert run.out.splitlines() == [str(Path("公开") / name) for name in files]
    assert "警告 GJ406" in run.err


def test_build_writes_into_the_current_folder_by_default(seed_file: Path, tmp_path: Path) -> None:
    assert in_a_process("build", seed_file, "--format", "xlsx", "-q", cwd=tmp_path).code == OK
    assert names_in(tmp_path) == [f"{SLUG}.xlsx"]


WRONG = [(), ("frobnicate",), ("build",), ("check", "a", "b"), ("check", "-q", "-v", "a"), ("build", "a", "--fromat")]


@pytest.mark.parametrize("arguments", WRONG, ids=" ".join)
def test_a_wrong_command_line_shows_the_usage(arguments: tuple[str, ...], tmp_path: Path) -> None:
    run = in_a_process(*arguments, cwd=tmp_path)
    assert run.code == USAGE
    assert run.err.startswith("用法：reportgen")
    assert "Traceback" not in run.err
    assert run.out == ""


def test_the_version_is_the_packages(tmp_path: Path) -> None:
    run = in_a_process("--version", cwd=tmp_path)
    assert (run.code, run.out) == (OK, f"reportgen {reportgen.__version__}\n")


def test_the_help_tells_the_exit_codes(tmp_path: Path) -> None:
    for arguments in (("--help",), ("build", "--help"), ("check", "--help")):
        run = in_a_process(*arguments, cwd=tmp_path)
        assert run.code == OK
        assert all(f"\n  {code}  " in run.out for code in range(7))


@pytest.mark.parametrize("command", ["layouts", "build"])
def test_a_terminal_without_chinese_is_no_reason_to_fail(command: str, seed_file: Path, tmp_path: Path) -> None:
    arguments = (command, seed_file, "--format", "xlsx") if command == "build" else (command,)
    run = in_a_process(*arguments, cwd=tmp_path, PYTHONUTF8="0", PYTHONIOENCODING="ascii")
    assert "Traceback" not in run.err
    assert run.code == OK


# In this process.


def test_build_makes_only_the_wanted_formats(call: Call, seed_file: Path, tmp_path: Path) -> None:
    assert call("build", seed_file, "-o", "a", "--format", "docx, xlsx,docx").code == OK
    assert names_in(tmp_path / "a") == [f"{SLUG}.docx", f"{SLUG}.xlsx"]


def test_build_makes_the_output_folder_with_its_parents(call: Call, seed_file: Path, tmp_path: Path) -> None:
    assert call("build", seed_file, "-o", "a/b/c", "--format", "xlsx").code == OK
    assert names_in(tmp_path / "a" / "b" / "c") == [f"{SLUG}.xlsx"]


def test_check_writes_nothing(call: Call, seed_file: Path, tmp_path: Path) -> None:
    run = call("check", seed_file)
    assert run.code == OK
    assert run.out == ""
    assert list(tmp_path.iterdir()) == []


def test_quiet_says_only_errors(call: Call, seed_file: Path, blocked_file: Path) -> None:
    assert call("check", "-q", seed_file) == Run(OK, "", "")
    assert call("build", "-q", seed_file, "-o", "a", "--format", "xlsx") == Run(OK, "", "")
    run = call("check", "-q", blocked_file)
    assert run.code == BLOCKED
    assert "错误 GJ101" in run.err
    assert "警告" not in run.err
    assert "条提示" not in run.err


def test_verbose_says_every_note_and_the_usual_voice_counts_them(call: Call, seed_file: Path) -> None:
    usual, verbose = call("check", seed_file), call("check", "-v", seed_file)
    notes = verbose.err.count("提示 GJ")
    assert notes >= 10
    assert "提示 GJ" not in usual.err
    assert f"另有 {notes} 条提示" in usual.err
    assert verbose.err.count("警告 GJ") == usual.err.count("警告 GJ") > 3


def test_json_says_the_same_to_a_program(call: Call, seed_file: Path, blocked_file: Path) -> None:
    run = call("check", "--json", seed_file)
    said = json.loads(run.out)
    assert run.err == ""
    assert (said["publishable"], said["files"]) == (True, [])
    assert {one["severity"] for one in said["findings"]} == {"note", "warning"}
    run = call("build", "--json", blocked_file, "-o", "a")
    said = json.loads(run.out)
    assert (run.code, said["publishable"], said["files"]) == (BLOCKED, False, [])
    finding = next(one for one in said["findings"] if one["severity"] == "error")
    assert finding["code"] == "GJ101"
    assert finding["where"][0]["pointer"] == "/revenue/0"
    assert finding["values"]["gap"] == "545.56万元"
    assert "{" not in finding["message"]


def test_json_names_the_files(call: Call, seed_file: Path) -> None:
    said = json.loads(call("build", "--json", seed_file, "-o", "a", "--format", "xlsx").out)
    assert [Path(name).name for name in said["files"]] == [f"{SLUG}.xlsx"]


def test_json_says_why_a_run_stopped(call: Call, tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text('{"yaer": 2023}', encoding="utf-8")
    run = call("check", "--json", "x.json")
    said = json.loads(run.out)
    assert run.code == INPUT
    assert said["error"].startswith("不合格式")
    assert any(one["where"][0]["pointer"] == "/yaer" and "year" in one["hint"] for one in said["findings"])


def test_schema_prints_the_contract(call: Call) -> None:
    assert json.loads(call("schema").out) == json_schema()


def test_layouts_lists_what_build_takes(call: Call, seed_file: Path) -> None:
    listed = json.loads(call("layouts", "--json").out)
    assert "zhejiang" in listed
    assert [line.split()[0] for line in call("layouts").out.splitlines()] == list(listed)
    for name in listed:
        own = shipped("data") / "samples" / f"{name}.json"
        assert call("check", own if own.exists() else seed_file, "--layout", name, "-q").code == OK


def test_layouts_tells_where_they_are_when_asked(call: Call) -> None:
    lines = call("layouts", "-v").out.splitlines()
    at = next(n for n, line in enumerate(lines) if line.startswith("zhejiang "))
    own, base = (Path(line.strip()) for line in lines[at + 1 : at + 3])
    assert own == shipped("layouts") / "zhejiang"
    assert (own / "layout.yaml").is_file()
    assert base == shipped("layouts") / "gongwen"


def test_a_layout_anywhere_extends_a_shipped_one_by_its_name(call: Call, seed_file: Path, tmp_path: Path) -> None:
    """As ``layouts/README.md`` shows it."""
    own = tmp_path / "我的城市"
    (own / "tables").mkdir(parents=True)
    (own / "layout.yaml").write_text("extends: zhejiang\n", encoding="utf-8")
    shutil.copy(shipped("layouts") / "zhejiang" / "tables" / "03-expenditure.yaml", own / "tables")
    assert call("check", seed_file, "--layout", "我的城市", "-q").code == OK


# 1: findings block.


def test_what_is_blocked_leaves_nothing(call: Call, blocked_file: Path, tmp_path: Path) -> None:
    run = call("build", blocked_file, "-o", "a")
    assert run.code == BLOCKED
    assert "收入总计" in run.err
    assert "没有写出文件" in run.err
    assert run.out == ""
    assert names_in(tmp_path) == ["blocked.json"]


def test_what_is_blocked_leaves_the_published_files(
    call: Call, seed_file: Path, blocked_file: Path, tmp_path: Path
) -> None:
    assert call("build", seed_file, "-o", "a", "--format", "xlsx").code == OK
    before = (tmp_path / "a" / f"{SLUG}.xlsx").read_bytes()
    assert call("build", blocked_file, "-o", "a", "--format", "xlsx").code == BLOCKED
    assert names_in(tmp_path / "a") == [f"{SLUG}.xlsx"]
    assert (tmp_path / "a" / f"{SLUG}.xlsx").read_bytes() == before


# 2: something that does not exist.


@pytest.mark.parametrize(
    ("option", "value", "says"),
    [("--layout", "nowhere", "zhejiang"), ("--layout", "../zhejiang", ""), ("--format", "docx,odt", "xlsx")],
)
def test_an_unknown_name_is_a_usage_error_that_names_the_known_ones(
    option: str, value: str, says: str, call: Call, seed_file: Path, tmp_path: Path
) -> None:
    run = call("build", seed_file, "-o", "a", option, value)
    assert run.code == USAGE
    assert value.split(",")[-1] in run.err
    assert says in run.err
    assert list(tmp_path.iterdir()) == []


# 3: the document cannot be read. What is wrong → words of the complaint.

SAMPLE = dumped(seed_data())
UNREADABLE = {
    "empty": (b"", ""),
    "white space": (b" \n", ""),
    "not JSON": ("部门预算".encode(), "不是 JSON"),
    "cut off": (SAMPLE.encode()[:5000], ""),
    "a comma too many": (SAMPLE.replace("}]", "},]", 1).encode(), "不是 JSON"),
    "not UTF-8": (SAMPLE.encode("gbk", "replace"), "不是 UTF-8"),
    "UTF-16": (SAMPLE.encode("utf-16"), "不是 UTF-8"),
    "a zip": (b"PK\x03\x04\x14\x00\x06\x00\xff\xfe", ""),
    "duplicate keys": (SAMPLE.replace('"year": 2023', '"year": 2022, "year": 2023').encode(), "year"),
    "NaN": (SAMPLE.replace("17545.56", "NaN").encode(), "NaN"),
    "Infinity": (SAMPLE.replace("17545.56", "-Infinity").encode(), "Infinity"),
    "nested": (b"[" * 100_000, "嵌套"),
    "a list": (b"[]", "应为对象"),
    "a number": (b"3", "应为对象"),
    "null": (b"null", "应为对象"),
    "an amount in words": (SAMPLE.replace("17545.56", '"一万"').encode(), "/revenue/0/amount"),
    "an amount with commas": (SAMPLE.replace("17545.56", '"17,545.56"').encode(), "/revenue/0/amount"),
    "a list for an object": (SAMPLE.replace('"procurement": {', '"procurement": [], "x": {').encode(), "/procurement"),
    "words for a list": (SAMPLE.replace('"three_public": [', '"three_public": "", "x": [').encode(), "/three_public"),
    "a year in words": (SAMPLE.replace('"year": 2023', '"year": "2023年"').encode(), "/year"),
    "an unknown field": (SAMPLE.replace('"carry_over"', '"carryover"').encode(), "carry_over"),
    "an unknown unit": (SAMPLE.replace('"money_unit": "万元"', '"money_unit": "亿元"').encode(), "/money_unit"),
    "a code of the wrong length": (SAMPLE.replace('"2080101"', '"208010"').encode(), "/function"),
    "no year": (SAMPLE.replace('"year": 2023, ', "").encode(), "year"),
}  # fmt: skip


@pytest.mark.parametrize("name", UNREADABLE)
@pytest.mark.parametrize("command", ["check", "build"])
def test_a_wrong_file_ends_in_a_clear_message(command: str, name: str, call: Call, tmp_path: Path) -> None:
    payload, says = UNREADABLE[name]
    assert payload != SAMPLE.encode()
    (tmp_path / "x.json").write_bytes(payload)
    run = call(command, "x.json")
    assert run.code == INPUT
    assert says in run.err
    assert "错误" in run.err
    assert run.out == ""
    assert names_in(tmp_path) == ["x.json"]


@pytest.mark.parametrize("path", ["missing.json", ".", "x.json/y.json", "文件\n名.json"])
def test_a_file_that_is_not_there_is_named(path: str, call: Call, tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text("{}", encoding="utf-8")
    run = call("check", path)
    assert run.code == INPUT
    assert path in run.err


def test_the_message_names_the_place_and_the_nearest_name(call: Call, tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text(SAMPLE.replace('"reception"', '"recepton"'), encoding="utf-8")
    run = call("check", "x.json")
    assert "/three_public/0/recepton" in run.err
    assert "是否想写 reception？" in run.err
    assert "不合格式，共" in run.err


def test_a_byte_order_mark_is_no_fault(call: Call, tmp_path: Path) -> None:
    (tmp_path / "x.json").write_bytes(b"\xef\xbb\xbf" + SAMPLE.encode())
    assert call("check", "x.json", "-q").code == OK


# 4: the layout is wrong. The file that is broken, its text → the complaint's file and line.

TABLE = "tables/09-state-capital.yaml"
BROKEN = {
    "an unknown fact": ("text/revenue.j2", "{# 收入 #}\n{{ revenue.nosuch }}\n", "revenue.j2:2"),
    "an unknown name": ("text/revenue.j2", "\n\n{{ nosuch.total }}\n", "revenue.j2:3"),
    "broken Jinja": ("text/revenue.j2", "收入\n{% if revenue.total %}\n", "revenue.j2:"),
    "an unknown filter": ("text/revenue.j2", "收入\n{{ revenue.total | round }}\n", "revenue.j2:2"),
    "a filter that Jinja has and a sentence must not": ("text/revenue.j2", "{{ '收入' | upper }}\n", "revenue.j2:1"),
    "a fact that is put in": ("text/revenue.j2", "{{ revenue.put(total=expenditure.total) }}\n", "revenue.j2:1"),
    "what is not public": ("text/revenue.j2", "{{ revenue.__init__ }}\n", "revenue.j2:1"),
    "arithmetic": ("text/revenue.j2", "{{ revenue.total + expenditure.total }}\n", "revenue.j2:1"),
    "a bare numeral": ("text/revenue.j2", "收入17633.63万元。\n", "revenue.j2"),
    "an unknown fact in a table": (TABLE, "title: 表\nrows: no.rows\ncolumns: [{head: A}]", "09-state-capital.yaml:2"),
    "an unknown total": (
        TABLE,
        "title: 表\nrows: state_capital.rows\ntotal: {of: nosuch, column: code}\ncolumns: [{head: 甲, value: code}]\n",
        "09-state-capital.yaml:3",
    ),
    "a misspelt entry": (TABLE, "titel: 表\nrows: state_capital.rows\n", "09-state-capital.yaml:1"),
    "broken YAML": (TABLE, "title: 表\nrows: [\n", "09-state-capital.yaml:"),
    "a key twice": (TABLE, "title: 表\ntitle: 表\n", "09-state-capital.yaml:2"),
    "no such table": (
        "layout.yaml",
        "extends: zhejiang\noutline:\n  - page: tables\n    blocks:\n      - {id: x, table: 99-nosuch}\n",
        "layout.yaml:5",
    ),
    "no such page": ("layout.yaml", "extends: zhejiang\noutline:\n  - page: nosuch\n", "layout.yaml:3"),
    "no such base": ("layout.yaml", "extends: nosuch\n", "layout.yaml"),
    "a circle": ("layout.yaml", "extends: broken\n", "layout.yaml"),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_layout_is_named_with_file_and_line(name: str, call: Call, seed_file: Path, tmp_path: Path) -> None:
    file, text, place = BROKEN[name]
    folder = tmp_path / "broken"
    (folder / file).parent.mkdir(parents=True)
    (folder / "layout.yaml").write_text("extends: zhejiang\n", encoding="utf-8")
    (folder / file).write_text(text, encoding="utf-8")
    run = call("build", seed_file, "-o", "a", "--layout", folder)
    assert run.code == LAYOUT
    assert place in run.err
    assert names_in(tmp_path) == ["broken"]


# 5: what cannot be set.


def test_a_character_without_a_face_is_named(call: Call, tmp_path: Path) -> None:
    name = "绍兴ꀀ局"
    (tmp_path / "x.json").write_text(SAMPLE.replace("绍兴市人力资源和社会保障局", name), encoding="utf-8")
    run = call("build", "x.json", "-o", "a")
    assert run.code == TYPE
    assert "U+A000" in run.err
    assert names_in(tmp_path) == ["x.json"]


# 6: what cannot be written.


@pytest.mark.parametrize("folder", ["file", "file/below", "file/below/deep"])
def test_a_file_in_the_folders_place_stops_the_run(folder: str, call: Call, seed_file: Path, tmp_path: Path) -> None:
    """A path below a regular file cannot be made even by an administrator, for whom nothing is read-only."""
    (tmp_path / "file").write_bytes(b"stands")
    run = call("build", seed_file, "-o", folder)
    assert run.code == WRITE
    assert folder in run.err
    assert run.out == ""
    assert names_in(tmp_path) == ["file"]
    assert (tmp_path / "file").read_bytes() == b"stands"


@pytest.mark.parametrize("taken", ["docx", "pdf", "xlsx"])
def test_nothing_new_is_left_when_one_file_cannot_be_replaced(
    taken: str, call: Call, seed_file: Path, tmp_path: Path
) -> None:
    """As when the clerk has one of them open. A folder of the file's name cannot be replaced by anybody."""
    for suffix in ("docx", "pdf", "xlsx"):
        (tmp_path / "a").mkdir(exist_ok=True)
        (tmp_path / "a" / f"{SLUG}.{suffix}").write_bytes(b"old")
    (tmp_path / "a" / f"{SLUG}.{taken}").unlink()
    (tmp_path / "a" / f"{SLUG}.{taken}" / "inside").mkdir(parents=True)
    run = call("build", seed_file, "-o", "a")
    assert run.code == WRITE
    assert names_in(tmp_path / "a") == [f"{SLUG}.{suffix}" for suffix in ("docx", "pdf", "xlsx")]
    others = [path for path in (tmp_path / "a").iterdir() if path.is_file()]
    assert [path.read_bytes() for path in others] == [b"old", b"old"]


def test_a_read_only_folder_is_left_as_it_is(seed_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As root, who may write everywhere, the system's refusal is played."""
    folder = tmp_path / "a"
    folder.mkdir(mode=0o500)
    if os.access(folder, os.W_OK):
        refusal = PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        monkeypatch.setattr("reportgen.core.files._write", Mock(side_effect=refusal))
    assert main(["build", str(seed_file), "-o", str(folder)]) == WRITE
    assert list(folder.iterdir()) == []


def test_last_years_file_is_held_against_this_years_bases(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    demo = shipped("data") / "samples" / "demo-2023.json"
    last = tmp_path / "last.json"
    last.write_text(demo.read_text(encoding="utf-8").replace('"year": 2023', '"year": 2022'), encoding="utf-8")
    assert main(["check", str(demo), "--last", str(last)]) == 1
    output = capsys.readouterr().err
    assert (
        "GJ602 本文件的上年预算数「公务接待费」 45,000.00元 ≠ 上年文件「公务接待费」 38,600.00元，相差 6,400.00元"
        in output
    )
    assert "GJ601" not in output
    assert main(["check", str(demo), "--last", str(demo)]) == 1
    assert "GJ601 上年文件是 2023 年的部门 450" in capsys.readouterr().err


# Colours.


class Terminal(io.StringIO):
    """A stream that is a terminal, or is not."""

    def __init__(self, terminal: bool) -> None:
        super().__init__()
        self.terminal = terminal

    def isatty(self) -> bool:
        return self.terminal


@pytest.mark.parametrize(
    ("environment", "coloured"),
    [({}, True), ({"NO_COLOR": "1"}, False), ({"NO_COLOR": ""}, True), ({"TERM": "dumb"}, False)],
)
def test_colours_are_for_terminals_that_have_them(
    environment: dict[str, str], coloured: bool, blocked_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "stderr", Terminal(True))
    assert main(["check", str(blocked_file)]) == BLOCKED
    assert ("\x1b[31m错误\x1b[0m GJ101" in sys.stderr.getvalue()) == coloured
    assert ("\x1b" in sys.stderr.getvalue()) == coloured


def test_results_in_a_file_have_no_colours_although_errors_are_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(sys, "stderr", Terminal(True))
    monkeypatch.setattr(sys, "stdout", Terminal(False))
    outcomes = tuple(Outcome(status, status) for status in STATUS_LABELS)
    _print_lines(Summary(outcomes), Console())
    assert sys.stdout.getvalue() == "已生成  generated\n"
    assert "\x1b[31m无法生成\x1b[0m  failed\n" in sys.stderr.getvalue()


# Completion.


BASH = shutil.which("bash")


def completions(line: str, script: Path) -> list[str]:
    """What bash offers for the last word of a line, asked as its Tab key asks."""
    words = line.split(" ")
    array = " ".join(shlex.quote(word) for word in words)
    command = (
        f"source {shlex.quote(str(script))}; COMP_WORDS=({array}); COMP_CWORD={len(words) - 1}; "
        f"COMP_LINE={shlex.quote(line)}; COMP_POINT=${{#COMP_LINE}}; "
        'name=$(complete -p reportgen | sed "s/.*-F \\([^ ]*\\).*/\\1/"); '
        f'"$name" reportgen {shlex.quote(words[-1])} {shlex.quote(words[-2])}; printf "%s\\n" "${{COMPREPLY[@]}}"'
    )
    done = subprocess.run([str(BASH), "--norc", "-c", command], cwd=script.parent, capture_output=True, check=True)
    return sorted(done.stdout.decode().split())


@pytest.mark.skipif(BASH is None, reason="no bash here")
def test_bash_completes_commands_options_and_paths(call: Call, tmp_path: Path) -> None:
    script = tmp_path / "script"
    script.write_text(call("completion", "bash").out, encoding="utf-8")
    (tmp_path / "budget.json").touch()
    (tmp_path / "published").mkdir()
    assert completions("reportgen bu", script) == ["build", "bulk"]
    assert completions("reportgen check --la", script) == ["--lang", "--last", "--layout"]
    assert completions("reportgen completion z", script) == ["zsh"]
    assert completions("reportgen check bud", script) == ["budget.json"]
    assert completions("reportgen build x.json -o pub", script) == ["published"]


@pytest.mark.parametrize("shell", SHELLS)
def test_there_is_a_completion_script_for_every_shell(shell: str, call: Call) -> None:
    run = call("completion", shell)
    assert run.code == OK
    assert all(text in run.out for text in ("reportgen", "completion", "--lang"))
    assert run.err == ""


def test_an_unknown_shell_is_a_usage_error(call: Call) -> None:
    assert call("completion", "fish").code == USAGE


def test_shtab_is_imported_for_completion_only() -> None:
    line = "import sys; from reportgen.cli import main; main(['layouts']); assert 'shtab' not in sys.modules"
    env = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    assert subprocess.run([sys.executable, "-c", line], env=env, capture_output=True, check=False).returncode == 0


# Last year's document.


@pytest.fixture
def other_last_year(tmp_path: Path) -> Path:
    """Last year's document of the demo department, with bases that the demo does not state."""
    data = json.loads((shipped("data") / "samples" / "demo-2023.json").read_text(encoding="utf-8"))
    data["year"] -= 1
    path = tmp_path / "last.json"
    path.write_text(dumped(data), encoding="utf-8")
    return path


@pytest.mark.parametrize("command", ["trace", "diff", "pull"])
def test_every_command_on_a_document_compares_it_with_last_years(
    command: str, call: Call, other_last_year: Path, tmp_path: Path
) -> None:
    demo = shipped("data") / "samples" / "demo-2023.json"
    own = tmp_path / "own.json"
    own.write_bytes(demo.read_bytes())
    if command == "pull":
        assert call("build", own, "-o", "a", "--format", "docx").code == OK
    edited = next(iter((tmp_path / "a").glob("*.docx")), own)
    arguments = {"trace": (own, "--place", "表01"), "diff": (own, own), "pull": (edited, "--into", own)}[command]
    without, with_last = call(command, *arguments), call(command, *arguments, "--last", other_last_year)
    assert "GJ602" not in without.err
    assert "错误 GJ602" in with_last.err
    assert "GJ601" not in with_last.err
    assert "GJ1" not in with_last.err
    assert (with_last.code, with_last.out) == (without.code, without.out)
    assert "GJ602" not in call(command, *arguments, "--last", other_last_year, "--json").err
    assert call(command, *arguments, "--last", tmp_path / "nowhere.json").code == INPUT


def test_every_command_on_a_document_takes_last_years() -> None:
    with_document = {"accept", "audit", "build", "bulk", "check", "diff", "import", "pull", "trace", "watch"}
    with_document.add("workbook")
    for name in command_names():
        help_text = in_a_process(name, "--help", cwd=ROOT).out
        assert ("--last" in help_text) == (name in with_document), name


@pytest.mark.parametrize("name", command_names())
def test_every_help_has_examples_exit_codes_and_the_common_options(name: str, call: Call) -> None:
    run = call(name, "--help")
    assert run.code == OK
    assert "\n例：\n  " in run.out
    assert f"  reportgen {name}" in run.out
    assert "\n退出码：" in run.out
    assert all(option in run.out for option in ("--json", "-q, --quiet", "-v, --verbose", "--lang", "-h, --help"))
