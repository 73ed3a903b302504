"""Every kind of broken layout, one by one: files of a layout that extends the shipped one → words of the message."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from .command import CommandResult, run_json
from .sample import DEMO

USAGE, BROKEN = 2, 4
HEAD = "title: 试\nextends: zhejiang\n"


@dataclass(frozen=True)
class LayoutCase:
    """Files of a layout by their names, and what is said of it."""

    name: str
    files: dict[str, str]
    says: str
    code: int = BROKEN

    def __str__(self) -> str:
        return self.name


def layout(name: str, more: str, says: str, **files: str) -> LayoutCase:
    """``more`` goes into ``layout.yaml``; ``files`` are further ones (``text__x`` is ``text/x.j2``)."""
    named = {path.replace("__", "/") + (".j2" if path.startswith("text") else ".yaml"): t for path, t in files.items()}
    return LayoutCase(name, {"layout.yaml": HEAD + more, **named}, says)


def block(text: str) -> str:
    """An outline of one block."""
    return f"outline:\n  - page: prose\n    blocks:\n      - {{id: 甲, heading: 甲, {text}}}\n"


TABLE = "title: 试\nrows: {rows}\ncolumns:\n  - {{head: 甲, value: {value}}}\n"
NUMERAL = block("text: x.j2")

LAYOUT_CASES = [
    LayoutCase("没有这个版式", {}, "没有“{folder}”这个版式", USAGE),
    layout("不是 YAML", "a: [1,\nb: 2\n", "甲/layout.yaml:5：不是 YAML"),
    LayoutCase("不是 UTF-8", {"layout.yaml": "\udcff"}, "甲/layout.yaml：读不了"),
    LayoutCase("不是映射", {"layout.yaml": "- 甲\n"}, "甲/layout.yaml：应为“名称: 值”的映射"),
    LayoutCase("缺一项", {"layout.yaml": "title: 试\n", "style.yaml": "{}\n"}, "缺“document”"),
    layout("写了两次", "title: 又\n", "甲/layout.yaml:1：“title”写了两次"),
    LayoutCase("extends 写错", {"layout.yaml": "extends: 没有\n"}, "extends 的“没有”不存在或绕回自身"),
    layout("没有这一项", "numbering: {heading: []}\n", "甲/layout.yaml:3：没有“heading”这一项"),
    layout("没有这一项，也不像别的", "numbering: {xyz: []}\n", "没有“xyz”这一项"),
    layout("缺里层一项", "outline:\n  - blocks: []\n", "甲/layout.yaml:4：缺“page”"),
    layout("应为映射", "numbering: 一\n", "应为“名称: 值”的映射，读到 一"),
    layout("一段什么也没有", "outline:\n  - page: prose\n    blocks:\n      - {id: 甲}\n", "一段要有 heading 或 table"),
    layout("字体写了路径", "", "字体只写文件名，不写路径：../x.ttf", style="faces: {kai: {file: ../x.ttf}}\n"),
    layout("没有字体文件", "", "没有字体文件 x.ttf", style="faces: {kai: {file: x.ttf}}\n"),
    layout("没有这种页面", "outline: [{page: 甲}]\n", "style.yaml 里没有页面“甲”"),
    layout("没有这张表", block("table: 99-none"), "没有表格 tables/99-none.yaml"),
    layout(
        "没有这个数据项", block("table: x"), "没有名为“没有”的数据项", tables__x=TABLE.format(rows="没有", value="x")
    ),
    layout("rows 不是一列", block("table: x"), "不是一列记录", tables__x=TABLE.format(rows="revenue", value="x")),
    layout("模板语法错", NUMERAL, "x.j2:2：模板写错", text__x="甲\n{% if %}\n"),
    layout("模板引用错", NUMERAL, "x.j2:2：", text__x="甲\n{{ 没有 }}\n"),
    layout("模板有数字", NUMERAL, "中的数字 12 没有出处", text__x="共12万元。\n"),
]


@contextmanager
def laid_out(case: LayoutCase, folder: Path) -> Iterator[Path]:
    """The folder of the case's layout."""
    place = folder / "甲"
    for name, text in case.files.items():
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_bytes(text.encode("utf-8", "surrogateescape"))
    yield place


def of_layout(case: LayoutCase, folder: Path) -> CommandResult:
    """What is said of the case's layout."""
    with laid_out(case, folder) as place:
        return run_json("check", str(DEMO), "--layout", str(place))
