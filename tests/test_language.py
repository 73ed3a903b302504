"""English messages: a complete catalogue, English sentences, and nothing changed but the words."""

from __future__ import annotations

import ast
import gettext
import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path
from string import Formatter
from typing import Any

import pytest
from babel.messages.mofile import read_mo

from reportgen.cli import catalogues
from reportgen.cli.argparse_language import argparse_speaks
from reportgen.cli.catalogues import LOCALE, catalogue, catalogue_file, compile_catalogue
from reportgen.cli.commands import names
from reportgen.cli.english_values import LONGEST, english_value
from reportgen.cli.language import COUNT, VARIABLE, Language
from reportgen.core import cache as user_cache
from reportgen.core.paths import shipped
from tests.bad_input.cases import CASES, Case, write_down
from tests.bad_input.command import one_layout_reading, run, run_json
from tests.bad_input.layouts import LAYOUT_CASES, LayoutCase, laid_out
from tests.bad_input.sample import DEMO
from tests.bad_input.templates import templates
from tests.catalogue import HANZI, argparse_messages, labels, messages, read_catalogue, strings, translations
from tests.english import ENGLISH, NAMES, left_over
from tests.rules.test_rules import base, edited

SEED = shipped("data") / "samples" / "shaoxing-hrss-2023.json"
ROOT = LOCALE.parents[1]
GATHERED = {"messages": messages(), "labels": labels()}
MESSAGES = {domain: translations("en", domain) for domain in GATHERED}
COMMANDS = ("", *names())


@pytest.fixture(autouse=True)
def _undecided(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)


def places(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name is not None}


# The catalogue.


@pytest.mark.parametrize("domain", GATHERED)
def test_the_catalogue_holds_the_messages_of_the_code_and_no_others(domain: str) -> None:
    """When this fails: ``python -m tests.catalogue``, then translate what is empty in its ``.po`` file."""
    assert sorted(MESSAGES[domain]) == sorted(GATHERED[domain])
    assert len(MESSAGES[domain]) > {"messages": 300, "labels": 20}[domain]


def test_every_template_of_a_finding_or_an_error_was_gathered() -> None:
    """Found by another reader of the code, so that the gathering itself is checked."""
    known = templates("")
    assert len(known) > 80
    said = {one.message for one in known} | {hint for one in known for hint in one.hints}
    assert {text for text in said if HANZI.search(text)} - set(MESSAGES["messages"]) == set()


@pytest.mark.parametrize("file", sorted({file for texts in GATHERED.values() for file in texts.values()}))
def test_every_message_of_a_file_is_translated(file: str) -> None:
    gathered = [(domain, text) for domain, texts in GATHERED.items() for text, place in texts.items() if place == file]
    for domain, message in gathered:
        for english in MESSAGES[domain].get(message, ("",)):
            assert english.strip(), message
            assert places(english) == places(message), message
            assert left_over(english) == []
            assert not re.search("[，。；：？！、（）「」]", NAMES.sub("", english)), english


def test_a_message_with_a_count_has_a_singular_and_a_plural() -> None:
    for message, forms in MESSAGES["messages"].items():
        assert len(forms) == (2 if COUNT in message else 1), message
        assert not re.search(r"\{count\} (?!is |has |was )\w*s\b", forms[0]) or COUNT not in message, forms[0]
        assert not any("(s)" in form for form in forms), message


@pytest.mark.parametrize(
    ("count", "english"),
    [
        ("1", "1 file is current and was not written again (--force makes it anew)."),
        ("2", "2 files are current and were not written again (--force makes them anew)."),
        ("0", "0 files are current and were not written again (--force makes them anew)."),
    ],
)
def test_the_count_decides_between_singular_and_plural(count: str, english: str) -> None:
    chinese = "{count} 份文件已是最新，没有重写（--force 重做）。"
    assert ENGLISH.message(chinese, {"count": count}) == english
    assert Language().message(chinese, {"count": count}) == chinese.format(count=count)


