"""The parser of the command line."""

from __future__ import annotations

import argparse
from functools import partial
from typing import cast

from .. import __version__
from . import commands
from .command_parser import CommandParser
from .language import Language
from .options import EXIT_CODES, add_language, common_options

EXAMPLES = """\
例：
  reportgen build 预算.json -o 公开          三种文件写进文件夹“公开”
  reportgen build 预算.json --format pdf     只要 PDF
  reportgen check 预算.json                  只查不写
  reportgen schema > budget.schema.json      输入文件的格式"""


def command_line_parser(language: Language) -> CommandParser:
    """Return the parser of all commands, its texts in ``language``."""
    _ = language.gettext
    new_parser = partial(CommandParser, language=language)
    parser = new_parser(
        prog="reportgen",
        description=_("由一份预算 JSON 生成部门预算公开的 DOCX、PDF 和 XLSX。"),
        epilog=f"{_(EXAMPLES)}\n\n{_(EXIT_CODES)}",
    )
    parser.add_argument("--version", action="version", version=f"reportgen {__version__}", help=_("显示版本后退出"))
    add_language(parser, language)
    subparsers = parser.add_subparsers(
        dest="command",
        required=True,
        metavar=_("命令"),
        parser_class=cast("type[argparse.ArgumentParser]", new_parser),
    )
    subparsers.type = str  # the rest of the command line: the command's own parser checks it
    common = common_options(language)
    for name in commands.names():
        commands.command(name).add(subparsers, common, language)
    return parser
