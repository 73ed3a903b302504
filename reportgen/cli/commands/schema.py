"""``schema``: print the published contract."""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..console import Console
    from ..language import Language
    from ..options import Commands


def add(commands: Commands, common: argparse.ArgumentParser, language: Language) -> None:
    """``schema`` has no options of its own."""
    commands.add_parser("schema", parents=[common], help=language.text("印出输入文件的 JSON Schema"))


def run(options: argparse.Namespace, voice: Console) -> int:
    """Print the schema."""
    from ...budget.schema import json_schema

    voice.out(json.dumps(json_schema(), ensure_ascii=False, indent=2))
    return 0
