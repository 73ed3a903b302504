"""What the command line understands."""

from __future__ import annotations

import argparse
from functools import partial
from typing import TYPE_CHECKING, cast

from .. import __version__
from ..layout.load import DEFAULT
from ..writers import formats
from .language import CODES, VARIABLE, Language
from .usage import Parser

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

EXIT_CODES = """\
退出码：
  0  没有阻止公开的问题（可有提示和警告）
  1  有阻止公开的问题，没有写出文件
  2  命令写错，或版式、格式不存在
  3  输入文件读不了或不合格式
  4  版式（YAML 或模板）写错
  5  排不了版：有字体里没有的字，或表格排不下
  6  写不了文件；原有文件没有改动
 70  内部错误：程序的毛病，-v 有详情
130  被中断；没有留下半份文件"""

EXAMPLES = """\
例：
  reportgen build 预算.json -o 公开          三种文件写进文件夹“公开”
  reportgen build 预算.json --format pdf     只要 PDF
  reportgen check 预算.json                  只查不写
  reportgen schema > budget.schema.json      输入文件的格式"""

TRACE_EXAMPLES = """\
例：
  reportgen trace 预算.json --figure 1017.96              这个数字印在哪里、怎样算出、读自哪些单元
  reportgen trace 预算.json --place 二/（二）              这一节的每个数字
  reportgen trace 预算.json --pointer /expenditure/9      这一行影响哪些句子和单元格"""


def parser(language: Language) -> Parser:
    """The parser of the whole command line, its texts in ``language``."""
    say = language.text
    common = _common(language)
    root = Parser(
        language,
        prog="reportgen",
        description=say("由一份预算 JSON 生成部门预算公开的 DOCX、PDF 和 XLSX。"),
        epilog=f"{say(EXAMPLES)}\n\n{say(EXIT_CODES)}",
    )
    _add_help(root, language)
    root.add_argument("--version", action="version", version=f"reportgen {__version__}", help=say("显示版本后退出"))
    _add_language(root, language)
    alike = cast("type[argparse.ArgumentParser]", partial(Parser, language))
    commands = root.add_subparsers(dest="command", required=True, metavar=say("命令"), parser_class=alike)
    _add_build(commands, common, language)
    _add_check(commands, common, language)
    _add_trace(commands, common, language)
    commands.add_parser("schema", parents=[common], help=say("印出输入文件的 JSON Schema"))
    commands.add_parser("layouts", parents=[common], help=say("列出可用的版式"))
    return root


def _add_help(command: argparse.ArgumentParser, language: Language) -> None:
    command.add_argument("-h", "--help", action="help", help=language.text("显示本说明后退出"))


def _add_language(command: argparse.ArgumentParser, language: Language) -> None:
    """``--lang`` may stand before or after the command; where it is absent it must not undo the other place."""
    text = language.say("说中文（zh）还是英文（en）；没有则看环境变量 {variable}", {"variable": VARIABLE})
    command.add_argument("--lang", choices=CODES, default=argparse.SUPPRESS, help=text)


def _common(language: Language) -> argparse.ArgumentParser:
    say = language.text
    common = argparse.ArgumentParser(add_help=False)
    _add_help(common, language)
    loudness = common.add_mutually_exclusive_group()
    loudness.add_argument("-q", "--quiet", action="store_true", help=say("只说错误"))
    loudness.add_argument("-v", "--verbose", action="store_true", help=say("提示也一条条说"))
    common.add_argument("--json", action="store_true", help=say("结果以 JSON 写到标准输出"))
    _add_language(common, language)
    return common


def _add_build(commands: Commands, common: argparse.ArgumentParser, language: Language) -> None:
    say = language.text
    build = commands.add_parser("build", parents=[common], help=say("生成文件"), epilog=say(EXIT_CODES))
    _add_document(build, language)
    _add_last(build, language)
    build.add_argument(
        "-o", "--output", default=".", metavar="DIR", help=say("输出文件夹，没有就新建（默认为当前文件夹）")
    )
    build.add_argument("--sources", action="store_true", help=say("另写一份工作簿，逐个说明印出的数字从哪里来"))
    build.add_argument(
        "--keep-unverified", action="store_true", help=say("读回核对不符时也留下文件，供查看（退出码仍为 1）")
    )
    names = {"names": ",".join(formats())}
    build.add_argument(
        "--format", default="", metavar="LIST", help=language.say("逗号分开的格式（默认全部：{names}）", names)
    )


def _add_check(commands: Commands, common: argparse.ArgumentParser, language: Language) -> None:
    say = language.text
    check = commands.add_parser("check", parents=[common], help=say("只查不写"), epilog=say(EXIT_CODES))
    _add_document(check, language)
    _add_last(check, language)


def _add_trace(commands: Commands, common: argparse.ArgumentParser, language: Language) -> None:
    say = language.text
    trace = commands.add_parser(
        "trace",
        parents=[common],
        help=say("查一个数字从哪里来，或一个输入影响哪里"),
        epilog=say(TRACE_EXAMPLES),
    )
    _add_document(trace, language)
    question = trace.add_mutually_exclusive_group(required=True)
    question.add_argument("--figure", metavar="N", help=say("印出的数字，如 1017.96"))
    question.add_argument("--place", metavar="WHERE", help=say("印出的位置，如 二/（二） 或 表03"))
    question.add_argument("--pointer", metavar="JSON", help=say("输入单元的 JSON 指针，如 /expenditure/7/project"))


def _add_last(command: argparse.ArgumentParser, language: Language) -> None:
    about = language.text("上年的预算 JSON 文件；给出时核对本文件的上年预算数")
    command.add_argument("--last", metavar="FILE", help=about)


def _add_document(command: argparse.ArgumentParser, language: Language) -> None:
    command.add_argument("file", metavar="FILE", help=language.text("预算 JSON 文件"))
    about = language.say("版式的名称或文件夹（默认 {name}）", {"name": DEFAULT})
    command.add_argument("--layout", default=DEFAULT, metavar="NAME", help=about)
