"""The commands, found by looking into this folder: a module ``build`` is the command ``build``.

Each holds ``add``, which tells the parser of it, and ``run``, which does it and returns the exit code. A module imports
what it needs to work with inside ``run``: every start of the program reads all the modules, to run one.
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
    """What every module in here offers."""

    def add(self, commands: Commands, common: argparse.ArgumentParser, language: Language) -> None:
        """Tell the parser of the command: its options, their help in ``language``."""
        ...

    def run(self, options: argparse.Namespace, voice: Console) -> int:
        """Do it; the exit code."""
        ...


def names() -> tuple[str, ...]:
    """The names of all commands, in order of the alphabet."""
    return tuple(sorted(path.stem for path in Path(__file__).parent.glob("[a-z]*.py")))


def command(name: str) -> Command:
    """The command ``name`` (one of :func:`names`)."""
    return cast(Command, import_module(f"{__name__}.{name}"))
