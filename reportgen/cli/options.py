"""Options that several commands have, and what their help ends with."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from .language import CODES, VARIABLE, Language
from .option_values import format_names

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

FILE, FOLDER = "FILE", "DIR"
"""What a path is called in the help; completion offers files for the one and folders for the other."""

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


def add_command(
    commands: Commands, name: str, common: argparse.ArgumentParser, about: str, *epilog: str
) -> argparse.ArgumentParser:
    """Add a command with the common options; its help ends with the paragraphs of ``epilog``."""
    return commands.add_parser(name, parents=[common], help=about, description=about, epilog="\n\n".join(epilog))


def common_options(language: Language) -> argparse.ArgumentParser:
    """Return a parser of the options that every command has."""
    _ = language.gettext
    options = argparse.ArgumentParser(add_help=False)
    loudness = options.add_mutually_exclusive_group()
    loudness.add_argument("-q", "--quiet", action="store_true", help=_("只显示错误"))
    loudness.add_argument("-v", "--verbose", action="store_true", help=_("提示也逐条显示"))
    options.add_argument("--json", action="store_true", help=_("结果以 JSON 写到标准输出"))
    add_language(options, language)
    return options


def add_language(command: argparse.ArgumentParser, language: Language) -> None:
    """Add ``--lang``, which may come before or after the command; where it is absent it must not undo the other."""
    text = language.message("中文（zh）或英文（en）；不写则看环境变量 {variable}", {"variable": VARIABLE})
    command.add_argument("--lang", choices=CODES, default=argparse.SUPPRESS, help=text)


def add_document(command: argparse.ArgumentParser, language: Language) -> None:
    """Add what every command on one document has: its file, last year's file, the budget of the year, the layout."""
    command.add_argument("file", metavar=FILE, help=language.gettext("预算 JSON 文件"))
    add_published(command, language)
    add_layout(command, language)


def add_layout(command: argparse.ArgumentParser, language: Language) -> None:
    """Add ``--layout``."""
    about = language.gettext("版式的名称或文件夹（不写则按文件里的 layout，再按 layouts/defaults.yaml）")
    command.add_argument("--layout", metavar="NAME", help=about)


def add_published(command: argparse.ArgumentParser, language: Language) -> None:
    """Add ``--last`` and ``--budget``: what was published, which bases come from."""
    add_last(command, language)
    about = language.gettext("决算用：同一年的预算 JSON 文件；给出时核对本文件的年初预算数")
    command.add_argument("--budget", metavar=FILE, help=about)


def add_last(command: argparse.ArgumentParser, language: Language) -> None:
    """Add ``--last``: last year's document."""
    about = language.gettext("上年的 JSON 文件（预算用上年的预算或决算，决算用上年的决算）；给出时核对本文件的上年数")
    command.add_argument("--last", metavar=FILE, help=about)


def add_output_folder(command: argparse.ArgumentParser, language: Language) -> None:
    """Add ``-o``: the folder for the files."""
    about = language.gettext("输出文件夹，没有就新建（默认为当前文件夹）")
    command.add_argument("-o", "--output", default=".", metavar=FOLDER, help=about)


def add_state(command: argparse.ArgumentParser, language: Language) -> None:
    """Add ``--state``: the folder for what is not published."""
    about = language.gettext("不公开的状态文件夹：存数据的副本和检查的结果（默认在输出文件夹旁边，名称加 .state）")
    command.add_argument("--state", metavar=FOLDER, help=about)


def add_formats(command: argparse.ArgumentParser, language: Language) -> None:
    """Add ``--format``: which files are made."""
    from ..writers import default_formats
    from ..writers import formats as names

    values = {"known": "、".join(names()), "names": ",".join(default_formats())}
    about = language.message("逗号分开的格式：{known}（默认 {names}）", values)
    allowed = format_names(language, names())
    command.add_argument("--format", type=allowed, default=(), metavar="LIST", help=about)


def add_force(command: argparse.ArgumentParser, language: Language) -> None:
    """Add ``--force``."""
    about = language.gettext("全部重做：已是最新的也重写，被人改过的也覆盖")
    command.add_argument("--force", action="store_true", help=about)
