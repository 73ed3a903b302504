"""The command line: arguments in, findings and exit code out. The only room that prints."""

from __future__ import annotations

import io
import sys
import traceback
from collections.abc import Sequence

from ..core import cache
from ..core.errors import InternalError, ReportgenError
from ..core.garbage_collection import collect_rarely
from . import commands
from .arguments import parser
from .console import Console
from .language import Language, asked

INTERRUPTED = 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the exit codes are those of :mod:`reportgen.core.errors`, and 130 when interrupted."""
    collect_rarely()  # before the imports of the command, which make as many objects as a build
    cache.enable()
    _let_anything_be_printed()
    language = Language(asked(sys.argv[1:] if argv is None else argv))
    options = parser(language).parse_args(argv)
    voice = Console(quiet=options.quiet, verbose=options.verbose, json=options.json, language=language)
    try:
        return commands.command(options.command).run(options, voice)
    except ReportgenError as stop:
        voice.stop(stop)
        return stop.exit_code
    except KeyboardInterrupt:
        voice.error(language.text("已中断；没有留下半份文件。"))
        return INTERRUPTED
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except Exception as error:
        return _internal_fault(error, voice)


def _internal_fault(error: Exception, voice: Console) -> int:
    """The last resort: no traceback reaches a user who did not ask for the details."""
    fault = InternalError(
        "内部错误 {kind}：{what}",
        "这是程序的毛病，不是文件的错；请加 -v 再运行一次，把全部输出报告给开发者",
        kind=type(error).__name__,
        what=str(error)[:200],
    )
    voice.stop(fault)
    if voice.verbose:
        voice.error("".join(traceback.format_exception(error)))
    return fault.exit_code


def _let_anything_be_printed() -> None:
    """A console that lacks a character shows its code; a name from the file must not break a message."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
