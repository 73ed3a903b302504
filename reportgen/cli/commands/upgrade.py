"""``upgrade``: a document of an earlier version of the contract, rewritten as the present one."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from ..options import EXIT_CODES, FILE, add_command

if TYPE_CHECKING:
    from ..console import Console
    from ..language import Language
    from ..options import Commands

EXAMPLES = """\
例：
  reportgen upgrade 预算.json               改成现行格式，写回原文件
  reportgen upgrade 预算.json -o 新.json    写到另一个文件，原文件不动

只改有变化的地方：上年数和增减原因移到 totals；数字的写法、字段的先后、缩进都不变。"""


def add(commands: Commands, common: argparse.ArgumentParser, language: Language) -> None:
    """Add the parser of ``upgrade``."""
    _ = language.gettext
    about = _("把旧格式的预算 JSON 改成现行格式")
    upgrade = add_command(commands, "upgrade", common, about, _(EXAMPLES), _(EXIT_CODES))
    upgrade.add_argument("file", metavar=FILE, help=_("预算 JSON"))
    upgrade.add_argument("-o", "--out", metavar=FILE, help=_("写到这个文件；不填则写回原文件"))


def run(options: argparse.Namespace, console: Console) -> int:
    """Rewrite the file, and say which file was written."""
    from ...pipeline.upgrade import upgrade

    written = upgrade(options.file, options.out)
    if console.json:
        console.print_data({"file": None if written is None else str(written)})
    elif not console.quiet:
        language = console.language
        message = "已写入 {path}。" if written else "{path} 已是现行格式，没有改动。"
        console.print_result(language.message(message, {"path": options.out or options.file}))
    return 0
