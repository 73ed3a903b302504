"""``schema``: print the JSON Schema of the canonical document."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from ..options import add_command

if TYPE_CHECKING:
    from ..console import Console
    from ..language import Language
    from ..options import Commands

EXAMPLES = """\
例：
  reportgen schema > budget.schema.json      存成文件，供编辑器或导出程序核对

退出码：0；其他同 build"""


def add(commands: Commands, common: argparse.ArgumentParser, language: Language) -> None:
    """Add the parser of ``schema``, which has no options of its own."""
    _ = language.gettext
    add_command(commands, "schema", common, _("印出输入文件的 JSON Schema"), _(EXAMPLES))


def run(options: argparse.Namespace, console: Console) -> int:
    """Print the schema."""
    from ...budget.schema import json_schema

    console.print_data(json_schema())
    return 0
