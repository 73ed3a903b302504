"""``trace``: where a figure comes from, or where an input cell is used."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from ..options import add_command, add_document

if TYPE_CHECKING:
    from ..console import Console
    from ..language import Language
    from ..options import Commands

EXAMPLES = """\
例：
  reportgen trace 预算.json --figure 1017.96              这个数字印在哪里、怎样算出、读自哪些单元
  reportgen trace 预算.json --place 二/（二）              这一节的每个数字
  reportgen trace 预算.json --pointer /expenditure/9      这一行影响哪些句子和单元格

退出码：0 找到；1 没有找到；其他同 build"""


def add(commands: Commands, common: argparse.ArgumentParser, language: Language) -> None:
    """Add the parser of ``trace``."""
    _ = language.gettext
    about = _("查一个数字从哪里来，或一个输入影响哪里")
    trace = add_command(commands, "trace", common, about, _(EXAMPLES))
    add_document(trace, language)
    question = trace.add_mutually_exclusive_group(required=True)
    question.add_argument("--figure", metavar="N", help=_("印出的数字，如 1017.96"))
    question.add_argument("--place", metavar="WHERE", help=_("印出的位置，如 二/（二） 或 表03"))
    question.add_argument(
        "--pointer", type=str, metavar="JSON", help=_("输入单元的 JSON 指针，如 /expenditure/7/project")
    )


def run(options: argparse.Namespace, console: Console) -> int:
    """Print what one of the three options is answered with; return 1 when nothing was found."""
    from ...pipeline import trace
    from ..last_year import print_last_year_findings
    from ..trace_output import print_sources, print_uses

    print_last_year_findings(options.file, options, console)
    tracer = trace(options.file, options.layout, options.last, options.budget)
    if options.pointer is not None:
        return print_uses(tracer.of_pointer(options.pointer), console)
    by_figure = options.figure is not None
    sources = tracer.of_figure(options.figure) if by_figure else tracer.of_place(options.place)
    return print_sources(sources, console)
