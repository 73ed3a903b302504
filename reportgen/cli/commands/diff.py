"""``diff``: what changed between two versions, and what reads differently because of it."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from ..options import FILE, add_command, add_layout, add_published, add_state

if TYPE_CHECKING:
    from ..console import Console
    from ..language import Language
    from ..options import Commands

ABOUT = """\
比较的是数据的含义，不是文件的行：先列改动，再列因此变化的句子、表格和占比，以及需要复核的增减原因。

例：
  reportgen diff 旧.json 新.json                       改了什么，印出来哪里变
  reportgen diff 公开 新.json                          旧的是 build 的输出文件夹
  reportgen diff 旧.json 新.json --docx 修订稿.docx    带修订标记的新文档，接受全部即新，拒绝全部即旧

退出码：
  0  没有差别
  1  有差别（不是错误；build 的 1 才是不能公开）
  2 以上与 build 相同"""


def add(commands: Commands, common: argparse.ArgumentParser, language: Language) -> None:
    """Add the parser of ``diff``."""
    _ = language.gettext
    diff = add_command(commands, "diff", common, _("比较两份数据，说明改动的后果"), _(ABOUT))
    diff.add_argument("old", metavar="OLD", help=_("旧的预算 JSON 文件，或 build 的输出文件夹"))
    diff.add_argument("new", metavar="NEW", help=_("新的预算 JSON 文件，或 build 的输出文件夹"))
    diff.add_argument("--docx", metavar=FILE, help=_("另写一份带修订标记的 DOCX"))
    add_state(diff, language)
    add_published(diff, language)
    add_layout(diff, language)


def run(options: argparse.Namespace, console: Console) -> int:
    """Print what differs; return 1 when anything does."""
    from ...pipeline.versions import diff, document_source, save_redline
    from ..diff_output import print_differences
    from ..last_year import print_last_year_findings

    print_last_year_findings(document_source(options.new, options.state), options, console)
    comparison = diff(options.old, options.new, options.layout, options.last, options.state, options.budget)
    if options.docx is not None:
        save_redline(comparison, Path(options.docx), (Path(options.old), Path(options.new)))
    print_differences(comparison.differences, console)
    return 1 if comparison.differences else 0
