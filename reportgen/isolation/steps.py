"""How far a call in a worker is: the worker writes it into a small file, the program that called reads it."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_file: Path | None = None
"""Where this process tells its steps; None in a process that is no worker."""


@dataclass(frozen=True, slots=True)
class Steps:
    """What a call does now, and how many of how many steps are done; ``total`` is 0 where it is not known."""

    text: str = ""
    done: int = 0
    total: int = 0


def in_worker() -> bool:
    """Whether this process is a worker that stays for calls."""
    return _file is not None


def tell_to(file: Path) -> None:
    """Let :func:`tell` write into ``file`` (in the worker)."""
    global _file
    _file = file


def tell(text: str, done: int = 0, total: int = 0) -> None:
    """Tell what is done now; without a file to write to it does nothing."""
    if _file is not None:
        with suppress(OSError):
            part = _file.with_suffix(".part")
            part.write_text(json.dumps([text, done, total]), encoding="utf-8")
            part.replace(_file)


def read_steps(file: Path) -> Steps:
    """Return the step that a worker wrote last."""
    try:
        text, done, total = json.loads(file.read_text(encoding="utf-8"))
        return Steps(str(text), int(done), int(total))
    except (OSError, ValueError, TypeError):  # nothing yet, or half of it
        return Steps()
