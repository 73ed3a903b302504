"""What the command line understands."""

from __future__ import annotations

import argparse

from .. import __version__
from ..layout.load import DEFAULT
from ..writers import formats

EXIT_CODES = """\
退出码：
  0  没有阻止公开的问题（可有提示和警告）
  1  有阻止公开的问题，没有写出文件
  2  命令写错，或版式、格式不存在
  3  输入文件读不了或不合格式
  4  版式（YAML 或模板）写错
  5  排不了版：有字体里没有的字，或表格排不下
  6  写不了文件
130  被中断"""

EXAMPLES = f"""\
例：
  reportgen build 预算.json -o 公开          三种文件写进文件夹“公开”
  reportgen build 预算.json --format pdf     只要 PDF
  reportgen check 预算.json                  只查不写
  reportgen schema > budget.schema.json      输入文件的格式

{EXIT_CODES}"""


TRACE_EXAMPLES = """\
例：
  reportgen trace 预算.json --figure 1017.96              这个数字印在哪里、怎样算出、读自哪些单元
  reportgen trace 预算.json --place 二/（二）              这一节的每个数字
  reportgen trace 预算.json --pointer /expenditure/9      这一行影响哪些句子和单元格"""


def parser() -> argparse.ArgumentParser:
    """The parser of the whole command line."""
    common = _common()
    root = argparse.ArgumentParser(
        prog="reportgen",
        description="由一份预算 JSON 生成部门预算公开的 DOCX、PDF 和 XLSX。",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    root.add_argument("--version", action="version", version=f"reportgen {__version__}")
    commands = root.add_subparsers(dest="command", required=True, metavar="命令")
    _add_build(commands, common)
    _add_check(commands, common)
    _add_trace(commands, common)
    commands.add_parser("schema", parents=[common], help="印出输入文件的 JSON Schema")
    commands.add_parser("layouts", parents=[common], help="列出可用的版式")
    return root


def _common() -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False)
    loudness = common.add_mutually_exclusive_group()
    loudness.add_argument("-q", "--quiet", action="store_true", help="只说错误")
    loudness.add_argument("-v", "--verbose", action="store_true", help="提示也一条条说")
    common.add_argument("--json", action="store_true", help="结果以 JSON 写到标准输出")
    return common


def _add_build(commands: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    build = commands.add_parser(
        "build",
        parents=[common],
        help="生成文件",
        epilog=EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    _add_document(build)
    build.add_argument("-o", "--output", default=".", metavar="DIR", help="输出文件夹，没有就新建（默认为当前文件夹）")
    build.add_argument("--sources", action="store_true", help="另写一份工作簿，逐个说明印出的数字从哪里来")
    build.add_argument(
        "--format", default="", metavar="LIST", help=f"逗号分开的格式（默认全部：{','.join(formats())}）"
    )


def _add_check(commands: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    check = commands.add_parser(
        "check",
        parents=[common],
        help="只查不写",
        epilog=EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    _add_document(check)


def _add_trace(commands: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    trace = commands.add_parser(
        "trace",
        parents=[common],
        help="查一个数字从哪里来，或一个输入影响哪里",
        epilog=TRACE_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    _add_document(trace)
    question = trace.add_mutually_exclusive_group(required=True)
    question.add_argument("--figure", metavar="N", help="印出的数字，如 1017.96")
    question.add_argument("--place", metavar="WHERE", help="印出的位置，如 二/（二） 或 表03")
    question.add_argument("--pointer", metavar="JSON", help="输入单元的 JSON 指针，如 /expenditure/7/project")


def _add_document(command: argparse.ArgumentParser) -> None:
    command.add_argument("file", metavar="FILE", help="预算 JSON 文件")
    command.add_argument("--layout", default=DEFAULT, metavar="NAME", help=f"版式的名称或文件夹（默认 {DEFAULT}）")
