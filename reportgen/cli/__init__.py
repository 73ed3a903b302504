"""The command line: arguments in, findings and exit code out. The only room that prints."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from ..core.errors import Stop
from . import commands
from .arguments import parser
from .say import Voice

INTERRUPTED = 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the exit codes are those of :mod:`reportgen.core.errors`, and 130 when interrupted."""
    options = parser().parse_args(argv)
    voice = Voice(quiet=options.quiet, verbose=options.verbose, json=options.json)
    try:
        return int(commands.COMMANDS[options.command](options, voice))
    except Stop as stop:
        voice.stop(stop)
        return stop.exit_code
    except KeyboardInterrupt:
        voice.error("已中断；原有文件没有改动。")
        return INTERRUPTED
    except BrokenPipeError:
        sys.stderr.close()
        return 0
