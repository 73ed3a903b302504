"""``layout``: make a layout, prove it without data, list the names that it may quote."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from ..options import FOLDER, add_command

if TYPE_CHECKING:
    from ..console import Console
    from ..language import Language
    from ..options import Commands

NEW, CHECK, PRINT, COPY, FACTS = "new", "check", "print", "copy", "facts"
EXAMPLES = """\
例：
  reportgen layout new 我的城市 --from 已有的版式    新建文件夹 我的城市/，沿用已有的版式
  reportgen layout check 我的城市                    不用数据，核对全部模板、表格、名称、字体
  reportgen layout print 我的城市 layout.yaml        看一个文件现在的全文，沿用的也在内
  reportgen layout copy 我的城市 revenue.j2          把沿用的一个文件连全文抄到 我的城市/ 里，在那里改
  reportgen layout facts 采购                        可引用的名称：意思、单位、例子
  reportgen layout facts --json                      全部名称，供程序用

退出码：0 没有错；4 版式写错；其他同 build"""


def add(commands: Commands, common: argparse.ArgumentParser, language: Language) -> None:
    """Add the parser of ``layout``."""
    _ = language.gettext
    command = add_command(
        commands, "layout", common, _("新建版式、核对版式、看一个文件、抄一个文件来改、查可引用的名称"), _(EXAMPLES)
    )
    about = _("new 新建，check 核对，print 看一个文件的全文，copy 抄一个文件来改，facts 查名称")
    command.add_argument("action", choices=(NEW, CHECK, PRINT, COPY, FACTS), metavar=_("动作"), help=about)
    command.add_argument(
        "words",
        nargs="*",
        metavar="NAME",
        help=_("版式的名称或文件夹，print、copy 再写文件名；facts 后写要找的词，可不写"),
    )
    command.add_argument(
        "--from", dest="base", metavar="NAME", help=_("new：沿用哪个版式（不写则是 layouts/defaults.yaml 里的）")
    )
    about = _("new：新文件夹放在哪里（默认为当前文件夹）")
    command.add_argument("-o", "--output", default=".", metavar=FOLDER, help=about)


def run(options: argparse.Namespace, console: Console) -> int:
    """Do what is asked; return the exit code."""
    if options.action == FACTS:
        return _facts(options.words, console)
    from ...core.errors import UsageError

    if options.action in (PRINT, COPY):
        if len(options.words) != 2:
            message, hint = (
                "layout {action} 后面要写一个版式的名称和一个文件名",
                "如 layout {action} 我的城市 revenue.j2",
            )
            raise UsageError(message, hint, action=options.action)
        name, file = options.words
        return _print(name, file, console) if options.action == PRINT else _copy(name, file, console)
    if len(options.words) != 1:
        raise UsageError("layout {action} 后面要写一个版式的名称", action=options.action)
    if options.action == CHECK:
        return _check(options.words[0], console)
    return _new(options.words[0], options, console)


def _new(name: str, options: argparse.Namespace, console: Console) -> int:
    from pathlib import Path

    from ...layout.defaults import default_layout
    from ...pipeline.new_layout import new_layout

    base = options.base or default_layout()
    folder = new_layout(name, base, Path(options.output))
    if console.json:
        console.print_data({"folder": str(folder), "extends": base})
    else:
        console.print_result(str(folder))
    return 0


def _check(name: str, console: Console) -> int:
    from ...core.errors import LayoutError
    from ...pipeline.layout_check import layout_mistakes

    mistakes = layout_mistakes(name)
    if console.json:
        say = console.language.message
        listed = [{"message": say(one.message, one.values), "hint": say(one.hint, one.values)} for one in mistakes]
        console.print_data({"mistakes": listed})
    else:
        for one in mistakes:
            console.print_error(one)
        if not mistakes:
            console.print_progress("版式“{name}”没有错", name=name)
    return LayoutError.exit_code if mistakes else 0


def _print(name: str, file: str, console: Console) -> int:
    from ...layout.complete_file import complete_file

    text = complete_file(name, file)
    if console.json:
        console.print_data({"text": text})
    else:
        console.print_result(text.removesuffix("\n"))
    return 0


def _copy(name: str, file: str, console: Console) -> int:
    from ...pipeline.layout_copy import copy_file

    path = str(copy_file(name, file))
    if console.json:
        console.print_data({"file": path})
    else:
        console.print_result(path)
    return 0


def _facts(words: list[str], console: Console) -> int:
    from dataclasses import asdict

    from ...core.settings import Printing
    from ...facts.names import matching, quotable_names
    from ...pipeline.layout_check import example_facts

    found = matching(quotable_names(*example_facts(Printing())), words)
    if console.json:
        console.print_data({"facts": [asdict(one) for one in found]})
        return 0
    if not found:
        console.print_progress("没有含“{words}”的名称；换一个词，或不写词列出全部", words=" ".join(words))
    for one in found:
        example = f"{one.example}{one.unit}" if one.example else ""
        console.print_result("  ".join(filter(None, (one.name, one.meaning, one.kind, example))))
    return 0
