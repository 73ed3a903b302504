"""What the command line understands."""

from __future__ import annotations

import argparse
from functools import partial
from typing import cast

from .. import __version__
from . import commands
from .language import Language
from .options import EXIT_CODES, add_help, add_language, common
from .usage import Parser

EXAMPLES = """\
例：
  reportgen build 预算.json -o 公开          三种文件写进文件夹“公开”
  reportgen build 预算.json --format pdf     只要 PDF
  reportgen check 预算.json                  只查不写
  reportgen schema > budget.schema.json      输入文件的格式"""


def parser(language: Language) -> Parser:
    """The parser of the whole command line, its texts in ``language``."""
    say = language.text
    root = Parser(
        language,
        prog="reportgen",
        description=say("由一份预算 JSON 生成部门预算公开的 DOCX、PDF 和 XLSX。"),
        epilog=f"{say(EXAMPLES)}\n\n{say(EXIT_CODES)}",
    )
    add_help(root, language)
    root.add_argument("--version", action="version", version=f"reportgen {__version__}", help=say("显示版本后退出"))
    add_language(root, language)
    alike = cast("type[argparse.ArgumentParser]", partial(Parser, language))
    members = root.add_subparsers(dest="command", required=True, metavar=say("命令"), parser_class=alike)
    shared = common(language)
    for name in commands.names():
        commands.command(name).add(members, shared, language)
    return root
