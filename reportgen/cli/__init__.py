"""The command line: arguments in, findings and exit code out. The only package that prints."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from errno import ENAMETOOLONG
from pathlib import Path

from ..core import cache
from ..core.errors import InternalError, ReportgenError, UsageError
from ..core.garbage_collection import collect_rarely
from . import commands, streams
from .argparse_language import argparse_speaks
from .arguments import command_line_parser
from .command_parser import CommandLineError
from .console import Console
from .language import Language, chosen_code

INTERRUPTED = 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; return its exit code (those of :mod:`reportgen.core.errors`, or 130 when interrupted)."""
    try:
        return _run(argv)
    finally:
        streams.flush()


def _run(argv: Sequence[str] | None) -> int:
    collect_rarely()  # before the imports of the command, which make as many objects as a build
    cache.enable()
    streams.prepare()
    arguments = sys.argv[1:] if argv is None else argv
    language = Language(chosen_code(arguments))
    try:
        with argparse_speaks(language.code):
            options = command_line_parser(language).parse_args(arguments)
    except CommandLineError as error:
        Console(json="--json" in arguments, language=language).print_usage_error(error)
        return error.exit_code
    console = Console(quiet=options.quiet, verbose=options.verbose, json=options.json, language=language)
    if not hasattr(options, "lang"):
        console.warn_of_unknown_language()
    try:
        return commands.command(options.command).run(options, console)
    except ReportgenError as error:
        console.print_error(error)
        return error.exit_code
    except KeyboardInterrupt:
        console.print_message(language.gettext("已中断；没有留下半份文件。"))
        return INTERRUPTED
    except OSError as error:
        if error.errno != ENAMETOOLONG:  # wherever a name of the command line is used first
            return _report_internal_error(error, console)
        too_long = _name_too_long(error)
        console.print_error(too_long)
        return too_long.exit_code
    except Exception as error:
        return _report_internal_error(error, console)


def _name_too_long(error: OSError) -> UsageError:
    name = Path(str(error.filename or "")).name
    length = str(len(name.encode("utf-8", "surrogateescape")))
    message = "名称过长：{name}…（{length} 字节）"
    return UsageError(
        message, "文件和文件夹的名称最多 255 字节，一个汉字 3 字节；换一个短的", name=name[:40], length=length
    )


def _report_internal_error(error: Exception, console: Console) -> int:
    """Print an error of the program's own; the traceback only with ``-v``."""
    internal = InternalError(
        "内部错误 {kind}：{what}",
        "这是程序的毛病，不是文件的错；请加 -v 再运行一次，把全部输出报告给开发者",
        kind=type(error).__name__,
        what=str(error)[:200],
    )
    console.print_error(internal)
    if console.verbose:
        import traceback

        console.print_message("".join(traceback.format_exception(error)))
    return internal.exit_code
