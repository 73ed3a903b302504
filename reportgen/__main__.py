"""The command ``reportgen``, also as ``python -m reportgen``."""

from __future__ import annotations

import signal
import sys


def main() -> int:
    """Run the command line; Ctrl-C while it is being imported ends the process silently, as it would ``cat``."""
    handler = signal.getsignal(signal.SIGINT)
    if handler is signal.default_int_handler:  # a shell starts background jobs with SIGINT ignored
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from .cli import INTERRUPTED
    from .cli import main as run
    from .core.interrupts import interrupt_on_termination

    signal.signal(signal.SIGINT, handler)
    interrupt_on_termination()
    try:
        return run()
    except KeyboardInterrupt:  # while arguments were parsed, or after the last output
        return INTERRUPTED


if __name__ == "__main__":
    sys.exit(main())
