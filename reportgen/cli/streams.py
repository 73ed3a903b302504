"""Standard output and standard error that may be closed, full or broken: what cannot be printed is dropped.

The exit code of a command is its verdict, whatever happens to its output.
"""

from __future__ import annotations

import io
import os
import sys
from typing import TextIO


def prepare() -> None:
    """Replace streams that are closed; print the code of a character that a terminal lacks."""
    if sys.stdout is None:
        sys.stdout = _nowhere()
    if sys.stderr is None:
        sys.stderr = _nowhere()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def write(stream: TextIO, text: str) -> None:
    """Write a text, or drop it where it cannot be written."""
    try:
        stream.write(text)
    except (OSError, ValueError):
        _drop(stream)


def flush() -> None:
    """Write what is kept back, so that the interpreter has nothing left to fail at when it ends."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            _drop(stream)


def _drop(stream: TextIO) -> None:
    """Let a stream lead nowhere from now on."""
    try:
        with open(os.devnull, "wb") as nowhere:
            os.dup2(nowhere.fileno(), stream.fileno())
    except (OSError, ValueError):  # a stream of another program that embeds this one
        pass


def _nowhere() -> TextIO:
    return open(os.devnull, "w", encoding="utf-8")
