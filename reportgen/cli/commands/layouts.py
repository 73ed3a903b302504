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
  reportgen layouts -v                                另列出所在的文件夹，先是它自己的，再是它沿用的
  reportgen build 预算.json --layout 版式的名称        用其中一个版式
  reportgen build 预算.json --layout 我的版式/         用文件夹里的版式

退出码：0；其他同 build"""


def add(commands: Commands, common: argparse.ArgumentParser, language: Language) -> None:
    """Add the parser of ``layouts``, which has no options of its own."""
    _ = language.gettext
    add_command(commands, "layouts", common, _("列出可用的版式"), _(EXAMPLES))


def run(options: argparse.Namespace, console: Console) -> int:
    """Print the list."""
    from ...layout.load import load_layout, names

    layouts = {name: load_layout(name) for name in names()}
    if console.json:
        console.print_data({name: layout.title for name, layout in layouts.items()})
        return 0
    for name, layout in layouts.items():
        console.print_result(f"{name:12} {layout.title}")
        if console.verbose:
            for folder in layout.folders:
                console.print_result(f"{'':12} {folder}")
    return 0
