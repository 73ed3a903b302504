"""The commands, found by looking into this folder: a module ``build`` is the command ``build``.

Each has ``add``, which adds its parser, and ``run``, which runs it and returns the exit code. A module imports what it
works with inside ``run``, because every start of the program imports all of them to run one.
"""

from __future__ import annotations

import argparse
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

if TYPE_CHECKING:
    from ..console import Console
    from ..language import Language
    from ..options import Commands


class Command(Protocol):
    """What every module of this package has."""

    def add(self, commands: Commands, common: argparse.ArgumentParser, language: Language) -> None:
        """Add the command's parser: its options, their help in ``language``."""
        ...

    def run(self, options: argparse.Namespace, console: Console) -> int:
        """Run the command; return the exit code."""
        ...


def names() -> tuple[str, ...]:
    """Return the names of all commands, in alphabetical order."""
    return tuple(sorted(path.stem for path in Path(__file__).parent.glob("[a-z]*.py")))


def command(name: str) -> Command:
    """Return the command ``name`` (one of :func:`names`)."""
    return cast(Command, import_module(f"{__name__}.{name}"))
