"""``layouts``: names and titles of the shipped layouts."""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..console import Console
    from ..language import Language
    from ..options import Commands


def add(commands: Commands, common: argparse.ArgumentParser, language: Language) -> None:
    """``layouts`` has no options of its own."""
    commands.add_parser("layouts", parents=[common], help=language.text("列出可用的版式"))


def run(options: argparse.Namespace, voice: Console) -> int:
    """Print the list."""
    from ...layout.load import load_layout, names

    titles = {name: load_layout(name).title for name in names()}
    if options.json:
        voice.out(json.dumps(titles, ensure_ascii=False, indent=2))
    else:
        voice.out("\n".join(f"{name:12} {title}" for name, title in titles.items()))
    return 0
