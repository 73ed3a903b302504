"""``watch``: build again whenever the document, its layout or last year's document is saved."""

from __future__ import annotations

import argparse
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from ...core.errors import ReportgenError
from ..options import add_document, add_formats, add_last, wanted

if TYPE_CHECKING:
    from ...layout.spec import Layout
    from ...pipeline import Prepared
    from ..console import Console
    from ..language import Language
    from ..options import Commands

ABOUT = """\
每次存盘后一秒左右重做，并说改了什么、印出来哪里跟着变。有错误时不写文件，改好再存即可。按 Ctrl-C 结束。

例：
  reportgen watch 预算.json -o 公开 --format pdf"""


def add(commands: Commands, common: argparse.ArgumentParser, language: Language) -> None:
    """The options of ``watch``."""
    say = language.text
    watch = commands.add_parser("watch", parents=[common], help=say("存盘就重做，说改了什么"), epilog=say(ABOUT))
    add_document(watch, language)
    add_last(watch, language)
    watch.add_argument(
        "-o", "--output", default=".", metavar="DIR", help=say("输出文件夹，没有就新建（默认为当前文件夹）")
    )
    add_formats(watch, language)


def run(options: argparse.Namespace, voice: Console) -> int:
    """Build, then wait for saves and build again; 0 when told to end."""
    from ...pipeline.file_watch import saves, stamps

    watching = _Watching(options, voice)
    files = [Path(one) for one in (options.file, options.last) if one]
    try:
        looks = saves(lambda: stamps(files, watching.layout))
        watching.build()
        voice.remark("在看着 {file}：存盘就重做，Ctrl-C 结束。", file=options.file)
        for _ in looks:
            watching.build()
    except KeyboardInterrupt:
        voice.remark("不再看着 {file}。", file=options.file)
    return 0


class _Watching:
    """What was built last, to tell what the next build changes."""

    def __init__(self, options: argparse.Namespace, voice: Console) -> None:
        self._options = options
        self._voice = voice
        self._before: Prepared | None = None
        self.layout: Layout | None = None
        """The layout as it last could be read: its folders are watched even while a file in them is wrong."""
        with suppress(ReportgenError):  # the first build says it
            self._load()

    def build(self) -> None:
        """Build once; whatever is wrong is said, and the watch goes on."""
        from ...pipeline import build

        options = self._options
        try:
            self._load()
            report = build(options.file, options.output, wanted(options), options.layout, last=options.last)
            self._voice.report(report)
            self._tell(report.prepared or self._prepared())
        except ReportgenError as stop:
            self._voice.stop(stop)

    def _load(self) -> None:
        from ...layout.load import load_layout

        self.layout = load_layout(self._options.layout)

    def _prepared(self) -> Prepared:
        """All files were current, so nothing had to be composed, but the next build is to be compared with it."""
        from ...pipeline import prepare

        return self._before or prepare(self._options.file, self._options.layout)

    def _tell(self, now: Prepared) -> None:
        from ...diff import Side, differences
        from ..diff_output import say_differences

        before, self._before = self._before, now
        if before is None or before is now:
            return
        sides = [Side(one.budget, one.facts, one.document) for one in (before, now)]
        if found := differences(*sides):
            say_differences(found, self._voice)
