"""``check``: only say what is wrong."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from ..options import EXIT_CODES, add_document, add_last

if TYPE_CHECKING:
    from ..console import Console
    from ..language import Language
    from ..options import Commands


def add(commands: Commands, common: argparse.ArgumentParser, language: Language) -> None:
    """The options of ``check``."""
    say = language.text
    check = commands.add_parser("check", parents=[common], help=say("只查不写"), epilog=say(EXIT_CODES))
    add_document(check, language)
    add_last(check, language)


def run(options: argparse.Namespace, voice: Console) -> int:
    """Check, and say what was found."""
    from ...pipeline import check

    return voice.report(check(options.file, options.layout, options.last))
