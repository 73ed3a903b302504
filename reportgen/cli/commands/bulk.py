"""``bulk``: the files of many departments, and a summary."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from ..option_values import positive_number, whole_number
from ..options import EXIT_CODES, FILE, FOLDER, add_command, add_force, add_formats, add_layout, add_state

if TYPE_CHECKING:
    from ..console import Console
    from ..language import Language
    from ..options import Commands

MOST = 1_000_000
"""Seconds, MB or worker processes: more is a typing error, and more than systems can count."""
EXAMPLES = """\
例：
  reportgen bulk 各部门/ -o 公开 --jobs 4            文件夹中的每个 JSON，各写进“公开”下同名的文件夹
  reportgen bulk "各部门/*/2023.json" -o 公开         通配符
  reportgen bulk 清单.txt -o 公开 --last 上年/        一行一个路径；与上年的文件核对

中断之后再运行一次，已完成的不会重做。有一个部门不能公开时退出码为 1，其余部门照样完成。"""


def add(commands: Commands, common: argparse.ArgumentParser, language: Language) -> None:
    """Add the parser of ``bulk``."""
    _ = language.gettext
    bulk = add_command(commands, "bulk", common, _("成批生成许多部门的文件"), _(EXAMPLES), _(EXIT_CODES))
    about = _("文件夹、通配符、清单（一行一个路径，- 为标准输入）或 JSON 文件，可以几个")
    bulk.add_argument("inputs", nargs="+", metavar=FILE, help=about)
    about = _("输出文件夹，每个部门一个子文件夹；也可以是 s3://桶/… 之类的地址（需要 reportgen[cluster]）")
    bulk.add_argument("-o", "--output", required=True, metavar=FOLDER, help=about)
    add_state(bulk, language)
    add_formats(bulk, language)
    add_layout(bulk, language)
    add_force(bulk, language)
    bulk.add_argument("--last", metavar=FOLDER, help=_("上年的预算 JSON 的文件夹；按部门代码核对上年预算数"))
    bulk.add_argument(
        "--budget", metavar=FOLDER, help=_("决算用：同一年的预算 JSON 的文件夹；按部门代码核对年初预算数")
    )
    about = _("不在这次运行里的部门的“三公”经费（.xlsx 或 .csv），加进本级汇总表")
    bulk.add_argument("--others", metavar=FILE, help=about)
    _add_limits(bulk, language)
    _add_failures(bulk, language)
    _add_workers(bulk, language)


def _add_workers(bulk: argparse.ArgumentParser, language: Language) -> None:
    _ = language.gettext
    about = _("工作进程的个数（默认每个处理器核心一个）")
    bulk.add_argument("--jobs", type=whole_number(language, MOST), default=0, metavar="N", help=about)
    about = _("Dask 调度器的地址，如 tcp://主机:8786；由它的工作节点生成（需要 reportgen[cluster]）")
    bulk.add_argument("--cluster", metavar="ADDRESS", help=about)
    bulk.add_argument("--log", metavar=FILE, help=_("每完成一个部门写一行 JSON：用时、内存、进程"))


def _add_limits(bulk: argparse.ArgumentParser, language: Language) -> None:
    _ = language.gettext
    about = _("一个部门最多用几秒（默认 300）")
    bulk.add_argument("--time-limit", type=positive_number(language, MOST), default=300.0, metavar="S", help=about)
    about = _("一个部门最多用多少 MB 内存（默认 2048；只有 Linux 能限制）")
    bulk.add_argument("--memory-limit", type=whole_number(language, MOST), default=2048, metavar="MB", help=about)


def _add_failures(bulk: argparse.ArgumentParser, language: Language) -> None:
    _ = language.gettext
    either = bulk.add_mutually_exclusive_group()
    either.add_argument("--keep-going", action="store_true", help=_("有部门无法生成时继续生成其余的（默认）"))
    either.add_argument("--stop-on-failure", action="store_true", help=_("有部门无法生成时就停下"))


def run(options: argparse.Namespace, console: Console) -> int:
    """Build the files of all departments, and print the outcome of each."""
    from ...bulk import BulkOptions, Limits
    from ..bulk_output import run_and_print

    bulk_options = BulkOptions(
        jobs=options.jobs,
        formats=tuple(options.format),
        layout=options.layout,
        last=options.last,
        budget=options.budget,
        others=options.others,
        force=options.force,
        keep_going=not options.stop_on_failure,
        cluster=options.cluster,
        limits=Limits(options.time_limit, options.memory_limit),
        state=options.state,
    )
    return run_and_print(options.inputs, options.output, bulk_options, options.log, console)
