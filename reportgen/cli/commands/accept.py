"""``accept``: state in the document that an odd finding was verified as true."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from ..console import escape_controls
from ..options import add_command, add_document

if TYPE_CHECKING:
    from ...pipeline.acceptance import Acceptable
    from ..console import Console
    from ..language import Language
    from ..options import Commands

EXAMPLES = """\
例：
  reportgen accept 预算.json                                       列出可以接受的问题
  reportgen accept 预算.json GJ505 --reason 本年新建办公楼            核实属实，写进 预算.json 的 accepted
  reportgen accept 预算.json GJ505 --place revenue --reason …      同一代码有几处时，只接受一处

退出码：0 已接受，或已列出；其他同 build"""


def add(commands: Commands, common: argparse.ArgumentParser, language: Language) -> None:
    """Add the parser of ``accept``."""
    _ = language.gettext
    accept = add_command(commands, "accept", common, _("接受核实过、不同寻常但属实的问题"), _(EXAMPLES))
    add_document(accept, language)
    accept.add_argument("code", nargs="?", metavar="CODE", help=_("要接受的问题的代码；不写就列出可以接受的"))
    accept.add_argument("--place", metavar="PLACE", help=_("只接受这个位置的；位置照列出的写"))
    accept.add_argument("--reason", metavar="TEXT", help=_("理由：核实的结果；会随问题一起印出"))


def run(options: argparse.Namespace, console: Console) -> int:
    """List what can be accepted, or accept it."""
    from ...core.errors import UsageError
    from ...pipeline.acceptance import accept, acceptable

    if options.code is None:
        _print(acceptable(options.file, options.layout, options.last, options.budget), console, listed=True)
        return 0
    if not (options.reason or "").strip():
        raise UsageError("接受问题要写理由", "加上 --reason 理由")
    beside = (options.layout, options.last, options.budget)
    accepted = accept(options.file, options.code, options.reason, options.place or "", *beside)
    _print(accepted, console, listed=False)
    return 0


def _print(found: tuple[Acceptable, ...], console: Console, listed: bool) -> None:
    if console.json:
        console.print_data({"acceptable" if listed else "accepted": [_data(one, console) for one in found]})
        return
    language = console.language
    for one in found:
        finding = one.finding
        text = language.message(finding.message, finding.values)
        values = {"code": finding.code, "place": one.acceptance.place, "text": text}
        message = "{code} {place}：{text}" if listed else "已接受 {code} {place}：{text}"
        console.print_result(escape_controls(language.message(message, values)))
    if not found:
        console.print_result(language.gettext("没有可以接受的问题。"))


def _data(one: Acceptable, console: Console) -> dict[str, Any]:
    stated = one.acceptance
    return {
        "code": stated.code,
        "place": stated.place,
        "figures": list(stated.figures),
        "message": console.language.message(one.finding.message, one.finding.values),
    }
