"""``docs/messages.md``: the cases, run, and the templates of the code."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from reportgen.budget.field_types import DECIMALS
from reportgen.budget.json_input import LARGEST
from reportgen.budget.load import MAX_VIOLATIONS
from reportgen.core.errors import OS_ERROR_REASONS
from reportgen.layout import load

from .cases import CASES, of_case
from .command import CommandResult, Message
from .layouts import LAYOUT_CASES, LayoutCase, of_layout
from .templates import Template, templates

HEAD = Path(__file__).parent / "messages.head.md"


def page() -> str:
    """The whole page."""
    documents = [(case, of_case(case)) for case in CASES]
    head = HEAD.read_text(encoding="utf-8").format(megabytes=LARGEST >> 20, decimals=DECIMALS, most=MAX_VIOLATIONS)
    lines = [head, "## 输入文件的例子", ""]
    for group in dict.fromkeys(case.group for case in CASES):
        rows = (_row(case.name, result, case.says, case.pointer) for case, result in documents if case.group == group)
        lines += [f"### {group}", "", *_table(rows)]
    lines += ["## 版式的例子", "", *_table(map(layout_row, LAYOUT_CASES))]
    lines += ["## 全部消息", "", "花括号里是随数据而变的内容。", "", *_all_templates()]
    lines += ["写文件时的原因（{why}）：" + "；".join(dict.fromkeys(OS_ERROR_REASONS.values())) + "。", ""]
    return "\n".join(lines)


def layout_row(case: LayoutCase) -> str:
    """Return the row of a case, without what depends on this machine: its folders and the layouts it has."""
    with tempfile.TemporaryDirectory() as folder:
        row = _row(case.name, of_layout(case, Path(folder)), "", "").replace(f"{folder}/", "…/")
    return row.replace(f"可用的版式：{'、'.join(load.names())}", "可用的版式：…")


def _table(rows: Iterable[str]) -> list[str]:
    return ["| 例 | 退出码 | 说什么 | 位置 | 提示 |", "|---|---|---|---|---|", *rows, ""]


def _row(name: str, result: CommandResult, says: str, pointer: str) -> str:
    chosen = next((one for one in result.messages if _fits(one, says, pointer)), None)
    if chosen is None or (not says and result.exit_code == 0):
        return f"| {_cell(name)} | {result.exit_code} | （接受） | | |"
    where = f"`{_cell(pointer)}`" if pointer else ""
    return f"| {_cell(name)} | {result.exit_code} | {_cell(chosen.message)} | {where} | {_cell(chosen.hint)} |"


def _fits(one: Message, says: str, pointer: str) -> bool:
    return says in one.message + one.hint and (not pointer or pointer in one.pointers)


def _cell(text: str) -> str:
    """Text in a cell of Markdown; what no page shows is written as its code."""
    seen = "".join(char if char.isprintable() or char == "　" else f"\\u{ord(char):04x}" for char in text)
    cut = seen if len(seen) <= 160 else seen[:160] + "…"
    return cut.replace("|", "\\|").replace("<", "&lt;")


def _all_templates() -> Iterator[str]:
    rooms = {
        "输入（退出码 3）": ("budget/",),
        "版式（退出码 2、4）": ("layout/", "compose/"),
        "排版（退出码 5）": ("writers/",),
        "写文件（退出码 6）": ("core/files",),
        "规则（退出码 1 或提示、警告）": ("rules/",),
        "程序的毛病（退出码 70）": ("cli/",),
    }
    for title, under in rooms.items():
        yield from (f"### {title}", "", "| 编号 | 消息 | 提示 |", "|---|---|---|")
        yield from (_template_row(one) for one in templates(*under))
        yield ""


def _template_row(one: Template) -> str:
    kind = {"add_violation": "IN100", "Fault": "IN100"}.get(one.kind, one.kind)
    code = kind if any(char.isdigit() for char in kind) or kind.endswith("…") else ""
    return f"| {code} | {_cell(one.message)} | {_cell(' / '.join(one.hints))} |"