def test_headings_of_a_help_begin_alike() -> None:
    """argparse writes its own in lower case: usage, options."""
    for (english,) in (forms for message, forms in MESSAGES["messages"].items() if re.match("例：|退出码：", message)):
        assert re.match("examples?:|exit codes?:", english)
        assert not re.search("^(Example|Exit code)", english, re.MULTILINE)


def test_a_label_has_words_or_marks_of_its_own() -> None:
    """A template without any would match every text of the document."""
    assert [text for text in MESSAGES["labels"] if not re.search(r"[\u3400-\u9fff「（]", text)] == []


def test_the_gathering_leaves_out_what_is_not_said() -> None:
    source = '''
"""说明。"""
FEWER = ("减少", "下降", "压减")
BY_NAME = {"行政运行": ("project", "项目支出")}
@rule("GJ1", "名称")
def check(name: str, unit: Literal["元"]) -> None:
    """解释。"""
    if name == "绍兴" or name.startswith("浙江") or re.search("[省市]", name):
        raise ReportgenError(f"{name}不{unit.label}了" + "", "提示：" + "、".join(hints), suffix="-数字出处")
'''
    assert set(strings(ast.parse(source))) == {"项目支出"}
    assert set(strings(ast.parse(source), labels=True)) == {"{name}不{label}了", "提示：{hints}"}


# Filling.


@pytest.mark.parametrize(
    ("chinese", "english"),
    [
        ("一般公共预算", "general public budget"),
        ("一般公共预算支出", "general public budget expenditure"),
        ("产出、满意度", "output, satisfaction"),
        ("17,633.63万元", "17,633.63 ten thousand yuan"),
        ("0.10元", "0.10 yuan"),
        ("对象（3 项）", "an object (items: 3)"),
        ("一般公共预算支出表「208 社会保障和就业支出」项目支出",
         "general public budget expenditure table [208 社会保障和就业支出] project expenditure"),
        ("绍兴市人力资源和社会保障局", "绍兴市人力资源和社会保障局"),
        ("社会保障和就业支出", "社会保障和就业支出"),
        ("死亡抚恤合计", "死亡抚恤合计"),
        ("plain", "plain"),
    ],
)  # fmt: skip
def test_a_value_is_translated_as_far_as_it_is_the_domains_own(chinese: str, english: str) -> None:
    assert ENGLISH.value(chinese) == english
    assert Language().value(chinese) == chinese


def test_a_quotation_is_never_translated() -> None:
    values = {"project": "合计", "part": "年度", "name": "产出"}
    said = ENGLISH.message("“{project}”{part}指标“{name}”没有值", values)
    assert said == "“合计”: the annual indicator “产出” has no value"
    assert "“元、万元”" in ENGLISH.message("只能是 {words} 之一，读到 {found}", {"words": "元、万元", "found": "3"})


def test_what_the_catalogue_lacks_is_said_in_chinese_as_a_whole() -> None:
    assert ENGLISH.message("谁也没有译过：{part}", {"part": "年度"}) == "谁也没有译过：年度"
    assert ENGLISH.message("谁也没有译过") == "谁也没有译过"


@pytest.mark.parametrize(
    "text", ["基本支出表「合计」" * 15 + "甲" + "支出" * 15, "（" * 250, "甲：" * 100, "甲、" * 100]
)
def test_a_text_that_could_be_taken_apart_in_many_ways_takes_no_time(text: str) -> None:
    begun = time.perf_counter()
    ENGLISH.message("应为金额，读到 {found}", {"found": text})
    ENGLISH.location(text)
    assert time.perf_counter() - begun < 5


def test_braces_in_a_value_are_no_places() -> None:
    assert "{found}" in ENGLISH.message("文字里还有占位“{found}”", {"found": "{found}"})


