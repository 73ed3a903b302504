"""``layouts``: names and titles of the shipped layouts."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from ..options import add_command

if TYPE_CHECKING:
    from ..console import Console
    from ..language import Language
    from ..options import Commands

EXAMPLES = """\
例：
  reportgen layouts                                   名称和标题
  reportgen build 预算.json --layout zhejiang         用其中一个版式
  reportgen build 预算.json --layout 我的版式/         用文件夹里的版式

退出码：0；其他同 build"""


def add(commands: Commands, common: argparse.ArgumentParser, language: Language) -> None:
    """Add the parser of ``layouts``, which has no options of its own."""
    _ = language.gettext
    add_command(commands, "layouts", common, _("列出可用的版式"), _(EXAMPLES))


def run(options: argparse.Namespace, console: Console) -> int:
    """Print the list."""
    from ...layout.load import load_layout, names

    titles = {name: load_layout(name).title for name in names()}
    if console.json:
        console.print_data(titles)
    else:
        console.print_result("\n".join(f"{name:12} {title}" for name, title in titles.items()))
    return 0
