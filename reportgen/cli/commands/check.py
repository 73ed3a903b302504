"""``check``: print the findings, write nothing."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from ..options import EXIT_CODES, add_command, add_document

if TYPE_CHECKING:
    from ..console import Console
    from ..language import Language
    from ..options import Commands

EXAMPLES = """\
例：
  reportgen check 预算.json                   列出错误和警告，提示只说条数
  reportgen check 预算.json -v                提示也逐条列出
  reportgen check 预算.json --last 上年.json   与上年的文件核对
  reportgen check 决算.json --budget 预算.json 决算的年初预算数与同一年的预算核对"""


def add(commands: Commands, common: argparse.ArgumentParser, language: Language) -> None:
    """Add the parser of ``check``."""
    _ = language.gettext
    check = add_command(commands, "check", common, _("只查不写"), _(EXAMPLES), _(EXIT_CODES))
    add_document(check, language)


def run(options: argparse.Namespace, console: Console) -> int:
    """Check the document, and print its findings."""
    from ...pipeline import check

    return console.print_report(check(options.file, options.layout, options.last, options.budget))
