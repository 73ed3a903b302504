"""``units``: the document of each unit of a department, with a list of what has to be written in it."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from ..options import EXIT_CODES, FILE, add_command, add_output_folder

if TYPE_CHECKING:
    from pathlib import Path

    from ...pipeline.unit_documents import UnitDocument, UnitDocuments
    from ..console import Console
    from ..language import Language
    from ..options import Commands

EXAMPLES = """\
例：
  reportgen units 部门.json -o 单位预算          每个单位一份 JSON，文件名是单位代码
  reportgen build 单位预算/450001.json           补上缺的文字以后，照常生成

数字取自部门预算里写明该单位的行；部门的文字不抄给单位，缺的逐项列出。
补好的文字、上年数在再次运行时保留。"""


def add(commands: Commands, common: argparse.ArgumentParser, language: Language) -> None:
    """Add the parser of ``units``."""
    _ = language.gettext
    about = _("由部门预算分出各单位的单位预算")
    units = add_command(commands, "units", common, about, _(EXAMPLES), _(EXIT_CODES))
    units.add_argument("file", metavar=FILE, help=_("部门预算 JSON"))
    add_output_folder(units, language)


def run(options: argparse.Namespace, console: Console) -> int:
    """Write the documents, and list what is missing in each and what does not add up."""
    from ...pipeline.unit_documents import save_unit_documents, unit_documents

    documents = unit_documents(options.file, options.output)
    files = save_unit_documents(documents, options.output)
    if console.json:
        console.print_data(_data(documents, files, console))
        return 0
    for unit, file in zip(documents.units, files, strict=True):
        console.print_result(str(file))
        _print_missing(unit, console)
    console.print_findings(documents.findings)
    return 0


def _print_missing(unit: UnitDocument, console: Console) -> None:
    if console.quiet:
        return
    text = console.language.message
    for one in unit.missing:
        console.print_result("  " + text("要写：{what}（{pointer}）", {"what": one.what, "pointer": one.pointer}))


def _data(documents: UnitDocuments, files: tuple[Path, ...], console: Console) -> dict[str, object]:
    return {
        "units": [
            {
                "code": unit.code,
                "name": unit.name,
                "file": str(file),
                "missing": [{"pointer": one.pointer, "what": one.what} for one in unit.missing],
            }
            for unit, file in zip(documents.units, files, strict=True)
        ],
        "findings": [console.finding_data(finding) for finding in documents.findings],
    }
