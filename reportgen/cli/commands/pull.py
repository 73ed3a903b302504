"""``pull``: hand edits of a generated DOCX back into the document it was made from."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from ..console import escape_controls
from ..options import FILE, add_command, add_layout, add_published, add_state

if TYPE_CHECKING:
    from ...hand_edits import Pulled
    from ..console import Console
    from ..language import Language
    from ..options import Commands

EXAMPLES = """\
例：
  reportgen pull 改过的.docx --into 预算.json -n      只看会取回哪些改动
  reportgen pull 改过的.docx --into 预算.json         取回文字的改动，写进 预算.json 的 overrides
  reportgen build 预算.json                          改过的句子照用，句中的数字随数据更新

退出码：0 已取回；1 有与数据矛盾的改动（数字仍用数据的，其余已取回）；其他同 build"""

_CHANGES = {"changed": "改写 {place}：{text}", "deleted": "删去 {place}：{text}", "added": "{place}之后加一段：{text}"}
_LONGEST = 60
"""Characters of an edited text that are printed."""
_LEAD = 15
"""How many of them precede the change."""


def add(commands: Commands, common: argparse.ArgumentParser, language: Language) -> None:
    """Add the parser of ``pull``."""
    _ = language.gettext
    about = _("把 DOCX 里手工改过的文字取回到预算 JSON")
    pull = add_command(commands, "pull", common, about, _(EXAMPLES))
    pull.add_argument("edited", metavar=FILE, help=_("build 生成、手工改过的 DOCX"))
    pull.add_argument("--into", required=True, metavar=FILE, help=_("生成它的预算 JSON；只改其中的 overrides"))
    pull.add_argument("-n", "--dry-run", action="store_true", help=_("只列出会取回什么，不写文件"))
    pull.add_argument(
        "--reviewed", action="store_true", help=_("已复核手工改过的句子：以现在的数字和说法为准，不再提示")
    )
    add_state(pull, language)
    add_published(pull, language)
    add_layout(pull, language)


def run(options: argparse.Namespace, console: Console) -> int:
    """Bring the edits back, and print them."""
    from ...hand_edits import pull
    from ..last_year import print_last_year_findings

    print_last_year_findings(options.into, options, console)
    how = (options.layout, options.dry_run, options.reviewed, options.state, options.last, options.budget)
    pulled = pull(options.edited, options.into, *how)
    if console.json:
        console.print_data(_data(pulled, console))
    else:
        _print(pulled, console, options.into)
    return 0 if pulled.clean else 1


def _excerpt(before: str, after: str) -> str:
    """Return the part of a changed text in which the change begins, at most ``_LONGEST`` characters."""
    same = next((n for n, pair in enumerate(zip(before, after, strict=False)) if pair[0] != pair[1]), len(before))
    start = max(0, same - _LEAD) if len(after) > _LONGEST else 0
    cut = after[start : start + _LONGEST]
    return f"{'…' if start else ''}{cut}{'…' if start + _LONGEST < len(after) else ''}"


def _print(pulled: Pulled, console: Console, into: str) -> None:
    console.print_findings(pulled.findings)
    if console.quiet:
        return
    language = console.language
    for change in pulled.changes:
        values = {"place": language.location(change.place), "text": _excerpt(change.text, change.shown_text)}
        console.print_result(escape_controls(language.message(_CHANGES[change.kind], values)))
    if not pulled.changes:
        console.print_result(language.gettext("文字没有改动。"))
    elif pulled.file is None:
        console.print_result(language.gettext("没有写文件（-n）。"))
    if pulled.file:
        console.print_result(language.message("已写入 {path} 的 overrides。", {"path": into}))


def _data(pulled: Pulled, console: Console) -> dict[str, Any]:
    changes = [
        {
            "kind": change.kind,
            "block": change.block,
            "place": change.place,
            "was": change.text,
            "text": change.shown_text,
        }
        for change in pulled.changes
    ]
    findings = [console.finding_data(finding) for finding in pulled.findings]
    return {"changes": changes, "findings": findings, "file": None if pulled.file is None else str(pulled.file)}
