"""A wrong command line: what is wrong, what is allowed, what was probably meant; as text and as JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from reportgen.cli.command_parser import CommandParser
from reportgen.cli.commands import names
from reportgen.cli.language import Language
from reportgen.core.paths import shipped
from tests.bad_input.command import run

SAMPLES = str(shipped("data") / "samples")
DEMO = str(shipped("data") / "samples" / "demo-2023.json")
BULK = ("bulk", "in", "-o", "out")
VALUES = {
    (*BULK, "--jobs", "0"): "--jobs：应为 1 到 1000000 的整数，写的是“0”",
    (*BULK, "--jobs", "-1"): "--jobs：应为 1 到 1000000 的整数，写的是“-1”",
    (*BULK, "--jobs", "1.5"): "--jobs：应为 1 到 1000000 的整数，写的是“1.5”",
    (*BULK, "--jobs", "二"): "--jobs：应为 1 到 1000000 的整数，写的是“二”",
    (*BULK, "--jobs", "1000001"): "--jobs：应为 1 到 1000000 的整数",
    (*BULK, "--jobs", "9" * 5000): "--jobs：应为 1 到 1000000 的整数",
    (*BULK, "--memory-limit", "0"): "--memory-limit：应为 1 到 1000000 的整数，写的是“0”",
    (*BULK, "--time-limit", "0"): "--time-limit：应为大于 0、不超过 1000000 的数，写的是“0”",
    (*BULK, "--time-limit", "nan"): "--time-limit：应为大于 0、不超过 1000000 的数，写的是“nan”",
    (*BULK, "--time-limit", "inf"): "--time-limit：应为大于 0、不超过 1000000 的数，写的是“inf”",
    (*BULK, "--time-limit", "一"): "--time-limit：应为大于 0、不超过 1000000 的数，写的是“一”",
    ("build", "a", "--format", ""): "--format：至少写一种格式，可用：docx、html、pdf、xlsx",
    ("build", "a", "--format= , "): "--format：至少写一种格式，可用：docx、html、pdf、xlsx",
    ("build", "a", "--lang", "fr"): "--lang 不能是“fr”\n  提示：可选：zh、en",
    ("completion", "fish"): "命令解释器 不能是“fish”\n  提示：可选：bash、zsh、tcsh",
    ("completion", "bsh"): "命令解释器 不能是“bsh”\n  提示：是否想写 bash？",
    ("completion",): "缺少：命令解释器",
    (): "缺少：命令\n  提示：说明和例子：reportgen --help",
    ("check",): "缺少：FILE\n  提示：说明和例子：reportgen check --help",
}


@pytest.mark.parametrize("arguments", VALUES, ids=lambda arguments: " ".join(arguments)[:60])
def test_a_wrong_or_missing_value_is_answered_with_what_is_allowed(arguments: tuple[str, ...]) -> None:
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert f"\n错误：{VALUES[arguments]}" in err


@pytest.mark.parametrize("value", ["0.5", "1e3", "1000000"])
def test_a_time_limit_may_have_decimals(value: str) -> None:
    assert "没有“nowhere”" in run("bulk", "nowhere", "-o", "x", "--time-limit", value, "--jobs", "1000000")[2]


EMPTY = [
    ("check", ""), ("check", " "), ("check", "a", "--last", ""), ("check", "a", "--layout="), ("build", "a", "-o", ""),
    ("bulk", "a", "", "-o", "x"), ("bulk", "a", "-o", ""), ("bulk", "a", "-o", "x", "--cluster", ""),
    ("bulk", "a", "-o", "x", "--log", ""), ("diff", "", "b"), ("diff", "a", ""), ("diff", "a", "b", "--docx", ""),
    ("pull", "", "--into", "a"), ("pull", "a", "--into", ""), ("trace", "a", "--figure", ""),
    ("trace", "a", "--place", ""), ("watch", ""),
]  # fmt: skip


@pytest.mark.parametrize("arguments", EMPTY, ids=repr)
def test_an_empty_value_is_refused(arguments: tuple[str, ...]) -> None:
    """As when a shell variable is unset."""
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert "：不能是空的\n" in err


MEANT = {
    ("buidl", "x"): ("reportgen [", "没有“buidl”这个命令", "是否想写 build？"),
    ("frobnicate", "--json-lines"): ("reportgen [", "没有“frobnicate”这个命令", "可选：accept、audit、build、bulk、"),
    ("",): ("reportgen [", "没有“”这个命令", "可选：accept、audit、"),
    ("build", "a", "--fromat", "pdf"): ("reportgen build [", "不认识“--fromat”", "是否想写 --format？"),
    ("build", "a", "--fromat=pdf"): ("reportgen build [", "不认识“--fromat=pdf”", "是否想写 --format？"),
    ("bulk", "a", "--ouput", "x"): ("reportgen bulk [", "不认识“--ouput”", "是否想写 --output？"),
    ("check", "a", "--layou", "x"): ("reportgen check [", "不认识“--layou”", "是否想写 --layout？"),
    ("check", "a", "b", "-x"): ("reportgen check [", "不认识“b -x”", "说明和例子：reportgen check --help"),
    ("check", "a", "b"): ("reportgen check [", "不认识“b”", "说明和例子：reportgen check --help"),
    ("check", "a", "b{c}"): ("reportgen check [", "不认识“b{c}”", "说明和例子：reportgen check --help"),
    ("--vresion",): ("reportgen [", "不认识“--vresion”", "是否想写 --version？"),
    ("--lang", "zh", "--last", "check"): ("reportgen [", "不认识“--last”", "“--last”写在命令之后"),
    ("--lang", "zh", "chekc"): ("reportgen [", "没有“chekc”这个命令", "是否想写 check？"),
}


@pytest.mark.parametrize("arguments", MEANT, ids=" ".join)
def test_a_misspelt_name_is_answered_with_the_usage_of_its_command_and_the_nearest_name(
    arguments: tuple[str, ...],
) -> None:
    code, out, err = run(*arguments)
    usage, message, hint = MEANT[arguments]
    assert (code, out) == (2, "")
    assert err.startswith(f"用法：{usage}")
    assert f"\n错误：{message}\n  提示：{hint}" in err


def test_what_follows_two_dashes_is_no_option() -> None:
    assert "读不了文件 --fromat" in run("check", "--", "--fromat")[2]


@pytest.mark.parametrize("arguments", [*VALUES, *EMPTY, *(one for one in MEANT if "--" not in one[0])], ids=repr)
def test_with_json_a_usage_error_is_an_object_like_other_errors(arguments: tuple[str, ...]) -> None:
    code, out, err = run(*arguments, "--json")
    if arguments == ():
        return  # ``--json`` alone is itself not understood
    assert (code, err) == (2, "")
    data = json.loads(out)
    assert list(data) == ["error", "hint", "findings"]
    assert data["error"]
    assert data["hint"]
    assert data["findings"] == []


def test_the_object_is_that_of_an_error_in_the_file() -> None:
    code, out, _ = run("check", "nowhere.json", "--json")
    assert code == 3
    assert list(json.loads(out)) == ["error", "hint", "findings"]


@pytest.mark.parametrize("name", names())
def test_options_are_written_in_full(name: str) -> None:
    """A prefix that is clear today means two things when an option is added."""
    assert "是否想写 --quiet？" in run(name, "a", "--quie")[2]


def test_a_parser_by_itself_names_its_options() -> None:
    parser = CommandParser(prog="x", language=Language())
    parser.add_argument("--empty", type=str)
    assert parser.parse_args(["--empty", ""]).empty == ""


@pytest.mark.parametrize("name", ["", *names()])
def test_headings_of_a_chinese_help_have_the_chinese_colon(name: str) -> None:
    out = run(*filter(None, [name]), "--help")[1]
    assert "\n选项：\n" in out
    assert "\n选项:" not in out
    assert "\n参数:" not in out


LONG = "长" * 100


@pytest.mark.parametrize(
    "arguments",
    [
        ("build", DEMO, "--format", "xlsx", "-o", LONG),
        ("build", DEMO, "--format", "xlsx", "-o", "a" * 252),
        ("bulk", SAMPLES, "-o", "out", "--last", LONG),
        ("bulk", SAMPLES, "-o", LONG, "--format", "xlsx"),
        ("bulk", LONG, "-o", "out"),
        ("diff", LONG, DEMO),
        ("layout", "new", LONG),
    ],
    ids=lambda arguments: " ".join(arguments)[:30],
)
def test_a_name_that_no_folder_can_have_is_answered(arguments: tuple[str, ...], tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    code, _, err = run(*arguments)
    assert code == 2
    assert "名称过长：" in err
    assert list(tmp_path.rglob("*.xlsx")) == []
