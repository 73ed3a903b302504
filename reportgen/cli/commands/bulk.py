"""``bulk``: the files of many departments, and a summary."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from ..options import EXIT_CODES, add_force, add_formats, add_layout, wanted

if TYPE_CHECKING:
    from ..console import Console
    from ..language import Language
    from ..options import Commands

EXAMPLES = """\
例：
  reportgen bulk 各部门/ -o 公开 --jobs 4            文件夹中的每个 JSON，各写进“公开”下同名的文件夹
  reportgen bulk "各部门/*/2023.json" -o 公开         通配符
  reportgen bulk 清单.txt -o 公开 --last 上年/        一行一个路径；与上年的文件核对

中断之后再运行一次，已完成的不会重做。有一个部门不能公开时退出码为 1，其余部门照样完成。"""


def add(commands: Commands, common: argparse.ArgumentParser, language: Language) -> None:
    """The options of ``bulk``."""
    say = language.text
    epilog = f"{say(EXAMPLES)}\n\n{say(EXIT_CODES)}"
    bulk = commands.add_parser("bulk", parents=[common], help=say("成批生成许多部门的文件"), epilog=epilog)
    about = say("文件夹、通配符、清单（一行一个路径，- 为标准输入）或 JSON 文件，可以几个")
    bulk.add_argument("inputs", nargs="+", metavar="INPUT", help=about)
    bulk.add_argument(
        "-o",
        "--output",
        required=True,
        metavar="DIR",
        help=say("输出文件夹，每个部门一个子文件夹；也可以是 s3://桶/… 之类的地址（需要 reportgen[cluster]）"),
    )
    bulk.add_argument("--jobs", type=int, default=0, metavar="N", help=say("工作进程的个数（默认每个处理器核心一个）"))
    add_formats(bulk, language)
    add_layout(bulk, language)
    add_force(bulk, language)
    bulk.add_argument("--last", metavar="DIR", help=say("上年的预算 JSON 的文件夹；按部门代码核对上年预算数"))
    _add_limits(bulk, language)
    _add_failures(bulk, language)
    about = say("Dask 调度器的地址，如 tcp://主机:8786；由它的工作机来做（需要 reportgen[cluster]）")
    bulk.add_argument("--cluster", default="", metavar="ADDRESS", help=about)
    bulk.add_argument("--log", metavar="FILE", help=say("每完成一个部门写一行 JSON：用时、内存、进程"))


def _add_limits(bulk: argparse.ArgumentParser, language: Language) -> None:
    say = language.text
    about = say("一个部门最多用几秒（默认 300）")
    bulk.add_argument("--time-limit", type=float, default=300.0, metavar="S", help=about)
    about = say("一个部门最多用多少 MB 内存（默认 2048；只有 Linux 能限制）")
    bulk.add_argument("--memory-limit", type=int, default=2048, metavar="MB", help=about)


def _add_failures(bulk: argparse.ArgumentParser, language: Language) -> None:
    say = language.text
    either = bulk.add_mutually_exclusive_group()
    either.add_argument("--keep-going", action="store_true", help=say("有部门做不了时继续做其余的（默认）"))
    either.add_argument("--stop-on-failure", action="store_true", help=say("有部门做不了时就停下"))


def run(options: argparse.Namespace, voice: Console) -> int:
    """Publish all, and say what became of each."""
    from ...bulk import BulkOptions, Limits
    from ..bulk_output import told

    _check(options)
    wishes = BulkOptions(
        jobs=options.jobs,
        wanted=tuple(wanted(options)),
        layout=options.layout,
        last=options.last,
        force=options.force,
        keep_going=not options.stop_on_failure,
        cluster=options.cluster,
        limits=Limits(options.time_limit, options.memory_limit),
    )
    return told(options.inputs, options.output, wishes, options.log, voice)


def _check(options: argparse.Namespace) -> None:
    from ...core.errors import UsageError

    for name, value in (("--time-limit", options.time_limit), ("--memory-limit", options.memory_limit)):
        if not value > 0:
            raise UsageError("{name} 要大于 0", name=name)
    if options.jobs < 0:
        raise UsageError("{name} 要大于 0", name="--jobs")
