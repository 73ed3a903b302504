"""``completion``: print a script that lets a shell complete commands, options and paths."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..options import FILE, FOLDER, add_command

if TYPE_CHECKING:
    from ..console import Console
    from ..language import Language
    from ..options import Commands

SHELLS = ("bash", "zsh", "tcsh")
EXAMPLES = """\
例：
  eval "$(reportgen completion bash)"                                               本次登录有效
  reportgen completion bash > ~/.local/share/bash-completion/completions/reportgen  以后一直有效
  reportgen completion zsh > ~/.zfunc/_reportgen                                    zsh：该文件夹须在 fpath 里

退出码：0；其他同 build"""


def add(commands: Commands, common: argparse.ArgumentParser, language: Language) -> None:
    """Add the parser of ``completion``."""
    _ = language.gettext
    about = _("印出命令行补全的脚本（按 Tab 补全命令、选项和路径）")
    completion = add_command(commands, "completion", common, about, _(EXAMPLES))
    about = _("命令解释器（shell）：bash、zsh 或 tcsh")
    completion.add_argument("shell", choices=SHELLS, metavar=_("命令解释器"), help=about)


def run(options: argparse.Namespace, console: Console) -> int:
    """Print the script."""
    import shtab

    from ..argparse_language import argparse_speaks
    from ..arguments import command_line_parser

    with argparse_speaks(console.language.code):
        parser = command_line_parser(console.language)
    for action in _actions(parser):
        if action.metavar in (FILE, FOLDER):
            action.complete = shtab.FILE if action.metavar == FILE else shtab.DIRECTORY  # type: ignore[attr-defined]
    console.print_result(shtab.complete(parser, shell=options.shell))
    return 0


def _actions(parser: argparse.ArgumentParser) -> Iterator[argparse.Action]:
    """Yield the arguments of a parser and of all its commands."""
    for action in parser._actions:
        yield action
        if isinstance(action, argparse._SubParsersAction):
            for command in action.choices.values():
                yield from _actions(command)
