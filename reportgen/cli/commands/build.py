"""``build``: write the files unless a finding blocks."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from ..options import EXIT_CODES, add_document, add_force, add_formats, add_last, wanted

if TYPE_CHECKING:
    from ..console import Console
    from ..language import Language
    from ..options import Commands


def add(commands: Commands, common: argparse.ArgumentParser, language: Language) -> None:
    """The options of ``build``."""
    say = language.text
    build = commands.add_parser("build", parents=[common], help=say("生成文件"), epilog=say(EXIT_CODES))
    add_document(build, language)
    add_last(build, language)
    build.add_argument(
        "-o", "--output", default=".", metavar="DIR", help=say("输出文件夹，没有就新建（默认为当前文件夹）")
    )
    build.add_argument("--sources", action="store_true", help=say("另写一份工作簿，逐个说明印出的数字从哪里来"))
    build.add_argument(
        "--keep-unverified", action="store_true", help=say("读回核对不符时也留下文件，供查看（退出码仍为 1）")
    )
    add_formats(build, language)
    add_force(build, language)


def run(options: argparse.Namespace, voice: Console) -> int:
    """Build, and say what was found and written."""
    from ...pipeline import build

    more = {
        "sources": options.sources,
        "keep_unverified": options.keep_unverified,
        "last": options.last,
        "force": options.force,
    }
    report = build(options.file, options.output, wanted(options), options.layout, **more)
    return voice.report(report)
