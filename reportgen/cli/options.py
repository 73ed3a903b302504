"""Options that several commands have, and what their help ends with."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..layout.load import DEFAULT
from .language import CODES, VARIABLE, Language

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


def common(language: Language) -> argparse.ArgumentParser:
    """What every command understands."""
    say = language.text
    options = argparse.ArgumentParser(add_help=False)
    add_help(options, language)
    loudness = options.add_mutually_exclusive_group()
    loudness.add_argument("-q", "--quiet", action="store_true", help=say("只说错误"))
    loudness.add_argument("-v", "--verbose", action="store_true", help=say("提示也一条条说"))
    options.add_argument("--json", action="store_true", help=say("结果以 JSON 写到标准输出"))
    add_language(options, language)
    return options


def add_help(command: argparse.ArgumentParser, language: Language) -> None:
    """``-h`` in the user's language."""
    command.add_argument("-h", "--help", action="help", help=language.text("显示本说明后退出"))


def add_language(command: argparse.ArgumentParser, language: Language) -> None:
    """``--lang`` may stand before or after the command; where it is absent it must not undo the other place."""
    text = language.say("说中文（zh）还是英文（en）；没有则看环境变量 {variable}", {"variable": VARIABLE})
    command.add_argument("--lang", choices=CODES, default=argparse.SUPPRESS, help=text)


def add_document(command: argparse.ArgumentParser, language: Language) -> None:
    """The one document a command is about, and its layout."""
    command.add_argument("file", metavar="FILE", help=language.text("预算 JSON 文件"))
    add_layout(command, language)


def add_layout(command: argparse.ArgumentParser, language: Language) -> None:
    """``--layout``."""
    about = language.say("版式的名称或文件夹（默认 {name}）", {"name": DEFAULT})
    command.add_argument("--layout", default=DEFAULT, metavar="NAME", help=about)


def add_last(command: argparse.ArgumentParser, language: Language) -> None:
    """``--last``: last year's document."""
    about = language.text("上年的预算 JSON 文件；给出时核对本文件的上年预算数")
    command.add_argument("--last", metavar="FILE", help=about)


def add_formats(command: argparse.ArgumentParser, language: Language) -> None:
    """``--format``: which files are wanted."""
    from ..writers import default_formats

    about = language.say("逗号分开的格式（默认：{names}）", {"names": ",".join(default_formats())})
    command.add_argument("--format", default="", metavar="LIST", help=about)


def add_force(command: argparse.ArgumentParser, language: Language) -> None:
    """``--force``."""
    about = language.text("全部重做：已是最新的也重写，被人改过的也覆盖")
    command.add_argument("--force", action="store_true", help=about)


def wanted(options: argparse.Namespace) -> Sequence[str]:
    """The formats that ``--format`` asks for."""
    return [name.strip() for name in options.format.split(",") if name.strip()]
