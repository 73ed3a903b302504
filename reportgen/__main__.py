"""The command ``reportgen``, also as ``python -m reportgen``."""

from __future__ import annotations

import signal
import sys


def main() -> int:
    """Run the command line; Ctrl-C before anything is at work ends the process without a word, as it would ``cat``."""
    told = signal.getsignal(signal.SIGINT)
    if told is signal.default_int_handler:  # not where a shell has told a background job to ignore it
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from .cli import INTERRUPTED
    from .cli import main as run

    signal.signal(signal.SIGINT, told)
    try:
        return run()
    except KeyboardInterrupt:  # while the arguments were read, or after the last word
        return INTERRUPTED


if __name__ == "__main__":
    sys.exit(main())