@pytest.mark.parametrize(
    ("printed", "english"),
    [
        ("绍兴：某局.docx：全文", "绍兴：某局.docx: whole document"),
        ("甲.pdf：表03《乙》第3行第2列", "甲.pdf: 表03《乙》, row 3, column 2"),
        ("甲.pdf：表03《乙：丙》第2页", "甲.pdf: 表03《乙：丙》, page 2"),
        ("二/（二）第1段", "二/（二）第1段"),
    ],
)
def test_a_place_keeps_its_names(printed: str, english: str) -> None:
    assert ENGLISH.location(printed) == english
    assert Language().location(printed) == printed


# Runs.


@pytest.mark.parametrize("command", COMMANDS)
def test_help_in_chinese_has_no_words_of_argparse(command: str) -> None:
    code, out, err = run(*filter(None, [command]), "--help")
    assert (code, err) == (0, "")
    assert out.startswith("用法：")
    assert not re.search(r"\b(usage|positional|arguments|options|show|exit|default|version and)\b", out)
    assert "显示本说明" in out


@pytest.mark.parametrize("command", COMMANDS)
def test_help_in_english_has_no_chinese(command: str) -> None:
    code, out, err = run("--lang", "en", *filter(None, [command]), "--help")
    assert (code, err) == (0, "")
    assert out.startswith("usage: ")
    assert left_over(out) == []


WRONG = [
    (), ("frobnicate",), ("build",), ("check", "a", "b"), ("check", "-q", "-v", "a"), ("build", "a", "--fromat"),
    ("build", "a", "-o"), ("trace", "a"), ("check", "a", "--json=3"), ("check", "a", "--l", "x"),
    ("check", "a", "--lang", "fr"),
]  # fmt: skip


@pytest.mark.parametrize("arguments", WRONG, ids=" ".join)
def test_a_wrong_command_line_is_told_in_either_language(arguments: tuple[str, ...]) -> None:
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert err.startswith("用法：")
    said = "\n".join(err.splitlines()[-2:])
    assert re.match("错误：.+\n  提示：.+", said)
    assert not re.search(r"argument|expected|choice|require|choose|could|allowed", said)
    if "fr" not in arguments:
        code, out, err = run("--lang=en", *arguments)
        assert (code, out, left_over(err)) == (2, "", [])
        assert err.startswith("usage: ")
        assert "\nError: " in err


def hashable(text: Any) -> Any:
    """A message as it is, one with a plural as a tuple."""
    return text if isinstance(text, str) else tuple(text)


def chinese_of_argparse() -> dict[Any, Any]:
    entries = read_catalogue("zh", "argparse")
    return {hashable(entry.id): hashable(entry.string) for entry in entries if entry.id}


@pytest.mark.parametrize("message", argparse_messages(), ids=str)
def test_everything_argparse_prints_is_in_the_chinese_catalogue(message: str | tuple[str, str]) -> None:
    """Of the Python that runs this; the catalogue has the words of 3.11 to 3.14."""
    chinese = chinese_of_argparse()[message]
    words = chinese[0] if isinstance(chinese, tuple) else chinese
    assert words
    english = message if isinstance(message, str) else message[0]
    assert sorted(re.findall(r"%(?:\(\w+\))?\w", words)) == sorted(re.findall(r"%(?:\(\w+\))?\w", english))


def test_the_compiled_argparse_catalogue_is_that_of_the_po_file() -> None:
    """When this fails: ``python -m tests.catalogue``."""
    with catalogue_file("zh", "argparse", ".mo").open("rb") as file:
        entries = [(entry.id, entry.string) for entry in read_mo(file) if entry.id]
    compiled = {hashable(message): hashable(chinese) for message, chinese in entries}
    assert compiled == chinese_of_argparse()
    assert len(compiled) > 40


def test_a_message_that_argparse_will_have_one_day_stays_english() -> None:
    with argparse_speaks("zh"):
        assert gettext.gettext("something new") == "something new"
        assert gettext.gettext("options") == "选项"
        assert gettext.ngettext("expected %s argument", "expected %s arguments", 2) == "后面应有 %s 个值"
    with argparse_speaks("en"):
        assert gettext.gettext("options") == "options"


