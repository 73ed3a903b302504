"""``pull``: hand edits of a generated DOCX back into the document it was made from."""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING, Any

from ..console import legible
from ..options import add_layout

if TYPE_CHECKING:
    from ...pull import Pulled
    from ..console import Console
    from ..language import Language
    from ..options import Commands

EXAMPLES = """\
例：
  reportgen pull 改过的.docx --into 预算.json -n      只看会取回哪些改动
  reportgen pull 改过的.docx --into 预算.json         取回文字的改动，写进 预算.json 的 overrides
  reportgen build 预算.json                          改过的句子照用，句中的数字随数据更新

退出码：0 已取回；1 有与数据矛盾的改动（数字仍用数据的，其余已取回）；其他同 build"""

_HOW = {"changed": "改写 {place}：{text}", "deleted": "删去 {place}：{text}", "added": "{place}之后加一段：{text}"}
_SHOWN = 60


def add(commands: Commands, common: argparse.ArgumentParser, language: Language) -> None:
    """The options of ``pull``."""
    say = language.text
    about = say("把 DOCX 里手工改过的文字取回到预算 JSON")
    pull = commands.add_parser("pull", parents=[common], help=about, epilog=say(EXAMPLES))
    pull.add_argument("edited", metavar="EDITED.docx", help=say("build 生成、手工改过的 DOCX"))
    pull.add_argument("--into", required=True, metavar="FILE", help=say("生成它的预算 JSON；只改其中的 overrides"))
    pull.add_argument("-n", "--dry-run", action="store_true", help=say("只说会取回什么，不写文件"))
    pull.add_argument(
        "--reviewed", action="store_true", help=say("已复核手工改过的句子：以现在的数字和说法为准，不再提示")
    )
    add_layout(pull, language)


def run(options: argparse.Namespace, voice: Console) -> int:
    """Bring the edits back, and say what they are."""
    from ...pull import pull

    pulled = pull(options.edited, options.into, options.layout, options.dry_run, options.reviewed)
    if voice.json:
        voice.out(json.dumps(_data(pulled, voice), ensure_ascii=False, indent=2))
    else:
        _tell(pulled, voice, options.into)
    return 0 if pulled.clean else 1


def _tell(pulled: Pulled, voice: Console, into: str) -> None:
    voice.findings(pulled.findings)
    if voice.quiet:
        return
    for change in pulled.changes:
        values = {"place": voice.language.place(change.place), "text": change.shown_text[:_SHOWN]}
        voice.out(legible(voice.language.say(_HOW[change.kind], values)))
    if not pulled.changes:
        voice.out(voice.language.text("文字没有改动。"))
    elif pulled.file is None:
        voice.out(voice.language.text("没有写（-n）。"))
    if pulled.file:
        voice.out(voice.language.say("已写入 {path} 的 overrides。", {"path": into}))


def _data(pulled: Pulled, voice: Console) -> dict[str, Any]:
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
    found = [voice.finding_data(finding) for finding in pulled.findings]
    return {"changes": changes, "findings": found, "file": None if pulled.file is None else str(pulled.file)}
