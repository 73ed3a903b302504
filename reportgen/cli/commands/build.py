"""``build``: write the files unless a finding blocks publication."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from ..options import EXIT_CODES, add_command, add_document, add_force, add_formats, add_output_folder, add_state

if TYPE_CHECKING:
    from ..console import Console
    from ..language import Language
    from ..options import Commands

EXAMPLES = """\
例：
  reportgen build 预算.json -o 公开                    三种文件写进文件夹“公开”
  reportgen build 预算.json --format docx,pdf          只要 DOCX 和 PDF
  reportgen build 预算.json --last 上年.json --sources  核对上年预算数，另写数字出处"""


def add(commands: Commands, common: argparse.ArgumentParser, language: Language) -> None:
    """Add the parser of ``build``."""
    _ = language.gettext
    build = add_command(commands, "build", common, _("生成文件"), _(EXAMPLES), _(EXIT_CODES))
    add_document(build, language)
    add_output_folder(build, language)
    add_state(build, language)
    build.add_argument("--sources", action="store_true", help=_("另写一份工作簿，逐个说明印出的数字从哪里来"))
    build.add_argument(
        "--keep-unverified", action="store_true", help=_("读回核对不符时也留下文件，供查看（退出码仍为 1）")
    )
    add_formats(build, language)
    add_force(build, language)


def run(options: argparse.Namespace, console: Console) -> int:
    """Build the files, and print findings and the files written."""
    from ...pipeline import build

    report = build(
        options.file,
        options.output,
        options.format,
        options.layout,
        sources=options.sources,
        keep_unverified=options.keep_unverified,
        last=options.last,
        force=options.force,
        state=options.state,
        initial=options.budget,
    )
    return console.print_report(report)