@pytest.mark.parametrize("languages", [None, "de:fr"])
@pytest.mark.parametrize("arguments", [("layouts", "-q"), ("frobnicate",)])
def test_the_command_line_leaves_gettext_as_it_was(
    languages: str | None, arguments: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A program that calls reportgen has its own language."""
    monkeypatch.delenv("LANGUAGE", raising=False)
    if languages:
        monkeypatch.setenv("LANGUAGE", languages)
    domain = gettext.textdomain()
    assert run(*arguments)[0] == (0 if arguments[0] == "layouts" else 2)
    assert gettext.textdomain() == domain
    assert os.environ.get("LANGUAGE") == languages


def test_a_catalogue_without_its_compiled_file_is_compiled_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(user_cache.VARIABLE, str(tmp_path / "cache"))
    catalogue.cache_clear()
    assert catalogue("en", "messages").gettext("元") == "yuan"
    catalogue.cache_clear()
    monkeypatch.setattr(catalogues, "compile_catalogue", None)  # the second time nothing may be compiled
    assert catalogue("en", "messages").gettext("元") == "yuan"
    catalogue.cache_clear()


def test_a_compiled_file_beside_the_catalogue_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a wheel."""
    monkeypatch.setattr(catalogues, "LOCALE", tmp_path)
    compiled = catalogue_file("en", "messages", ".mo")
    compiled.parent.mkdir(parents=True)
    compiled.write_bytes(compile_catalogue('msgid "元"\nmsgstr "Y"\n'.encode(), "en"))
    catalogue.cache_clear()
    assert catalogue("en", "messages").gettext("元") == "Y"
    catalogue.cache_clear()


def test_a_compiled_catalogue_depends_on_its_messages_only() -> None:
    source = catalogue_file("en", "labels").read_bytes()
    assert compile_catalogue(source, "en") == compile_catalogue(source, "en")
    assert b"2000-01-01" in compile_catalogue(source, "en")


def test_check_in_english_changes_nothing_but_the_words() -> None:
    code, out, err = run("check", str(SEED), "-v", "--lang", "en")
    assert (code, out) == (0, "")
    assert left_over(err) == []
    assert "Warning GJ205 projects of unit 303003" in err
    assert "  Where: projects of unit 303003 in the performance indicator table (/performance); " in err
    assert len(err.splitlines()) == len(run("check", str(SEED), "-v")[2].splitlines())


def test_json_in_english_differs_in_message_and_hint_only() -> None:
    english, chinese = (told_as_data("check", str(SEED), "--lang", code) for code in ("en", "zh"))
    for one, other in zip(english["findings"], chinese["findings"], strict=True):
        assert left_over(f"{one.pop('message')}\n{one.pop('hint')}") == []
        assert HANZI.search(f"{other.pop('message')}{other.pop('hint')}")
        assert HANZI.search(json.dumps(one, ensure_ascii=False))  # values and places are data
    assert english == chinese


def told_as_data(*arguments: str) -> Any:
    return json.loads(run(*arguments, "--json")[1])


def test_build_in_english(tmp_path: Path) -> None:
    code, out, err = run("build", str(DEMO), "-o", str(tmp_path), "--format", "xlsx", "--lang", "en")
    assert (code, len(out.splitlines()), err) == (0, 1, "")
    code, out, err = run("build", str(SEED), "-o", str(tmp_path), "--format", "doc", "--lang", "en")
    assert code == 2
    assert err == "Error: There is no format “doc”\n  Hint: Did you mean docx?\n"


def test_a_blocked_build_in_english(tmp_path: Path) -> None:
    data = edited(base("demo"), {"/revenue/0/amount": "1"})
    path = tmp_path / "x.json"
    path.write_text(json.dumps(data, ensure_ascii=False, default=str), encoding="utf-8")
    code, out, err = run("build", str(path), "-o", str(tmp_path), "--lang", "en")
    assert (code, out, left_over(err)) == (1, "", [])
    assert "Error GJ101 revenue and expenditure summary [Total revenue] (" in err
    assert err.endswith("There are errors: not fit for publication; no files were written.\n")


@pytest.mark.parametrize(
    "question", [("--figure", "1017.96"), ("--place", "表03"), ("--pointer", "/expenditure/9"), ("--figure", "-1")]
)
def test_trace_in_english(question: tuple[str, str]) -> None:
    """Places stay as they are printed, and as ``--place`` takes them; labels are English."""
    asked = ("trace", str(SEED), "=".join(question), "--lang")
    english, chinese = (run(*asked, code) for code in ("en", "zh"))
    assert english[0] == chinese[0]
    assert not re.search("数据项|算法|读自|文字|措辞|没有找到|万?元", english[1] + english[2].replace("表", ""))
    answers = [line for line in english[1].splitlines() if line.startswith("  ")]
    assert all(re.match("  (Fact|Formula|Read from): ", line) for line in answers)
    assert left_over(english[2]) == []


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_bad_document_in_english(case: Case, tmp_path: Path) -> None:
    with one_layout_reading():
        result = run_json("check", write_down(case, tmp_path), "--lang", "en")
    assert result.exit_code == case.code
    for one in result.messages:
        assert left_over(one.message.replace(str(tmp_path), "")) == []
        assert left_over(one.hint) == []


@pytest.mark.parametrize("case", LAYOUT_CASES, ids=str)
def test_a_bad_layout_in_english(case: LayoutCase, tmp_path: Path) -> None:
    with laid_out(case, tmp_path) as folder:
        code, _, err = run("check", str(DEMO), "--layout", str(folder), "--lang", "en")
    assert code == case.code
    kept = err.replace(f"{tmp_path}/", "").replace("found “一”", "").replace("甲/", "").replace("{{ 没有 }}", "")
    assert left_over(kept) == []


def test_the_environment_chooses_the_language_and_the_argument_wins() -> None:
    missing = str(Path("/nowhere.json"))
    assert "读不了" in in_a_process({}, "check", missing)
    assert "Cannot read" in in_a_process({VARIABLE: "en_GB.UTF-8"}, "check", missing)
    assert "读不了" in in_a_process({VARIABLE: "en"}, "check", missing, "--lang", "zh")


def test_an_unknown_language_of_the_environment_is_reported_in_one_line_and_chinese_is_used(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(VARIABLE, "fr_FR.UTF-8")
    said = (
        "REPORTGEN_LANG=fr_FR.UTF-8：没有这种语言（只有 zh, en），用中文"
        " / REPORTGEN_LANG=fr_FR.UTF-8: no such language (only zh, en); Chinese is used"
    )
    code, out, err = run("layouts")
    assert (code, err) == (0, f"{said}\n")
    assert HANZI.search(out)
    assert run("layouts", "-q")[2] == ""
    assert run("layouts", "--lang", "en")[2] == ""
    assert json.loads(run("layouts", "--json")[1])
    for known in ("", "zh_CN.UTF-8", "EN", "en_GB.UTF-8"):
        monkeypatch.setenv(VARIABLE, known)
        assert run("layouts")[2] == ""


def in_a_process(environment: dict[str, str], *arguments: str) -> str:
    env = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", **environment}
    command = [sys.executable, "-m", "reportgen", *arguments]
    done = subprocess.run(command, env=env, capture_output=True, check=False, timeout=120)
    return done.stderr.decode("utf-8")


def test_a_chinese_run_imports_no_babel() -> None:
    """The English catalogue costs a Chinese run nothing."""
    line = "import sys; from reportgen.cli import main; main(['layouts']); assert 'babel' not in sys.modules"
    env = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    assert subprocess.run([sys.executable, "-c", line], env=env, capture_output=True, check=False).returncode == 0


def test_values_up_to_a_length_are_taken_apart() -> None:
    digits = "1" * (LONGEST - 1)
    assert english_value(f"{digits}元") == f"{digits} yuan"
    assert english_value(f"1{digits}元") == ""
