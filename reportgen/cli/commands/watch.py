"""``watch``: build again whenever the document, its layout or last year's document is saved."""

from __future__ import annotations

import argparse
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from ...core.errors import ReportgenError
from ..options import add_command, add_document, add_formats, add_output_folder, add_state

if TYPE_CHECKING:
    from ...layout.spec import Layout
    from ...pipeline import Prepared
    from ..console import Console
    from ..language import Language
    from ..options import Commands

ABOUT = """\
每次存盘后一秒左右重做，并列出改了什么、印出来哪里跟着变。有错误时不写文件，改好再存即可。按 Ctrl-C 结束。

例：
  reportgen watch 预算.json -o 公开 --format pdf

退出码：0 按 Ctrl-C 结束；其他同 build"""


def add(commands: Commands, common: argparse.ArgumentParser, language: Language) -> None:
    """Add the parser of ``watch``."""
    _ = language.gettext
    watch = add_command(commands, "watch", common, _("存盘就重做，列出改动"), _(ABOUT))
    add_document(watch, language)
    add_output_folder(watch, language)
    add_state(watch, language)
    add_formats(watch, language)


def run(options: argparse.Namespace, console: Console) -> int:
    """Build, then build again at every save; return 0 when interrupted."""
    from ...pipeline.file_watch import saves, stamps

    rebuild = _Rebuild(options, console)
    files = [Path(name) for name in (options.file, options.last, options.budget) if name]
    try:
        changes = saves(lambda: stamps(files, rebuild.layout))
        rebuild.build()
        console.print_progress("正在监视 {file}：存盘就重做，按 Ctrl-C 结束。", file=options.file)
        for _ in changes:
            rebuild.build()
    except KeyboardInterrupt:
        console.print_progress("已停止监视 {file}。", file=options.file)
    return 0


class _Rebuild:
    """Builds repeatedly, and prints what differs from the build before."""

    def __init__(self, options: argparse.Namespace, console: Console) -> None:
        self._options = options
        self._console = console
        self._previous: Prepared | None = None
        self.layout: Layout | None = None
        """The layout as it could last be read: its folders are watched even while a file in them is wrong."""
        with suppress(ReportgenError):  # the first build reports it
            self._load_layout()

    def build(self) -> None:
        """Build once; errors are printed and do not end the command."""
        from ...pipeline import build

        options = self._options
        try:
            self._load_layout()
            beside = {"last": options.last, "state": options.state, "initial": options.budget}
            report = build(options.file, options.output, options.format, options.layout, **beside)
            self._console.print_report(report)
            self._print_differences(report.prepared or self._prepared())
        except ReportgenError as error:
            self._console.print_error(error)

    def _load_layout(self) -> None:
        from ...budget.json_input import read_payload
        from ...pipeline import layout_of_payload

        self.layout = layout_of_payload(read_payload(Path(self._options.file)), self._options.layout).layout

    def _prepared(self) -> Prepared:
        """Return the document to compare the next build with, when all files were current and none was composed."""
        from ...pipeline import prepare

        options = self._options
        return self._previous or prepare(options.file, options.layout, options.last, options.budget)

    def _print_differences(self, now: Prepared) -> None:
        from ...comparison import Side, differences
        from ..diff_output import print_differences

        previous, self._previous = self._previous, now
        if previous is None or previous is now:
            return
        sides = [Side(version.budget, version.facts, version.document) for version in (previous, now)]
        if changed := differences(*sides):
            print_differences(changed, self._console)
