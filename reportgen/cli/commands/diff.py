"""``diff``: what changed between two versions, and what therefore reads otherwise."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from ..options import add_layout

if TYPE_CHECKING:
    from ..console import Console
    from ..language import Language
    from ..options import Commands

ABOUT = """\
比较的是数据的含义，不是文件的行：先说改了什么，再说因此哪些句子、表格、占比跟着变，哪些增减原因需要复核。

例：
  reportgen diff 旧.json 新.json                       改了什么，印出来哪里变
  reportgen diff 公开 新.json                          旧的是 build 的输出文件夹
  reportgen diff 旧.json 新.json --docx 修订稿.docx    带修订标记的新文档，接受全部即新，拒绝全部即旧

退出码：
  0  没有差别
  1  有差别（不是错误；build 的 1 才是不能公开）
  2 以上与 build 相同"""


def add(commands: Commands, common: argparse.ArgumentParser, language: Language) -> None:
    """The options of ``diff``."""
    say = language.text
    diff = commands.add_parser("diff", parents=[common], help=say("比较两份数据，说明改动的后果"), epilog=say(ABOUT))
    diff.add_argument("old", metavar="OLD", help=say("旧的预算 JSON 文件，或 build 的输出文件夹"))
    diff.add_argument("new", metavar="NEW", help=say("新的预算 JSON 文件，或 build 的输出文件夹"))
    diff.add_argument("--docx", metavar="FILE", help=say("另写一份带修订标记的 DOCX"))
    add_layout(diff, language)


def run(options: argparse.Namespace, voice: Console) -> int:
    """Say what differs; 1 when anything does."""
    from ...pipeline.comparison import diff, save_redline
    from ..diff_output import say_differences

    found = diff(options.old, options.new, options.layout)
    if options.docx is not None:
        save_redline(found, Path(options.docx), (Path(options.old), Path(options.new)))
    say_differences(found.differences, voice)
    return 1 if found.differences else 0
